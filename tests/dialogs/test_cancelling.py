"""Cancelling: with a reason or without, and what is kept of it (DIAMED-15)."""

import pytest

from core.visits.refusals import VisitNotLive
from tests.dialogs.steps import FIRST_FREE, opens_only_visit, said, sees_first_times, time_label, when
from tests.stage.small_clinic import EVERYBODY, LIS, MARIA, PAOLO, Somebody
from tests.stage.stage import Stage
from tests.stage.voice import speech_in

KEPT = "SELECT status, cancelled_by, cancel_reason, cancelled_at IS NOT NULL FROM visits"


@pytest.mark.rule("DIAMED-1", "DIAMED-15")
@pytest.mark.parametrize("who", EVERYBODY, ids=lambda who: who.language)
async def test_a_visit_is_cancelled_with_a_typed_reason(stage: Stage, who: Somebody) -> None:
    await stage.books(who, LIS, FIRST_FREE)
    phone, speech = await stage.logged_in(who), speech_in(who.language)
    await opens_only_visit(phone, speech)

    await phone.presses(speech.say("Cancel the visit"))
    await phone.sees(speech.say("Without a reason"))
    await phone.says("Jestem chora <b>&</b> 🤒")
    asked = await phone.sees(speech.say("Yes, cancel the visit"), speech.say("Keep the visit"))
    assert when(FIRST_FREE, speech) in asked
    assert speech.say("\nReason: {reason}", reason="Jestem chora <b>&</b> 🤒").strip() in asked
    await phone.presses(speech.say("Yes, cancel the visit"))

    assert when(FIRST_FREE, speech) in await phone.sees(speech.say("Another time"))
    assert stage.rows(KEPT) == [("cancelled", "patient", "Jestem chora <b>&</b> 🤒", 1)]
    visits = await phone.taps(speech.say("Menu"), speech.say("Planned visits"))
    assert speech.say("No visits planned.") in visits


@pytest.mark.rule("DIAMED-15")
async def test_a_visit_is_cancelled_without_a_reason_and_its_time_is_free_again(stage: Stage) -> None:
    await stage.books(MARIA, LIS, FIRST_FREE)
    maria, paolo = await stage.logged_in(MARIA), await stage.logged_in(PAOLO)
    await opens_only_visit(maria)

    asked = await maria.taps("Cancel the visit", "Without a reason")
    assert "Reason" not in asked
    await maria.presses("Yes, cancel the visit")

    assert stage.rows(KEPT) == [("cancelled", "patient", None, 1)]
    offered = await sees_first_times(paolo, speech_in("it"))
    assert offered.buttons[0] == time_label(FIRST_FREE, LIS.surname, speech_in("it"))
    again = await maria.taps("Another time")
    assert ("Please choose a doctor and a day." in again, LIS.name in again) == (True, True)


async def test_keeping_the_visit_changes_nothing_and_going_on_without_drops_the_reason(stage: Stage) -> None:
    await stage.books(MARIA, LIS, FIRST_FREE)
    phone = await stage.logged_in(MARIA)
    await opens_only_visit(phone)
    await phone.presses("Cancel the visit")
    await phone.says("A cold")
    assert "Reason: A cold" in await phone.sees("Keep the visit")

    assert "Confirmed" in await phone.taps("Keep the visit")
    assert stage.rows(KEPT) == [("confirmed", None, None, 0)]

    assert "Reason" not in await phone.taps("Cancel the visit", "Without a reason")


async def test_a_visit_that_was_cancelled_elsewhere_is_not_cancelled_twice(stage: Stage) -> None:
    await stage.books(MARIA, LIS, FIRST_FREE)
    phone, other = await stage.logged_in(MARIA), await stage.logged_in(MARIA, on=PAOLO)
    italian = speech_in("it")
    await opens_only_visit(other, italian)
    await opens_only_visit(phone)
    await other.taps(
        italian.say("Cancel the visit"), italian.say("Without a reason"), italian.say("Yes, cancel the visit")
    )

    await phone.taps("Cancel the visit", "Without a reason", "Yes, cancel the visit")

    assert phone.answer == {"text": said(VisitNotLive()), "show_alert": True}
    assert stage.rows("SELECT version FROM visits") == [(2,)]
