"""The table of named formats: 16 December 2026, a Wednesday."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from locales.dates import weekday_heads
from locales.language import Language
from tests.locales.conftest import NOW, Speak

EN, IT, RU, PL = Language
VISIT = datetime(2026, 12, 16, 9, 30, tzinfo=UTC)

THIS_YEAR = {
    "when": {
        EN: "Wednesday 16 December, 10:30",
        IT: "mercoledì 16 dicembre, ore 10:30",
        RU: "среда, 16 декабря, 10:30",
        PL: "środa, 16 grudnia, godz. 10:30",
    },
    "day": {
        EN: "Wednesday 16 December",
        IT: "mercoledì 16 dicembre",
        RU: "среда, 16 декабря",
        PL: "środa, 16 grudnia",
    },
    "until": {EN: "16 December", IT: "mercoledì 16 dicembre", RU: "16 декабря", PL: "16 grudnia"},
    "short": {EN: "Wed 16/12", IT: "mer 16/12", RU: "ср, 16.12", PL: "śr., 16.12"},
    "sms": {EN: "Wed 16 Dec", IT: "mer 16/12", RU: "16.12", PL: "16.12"},
    "month": {EN: "December 2026", IT: "Dicembre 2026", RU: "Декабрь 2026", PL: "Grudzień 2026"},
    "time": {EN: "10:30", IT: "10:30", RU: "10:30", PL: "10:30"},
    "weekday": {EN: "Wednesday", IT: "mercoledì", RU: "среда", PL: "środa"},
}
ANOTHER_YEAR = {
    "when": {
        EN: "Wednesday 16 December 2026, 10:30",
        IT: "mercoledì 16 dicembre 2026, ore 10:30",
        RU: "среда, 16 декабря 2026 года, 10:30",
        PL: "środa, 16 grudnia 2026, godz. 10:30",
    },
    "until": {
        EN: "16 December 2026",
        IT: "mercoledì 16 dicembre 2026",
        RU: "16 декабря 2026 года",
        PL: "16 grudnia 2026",
    },
    "short": {EN: "Wed 16/12/2026", IT: "mer 16/12/2026", RU: "ср, 16.12.2026", PL: "śr., 16.12.2026"},
    "sms": {EN: "Wed 16 Dec 2026", IT: "mer 16/12/2026", RU: "16.12.2026", PL: "16.12.2026"},
}
WEEKDAYS = {
    EN: "Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday",
    IT: "lunedì, martedì, mercoledì, giovedì, venerdì, sabato, domenica",
    RU: "понедельник, вторник, среда, четверг, пятница, суббота, воскресенье",
    PL: "poniedziałek, wtorek, środa, czwartek, piątek, sobota, niedziela",
}


def rows(table: dict[str, dict[Language, str]]) -> list[tuple[str, Language, str]]:
    return [(name, language, words) for name, row in table.items() for language, words in row.items()]


@pytest.mark.parametrize(("name", "language", "words"), rows(THIS_YEAR))
def test_a_day_of_this_year_is_written_without_the_year(
    speak: Speak, name: str, language: Language, words: str
) -> None:
    assert speak(language).say(f": {{moment:{name}}}", moment=VISIT) == f": {words}"


@pytest.mark.parametrize(("name", "language", "words"), rows(ANOTHER_YEAR))
def test_a_day_of_another_year_is_written_with_it(speak: Speak, name: str, language: Language, words: str) -> None:
    last_year = datetime(2025, 12, 1, tzinfo=UTC)
    assert speak(language, last_year).say(f": {{moment:{name}}}", moment=VISIT) == f": {words}"


@pytest.mark.parametrize(
    ("language", "words"),
    [(EN, "16 December 2026"), (IT, "16 dicembre 2026"), (RU, "16 декабря 2026 года"), (PL, "16 grudnia 2026")],
)
def test_a_date_of_birth_has_its_year_and_no_weekday(speak: Speak, language: Language, words: str) -> None:
    assert speak(language).say(": {born:birth}", born=date(2026, 12, 16)) == f": {words}"


@pytest.mark.parametrize("language", Language)
def test_all_weekdays_stand_alone_in_the_nominative(speak: Speak, language: Language) -> None:
    monday = date(2026, 12, 14)
    said = [speak(language).say(": {day:weekday}", day=monday + timedelta(days=n))[2:] for n in range(7)]
    assert ", ".join(said) == WEEKDAYS[language]


def test_calendar_heads_are_two_letters_monday_first() -> None:
    assert [" ".join(weekday_heads(language)) for language in Language] == [
        "Mo Tu We Th Fr Sa Su",
        "Lu Ma Me Gi Ve Sa Do",
        "Пн Вт Ср Чт Пт Сб Вс",
        "Pn Wt Śr Cz Pt So Nd",
    ]


@pytest.mark.parametrize(
    ("language", "today", "tomorrow"),
    [(EN, "today", "tomorrow"), (IT, "oggi", "domani"), (RU, "сегодня", "завтра"), (PL, "dzisiaj", "jutro")],
)
def test_near_days_go_by_the_facilitys_own_calendar(
    speak: Speak, language: Language, today: str, tomorrow: str
) -> None:
    late = datetime(2026, 12, 1, 22, 59, tzinfo=UTC)
    voice = speak(language)
    assert voice.say(": {day:near}", day=late) == f": {today}"
    assert voice.say(": {day:near}", day=late + timedelta(minutes=1)) == f": {tomorrow}"
    assert voice.say(": {day:near}", day=VISIT) == voice.say(": {day:day}", day=VISIT)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (EN, "Wednesday 16 December, 10:30"),
        (IT, "Mercoledì 16 dicembre, ore 10:30"),
        (RU, "Среда, 16 декабря, 10:30"),
        (PL, "Środa, 16 grudnia, godz. 10:30"),
    ],
)
def test_a_day_that_opens_a_line_begins_with_a_capital(speak: Speak, language: Language, words: str) -> None:
    voice = speak(language)
    assert voice.say("{moment:when}", moment=VISIT) == words
    assert voice.say("Booked.\n{moment:when}\nAnna", moment=VISIT) == f"Booked.\n{words}\nAnna"
    assert voice.say("{none}{moment:when}", none="", moment=VISIT) == words
    assert voice.say("{name} {moment:day}", name="Anna", moment=VISIT)[5] == words[0].lower().replace("w", "W")


@pytest.mark.parametrize("language", Language)
def test_times_are_of_24_hours_and_have_no_strange_spaces(speak: Speak, language: Language) -> None:
    assert speak(language).say("{at:time}", at=time(9, 5)) == "09:05"
    assert speak(language).say("{at:time}", at=time(21, 0)) == "21:00"
    said = speak(language).say("{at:when} {at:short} {at:sms} {at:month}", at=VISIT)
    assert "\u00a0" not in said
    assert "\u202f" not in said


@pytest.mark.parametrize(
    ("utc", "wall"),
    [
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "Sunday 25 October, 02:30"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "Sunday 25 October, 02:30"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=UTC), "Sunday 25 October, 03:30"),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "Sunday 29 March, 01:59"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "Sunday 29 March, 03:00"),
        (datetime(2026, 6, 30, 22, 30, tzinfo=UTC), "Wednesday 1 July, 00:30"),
    ],
)
def test_moments_are_said_by_the_clock_on_the_wall_in_warsaw(speak: Speak, utc: datetime, wall: str) -> None:
    assert speak(EN).say("{at:when}", at=utc) == wall


def test_the_year_changes_at_midnight_of_the_facility(speak: Speak) -> None:
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert speak(EN, new_year).say("{day:until}", day=date(2027, 1, 2)) == "2 January"
    assert speak(EN, NOW).say("{day:until}", day=date(2027, 1, 2)) == "2 January 2027"


def test_a_moment_without_a_zone_is_refused(speak: Speak) -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        speak(EN).say("{at:when}", at=VISIT.replace(tzinfo=None))


@pytest.mark.parametrize("language", Language)
def test_no_italian_march_is_mistaken_for_a_tuesday(speak: Speak, language: Language) -> None:
    tuesday = date(2026, 3, 3)
    said = speak(language).say(": {day:short} {day:sms}", day=tuesday)
    assert said.count("mar") == (2 if language is IT else 0)
