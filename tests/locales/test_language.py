import pytest

from locales.language import Language, choose_language


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("it", Language.IT),
        ("ru", Language.RU),
        ("pl", Language.PL),
        ("pl-PL", Language.PL),
        ("PL_pl", Language.PL),
        ("it-CH", Language.IT),
        ("en", Language.EN),
        ("en-US", Language.EN),
        ("de", Language.EN),
        ("plt", Language.EN),
        ("", Language.EN),
        (None, Language.EN),
    ],
)
def test_telegrams_code_gives_the_language_and_english_where_it_is_none_of_ours(
    code: str | None, language: Language
) -> None:
    assert choose_language(code) is language


def test_every_language_is_named_in_itself() -> None:
    assert [language.own_name for language in Language] == ["English", "Italiano", "Русский", "Polski"]
