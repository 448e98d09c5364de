"""What alerts say in a chat in the four languages, in full and discreetly."""

from datetime import timedelta

import pytest

from core.alerts.alert import AlertKind
from core.alerts.owed import MAY_TAKE
from core.alerts.questions import Letter
from core.facility.profile import Channel
from jobs.telegram.wording import DISCREET, IN_FULL, Message, word
from locales.translator import Language, load_translators
from tests.jobs.letters import AT_NINE, card, letter
from tests.stage.house import PROFILE
from tests.stage.small_clinic import EYES, MARIA, MONDAY, NOWAK

TRANSLATORS = load_translators()
TELEGRAM_TAKES = [kind for kind in AlertKind if Channel.TELEGRAM in MAY_TAKE[kind]]
OF_VISITS = [kind for kind in TELEGRAM_TAKES if kind is not AlertKind.EMAIL_BOUNCED]
TOMORROW = PROFILE.day_of(AT_NINE).toordinal()
COMING = ("I'm coming", f"coming:{TOMORROW}:{MARIA.number}")
HOUR = timedelta(hours=1)


def worded(what: Letter, language: Language = Language.EN, *, later: timedelta = timedelta(0)) -> Message:
    return word(what, PROFILE, TRANSLATORS.speak(language, zone=PROFILE.timezone, now=MONDAY + later))


def test_every_confirmation_has_words_of_both_sorts() -> None:
    assert set(IN_FULL) == set(DISCREET) == set(OF_VISITS) - {AlertKind.REMINDER}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", OF_VISITS)
def test_in_full_an_alert_names_time_doctor_and_clinic(kind: AlertKind, language: Language) -> None:
    html = worded(letter(kind), language).html
    assert all(fact in html for fact in ("09:00", NOWAK.name, EYES.name))
    assert (EYES.address in html) is (kind is not AlertKind.VISIT_CANCELLED)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", OF_VISITS)
def test_discreetly_it_names_the_time_alone(kind: AlertKind, language: Language) -> None:
    html = worded(letter(kind, discreet=True), language).html
    assert "09:00" in html
    assert not any(fact in html for fact in ("Nowak", "okulistyczna", "Zielona"))


@pytest.mark.parametrize("discreet", [False, True])
@pytest.mark.parametrize("kind", OF_VISITS)
def test_every_language_has_words_of_its_own(kind: AlertKind, discreet: bool) -> None:
    first_lines = {worded(letter(kind, discreet=discreet), language).html.splitlines()[0] for language in Language}
    assert len(first_lines) == len(Language)


@pytest.mark.parametrize("kind", [AlertKind.VISIT_BOOKED, AlertKind.VISIT_MOVED])
@pytest.mark.parametrize("discreet", [False, True])
def test_the_button_leads_to_the_visit_in_a_few_bytes(kind: AlertKind, discreet: bool) -> None:
    assert worded(letter(kind, discreet=discreet)).rows == ((("Move or cancel", "visit:7"),),)


def test_a_cancelled_visit_has_no_button() -> None:
    assert worded(letter(AlertKind.VISIT_CANCELLED)).rows == ()


def test_the_first_line_stands_out() -> None:
    html = worded(letter(AlertKind.VISIT_BOOKED)).html
    assert html.startswith("<b>Confirmation: your visit is booked.</b>\n")


def test_a_name_with_a_bracket_is_no_markup() -> None:
    for kind in OF_VISITS:
        assert "&lt;b&gt;&amp; Sons" in worded(letter(kind, card(doctor="<b>& Sons"))).html


@pytest.mark.rule("DIAMED-3")
def test_a_reminder_asks_and_offers_the_three_answers() -> None:
    reminder = worded(letter(AlertKind.REMINDER))
    assert reminder.html == (
        "<b>You have a visit tomorrow.</b>\nTuesday 24 November, 09:00\n"
        f"{NOWAK.name}, {EYES.name}\n{EYES.address}\n\nWill you be able to come?"
    )
    assert reminder.rows == ((COMING,), (("Move", "move:7"), ("Cancel the visit", "cancel:7")))


def test_a_reminder_after_a_night_without_power_says_today() -> None:
    for later, day in ((13 * HOUR, "tomorrow"), (15 * HOUR, "today"), (22 * HOUR, "today")):
        assert f"<b>You have a visit {day}.</b>" in worded(letter(AlertKind.REMINDER), later=later).html


def test_several_visits_share_a_reminder_with_a_button_each() -> None:
    both = [card(7), card(8, AT_NINE + 2 * HOUR, "dr Ewa Kruk")]
    reminder = worded(letter(AlertKind.REMINDER, *both))
    assert reminder.html.startswith("<b>You have 2 visits tomorrow.</b>\nTuesday 24 November, 09:00\n")
    assert "Tuesday 24 November, 11:00\ndr Ewa Kruk" in reminder.html
    assert reminder.rows == (
        (COMING,),
        (("09:00: move or cancel", "visit:7"),),
        (("11:00: move or cancel", "visit:8"),),
    )


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("later", [0 * HOUR, 22 * HOUR])
def test_a_discreet_reminder_speaks_of_appointments(count: int, later: timedelta) -> None:
    visits = [card(number, AT_NINE + number * HOUR) for number in range(count)]
    html = worded(letter(AlertKind.REMINDER, *visits, discreet=True), later=later).html
    assert "appointment" in html.splitlines()[0]
    assert "visit" not in html


def test_every_buttons_data_fits_telegram_with_the_longest_ids() -> None:
    longest = card(2**53 - 1)
    for kind in OF_VISITS:
        rows = worded(letter(kind, longest)).rows
        assert all(len(data.encode()) <= 64 for row in rows for _, data in row)


def test_whoever_has_no_password_yet_may_correct_the_address() -> None:
    bounced = worded(letter(AlertKind.EMAIL_BOUNCED, is_new=True))
    assert "Address: maria@example.com" in bounced.html
    assert bounced.rows == ((("Correct the address", f"email:{MARIA.number}"),),)


def test_everybody_else_tells_the_reception() -> None:
    bounced = worded(letter(AlertKind.EMAIL_BOUNCED))
    assert PROFILE.reception.phone in bounced.html
    assert bounced.rows == ()
