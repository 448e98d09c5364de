"""Double taps, buttons of screens further up, of renamed screens, and data that no screen ever had."""

import json

from core.errors import NotFound
from tests.dialogs.steps import FIRST_FREE, holds_first_time, opens_only_visit, said
from tests.stage.small_clinic import EYES, LIS, MARIA, NOWAK, PAOLO
from tests.stage.stage import Stage

CLOSED = "This screen is closed. Here is the menu."


async def test_confirming_twice_books_once_and_keeps_the_booked_screen(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    checked = await holds_first_time(phone)

    for _ in range(3):
        await phone.presses_data(checked.message_id, checked.data[0], wait=0)
    await stage.is_quiet()

    await phone.reads("Your visit is booked.", "Open the visit")
    assert stage.rows("SELECT count(*) FROM visits") == [(1,)]
    assert stage.rows("SELECT count(*) FROM slots WHERE NOT free") == [(1,)]
    await phone.reads("Confirmation: your visit is booked.")
    assert stage.rows("SELECT count(*) FROM alerts WHERE channel = 'telegram'") == [(1,)]


async def test_moving_and_cancelling_twice_happen_once(stage: Stage) -> None:
    await stage.books(MARIA, LIS, FIRST_FREE)
    phone = await stage.logged_in(MARIA)
    await opens_only_visit(phone)
    checked = await phone.taps("Move", "24", "09:00")
    for _ in range(2):
        await phone.presses_data(checked.message_id, checked.data[0], wait=0)
    await stage.is_quiet()
    assert "Tuesday 24 November, 09:00" in await phone.reads("Your visit has a new time.")

    asked = await phone.taps("Open the visit", "Cancel the visit", "Without a reason")
    for _ in range(2):
        await phone.presses_data(asked.message_id, asked.data[0], wait=0)
    await stage.is_quiet()

    await phone.sees("The visit is cancelled.")
    assert stage.rows("SELECT status, version FROM visits") == [("cancelled", 3)]


PATHS = [
    ("Book a visit",),
    ("Book a visit", EYES.name),
    ("Book a visit", EYES.name, "First free time"),
    ("Book a visit", EYES.name, "First free time", "Another day"),
    ("Book a visit", EYES.name, "First free time", "Another doctor"),
    ("Book a visit", EYES.name, "Choose a doctor", "Back"),
    ("Book a visit", EYES.name, "25", "Another day"),
    ("Book a visit", EYES.name, "25", "09:00 Lis"),
    ("Book a visit", EYES.name, "25", "09:00 Lis", "Another time"),
    ("Book a visit", EYES.name, "Back"),
    ("Book a visit", "Back"),
    ("Planned visits", f"Mon 23/11, 11:00, {LIS.surname}", "Back"),
    ("Planned visits", f"Mon 23/11, 11:00, {LIS.surname}", "How to prepare", "Back"),
    ("Planned visits", f"Mon 23/11, 11:00, {LIS.surname}", "Move", "First free time", "Another day"),
    ("Planned visits", f"Mon 23/11, 11:00, {LIS.surname}", "Move", "Back"),
    ("Planned visits", f"Mon 23/11, 11:00, {LIS.surname}", "Cancel the visit", "Back"),
    ("Planned visits", f"Mon 23/11, 11:00, {LIS.surname}", "Cancel the visit", "Without a reason", "Keep the visit"),
    ("Settings", "Language"),
    ("Settings", "Language", "English"),
    ("Settings", "Log out"),
    ("Help", "Back"),
]


async def test_a_double_tap_goes_no_further_than_one(stage: Stage) -> None:
    await stage.books(MARIA, LIS, FIRST_FREE)
    phone = await stage.logged_in(MARIA)

    for path in PATHS:
        await phone.says("/start")
        await phone.sees("Hello! How can we help you?")
        await phone.taps(*path[:-1])
        await stage.is_quiet()
        before = await phone.screen()
        twice = before.data[before.buttons.index(path[-1])]
        await phone.presses(path[-1])
        await stage.is_quiet()
        once = await phone.screen()

        await phone.presses_data(before.message_id, twice)
        await stage.is_quiet()

        assert (path, (await phone.screen()).text) == (path, once.text)


async def test_a_button_further_up_brings_the_open_screen_down(stage: Stage) -> None:
    await stage.books(MARIA, LIS, FIRST_FREE)
    phone = await stage.logged_in(MARIA)
    old = await phone.taps("Book a visit", EYES.name)
    await phone.reads("Confirmation: your visit is booked.")
    await phone.presses("Move or cancel")
    card = await phone.sees("Cancel the visit")

    assert await phone.presses_data(old.message_id, old.data[0]) is None
    await stage.is_quiet()

    brought = await phone.screen()
    assert (brought.text, brought.message_id > card.message_id) == (card.text, True)


async def test_a_button_with_nothing_open_leads_to_the_menu_and_says_why(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    await stage.is_quiet()
    await stage.writes("DELETE FROM forms WHERE name <> ?", [("",)])

    assert await phone.presses("Book a visit") == CLOSED

    await phone.sees("Hello! How can we help you?", "Book a visit")


async def test_a_screen_that_was_renamed_meanwhile_leads_to_the_menu(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    for state in ("Booking:renamed", "Gone:altogether", ""):
        old = await phone.taps("Book a visit", EYES.name)
        await rename_open_screens(stage, state)
        assert await phone.presses_data(old.message_id, old.data[0]) == CLOSED
        await phone.sees("Hello! How can we help you?", "Book a visit")

        await phone.taps("Planned visits")
        await rename_open_screens(stage, state)
        await phone.says("hello")
        await phone.sees("Hello! How can we help you?", "Book a visit")


async def rename_open_screens(stage: Stage, state: str) -> None:
    """As if a version of the bot with other screens had been at work before."""
    await stage.is_quiet()
    contexts = stage.rows("SELECT content, name FROM forms WHERE name LIKE '%context%'")
    renamed = [(json.dumps({**json.loads(content), "state": state}), name) for content, name in contexts]
    await stage.writes("UPDATE forms SET content = ? WHERE name = ?", renamed)


async def test_an_answer_in_reply_to_an_old_screen_gets_the_open_one(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    old = await phone.taps("Book a visit", EYES.name)
    await phone.says("/visits")
    await phone.sees("No visits planned.")
    person = {"id": MARIA.chat, "is_bot": False, "first_name": "Maria", "language_code": "en"}
    chat = {"id": MARIA.chat, "type": "private", "first_name": "Maria"}
    keyboard = {"inline_keyboard": [[{"text": "Back", "callback_data": old.data[0]}]]}
    bot = {"id": 100200300, "is_bot": True, "first_name": "Reception"}
    said_by_bot = {"message_id": old.message_id, "date": 0, "chat": chat, "from": bot, "reply_markup": keyboard}
    await stage.is_quiet()
    before = len(await stage.calls("sendMessage"))

    message = {"message_id": 900, "date": 1, "chat": chat, "from": person, "text": "25.11"}
    stage.arrives("message", {**message, "reply_to_message": {**said_by_bot, "text": "Please choose a day."}})
    await stage.is_quiet()

    await phone.sees("No visits planned.")
    assert len(await stage.calls("sendMessage")) == before + 1


FORGED = ["nothing", "\x1d", "zzzzzz\x1dconfirm", "\x1dconfirm", "x" * 64, "visit", "book:1", "żółw 🐢"]


async def test_forged_data_does_no_harm(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    for data in FORGED:
        await phone.says("/book")
        screen = await phone.sees("Please choose a clinic.")

        await phone.presses_data(screen.message_id, data)
        await stage.is_quiet()

    await phone.says("/book")
    await phone.sees("Please choose a clinic.")
    assert stage.rows("SELECT max(tries) FROM inbox") == [(0,)]


async def test_forged_choices_read_like_what_is_not_there(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    for choice in ("clinic:999", f"clinic:{10**30}", "clinic:abc", "clinic:", "clinic:-1", "clinic:²"):
        await phone.says("/book")
        screen = await phone.sees("Please choose a clinic.")
        intent = screen.data[0].partition("\x1d")[0]

        assert (choice, await phone.presses_data(screen.message_id, f"{intent}\x1d{choice}")) == (
            choice,
            said(NotFound()),
        )
        await phone.sees("Hello! How can we help you?")


async def test_forged_pages_and_languages_do_no_harm(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    for command, forged in [("/book", "clinic_pages:x"), ("/book", "clinic_pages:99"), ("/language", "language:xx")]:
        await phone.says(command)
        screen = await phone.sees("Back")

        await phone.presses_data(screen.message_id, screen.data[0].partition("\x1d")[0] + f"\x1d{forged}")
        await stage.is_quiet()

    assert stage.rows("SELECT max(tries) FROM inbox") == [(0,)]


async def test_forged_days_do_no_harm(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    for day in ("day:abc", f"day:{10**30}", "day:99999999", "day:0", "day:x", "day:xabc", "day:m", "day:m0", "day:1"):
        await phone.says("/book")
        await phone.sees("Please choose a clinic.")
        screen = await phone.taps(EYES.name)
        intent = screen.data[0].partition("\x1d")[0]

        await phone.presses_data(screen.message_id, f"{intent}\x1d{day}", wait=3)

        assert phone.answer is None or phone.answer["show_alert"], day
        await stage.is_quiet()
    assert stage.rows("SELECT max(tries) FROM inbox") == [(0,)]


async def test_another_patients_ids_in_ones_own_screens(stage: Stage) -> None:
    visit = await stage.books(PAOLO, LIS, FIRST_FREE)
    await stage.books(MARIA, NOWAK, FIRST_FREE)
    phone = await stage.logged_in(MARIA)
    screen = await phone.taps("Planned visits")
    intent = screen.data[0].partition("\x1d")[0]

    assert await phone.presses_data(screen.message_id, f"{intent}\x1dvisit:{visit}") == said(NotFound())

    await phone.sees("Hello! How can we help you?")
    assert LIS.name not in await phone.chat_text()
