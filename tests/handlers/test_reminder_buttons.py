"""I'm coming, Move, Cancel: a reminder is answered where it stands, by the patient whom it was for, once."""

from datetime import date

import pytest

from core.errors import NotFound
from core.visits.move_visit import move_visit
from core.visits.questions import free_slots
from core.visits.refusals import NoVisitThatDay
from tests.dialogs.steps import TOMORROW, november, said
from tests.handlers.reminded import CANCEL, COMING, DAY, FACTS, THANKS, coming, is_reminded, logs_in
from tests.stage.small_clinic import EYES, JAN, KRUK, MARIA, NOWAK
from tests.stage.stage import Stage


@pytest.mark.rule("DIAMED-3")
async def test_im_coming_is_answered_and_the_reminder_becomes_thanks(stage: Stage) -> None:
    phone, reminder, [visit] = await is_reminded(stage)
    screen = await phone.screen()

    assert await phone.presses(COMING) == THANKS

    answered = await phone.reads(THANKS)
    assert answered.message_id == reminder.message_id
    assert answered.text == f"{THANKS}\n{FACTS}"
    assert (answered.buttons, answered.data) == (("Move or cancel",), (f"visit:{visit}",))
    assert coming(stage) == [True]
    assert await phone.screen() == screen
    assert "You told us that you are coming." in await phone.taps("Tue 24/11, 09:00, Nowak")


async def test_several_visits_are_answered_in_one_tap(stage: Stage) -> None:
    noon = november(24, 11)
    phone, _, visits = await is_reminded(stage, (NOWAK, TOMORROW), (KRUK, noon), (KRUK, november(25, 11)))

    await phone.presses(COMING)

    answered = await phone.reads(THANKS)
    assert f"{FACTS}\n\nTuesday 24 November, 11:00\n{KRUK.name}" in answered.text
    assert "25" not in answered.text
    assert answered.buttons == ("09:00: move or cancel", "11:00: move or cancel")
    assert answered.data == tuple(f"visit:{visit}" for visit in visits[:2])
    assert coming(stage) == [True, True, False]


async def test_a_second_tap_says_the_same_and_changes_nothing(stage: Stage) -> None:
    phone, reminder, _ = await is_reminded(stage)
    await phone.presses(COMING)
    first = await phone.reads(THANKS)
    said_first = stage.rows("SELECT coming_at FROM visits")
    await stage.move_clock(minutes=1)

    assert await phone.presses_data(reminder.message_id, reminder.data[0]) == THANKS

    await stage.is_quiet()
    assert await phone.reads(THANKS) == first
    assert stage.rows("SELECT coming_at FROM visits") == said_first
    assert stage.rows("SELECT max(tries) FROM inbox") == [(0,)]


async def test_a_reminder_that_was_deleted_is_answered_all_the_same(stage: Stage) -> None:
    phone, reminder, _ = await is_reminded(stage)
    for description in ("message to edit not found", "message can't be edited"):
        await stage.fault("editMessageText", "error", code=400, description=f"Bad Request: {description}")
        assert await phone.presses_data(reminder.message_id, reminder.data[0]) == THANKS
        await stage.is_quiet()
    assert coming(stage) == [True]
    assert stage.rows("SELECT max(tries) FROM inbox") == [(0,)]


async def test_a_discreet_reminder_stays_discreet(stage: Stage) -> None:
    phone, _, _ = await is_reminded(stage)
    await phone.says("/settings")
    await phone.sees("Settings")
    await phone.taps("Discreet wording", "Turn discreet wording on")

    await phone.presses(COMING)

    assert (await phone.reads(THANKS)).text == f"{THANKS}\nTuesday 24 November, 09:00"


async def test_after_log_out_it_asks_for_log_in_and_then_once_more(stage: Stage) -> None:
    phone, reminder, _ = await is_reminded(stage, logged_in=False)

    await phone.presses(COMING)
    await logs_in(phone)

    asked = await phone.sees("Will you be able to come?", COMING, "Back")
    assert FACTS in asked.text
    assert coming(stage) == [False]
    assert await phone.presses(COMING, asked.message_id) == THANKS
    answered = await phone.reads(THANKS)
    assert answered.message_id == reminder.message_id
    assert coming(stage) == [True]
    await phone.sees("Hello! How can we help you?")


async def test_somebody_else_who_logs_in_instead_answers_for_nobody(stage: Stage) -> None:
    phone, _, _ = await is_reminded(stage, logged_in=False)
    await phone.says("/logout")
    await phone.sees("Log in")

    await phone.presses(COMING)
    await logs_in(phone, JAN)

    await phone.sees("Book a visit", "Planned visits")
    assert coming(stage) == [False]


async def test_another_person_on_the_same_phone_answers_for_nobody(stage: Stage) -> None:
    phone, reminder, [visit] = await is_reminded(stage)
    theirs = await stage.books(JAN, KRUK, november(24, 11))
    await phone.says("/logout")
    await phone.sees("Log in")
    await stage.logged_in(JAN, on=MARIA)

    for data in (reminder.data[0], f"visit:{visit}", f"move:{visit}", f"cancel:{visit}"):
        await phone.presses_data(reminder.message_id, data)
        assert phone.answer is not None
        assert phone.answer["show_alert"], data
        await stage.is_quiet()

    assert stage.rows(f"SELECT coming_at FROM visits WHERE id IN ({visit}, {theirs})") == [(None,), (None,)]
    assert reminder in await phone.messages()


async def test_a_tap_after_a_cancellation_says_that_nothing_is_there(stage: Stage) -> None:
    phone, reminder, _ = await is_reminded(stage)
    await phone.taps("Tue 24/11, 09:00, Nowak", CANCEL, "Without a reason", "Yes, cancel the visit")

    assert await phone.presses_data(reminder.message_id, reminder.data[0]) == said(NoVisitThatDay(DAY))

    assert reminder in await phone.messages()
    await phone.sees("The visit is cancelled.")


async def test_a_tap_after_a_move_is_no_answer_for_the_new_day(stage: Stage) -> None:
    phone, reminder, [visit] = await is_reminded(stage)
    await phone.presses(COMING)
    await phone.reads(THANKS)
    clinic = stage.clinic.acting_as(MARIA.person)
    free = await clinic.read(free_slots, EYES.id, NOWAK.id, date(2026, 11, 26))
    await clinic(move_visit, visit, free[0].id)
    assert coming(stage) == [False]

    assert await phone.presses_data(reminder.message_id, reminder.data[0]) == said(NoVisitThatDay(DAY))

    assert coming(stage) == [False]


async def test_a_tap_after_the_visit_says_that_nothing_is_there(stage: Stage) -> None:
    phone, reminder, _ = await is_reminded(stage, logged_in=False)
    await stage.set_clock(TOMORROW)
    await phone.says("/visits")
    await logs_in(phone)
    await phone.sees("You have 1 planned visit.")

    assert await phone.presses_data(reminder.message_id, reminder.data[0]) == said(NoVisitThatDay(DAY))

    assert coming(stage) == [False]


FORGED = [
    "coming",
    "coming:1",
    "coming::",
    "coming:1:2:3",
    "coming:-1:31",
    "coming:1.5:31",
    "coming:٣:31",
    "move:",
    "cancel:x",
]
ABSURD = [
    "coming:0:31",
    "coming:1:31",
    "coming:9999999:31",
    f"coming:{'9' * 16}:31",
    "move:999",
    "cancel:0",
    "move:9007199254740993",
]


async def test_forged_buttons_do_no_harm(stage: Stage) -> None:
    phone, reminder, _ = await is_reminded(stage)
    visits = await phone.screen()
    for data in FORGED:
        assert await phone.presses_data(reminder.message_id, data) is None
        await stage.is_quiet()
        assert (data, await phone.screen()) == (data, visits)
    for data in ABSURD:
        assert (data, await phone.presses_data(reminder.message_id, data)) == (data, said(NotFound()))
        await phone.sees("Hello! How can we help you?")

    assert await phone.presses_data(
        reminder.message_id, f"coming:{date(2026, 12, 24).toordinal()}:{MARIA.number}"
    ) == said(NoVisitThatDay(date(2026, 12, 24)))
    await stage.is_quiet()
    assert stage.rows("SELECT max(tries) FROM inbox") == [(0,)]
    assert coming(stage) == [False]
    assert reminder in await phone.messages()


async def test_nobody_is_asked_again_about_a_visit_that_has_begun(stage: Stage) -> None:
    phone, reminder, _ = await is_reminded(stage, (NOWAK, TOMORROW), (KRUK, november(24, 11)), logged_in=False)
    await stage.set_clock(november(24, 9, 10))
    await phone.says("/visits")
    await logs_in(phone)
    await phone.sees("Please choose one to see it")

    assert await phone.presses_data(reminder.message_id, reminder.data[0]) == THANKS

    answered = await phone.reads(THANKS)
    assert answered.text.startswith(f"{THANKS}\nTuesday 24 November, 11:00\n{KRUK.name}")
    assert "Will you be able to come?" not in answered.text
    assert answered.buttons == ("Move or cancel",)
    assert coming(stage) == [False, True]
