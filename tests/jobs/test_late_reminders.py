"""What a reminder says that comes late, and one that speaks of today and tomorrow, on every channel."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.alerts.alert import AlertKind
from core.alerts.questions import Letter
from jobs.mail.plain import draw_plain
from jobs.mail.wording import word as word_letter
from jobs.sms.alphabet import segments
from jobs.sms.wording import word as word_sms
from jobs.telegram.wording import word as word_message
from locales.translator import Language, Translator, load_translators
from tests.jobs.letters import AT_NINE, card, letter
from tests.stage.house import PROFILE
from tests.stage.small_clinic import MARIA

TRANSLATORS = load_translators()
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MORNING = AT_NINE - HOUR
TODAY, TOMORROW = card(7), card(8, AT_NINE + DAY, "Рождественская Анна Валерьевна")
APOLOGY = {
    Language.EN: "We are sorry that this reminder comes late.",
    Language.IT: "Ci scusiamo: questo promemoria arriva in ritardo.",
    Language.RU: "Просим прощения: это напоминание пришло с опозданием.",
    Language.PL: "Przepraszamy: to przypomnienie dociera z opóźnieniem.",
}
SHORT_APOLOGY = {
    Language.EN: "Sorry, this reminder is late. ",
    Language.IT: "Ci scusi: promemoria in ritardo. ",
    Language.RU: "Извините, напоминаем поздно. ",
    Language.PL: "Spoznione przypomnienie, przepraszamy. ",
}
SWITCH = [False, True]


def speech(language: Language) -> Translator:
    return TRANSLATORS.speak(language, zone=PROFILE.timezone, now=MORNING)


def reminder(*visits: int, late: bool = True, discreet: bool = False, chat: int | None = MARIA.chat) -> Letter:
    """Of the first visit, which is today, or of both."""
    cards = [TODAY, TOMORROW][: len(visits) or 1]
    return replace(letter(AlertKind.REMINDER, *cards, discreet=discreet, chat=chat), late=late)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("discreet", SWITCH)
def test_a_late_reminder_apologises_in_the_chat_and_in_a_letter(language: Language, discreet: bool) -> None:
    for late in SWITCH:
        what = reminder(late=late, discreet=discreet)
        message = word_message(what, PROFILE, speech(language)).html
        text = draw_plain(word_letter(what, PROFILE, speech(language)))
        assert (message.splitlines()[1] == APOLOGY[language], APOLOGY[language] in text) == (late, late)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("discreet", SWITCH)
@pytest.mark.parametrize("visits", [(7,), (7, 8)])
@pytest.mark.parametrize("chat", [None, MARIA.chat])
def test_a_late_sms_says_so_first_and_needs_two_at_most(
    language: Language, discreet: bool, visits: tuple[int, ...], chat: int | None
) -> None:
    text = word_sms(reminder(*visits, discreet=discreet, chat=chat), PROFILE, speech(language))
    assert text.startswith(SHORT_APOLOGY[language])
    assert segments(text) <= 2, text


def test_today_and_tomorrow_share_a_message_with_an_answer_for_each() -> None:
    said = word_message(reminder(7, 8), PROFILE, speech(Language.EN))
    assert said.html.startswith(
        "<b>You have 2 visits today and tomorrow.</b>\nWe are sorry that this reminder comes late.\n"
        "Tuesday 24 November, 09:00\n"
    )
    assert "Wednesday 25 November, 09:00" in said.html
    day = PROFILE.day_of(AT_NINE).toordinal()
    assert said.rows == (
        (("I'm coming: Tue 24/11", f"coming:{day}-{day + 1}:{MARIA.number}"),),
        (("I'm coming: Wed 25/11", f"coming:{day + 1}-{day}:{MARIA.number}"),),
        (("Tue 24/11, 09:00: move or cancel", "visit:7"),),
        (("Wed 25/11, 09:00: move or cancel", "visit:8"),),
    )


def test_an_sms_names_the_day_of_each() -> None:
    full = word_sms(reminder(7, 8, late=False), PROFILE, speech(Language.EN))
    assert full.startswith("Reminder: 2 visits: Tue 24 Nov 09:00, Wed 25 Nov 09:00. To move")
    alone = word_sms(reminder(7, 8, late=False, discreet=True), PROFILE, speech(Language.EN))
    assert alone == "You have 2 appointments: Tue 24 Nov 09:00, Wed 25 Nov 09:00. Details are in Telegram."


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("discreet", SWITCH)
@pytest.mark.parametrize("chat", [None, MARIA.chat])
def test_two_days_full_of_visits_fit_two_sms(language: Language, discreet: bool, chat: int | None) -> None:
    visits = [card(number, AT_NINE + number * HOUR) for number in range(20)]
    what = replace(letter(AlertKind.REMINDER, *visits, discreet=discreet, chat=chat), late=True)
    text = word_sms(what, PROFILE, speech(language))
    assert segments(text) <= 2, text
    assert "20" in text


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("discreet", SWITCH)
def test_every_language_speaks_of_both_days(language: Language, discreet: bool) -> None:
    first, *_ = word_message(reminder(7, 8, discreet=discreet), PROFILE, speech(language)).html.splitlines()
    both = {Language.EN: "tomorrow", Language.IT: "domani", Language.RU: "завтра", Language.PL: "jutro"}
    assert both[language] in first
    assert "2" in first
