"""The button under a confirmation opens the visit, for its own patient and as long as the visit is there."""

from core.errors import NotFound
from tests.dialogs.steps import FIRST_FREE, opens_only_visit, said
from tests.stage.patient import Phone, Screen
from tests.stage.small_clinic import EYES, LIS, MARIA, PAOLO
from tests.stage.stage import Stage
from tests.stage.voice import speech_in


async def has_confirmation(stage: Stage) -> tuple[Phone, Screen]:
    phone = await stage.logged_in(MARIA)
    await stage.books(MARIA, LIS, FIRST_FREE)
    return phone, await phone.reads("Confirmation: your visit is booked.", "Move or cancel")


async def test_the_card_opens_beneath_the_confirmation_which_stays(stage: Stage) -> None:
    phone, letter = await has_confirmation(stage)

    await phone.presses("Move or cancel")

    card = await phone.sees("Monday 23 November, 11:00", "Move", "Cancel the visit", "Back")
    assert card.message_id > letter.message_id
    assert letter in await phone.messages()
    assert "Hello! How can we help you?" in await phone.taps("Back")


async def test_after_log_out_the_button_asks_for_log_in_and_then_opens_the_visit(stage: Stage) -> None:
    phone, letter = await has_confirmation(stage)
    await phone.says("/logout")
    await phone.sees("Log in")

    await phone.presses("Move or cancel")
    await phone.sees("Please type your login.")
    assert letter in await phone.messages()
    await phone.says(MARIA.login)
    await phone.sees("Please type your password.")
    await phone.says(MARIA.password)

    await phone.sees("Monday 23 November, 11:00", "Cancel the visit")


async def test_the_button_works_over_an_ended_session_too(stage: Stage) -> None:
    phone, _ = await has_confirmation(stage)
    await stage.move_clock(minutes=31)

    await phone.presses("Move or cancel")

    await phone.sees("For your safety this session has ended.", "Please type your login.")


async def test_the_visit_of_a_cancelled_confirmation_can_only_be_looked_at(stage: Stage) -> None:
    phone, _ = await has_confirmation(stage)
    await opens_only_visit(phone)
    await phone.taps("Cancel the visit", "Without a reason", "Yes, cancel the visit")

    await phone.presses("Move or cancel")

    card = await phone.sees("Status of the visit: Cancelled")
    assert "Move" not in card.buttons
    assert "Cancel the visit" not in card.buttons


async def test_a_visit_that_was_never_there(stage: Stage) -> None:
    phone, letter = await has_confirmation(stage)

    for number in ("999", "0", "9" * 16):
        assert await phone.presses_data(letter.message_id, f"visit:{number}") == said(NotFound())

        await phone.sees("Hello! How can we help you?")
    assert letter in await phone.messages()


async def test_somebody_elses_visit_reads_like_one_that_is_not_there(stage: Stage) -> None:
    visit = await stage.books(MARIA, LIS, FIRST_FREE)
    paolo = await stage.logged_in(PAOLO)
    menu = await paolo.screen()

    told = await paolo.presses_data(menu.message_id, f"visit:{visit}")

    assert told == said(NotFound(), speech_in("it"))
    assert EYES.name not in await paolo.chat_text()
    await paolo.sees(speech_in("it").say("Book a visit"))


async def test_a_forged_button_does_no_harm(stage: Stage) -> None:
    phone, letter = await has_confirmation(stage)

    for data in ("visit:", "visit:-1", "visit:1.5", f"visit:{'9' * 40}", "visit:٣", "visit:1:2"):
        await phone.taps("Planned visits")
        await phone.presses_data(letter.message_id, data)
        await phone.sees("Hello! How can we help you?", "Book a visit")

    assert letter in await phone.messages()
