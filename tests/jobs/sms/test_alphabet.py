"""What a text costs, and how it is made to cost less."""

import pytest

from jobs.sms.alphabet import GSM, is_gsm, parts, plain, segments
from locales.language import Language

EN, IT, RU, PL = Language.EN, Language.IT, Language.RU, Language.PL


def test_the_alphabet_is_the_standards() -> None:
    assert len(GSM) == 127 + 9
    assert is_gsm("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCZÄÖÑÜ§¿abcz äöñüà^{}\\[~]|€")
    assert not any(is_gsm(letter) for letter in "ÀÈÌÒÙáíóúç’«»“”–—…`ąЯ\t\x1b\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 159 + "€", 2),
        ("я" * 70, 1),
        ("я" * 71, 2),
        ("я" * 134, 2),
        ("я" * 135, 3),
        ("a" * 70 + "ą", 2),
        ("🌹" * 35, 1),
        ("🌹" * 36, 2),
    ],
)
def test_segments_are_counted_as_they_are_paid(text: str, count: int) -> None:
    assert segments(text) == count


@pytest.mark.parametrize("text", ["a" * 152 + "€" * 40, "я" * 66 + "🌹" * 40])
def test_no_letter_is_torn_apart(text: str) -> None:
    cut = parts(text)
    assert "".join(cut) == text
    assert cut[0] in ("a" * 152, "я" * 66)


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("Łucja Żółć-Wiśniewska", PL, "Lucja Zolc-Wisniewska"),
        ("Ważny do 16\N{NO-BREAK SPACE}grudnia", PL, "Wazny do 16 grudnia"),
        ("zażółć gęślą jaźń ZAŻÓŁĆ GĘŚLĄ JAŹŃ", PL, "zazolc gesla jazn ZAZOLC GESLA JAZN"),
        ("Елена", EN, "Elena"),
        ("Nicolò Però", IT, "Nicolò Però"),
        ("Nicolo\u0300", IT, "Nicolò"),
        ("È l’ora: «sì» … – “no”", IT, 'E l\'ora: "sì" ... - "no"'),
        ("№\N{NARROW NO-BREAK SPACE}15`", EN, "No. 15'"),
        ("Приём 16\N{NO-BREAK SPACE}декабря, ёлка", RU, "Приём 16 декабря, ёлка"),
        ("François 90\N{NO-BREAK SPACE}€", EN, "Francois 90 €"),
    ],
)
def test_a_text_is_made_plain_in_its_language(text: str, language: Language, said: str) -> None:
    assert plain(text, language) == said


@pytest.mark.parametrize("language", [EN, IT, PL])
def test_whatever_is_written_fits_the_alphabet_afterwards(language: Language) -> None:
    assert is_gsm(plain("".join(map(chr, range(0x20, 0x2FFF))), language))
