"""One SMS where possible, two at most, in four languages and with the longest names; counted as it is sent."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.alerts.alert import AlertKind
from core.alerts.owed import MAY_TAKE
from core.alerts.questions import Letter
from core.demo.read_demo import read_demo
from core.facility.profile import Channel
from jobs.courier import Carried, Delivery
from jobs.sms.alphabet import is_gsm, segments
from jobs.sms.courier import SmsCourier
from jobs.sms.gateway import OnReceipt, Sms
from jobs.sms.wording import DISCREET, IN_FULL, word
from locales.translator import Language, Translator, load_translators
from tests.jobs.letters import AT_NINE, card, letter
from tests.stage.house import PROFILE
from tests.stage.small_clinic import MONDAY, NOWAK
from tests.stage.stage import FACILITY

TRANSLATORS = load_translators()
NAMES = {
    Language.EN: "Dr Alexandra Featherstonehaugh",
    Language.IT: "Dott.ssa Mariacarla Bernardini",
    Language.RU: "Рождественская Анна Валерьевна",
    Language.PL: "dr Aleksandra Wiśniewska-Nowak",
}
DEMO = read_demo(Path(FACILITY.parent / "demo" / FACILITY.name))
LONGEST_HERE = max((doctor.name for clinic in DEMO.clinics for doctor in clinic.doctors), key=len)
# The year is said as well.
NEW_YEARS_EVE = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)
NEW_YEAR = datetime(2027, 1, 1, 9, 30, tzinfo=UTC)
JANUARY = datetime(2027, 1, 27, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
SMS_TAKES = [kind for kind in AlertKind if Channel.SMS in MAY_TAKE[kind]]
SWITCH = [False, True]


def speech(language: Language, now: datetime = MONDAY) -> Translator:
    return TRANSLATORS.speak(language, zone=PROFILE.timezone, now=now)


def said(what: Letter, language: Language = Language.EN, now: datetime = MONDAY) -> str:
    return word(what, PROFILE, speech(language, now))


def test_every_kind_that_may_be_sent_has_words_of_both_sorts() -> None:
    assert set(IN_FULL) == set(DISCREET) == set(SMS_TAKES)


@pytest.mark.rule("DIAMED-3")
def test_a_reminder_says_when_with_whom_and_how_to_change_it() -> None:
    assert said(letter(AlertKind.REMINDER)) == (
        "Reminder: visit tomorrow, Tue 24 Nov at 09:00, dr Anna Nowak. "
        "To move or cancel, open Telegram or call +48 22 123 45 67."
    )


def test_whoever_telegram_does_not_reach_is_told_the_phone() -> None:
    for kind in SMS_TAKES:
        for discreet in SWITCH:
            text = said(letter(kind, chat=None, discreet=discreet))
            assert text.endswith("To move or cancel, call +48 22 123 45 67.")
            assert "Telegram" not in text


@pytest.mark.rule("DIAMED-2")
def test_a_booking_and_a_move_are_confirmed() -> None:
    assert said(letter(AlertKind.VISIT_BOOKED)).startswith(
        "Your visit is booked: Tue 24 Nov at 09:00, dr Anna Nowak. To move"
    )
    assert said(letter(AlertKind.VISIT_MOVED)).startswith("Your visit has a new time: Tue 24 Nov at 09:00, dr Anna")


def test_a_discreet_one_names_nobody_and_speaks_of_an_appointment() -> None:
    for kind in SMS_TAKES:
        text = said(letter(kind, discreet=True))
        assert "appointment" in text
        assert text.endswith("Tue 24 Nov at 09:00. Details are in Telegram.")
        assert not any(word in text for word in ("Nowak", "visit", "okulistyczna", "Zielona"))


def test_a_reminder_after_a_night_without_power_says_today() -> None:
    assert said(letter(AlertKind.REMINDER), now=MONDAY + 22 * HOUR).startswith("Reminder: visit today, Tue 24 Nov")


def test_several_visits_share_an_sms_that_names_their_times() -> None:
    visits = [card(number, AT_NINE + number * HOUR) for number in range(3)]
    assert said(letter(AlertKind.REMINDER, *visits)) == (
        "Reminder: 3 visits tomorrow, Tue 24 Nov: 09:00, 10:00, 11:00. "
        "To move or cancel, open Telegram or call +48 22 123 45 67."
    )
    assert said(letter(AlertKind.REMINDER, *visits, discreet=True)) == (
        "You have 3 appointments tomorrow, Tue 24 Nov: 09:00, 10:00, 11:00. Details are in Telegram."
    )


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", SMS_TAKES)
@pytest.mark.parametrize("discreet", SWITCH)
def test_one_sms_is_enough_while_the_chat_says_the_rest(kind: AlertKind, language: Language, discreet: bool) -> None:
    text = said(letter(kind, card(doctor=NAMES[language]), discreet=discreet), language)
    assert segments(text) == 1, text


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", SMS_TAKES)
@pytest.mark.parametrize("chat", [None, 1001])
@pytest.mark.parametrize("name", [*NAMES.values(), LONGEST_HERE])
def test_two_are_always_enough(kind: AlertKind, language: Language, chat: int | None, name: str) -> None:
    longest = NEW_YEAR if kind is AlertKind.REMINDER else JANUARY
    for starts_at, now in ((AT_NINE, MONDAY), (longest, NEW_YEARS_EVE)):
        for discreet in SWITCH:
            text = said(
                letter(kind, card(starts_at=starts_at, doctor=name), chat=chat, discreet=discreet), language, now
            )
            most = 2 if language is Language.RU else 1
            assert segments(text) <= most, text
            assert is_gsm(text) or language is Language.RU, text


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("chat", [None, 1001])
@pytest.mark.parametrize("discreet", SWITCH)
def test_a_day_full_of_visits_fits_two(language: Language, chat: int | None, discreet: bool) -> None:
    visits = [card(number, AT_NINE + number * HOUR / 2) for number in range(20)]
    text = said(letter(AlertKind.REMINDER, *visits, chat=chat, discreet=discreet), language)
    assert segments(text) <= 2, text
    assert "20" in text


class Notebook:
    """A gateway that writes down what it is given."""

    def __init__(self) -> None:
        self.sent: list[Sms] = []

    async def run(self, on_receipt: OnReceipt) -> None:
        """Nothing to keep open."""

    async def send(self, sms: Sms) -> Carried:
        self.sent.append(sms)
        return Carried(Delivery.SENT, ("its-name",))


async def test_the_courier_sends_it_to_the_phone_until_the_first_visit_begins() -> None:
    gateway = Notebook()
    what = letter(AlertKind.REMINDER, card(7), card(8, AT_NINE + HOUR), channel=Channel.SMS)

    carried = await SmsCourier(gateway, PROFILE).carry(what, speech(Language.PL))

    assert carried == Carried(Delivery.SENT, ("its-name",))
    assert gateway.sent == [Sms("+48601234567", said(what, Language.PL), "1", AT_NINE)]


async def test_what_leaves_is_what_was_counted() -> None:
    gateway = Notebook()
    for language in Language:
        await SmsCourier(gateway, PROFILE).carry(
            letter(AlertKind.VISIT_BOOKED, card(doctor="dr Łucja Żółć")), speech(language)
        )
    english, italian, russian, polish = (sms.text for sms in gateway.sent)
    assert "dr Lucja Zolc" in english
    assert all(is_gsm(text) for text in (english, italian, polish))
    assert "dr Łucja Żółć" in russian
    assert NOWAK.name not in russian
