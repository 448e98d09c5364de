"""Log-in: the password leaves the chat at once, guesses slow down, and nobody learns which logins exist."""

from datetime import timedelta

from core.errors import NotFound
from core.identity.refusals import TooManyAttempts, WrongCredentials
from tests.dialogs.steps import FIRST_FREE, said
from tests.stage.patient import Phone
from tests.stage.small_clinic import LIS, MARIA, PAOLO
from tests.stage.stage import Stage
from tests.stage.voice import speech_in

WRONG = said(WrongCredentials(timedelta(0)))
ASKED = "Please type your password."


async def asks_for_password(stage: Stage, login: str = MARIA.login) -> Phone:
    phone = stage.phone(MARIA)
    await phone.says("/start")
    await phone.sees("Log in")
    await phone.presses("Log in")
    await phone.says(login)
    await phone.sees(ASKED, f"Login: {login}")
    return phone


async def tries(stage: Stage, phone: Phone, password: str = "not it") -> str:
    """What the bot says to a password that is not right."""
    await phone.says(password)
    await stage.is_quiet()
    assert ASKED in await phone.screen()
    return [message.text for message in await phone.messages() if not message.buttons][-1]


async def test_the_message_with_the_password_is_deleted_and_that_is_said(stage: Stage) -> None:
    phone = await asks_for_password(stage)

    await phone.says(MARIA.password)

    await phone.reads("You are logged in. We have deleted the message with your password.")
    assert await phone.own_words() == ["/start", "maria"]


async def test_a_wrong_password_is_deleted_too_and_the_login_kept(stage: Stage) -> None:
    phone = await asks_for_password(stage)

    assert await tries(stage, phone) == WRONG

    assert await phone.own_words() == ["/start", "maria"]
    assert "Login: maria" in await phone.screen()
    await phone.says(MARIA.password)
    await phone.sees("Hello! How can we help you?")


async def test_an_unknown_login_reads_like_a_wrong_password(stage: Stage) -> None:
    phone = await asks_for_password(stage)
    known = [await tries(stage, phone) for _ in range(3)]

    await stage.move_clock(days=2)
    await phone.taps("Another login")
    await phone.says("nobody")
    await phone.sees("Login: nobody")
    unknown = [await tries(stage, phone) for _ in range(3)]

    assert known == unknown


async def test_guesses_wait_longer_and_longer_and_the_wait_is_told(stage: Stage) -> None:
    phone = await asks_for_password(stage)
    assert [await tries(stage, phone) for _ in range(2)] == [WRONG, WRONG]

    for seconds in (15, 30, 60):
        assert await tries(stage, phone) == said(WrongCredentials(timedelta(seconds=seconds)))
        assert await tries(stage, phone, MARIA.password) == said(TooManyAttempts(timedelta(seconds=seconds)))
        await stage.move_clock(seconds=seconds)

    await phone.says(MARIA.password)
    await phone.sees("Hello! How can we help you?")
    await phone.says("/logout")
    await phone.sees("Log in")
    phone = await asks_for_password(stage)
    assert await tries(stage, phone) == WRONG


async def test_a_login_differs_neither_by_case_nor_by_blanks(stage: Stage) -> None:
    phone = stage.phone(MARIA)
    for typed in ("MARIA", "Maria", "  maria\u200f"):
        await phone.says("/visits")
        await phone.sees("Please type your login.")
        await phone.says(typed)
        await phone.sees(ASKED)

        await phone.says(MARIA.password)

        await phone.sees("No visits planned.")
        await phone.says("/logout")
        await phone.sees("Log in")


async def test_another_login_may_be_typed(stage: Stage) -> None:
    phone = await asks_for_password(stage, "mariia")

    await phone.presses("Another login")
    await phone.sees("Please type your login.")
    await phone.says(MARIA.login)
    await phone.sees(ASKED, "Login: maria")
    assert "Hello!" in await phone.taps("Menu")


async def test_after_log_out_the_next_person_sees_nothing_of_the_first(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    await stage.books(MARIA, LIS, FIRST_FREE)
    await phone.reads("Move or cancel")
    card = await phone.taps("Planned visits", f"Mon 23/11, 11:00, {LIS.surname}")

    await phone.says("/logout")
    await phone.sees("Log in")
    await stage.logged_in(PAOLO, on=MARIA)

    assert "No visits planned." in await phone.taps("Planned visits")
    await phone.presses_data(card.message_id, card.data[0])
    await phone.sees("No visits planned.")
    await phone.reads("Move or cancel")
    assert await phone.presses("Move or cancel") == said(NotFound())
    await phone.says("/settings")
    assert "Paolo" in await phone.sees("Account:", "Log out")


async def test_the_button_logs_out_like_the_command(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)

    await phone.taps("Settings", "Log out")
    await phone.sees("Log in")

    assert "Please type your login." in await phone.taps("Planned visits")
    assert stage.rows("SELECT count(*) FROM sessions WHERE closed_at IS NULL") == [(0,)]


async def test_the_accounts_own_language_speaks_as_soon_as_one_is_in(stage: Stage) -> None:
    maria = await stage.logged_in(MARIA)
    await maria.taps("Settings", "Language", "Polski")
    italian, polish = speech_in("it"), speech_in("pl")
    phone = stage.phone(PAOLO)
    await phone.says("/start")
    await phone.sees(italian.say("Log in"))
    await phone.presses(italian.say("Log in"))
    await phone.says(MARIA.login)
    await phone.sees(MARIA.login)

    await phone.says(MARIA.password)

    await phone.sees(polish.say("Book a visit"), polish.say("Planned visits"))
