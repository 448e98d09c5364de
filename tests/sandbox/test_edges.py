"""Just within the limits of time and number, and one step beyond them."""

import aiohttp
import pytest

from sandbox.app import Sandbox, serve
from sandbox.bad_requests import QueryTooOld
from sandbox.chats.queries import CallbackQueries
from sandbox.chats.reactions import ALLOWED
from sandbox.clock import SandboxClock
from sandbox.people import Person
from sandbox.world import World
from tests.sandbox.conftest import TOKEN
from tests.sandbox.groups import SECOND_TOKEN, found, say, seen
from tests.sandbox.hand import ANNA, Hand
from tests.sandbox.pictures import PNG, REPORT, SPEECH, document_id, png, posted

TWO_DAYS_SECONDS = 48 * 3600
QUERY_SECONDS = 15 * 60
MOMENT_SECONDS = 30
DAY_SECONDS = 86_400
THUMBNAIL_BYTES = 204_799
SOURCE_BYTES = 32_768
MARKUP_BYTES = 10_240
KEPT_QUERIES = 10_000
MOST_KINDS = 11
TOO_OLD = "Bad Request: message can't be deleted for everyone"


async def sent_to(bot: Hand, chat: int = ANNA) -> int:
    """The number of a new message."""
    return int((await bot.result("sendMessage", chat_id=chat, text="x"))["message_id"])


async def test_a_message_can_be_changed_and_taken_back_until_two_days_are_over(bot: Hand) -> None:
    at = {"chat_id": ANNA, "message_id": await sent_to(bot)}
    await bot.sim("clock", {"advance": TWO_DAYS_SECONDS - MOMENT_SECONDS})
    await bot.result("editMessageText", **at, text="late")
    assert await bot.result("deleteMessage", **at) is True


async def test_of_several_messages_none_is_deleted_where_one_is_too_old(bot: Hand) -> None:
    old = await sent_to(bot)
    await bot.sim("clock", {"advance": TWO_DAYS_SECONDS + MOMENT_SECONDS})
    both = [old, await sent_to(bot)]
    assert await bot.refusal("deleteMessages", chat_id=ANNA, message_ids=both) == TOO_OLD
    assert [message["message_id"] for message in await bot.messages()][-2:] == both


async def test_whoever_is_in_charge_of_a_group_deletes_what_is_old_too(bot: Hand) -> None:
    group = await found(bot)
    old = (await say(bot, group, "Old"))["message_id"]
    await bot.sim("clock", {"advance": TWO_DAYS_SECONDS + MOMENT_SECONDS})
    assert await bot.result("deleteMessage", chat_id=group, message_id=old) is True
    assert old not in [message["message_id"] for message in (await seen(bot, group))["messages"]]


async def test_a_pressed_button_can_be_answered_for_a_quarter_of_an_hour(bot: Hand) -> None:
    keyboard = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    await bot.result("sendMessage", chat_id=ANNA, text="x", reply_markup=keyboard)
    pressed = await bot.sim("press", {"person": ANNA, "button": "A"})
    await bot.sim("clock", {"advance": QUERY_SECONDS - MOMENT_SECONDS})
    assert await bot.result("answerCallbackQuery", callback_query_id=pressed["query_id"]) is True


def test_the_oldest_pressed_buttons_are_forgotten(sandbox: Sandbox) -> None:
    anna = Person(ANNA, "Anna")
    chat = sandbox.world.bots.of_id(7).chat_with(anna, sandbox.world.events)
    queries = CallbackQueries(1)
    asked = [queries.ask(anna, chat, 0.0).query_id for _ in range(KEPT_QUERIES + 1)]
    with pytest.raises(QueryTooOld):
        queries.answer(asked[0], "", show_alert=False, now=0.0)
    queries.answer(asked[1], "", show_alert=False, now=0.0)


async def test_eleven_kinds_of_reactions_are_the_most_under_one_message(bot: Hand) -> None:
    people = range(3001, 3001 + MOST_KINDS)
    await bot.sim("people", {"people": [{"id": number, "first_name": "P"} for number in people]})
    group = await found(bot, members=list(people))
    at = {"chat_id": group, "message_id": await sent_to(bot, group)}
    *emoji, twelfth = sorted(ALLOWED)[: MOST_KINDS + 1]
    for person, one in zip(people, emoji, strict=True):
        await bot.sim("react", {"person": person, "chat": group, "message_id": at["message_id"], "emoji": one})
    beyond = [{"type": "emoji", "emoji": twelfth}]
    assert await bot.refusal("setMessageReaction", **at, reaction=beyond) == "Bad Request: REACTIONS_TOO_MANY"
    assert await bot.result("setMessageReaction", **at, reaction=[{"type": "emoji", "emoji": emoji[0]}]) is True


async def test_a_language_of_one_country_has_the_menu_of_the_language(bot: Hand) -> None:
    await bot.sim("people", {"people": [{"id": 3001, "first_name": "João", "language_code": "pt-br"}]})
    menu = [{"command": "ajuda", "description": "Ajuda"}]
    await bot.result("setMyCommands", commands=menu, language_code="pt")
    await bot.start(3001)
    assert (await bot.sim("chat", person=3001))["commands"] == menu


async def test_a_hundred_messages_are_named_at_once(bot: Hand) -> None:
    assert await bot.result("deleteMessages", chat_id=ANNA, message_ids=list(range(1, 101))) is True
    assert await bot.messages() == []


@pytest.mark.parametrize(("size", "kept"), [(THUMBNAIL_BYTES, True), (THUMBNAIL_BYTES + 1, False)])
async def test_a_thumbnail_has_less_than_two_hundred_kilobytes(bot: Hand, size: int, kept: bool) -> None:
    parts = {"document": REPORT, "thumbnail": png(90, 60).ljust(size, b"\0")}
    sent = await posted(bot, "sendDocument", parts, chat_id=ANNA)
    assert ("thumbnail" in sent["document"]) is kept


@pytest.mark.parametrize(("said", "believed"), [(DAY_SECONDS, DAY_SECONDS), (DAY_SECONDS + 1, DAY_SECONDS)])
async def test_nothing_lasts_longer_than_a_day(bot: Hand, said: int, believed: int) -> None:
    sent = await posted(bot, "sendVoice", {"voice": SPEECH}, chat_id=ANNA, duration=said)
    assert sent["voice"]["duration"] == believed


@pytest.mark.parametrize(("words", "taken"), [("ё" * 1024, True), ("ё" * 1025, False)])
async def test_a_caption_has_1024_characters(bot: Hand, words: str, taken: bool) -> None:
    photo = (await posted(bot, "sendPhoto", {"photo": PNG}, chat_id=ANNA))["photo"][-1]["file_id"]
    assert (await bot.bot("sendPhoto", chat_id=ANNA, photo=photo, caption=words)).json["ok"] is taken


async def test_markup_may_be_as_long_as_the_source(bot: Hand) -> None:
    source = "<b></b>" * 4681 + "x"
    assert len(source) == SOURCE_BYTES
    assert (await bot.result("sendMessage", chat_id=ANNA, text=source, parse_mode="HTML"))["text"] == "x"
    told = await bot.refusal("sendMessage", chat_id=ANNA, text=source + "x", parse_mode="HTML")
    assert told == "Bad Request: text is too long"


async def test_typing_is_seen_for_five_seconds() -> None:
    moment = [1_767_225_600.0]
    world = World(SandboxClock(lambda: moment[0]))
    world.people[ANNA] = Person(ANNA, "Anna")
    running = await serve(world=world)
    async with aiohttp.ClientSession() as session:
        hand = Hand(session, running.url, TOKEN)
        await hand.result("getMe")
        await hand.start()
        await hand.result("sendChatAction", chat_id=ANNA, action="typing")
        moment[0] += 4.9
        assert (await hand.sim("chat", person=ANNA))["typing"] is True
        moment[0] += 0.2
        assert (await hand.sim("chat", person=ANNA))["typing"] is False
    await running.close()


async def test_a_file_is_fetched_only_by_the_bot_that_has_asked_where_it_lies(bot: Hand) -> None:
    await bot.result("getMe", token=SECOND_TOKEN)
    file_id = await document_id(bot)

    async def fetched(token: str, path: str) -> int:
        async with bot.session.get(f"{bot.url}/file/bot{token}/{path}") as response:
            return response.status

    assert await fetched(bot.token, "documents/file_0") == 404
    path = (await bot.result("getFile", file_id=file_id))["file_path"]
    assert path == "documents/file_0"
    assert [await fetched(token, path) for token in (bot.token, SECOND_TOKEN)] == [200, 404]


async def test_an_identifier_from_before_a_reset_never_means_a_new_file(bot: Hand) -> None:
    old = await document_id(bot)
    await bot.sim("reset", {})
    await bot.result("getMe")
    await bot.start()
    assert await document_id(bot) != old
    assert await bot.refusal("getFile", file_id=old) == "Bad Request: invalid file_id"


@pytest.mark.parametrize(("size", "taken"), [(MARKUP_BYTES, True), (MARKUP_BYTES + 1, False)])
async def test_a_keyboard_has_ten_kilobytes(bot: Hand, size: int, taken: bool) -> None:
    keyboard = {"inline_keyboard": [[{"text": "x" * (size - 1), "callback_data": "a"}]]}
    assert (await bot.bot("sendMessage", chat_id=ANNA, text="x", reply_markup=keyboard)).json["ok"] is taken


@pytest.mark.parametrize(("quantity", "taken"), [(0, False), (1, True), (10, True), (11, False)])
async def test_ten_people_at_most_are_asked_for_at_once(bot: Hand, quantity: int, taken: bool) -> None:
    asked = {"request_id": 1, "max_quantity": quantity}
    keyboard = {"keyboard": [[{"text": "Whom?", "request_users": asked}]]}
    assert (await bot.bot("sendMessage", chat_id=ANNA, text="x", reply_markup=keyboard)).json["ok"] is taken


@pytest.mark.parametrize(("written", "read"), [("&#x01F600;", "😀"), ("&#x001F600;", "&#x001F600;")])
async def test_a_letter_by_its_number_has_nine_signs_and_no_more(bot: Hand, written: str, read: str) -> None:
    assert (await bot.result("sendMessage", chat_id=ANNA, text=written, parse_mode="HTML"))["text"] == read
