"""The voice, as far as a pattern can hear it: words, addresses and cases that must not occur in a catalog."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po

from locales.language import TRANSLATED, Language
from locales.translator import CATALOGS

EN, IT, RU, PL = Language

NOT_ITALIAN = {
    "tu instead of Lei": r"\b(?i:tuo|tua|tuoi|tue)\b",
    "gender of the reader": r"\b[Bb]envenut[oa]\b",
    "cancellare deletes, a visit is disdetta": r"\b(?i:cancell\w+\W.{0,30}\b(?:visit|prenotazion))",
    "a visit is never cancellata": r"\b(?i:(?:visit|prenotazion)\w+\W.{0,30}\bcancell)",
    "È with an apostrophe": r"(?m)^E'",
    "curly apostrophe": "’",
}
NOT_RUSSIAN = {
    "Вы with a small letter": r"\b(?:вы|вам|вас|вами|ваш\w*)\b",
    "gender in brackets": r"\((?:а|ая)\)",
    "straight quotes": '"',
    "е for ё": r"\b(?i:прием\w*|еще|все (?:равно|время|еще|ещё)|придет|пришлем|ждем|отменен|перенесен)\b",
}
NOT_POLISH = {
    "Pan, Pani, Państwo, ty": r"\b(?:Pan|Pani|Państw\w*|Tw[oó]j\w*)\b",
    "gender in a past": r"\w+ł(?:eś|aś)\b",
    "a visit is odwołana": r"\b[Aa]nulow\w+\W.{0,30}\bwizyt|\b[Ww]izyt\w*\W.{0,30}\banulow",
    "straight quotes": '"',
}
NOWHERE = {
    "two spaces": "  ",
    "an emoji": "[\u2600-\u27bf\U0001f300-\U0001faff\N{VARIATION SELECTOR-16}]",
    "three dots": r"\.\.\.",
}
# What needs no case after a preposition: a time, a bare date, a number with its unit.
INDECLINABLE = r"(?!\w[^}]*:(?:time|until|sms|money|size|duration|number)\})(?!count\})"
NAMES_AND_PLACES = {IT: "con|da|nel|del|fino a", RU: "к|ко|у|в|во|до", PL: "u|w|we|do"}
WEEKDAYS = {IT: "il|nel|al|dal|del|di", RU: "на|с|со|по|от|для", PL: "na|z|ze|od|dla|po"}
FORBIDDEN = {
    IT: {**NOWHERE, **NOT_ITALIAN},
    RU: {**NOWHERE, **NOT_RUSSIAN},
    PL: {**NOWHERE, **NOT_POLISH},
}


def faults_of(language: Language, text: str) -> list[str]:
    weekday = r"\s\{[^}:]+:(?:when|day|near|weekday)\}"
    patterns = {
        **FORBIDDEN[language],
        "a value after a preposition": rf"(?i)(?<!\w)(?:{NAMES_AND_PLACES[language]})\s\{{{INDECLINABLE}",
        "a weekday after a preposition": rf"(?i)(?<!\w)(?:{WEEKDAYS[language]}){weekday}",
    }
    return [name for name, pattern in patterns.items() if re.search(pattern, text)]


def texts_of(language: Language) -> Iterator[str]:
    with (CATALOGS / language / "LC_MESSAGES" / "reception.po").open("rb") as file:
        for message in read_po(file, locale=language):
            forms = [message.string] if isinstance(message.string, str) else message.string or ()
            yield from forms if message.id else ()


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_of_the_catalog_keeps_the_voice(language: Language) -> None:
    assert {text: faults for text in texts_of(language) if (faults := faults_of(language, text))} == {}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (IT, "I tuoi referti"),
        (IT, "Benvenuta!"),
        (IT, "La prenotazione è stata cancellata."),
        (IT, "Vuole cancellare questa visita?"),
        (IT, "E' pronto"),
        (IT, "Visita con {visit.doctor}"),
        (IT, "Aperto fino a {visit.starts_at:when}"),
        (RU, "Как вам удобно"),
        (RU, "Вы выбрали(а)"),
        (RU, 'Отделение "Кардиология"'),
        (RU, "Запись на прием"),
        (RU, "Мы еще работаем"),
        (RU, "Приём у {doctor}"),
        (RU, "Открыто до {visit.starts_at:when}"),
        (RU, "Приём в {visit.starts_at:day}"),
        (PL, "Czy Pani przyjdzie?"),
        (PL, "Umówiłaś wizytę"),
        (PL, "Wizyta została anulowana"),
        (PL, 'Poradnia "Kardiologia"'),
        (PL, "Zapraszamy do {clinic}"),
        (PL, "Otwarte do {at:day}"),
        (PL, "Wizyta od {at:day}"),
        (RU, "Запись на {at:when}"),
        (PL, "Dwie  spacje"),
    ],
)
def test_the_patterns_hear_what_they_should(language: Language, text: str) -> None:
    assert faults_of(language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (IT, "Il pagamento online era possibile fino a {until:until}, giorno della visita."),
        (IT, "L'orario è riservato per Lei fino alle {held:time}."),
        (IT, "Vuole disdire questa visita?"),
        (RU, "Чем Вам помочь?"),
        (RU, "Все запросы"),
        (RU, "Заключение ожидается к {due:until}. Закреплено до {held:time}."),
        (RU, "Приём {starts_at:sms} в {starts_at:time}"),
        (RU, "Файлы до {limit:size}"),
        (RU, "Подтверждение придёт на {email}."),
        (PL, "Termin jest zarezerwowany do godz. {held:time}."),
        (PL, "Do {until:until} nie ma wolnych terminów."),
        (PL, "Panel, Panorama i Wartość"),
        (PL, "Wybrano do {count} plików"),
    ],
)
def test_the_patterns_are_deaf_to_what_is_right(language: Language, text: str) -> None:
    assert faults_of(language, text) == []
