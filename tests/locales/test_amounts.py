from dataclasses import dataclass
from datetime import time, timedelta
from decimal import Decimal

import pytest

from locales.amounts import plain_spaces
from locales.language import Language
from tests.locales.conftest import Speak

EN, IT, RU, PL = Language


@dataclass(frozen=True)
class Price:
    cents: int
    currency: str


@dataclass(frozen=True)
class Daily:
    opens: time
    closes: time


@dataclass(frozen=True)
class Weekly(Daily):
    weekdays: frozenset[int]


@pytest.mark.parametrize(
    ("price", "en", "it", "ru", "pl"),
    [
        (Price(7747, "EUR"), "€77.47", "77,47 €", "77,47 €", "77,47 €"),
        (Price(12000, "EUR"), "€120", "120 €", "120 €", "120 €"),
        (Price(12000, "PLN"), "120 zł", "120 zł", "120 zł", "120 zł"),
        (Price(120000, "RUB"), "1,200 ₽", "1.200 ₽", "1 200 ₽", "1 200 ₽"),
        (Price(123450, "EUR"), "€1,234.50", "1.234,50 €", "1 234,50 €", "1 234,50 €"),
        (Price(-5, "EUR"), "-€0.05", "-0,05 €", "-0,05 €", "-0,05 €"),
        (Price(0, "PLN"), "0 zł", "0 zł", "0 zł", "0 zł"),
    ],
)
def test_money_has_the_facilitys_sign_in_every_language(
    speak: Speak, price: Price, en: str, it: str, ru: str, pl: str
) -> None:
    said = [speak(language).say("{price:money}", price=price) for language in Language]
    assert [plain_spaces(words) for words in said] == [en, it, ru, pl]
    assert not any(" " in words for words in said), "number and sign stay on one line"


@pytest.mark.parametrize(
    ("wait", "en", "ru", "pl"),
    [
        (timedelta(minutes=1), "1 min", "1 мин", "1 min"),
        (timedelta(seconds=30), "30 s", "30 с", "30 s"),
        (timedelta(minutes=90), "1 h 30 min", "1 ч 30 мин", "1 godz. 30 min"),
        (timedelta(hours=2), "2 h", "2 ч", "2 godz."),
        (timedelta(seconds=61), "2 min", "2 мин", "2 min"),
        (timedelta(seconds=0.2), "1 s", "1 с", "1 s"),
        (timedelta(minutes=59, seconds=30), "1 h", "1 ч", "1 godz."),
        (timedelta(hours=24), "24 h", "24 ч", "24 godz."),
        (timedelta(seconds=-5), "0 s", "0 с", "0 s"),
    ],
)
def test_a_wait_is_rounded_up_and_needs_no_plural(speak: Speak, wait: timedelta, en: str, ru: str, pl: str) -> None:
    said = [plain_spaces(speak(language).say("{wait:duration}", wait=wait)) for language in Language]
    assert said == [en, en, ru, pl]


@pytest.mark.parametrize(
    ("quantity", "en", "it", "ru"),
    [
        (1234567, "1,234,567", "1.234.567", "1 234 567"),
        (Decimal("1.50"), "1.5", "1,5", "1,5"),
        (1234.5, "1,234.5", "1.234,5", "1 234,5"),
        (-3, "-3", "-3", "-3"),
    ],
)
def test_quantities_are_grouped(speak: Speak, quantity: object, en: str, it: str, ru: str) -> None:
    said = [plain_spaces(speak(language).say("{n:number}", n=quantity)) for language in Language]
    assert said == [en, it, ru, ru]


def test_a_number_that_is_a_name_is_never_grouped(speak: Speak) -> None:
    assert speak(RU).say("№ {number}", number=1234567) == "№ 1234567"


@pytest.mark.parametrize(
    ("size", "latin", "cyrillic"),
    [(10 * 1024**2, "10 MB", "10 МБ"), (1024**3, "1 GB", "1 ГБ"), (512 * 1024, "512 KB", "512 КБ")],
)
def test_sizes_count_as_telegram_does(speak: Speak, size: int, latin: str, cyrillic: str) -> None:
    said = [plain_spaces(speak(language).say("{size:size}", size=size)) for language in Language]
    assert said == [latin, latin, cyrillic, latin]


@pytest.mark.parametrize(
    ("hours", "en", "it", "ru", "pl"),
    [
        (
            Weekly(time(8), time(20), frozenset(range(5))),
            "Monday to Friday, 08:00–20:00",
            "dal lunedì al venerdì, 08:00–20:00",
            "пн–пт, 08:00–20:00",
            "od poniedziałku do piątku, 08:00–20:00",
        ),
        (
            Daily(time(7), time(22)),
            "every day, 07:00–22:00",
            "tutti i giorni, 07:00–22:00",
            "ежедневно, 07:00–22:00",
            "codziennie, 07:00–22:00",
        ),
        (
            [Weekly(time(8), time(20), frozenset({0, 2})), Weekly(time(9), time(13), frozenset({5, 6}))],
            "Monday, Wednesday, 08:00–20:00; Saturday to Sunday, 09:00–13:00",
            "lunedì, mercoledì, 08:00–20:00; dal sabato alla domenica, 09:00–13:00",
            "пн, ср, 08:00–20:00; сб–вс, 09:00–13:00",
            "poniedziałek, środa, 08:00–20:00; od soboty do niedzieli, 09:00–13:00",
        ),
    ],
)
def test_opening_hours_read_well_after_a_colon(speak: Speak, hours: object, en: str, it: str, ru: str, pl: str) -> None:
    said = [speak(language).say(": {hours:hours}", hours=hours) for language in Language]
    assert said == [f": {en}", f": {it}", f": {ru}", f": {pl}"]


def test_emergency_numbers_are_any_of_them(speak: Speak) -> None:
    said = [speak(language).say("{numbers:emergency}", numbers=("112", "999")) for language in Language]
    assert said == ["112 or 999", "112 o il 999", "112 или 999", "112 lub 999"]
    assert speak(IT).say("{numbers:emergency}", numbers=("112",)) == "112"


@pytest.mark.parametrize("name", ["money", "duration", "number", "size", "hours", "emergency", "when", "time"])
@pytest.mark.parametrize("value", ["tomorrow", True, None, object()])
def test_a_format_refuses_what_it_cannot_say(speak: Speak, name: str, value: object) -> None:
    with pytest.raises(TypeError):
        speak(EN).say(f"{{value:{name}}}", value=value)
