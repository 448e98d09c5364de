"""Booking: clinic, doctor and day, a time, one look at everything (DIAMED-1, DIAMED-13)."""

import pytest

from core.visits.refusals import PatientBusy
from tests.dialogs.steps import (
    ADDRESS,
    FIRST_FREE,
    books_first_time,
    holds_first_time,
    label_when,
    november,
    opens_only_visit,
    said,
    sees_first_times,
    time_label,
    when,
)
from tests.stage.small_clinic import EVERYBODY, EYES, HEART, KRUK, LIS, MARIA, NOWAK, PAOLO, Somebody
from tests.stage.stage import Stage
from tests.stage.voice import speech_in

in_four_languages = pytest.mark.parametrize("who", EVERYBODY, ids=lambda who: who.language)


@in_four_languages
@pytest.mark.rule("DIAMED-1", "DIAMED-13", "DIAMED-14")
async def test_the_first_free_time_is_booked_in_five_taps_and_shown_among_the_visits(
    stage: Stage, who: Somebody
) -> None:
    phone, speech = await stage.logged_in(who), speech_in(who.language)
    taps = len(await stage.calls("answerCallbackQuery"))

    checked = await holds_first_time(phone, speech)
    await phone.presses(speech.say("Confirm the booking"))

    await phone.reads(speech.say("Open the visit"), when(FIRST_FREE, speech))
    assert len(await stage.calls("answerCallbackQuery")) - taps == 5
    for fact in (LIS.name, EYES.name, label_when(FIRST_FREE, speech), ADDRESS):
        assert fact in checked
    await phone.presses(speech.say("Menu"))
    card = await opens_only_visit(phone, speech)
    assert card.text.startswith(f"{when(FIRST_FREE, speech)}\n{LIS.name}, {EYES.name}\n{ADDRESS}")
    assert speech.say("Confirmed") in card
    preparation = await phone.taps(speech.say("How to prepare"))
    assert EYES.preparation in preparation


@in_four_languages
@pytest.mark.rule("DIAMED-13")
async def test_a_clinic_then_one_doctor_and_a_day_then_a_time(stage: Stage, who: Somebody) -> None:
    phone, speech = await stage.logged_in(who), speech_in(who.language)

    doctors = await phone.taps(speech.say("Book a visit"), EYES.name, speech.say("Choose a doctor"))
    assert any(label.endswith(NOWAK.name) for label in doctors.buttons)
    await phone.presses(next(label for label in doctors.buttons if label.endswith(NOWAK.name)))
    assert NOWAK.name in await phone.sees(speech.say("First free time"))
    times = await phone.taps("25")
    assert times.buttons == ("09:00", "09:30", "10:00", "10:30", "11:00", "11:30", speech.say("Another day"))
    await phone.taps("10:30", speech.say("Confirm the booking"))

    booked = await phone.reads(speech.say("Open the visit"))
    assert when(november(25, 10, 30), speech) in booked
    await phone.reads(f"{when(november(25, 10, 30), speech)}\n{NOWAK.name}, {EYES.name}", speech.say("Move or cancel"))


async def test_any_doctor_shows_whose_time_it_is(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)

    await phone.taps("Book a visit", EYES.name, "Choose a doctor", "Any doctor")
    times = await phone.taps("24")

    assert times.buttons[:4] == ("09:00 Lis", "09:00 Nowak", "09:30 Lis", "09:30 Nowak")
    assert NOWAK.name in await phone.taps("09:30 Nowak")


async def test_a_typed_day_leads_to_its_times(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    await phone.taps("Book a visit", HEART.name)

    await phone.says("1.12")

    times = await phone.sees("Tuesday 1 December", "Please choose a time", "09:00 Kruk")
    assert await phone.own_words() == ["/start", "maria", "1.12"]
    assert KRUK.name in await phone.taps(times.buttons[0])


async def test_another_clinic_forgets_the_doctor_of_the_first(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    await phone.taps("Book a visit", EYES.name, "Choose a doctor")
    await phone.presses("Mon 23/11, lek. Piotr Lis")
    assert LIS.name in await phone.sees("First free time")

    days = await phone.taps("Back", HEART.name)

    assert "Doctor: any" in days
    assert LIS.name not in days


async def test_a_booked_time_is_offered_to_nobody_else(stage: Stage) -> None:
    maria, paolo = await stage.logged_in(MARIA), await stage.logged_in(PAOLO)
    await books_first_time(maria)

    offered = await sees_first_times(paolo, speech_in("it"))

    assert offered.buttons[0] == time_label(FIRST_FREE, NOWAK.surname, speech_in("it"))


async def test_the_confirmation_message_comes_once(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)

    await books_first_time(phone)

    letter = await phone.reads("Confirmation: your visit is booked.", "Monday 23 November, 11:00", "Move or cancel")
    assert f"{LIS.name}, {EYES.name}\n{ADDRESS}" in letter
    await stage.move_clock(minutes=29)
    await phone.taps("Menu", "Planned visits")
    assert len([1 for message in await phone.messages() if "Confirmation" in message]) == 1
    assert len(await stage.mails("maria@example.com")) == 1


async def test_without_preparation_nothing_is_said_of_it(stage: Stage) -> None:
    await stage.books(MARIA, KRUK, november(24, 9))
    phone = await stage.logged_in(MARIA)

    card = await opens_only_visit(phone)

    assert "How to prepare" not in card.buttons


async def test_a_second_visit_at_the_same_time_is_refused_and_the_choice_kept(stage: Stage) -> None:
    await stage.books(MARIA, KRUK, FIRST_FREE)
    phone = await stage.logged_in(MARIA)
    await holds_first_time(phone)

    refusal = await phone.presses("Confirm the booking")

    assert refusal == said(PatientBusy(FIRST_FREE))
    assert "Monday 23 November, 11:00" in refusal
    assert EYES.name in await phone.sees("Please choose a doctor and a day.", "First free time")
    assert stage.rows("SELECT count(*) FROM visits") == [(1,)]


async def test_planned_visits_stand_in_order_and_only_ones_own(stage: Stage) -> None:
    await stage.books(MARIA, KRUK, november(26, 9))
    await stage.books(MARIA, LIS, november(24, 9))
    await stage.books(PAOLO, LIS, november(25, 9))
    phone = await stage.logged_in(MARIA)

    visits = await phone.taps("Planned visits")

    assert "You have 2 planned visits." in visits
    assert visits.buttons[:2] == (f"Tue 24/11, 09:00, {LIS.surname}", f"Thu 26/11, 09:00, {KRUK.surname}")
    assert "Book a visit" in visits.buttons[2:]
