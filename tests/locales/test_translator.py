"""Finding a text and filling it in; and what no text may ever reach."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from types import SimpleNamespace

import pytest

from locales.language import Language
from locales.marks import N_
from locales.template import UnfitField
from locales.translator import load_translators
from tests.locales.conftest import NOW, VISITS, WARSAW, Speak

EN, IT, RU, PL = Language

PLURALS = {
    EN: {1: "You have 1 planned visit.", 2: "You have 2 planned visits.", 0: "You have 0 planned visits."},
    IT: {1: "Ha 1 visita prenotata.", 2: "Ha 2 visite prenotate.", 21: "Ha 21 visite prenotate."},
    RU: {
        1: "У Вас 1 предстоящий приём.",
        2: "У Вас 2 предстоящих приёма.",
        5: "У Вас 5 предстоящих приёмов.",
        11: "У Вас 11 предстоящих приёмов.",
        21: "У Вас 21 предстоящий приём.",
        22: "У Вас 22 предстоящих приёма.",
        25: "У Вас 25 предстоящих приёмов.",
        0: "У Вас 0 предстоящих приёмов.",
    },
    PL: {
        1: "W planie jest 1 wizyta.",
        2: "W planie są 2 wizyty.",
        5: "W planie jest 5 wizyt.",
        12: "W planie jest 12 wizyt.",
        21: "W planie jest 21 wizyt.",
        22: "W planie są 22 wizyty.",
        25: "W planie jest 25 wizyt.",
        0: "W planie jest 0 wizyt.",
    },
}


class Status(StrEnum):
    CONFIRMED = "confirmed"


@dataclass
class Doctor:
    name: str
    _notes: str = "private"

    def dismiss(self) -> str:
        return "dismissed"


@pytest.mark.parametrize(
    ("language", "count", "words"),
    [(language, count, words) for language, row in PLURALS.items() for count, words in row.items()],
)
def test_the_whole_sentence_agrees_with_its_number(speak: Speak, language: Language, count: int, words: str) -> None:
    assert speak(language).say_plural(*VISITS, count=count) == words


def test_a_label_is_translated_where_it_is_said(speak: Speak) -> None:
    state = N_("Confirmed")
    said = [speak(lang).say("Request No. {number}: {state:words}", number=7, state=state) for lang in Language]
    assert said == [
        "Request No. 7: Confirmed",
        "Richiesta n. 7: Confermata",
        "Заявка № 7: Подтверждена",
        "Zgłoszenie nr 7: Potwierdzona",
    ]


def test_a_text_without_translation_is_said_in_english(speak: Speak) -> None:
    assert speak(PL).say("Not there yet, {name}", name="Łucja") == "Not there yet, Łucja"


@pytest.mark.parametrize("language", Language)
def test_an_empty_text_stays_empty_and_shows_no_header(speak: Speak, language: Language) -> None:
    assert speak(language).say("") == ""
    assert speak(language).say("{label:words}", label="") == ""


def test_values_are_found_by_attribute_and_by_key(speak: Speak) -> None:
    voice = speak(EN)
    visit = SimpleNamespace(doctor=Doctor("Dr Nowak"))
    assert voice.say("{visit.doctor.name}", visit=visit) == "Dr Nowak"
    assert voice.say("{form[doctor].name}", form={"doctor": visit.doctor}) == "Dr Nowak"
    assert voice.render("{count} of {limit}", {"count": 3, "limit": 300}) == "3 of 300"


def test_what_people_typed_is_never_read_as_a_text(speak: Speak) -> None:
    assert speak(EN).say("{name}", name="{visit.doctor} 100%") == "{visit.doctor} 100%"
    assert speak(EN).say("{{{name}}}", name="x") == "{x}"


def test_a_missing_value_is_an_error_and_no_gap(speak: Speak) -> None:
    with pytest.raises(KeyError):
        speak(EN).say("{doctor}")
    with pytest.raises(KeyError):
        speak(EN).say("{form[doctor]}", form={})
    with pytest.raises(AttributeError):
        speak(EN).say("{doctor.surname}", doctor=Doctor("Nowak"))


@pytest.mark.parametrize(
    "text",
    [
        "{doctor.__class__}",
        "{doctor._notes}",
        "{_doctor}",
        "{doctor.name.__class__.__mro__}",
        "{doctor[__class__]}",
        "{middleware_data}",
        "{middleware_data[bot].token}",
        "{event.bot.token}",
        "{doctor!r}",
        "{doctor.name:>400000000}",
        "{doctor:{width}}",
        "{}",
        "{0}",
        "{doctor.name()}",
        "{doctor.}",
        "{doctor. name}",
        "{doctor:strftime}",
    ],
)
def test_no_text_reaches_further_than_what_it_was_given(speak: Speak, text: str) -> None:
    given = {"doctor": Doctor("Nowak"), "_doctor": "x", "width": 5, "event": Doctor("x")}
    with pytest.raises(UnfitField):
        speak(EN).say(text, **given, middleware_data={"bot": Doctor("token")})


@pytest.mark.parametrize("text", ["{doctor", "doctor}", "{doctor.name:{}"])
def test_torn_braces_are_an_error(speak: Speak, text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        speak(EN).say(text, doctor=Doctor("Nowak"))


@pytest.mark.parametrize("text", ["{doctor.dismiss}", "{doctor.name.upper}", "{names[first]}", "{form.items}"])
def test_nothing_is_called_or_counted_through(speak: Speak, text: str) -> None:
    with pytest.raises(TypeError):
        speak(EN).say(text, doctor=Doctor("Nowak"), names=["Anna"], form={})


@pytest.mark.parametrize(
    "value",
    [None, True, 1.5, Status.CONFIRMED, NOW, date(2026, 12, 1), timedelta(1), Doctor("Nowak"), ["Anna"], b"x"],
)
def test_only_texts_and_whole_numbers_need_no_format(speak: Speak, value: object) -> None:
    with pytest.raises(TypeError, match="needs a named format"):
        speak(EN).say("{value}", value=value)


def test_the_house_has_a_voice_in_every_language() -> None:
    translators = load_translators()
    for language in Language:
        voice = translators.speak(language, zone=WARSAW, now=datetime(2026, 12, 1, tzinfo=UTC))
        assert voice.language is language
        assert voice.say("{at:time}", at=NOW) == "09:00"
