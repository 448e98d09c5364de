"""Whatever is typed or sent where something else was asked: a clear sentence, the screen again, and nothing lost."""

from datetime import date

from core.errors import Refusal
from dialogs.kit.refusals import (
    ButtonsOnly,
    DayPast,
    DayTooFar,
    NotADate,
    NothingFreeThatDay,
    NothingTyped,
    TextNeeded,
    TextTooLong,
)
from tests.dialogs.steps import FIRST_FREE, november, opens_only_visit, said
from tests.stage.patient import Phone, Screen
from tests.stage.small_clinic import EYES, LIS, MARIA, NOWAK
from tests.stage.stage import Stage

LONGEST_MESSAGE = 4096
INVISIBLE = "\u200f\u202e\u2066\u200b\u2069"
KINDS = ["sticker", "photo", "voice", "contact"]


async def answers(stage: Stage, phone: Phone, text: str | None = None, kind: str | None = None) -> tuple[str, Screen]:
    """What the bot says to this, and the screen beneath its words."""
    await phone.says(text, kind=kind)
    screen = await phone.sees()
    await stage.is_quiet()
    words = [message.text for message in await phone.messages() if not message.buttons]
    return words[-1], screen


def sent_raw(phone: Phone, text: str) -> dict[str, object]:
    """A message as Telegram would pass it on, with text that the sandbox's people cannot type."""
    person = {"id": phone.person, "is_bot": False, "first_name": "Maria", "language_code": "en"}
    chat = {"id": phone.person, "type": "private", "first_name": "Maria"}
    return {"message_id": 900, "from": person, "chat": chat, "date": 1795424400, "text": text}


async def test_the_login_question(stage: Stage) -> None:
    phone = stage.phone(MARIA)
    await phone.says("/visits")
    await phone.sees("Please type your login.")

    for kind in KINDS:
        told, screen = await answers(stage, phone, kind=kind)
        assert told == said(TextNeeded())
        assert "Please type your login." in screen
    assert (await answers(stage, phone, INVISIBLE))[0] == said(NothingTyped())
    # Telegram cuts 10,000 characters into three messages.
    for part in (LONGEST_MESSAGE, LONGEST_MESSAGE, 10_000 - 2 * LONGEST_MESSAGE):
        assert (await answers(stage, phone, "x" * part))[0] == said(TextTooLong(254, part))
    await phone.says("😀🏳️‍🌈")
    await phone.sees("Please type your password.", "Login: 😀🏳️‍🌈")


async def test_the_password_question_keeps_the_login_and_deletes_whatever_comes(stage: Stage) -> None:
    phone = stage.phone(MARIA)
    await phone.says("/visits")
    await phone.sees("Please type your login.")
    await phone.says(MARIA.login)
    await phone.sees("Login: maria")

    for kind in KINDS:
        told, screen = await answers(stage, phone, kind=kind)
        assert told == said(TextNeeded())
        assert "Login: maria" in screen
    assert (await answers(stage, phone, INVISIBLE))[0] == said(NothingTyped())
    told, screen = await answers(stage, phone, "x" * LONGEST_MESSAGE)
    assert told == said(TextTooLong(200, LONGEST_MESSAGE))
    assert "Login: maria" in screen
    assert await phone.own_words() == ["/visits", "maria"]
    await phone.says(MARIA.password)
    await phone.sees("No visits planned.")


async def test_the_reason_question(stage: Stage) -> None:
    await stage.books(MARIA, LIS, FIRST_FREE)
    phone = await stage.logged_in(MARIA)
    await opens_only_visit(phone)
    await phone.presses("Cancel the visit")

    for kind in KINDS:
        told, screen = await answers(stage, phone, kind=kind)
        assert told == said(TextNeeded())
        assert "May we ask why?" in screen
    assert (await answers(stage, phone, INVISIBLE))[0] == said(NothingTyped())
    assert (await answers(stage, phone, "ż" * 301))[0] == said(TextTooLong(300, 301))
    await phone.says("ż" * 300)
    await phone.sees("Yes, cancel the visit", f"Reason: {'ż' * 300}")


SCRIPTS = [
    ("🤒", "🤒"),
    ("\u202eاليوم مريض\u202c ‏", "اليوم مريض"),
    ("two\nlines", "two\nlines"),
    ("e\u0301 {slot.id} {middleware_data} <b>", "é {slot.id} {middleware_data} <b>"),
]


async def test_a_reason_in_any_script(stage: Stage) -> None:
    await stage.books(MARIA, LIS, FIRST_FREE)
    phone = await stage.logged_in(MARIA)
    await opens_only_visit(phone)

    for typed, understood in SCRIPTS:
        await phone.presses("Cancel the visit")
        await phone.says(typed)
        assert f"Reason: {understood}" in await phone.sees("Yes, cancel the visit")
        await phone.presses("Keep the visit")

    await phone.presses("Cancel the visit")
    await phone.says(SCRIPTS[-1][0])
    await phone.sees("Yes, cancel the visit")
    await phone.presses("Yes, cancel the visit")
    assert stage.rows("SELECT cancel_reason FROM visits") == [(SCRIPTS[-1][1],)]


async def test_nul_and_lone_surrogates(stage: Stage) -> None:
    await stage.books(MARIA, LIS, FIRST_FREE)
    phone = await stage.logged_in(MARIA)
    await opens_only_visit(phone)
    await phone.presses("Cancel the visit")

    stage.arrives("message", sent_raw(phone, "\x00\ud800\x00"))
    await phone.reads(said(NothingTyped()))
    stage.arrives("message", sent_raw(phone, "A\x00 cold\ud83d, yes\udc00"))

    assert "Reason: A cold, yes" in await phone.sees("Yes, cancel the visit")


DAYS: list[tuple[str, Refusal]] = [
    ("12.03.2020", DayPast(date(2020, 3, 12))),
    ("22.11", DayPast(date(2026, 11, 22))),
    ("31.02", NotADate()),
    ("31.02.2027", NotADate()),
    ("0.0", NotADate()),
    ("tomorrow", NotADate()),
    ("😀", NotADate()),
    ("٢٥.١١", NotADate()),
    ("25.12.9999", DayTooFar(date(2027, 1, 22))),
    ("23.01.2027", DayTooFar(date(2027, 1, 22))),
    ("28.11", NothingFreeThatDay(date(2026, 11, 28))),
    ("22.01", NothingFreeThatDay(date(2027, 1, 22))),
    (INVISIBLE, NothingTyped()),
    ("1" * 41, TextTooLong(40, 41)),
]


async def test_a_typed_day_that_cannot_be(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    await phone.taps("Book a visit", EYES.name, "Choose a doctor", f"Mon 23/11, {NOWAK.name}")

    for typed, refusal in DAYS:
        told, screen = await answers(stage, phone, typed)
        assert told == said(refusal), typed
        assert f"Doctor: {NOWAK.name}" in screen, typed
    for kind in KINDS:
        assert (await answers(stage, phone, kind=kind))[0] == said(TextNeeded())
    await phone.says("25-11-2026")
    assert f"Doctor: {NOWAK.name}" in await phone.sees("Please choose a time: Wednesday 25 November", "09:00")


async def test_a_day_far_ahead_turns_the_calendar_to_its_month(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    await phone.taps("Book a visit", EYES.name)

    told, screen = await answers(stage, phone, "19.12.2026")

    assert told == said(NothingFreeThatDay(date(2026, 12, 19)))
    assert "December 2026" in screen.buttons


async def test_screens_that_ask_nothing_say_so_and_come_back(stage: Stage) -> None:
    await stage.books(MARIA, LIS, november(30, 9))
    phone = await stage.logged_in(MARIA)
    screens = [
        ("/start", (), "Hello! How can we help you?"),
        ("/help", (), "How this works"),
        ("/language", (), "Please choose a language."),
        ("/settings", (), "Account:"),
        ("/visits", (), "You have 1 planned visit."),
        ("/visits", (f"Mon 30/11, 09:00, {LIS.surname}",), "Status of the visit: Confirmed"),
        ("/book", (), "Please choose a clinic."),
        ("/book", (EYES.name, "First free time"), "The first free times:"),
        ("/book", (EYES.name, "First free time", "Mon 23/11, 11:00, Lis"), "Please check the details:"),
    ]

    for command, buttons, words in screens:
        await phone.says(command)
        await phone.sees()
        await phone.taps(*buttons)
        told, screen = await answers(stage, phone, "Good morning! /nothing")
        assert (told, words in screen) == (said(ButtonsOnly()), True), command
    assert (await answers(stage, phone, kind="photo"))[0] == said(ButtonsOnly())
    assert (await answers(stage, phone, "/nothing"))[0] == said(ButtonsOnly())


async def test_the_first_words_of_a_stranger_open_the_menu(stage: Stage) -> None:
    phone = stage.phone(MARIA)

    await phone.says(kind="sticker")

    await phone.sees("Hello! How can we help you?", "Log in")
