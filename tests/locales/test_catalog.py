"""Keeping the catalogs in step: on small houses built for the test, and at the end on the real one."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from locales.catalog import check, main, update
from locales.language import TRANSLATED, Language

SCREEN = """
from locales.marks import N_

title = Phrase("Cancel", when="x")
count = PluralPhrase("{count} visit", "{count} visits", by="count")
label = N_("Confirmed")
"""
ALERT = """
def word(speech, visit):
    # Translators: the day before
    return speech.say(
        "You have a visit tomorrow.\\n"
        "{visit.starts_at:when}",
        visit=visit,
    )

def left(speech, count):
    return speech.say_plural("{count} attempt", "{count} attempts", count)
"""
POLISH = {
    "Cancel": ["Anuluj"],
    "{count} visit": ["{count} wizyta", "{count} wizyty", "{count} wizyt"],
    "Confirmed": ["Potwierdzona"],
    "You have a visit tomorrow.\n{visit.starts_at:when}": ["Jutro wizyta.\n{visit.starts_at:when}"],
    "{count} attempt": ["{count} próba", "{count} próby", "{count} prób"],
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    (tmp_path / "locales").mkdir()
    write(tmp_path, "dialogs/patient/visit_card.py", SCREEN)
    write(tmp_path, "jobs/wording.py", ALERT)
    list(update(tmp_path))
    return tmp_path


def write(house: Path, name: str, text: str) -> None:
    path = house / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def catalog_file(house: Path, language: Language) -> Path:
    return house / "locales" / language / "LC_MESSAGES" / "reception.po"


def read(house: Path, language: Language) -> Catalog:
    with catalog_file(house, language).open("rb") as file:
        return read_po(file, locale=language)


def translate(house: Path, translations: dict[str, list[str]], language: Language = Language.PL) -> None:
    """Fill in the empty places of a catalog by hand, as a translator does."""
    text = catalog_file(house, language).read_text(encoding="utf-8")
    for source, forms in translations.items():
        head, found, tail = text.partition(f"msgid {quoted(source)}\n")
        assert found, source
        for number, form in enumerate(forms):
            place = f"msgstr[{number}]" if len(forms) > 1 else "msgstr"
            tail = tail.replace(f'{place} ""\n', f"{place} {quoted(form)}\n", 1)
        text = head + found + tail
    catalog_file(house, language).write_text(text, encoding="utf-8")


def quoted(text: str) -> str:
    if "\n" not in text:
        return f'"{text}"'
    return '""\n' + "\n".join(f'"{line}"' for line in text.replace("\n", "\\n\n").splitlines())


def faults(house: Path, language: Language = Language.PL) -> list[str]:
    return [line for line in check(house) if line.startswith(f"{language}:")]


def test_every_kind_of_text_is_collected_with_the_file_it_stands_in(house: Path) -> None:
    template = (house / "locales/reception.pot").read_text(encoding="utf-8")
    with (house / "locales/reception.pot").open("rb") as file:
        sources = [message.id for message in read_po(file) if message.id]
    assert sources == [
        "Cancel",
        ("{count} visit", "{count} visits"),
        "Confirmed",
        "You have a visit tomorrow.\n{visit.starts_at:when}",
        ("{count} attempt", "{count} attempts"),
    ]
    assert "#: dialogs/patient/visit_card.py\n" in template
    assert "#. Translators: the day before" in template


def test_a_second_update_changes_nothing(house: Path) -> None:
    files = [house / "locales/reception.pot", *(catalog_file(house, language) for language in TRANSLATED)]
    before = [file.read_bytes() for file in files]
    list(update(house))
    assert [file.read_bytes() for file in files] == before


def test_lines_that_move_within_a_file_change_nothing(house: Path) -> None:
    before = (house / "locales/reception.pot").read_bytes()
    write(house, "jobs/wording.py", "import datetime\n\n\n" + ALERT)
    list(update(house))
    assert (house / "locales/reception.pot").read_bytes() == before


def test_a_complete_catalog_has_no_faults_and_survives_an_update(house: Path) -> None:
    assert len(faults(house)) == len(POLISH)
    translate(house, POLISH)
    list(update(house))
    assert faults(house) == []


def test_a_changed_text_is_never_guessed_from_the_old_one(house: Path) -> None:
    translate(house, POLISH)
    write(house, "dialogs/patient/visit_card.py", SCREEN.replace('"Confirmed"', '"Confirmed."'))
    assert any("reception.pot: outdated" in line for line in check(house))
    assert any("no longer used" in line for line in faults(house))
    list(update(house))
    catalog = read(house, Language.PL)
    assert catalog.get("Confirmed") is None
    assert catalog["Confirmed."].string == ""
    assert "#~" not in catalog_file(house, Language.PL).read_text(encoding="utf-8")
    assert faults(house) == ["pl: 'Confirmed.': 1 translated form(s) needed"]


@pytest.mark.parametrize(
    ("source", "forms", "fault"),
    [
        ("{count} visit", ["{count} wizyta", "{count} wizyty"], "3 translated form(s) needed"),
        ("{count} visit", ["wizyta", "{count} wizyty", "{count} wizyt"], "fields must be {count}"),
        ("{count} visit", ["{count} wizyta", "dwie wizyty", "{count} wizyt"], "fields must be {count}"),
        ("Cancel", ["Anuluj {token}"], "fields must be none"),
        ("Cancel", ["Anuluj {x.__class__}"], "no text may say"),
        ("Cancel", ["Anuluj "], "spaces or lines at its edges"),
        ("Cancel", ["Anuluj {"], "Single '{'"),
        (
            "You have a visit tomorrow.\n{visit.starts_at:when}",
            ["Jutro wizyta: {visit.starts_at:day}"],
            "fields must be {visit.starts_at:when}",
        ),
    ],
)
def test_a_translation_keeps_fields_forms_and_edges(house: Path, source: str, forms: list[str], fault: str) -> None:
    translate(house, {**POLISH, source: forms})
    [found] = faults(house)
    assert fault in found


def test_one_may_be_a_word_where_the_form_means_one_alone(house: Path) -> None:
    write(house, "handlers/words.py", 'text = PluralPhrase("One visit", "{count} visits!", by="count")\n')
    list(update(house))
    translate(house, {**POLISH, "One visit": ["Jedna wizyta", "{count} wizyty", "{count} wizyt"]})
    assert faults(house) == []
    russian = ["Один приём", "{count} приёма", "{count} приёмов"]
    translate(house, {"One visit": russian}, Language.RU)
    assert any("Один приём" in line for line in faults(house, Language.RU)), "21 would be said as one"


def test_a_fuzzy_translation_is_none(house: Path) -> None:
    translate(house, POLISH)
    path = catalog_file(house, Language.PL)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('msgid "Confirmed"', '#, fuzzy\nmsgid "Confirmed"'), encoding="utf-8")
    assert faults(house) == ["pl: 'Confirmed': fuzzy"]


@pytest.mark.parametrize(
    "call",
    [
        'Phrase(f"Hello {name}")',
        'Phrase("Hello " + name)',
        'speech.say("Yes" if sure else "No")',
        'speech.say("Hello {}".format(name))',
        'Phrase(text="Hello")',
        'PluralPhrase("{count} visit", many="{count} visits", by="count")',
        "Phrase(5)",
    ],
)
def test_a_text_that_babel_would_miss_or_mangle_is_pointed_at(house: Path, call: str) -> None:
    write(house, "handlers/start.py", f"\ntext = {call}\n")
    assert "handlers/start.py:2: a text is one literal, given by position" in list(check(house))


@pytest.mark.parametrize(
    "call",
    [
        "speech.say(LABELS[status])",
        'speech.say(labels["x"])',
        "speech.say(label if sure else other)",
        'Phrase(N_("Hello"))',
        "speech.say(*texts)",
        "speech.say(words_for(refusal), **facts)",
    ],
)
def test_a_text_marked_elsewhere_may_be_said(house: Path, call: str) -> None:
    write(house, "handlers/start.py", f"\ntext = {call}\n")
    assert not any(line.startswith("handlers/start.py") for line in check(house))


def test_a_source_text_with_an_impossible_field_is_a_fault(house: Path) -> None:
    write(house, "handlers/start.py", 'text = Phrase("{visit.starts_at:full}")\n')
    assert any("there is no format of this name" in line for line in check(house) if line.startswith("source:"))


def test_a_text_without_words_is_left_to_no_translator(house: Path) -> None:
    before = (house / "locales/reception.pot").read_bytes()
    write(house, "handlers/start.py", 'text = Phrase("{doctor}, {clinic}\\n{starts_at:when} · 5")\n')
    list(update(house))
    assert (house / "locales/reception.pot").read_bytes() == before


def test_a_house_without_rooms_or_catalogs_gets_empty_ones(tmp_path: Path) -> None:
    (tmp_path / "locales").mkdir()
    assert list(update(tmp_path)) == [f"{language}: 0 texts, 0 to look at" for language in TRANSLATED]
    assert list(check(tmp_path)) == []


def test_the_catalogs_of_the_house_are_complete(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0, capsys.readouterr().out
