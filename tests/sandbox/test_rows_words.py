"""Errors and limits of texts, entities and keyboards, told to two clients."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.sandbox.hand import ANNA, Hand
from tests.sandbox.row import Row, Scene, check, rows

Act = Callable[[Scene], Awaitable[Any]]
PARSING = "can't parse entities: "
BUTTON = "can't parse inline keyboard button: "
PLAIN_BUTTON = "can't parse keyboard button: "
ENTITY = "can't parse MessageEntity: "
HTTPS_ONLY = "Only HTTPS links are allowed"


def says(text: str, **more: Any) -> Act:
    return lambda scene: scene.peer.call("send_message", chat_id=ANNA, text=text, **more)


def marks(text: str, mode: str) -> Act:
    return says(text, parse_mode=mode)


def puts(*table: list[tuple[str, str]]) -> Act:
    async def act(scene: Scene) -> Any:
        return await says("x", reply_markup=scene.peer.keyboard(table))(scene)

    return act


def reserved(letter: str) -> str:
    return f"{PARSING}Character '{letter}' is reserved and must be escaped with the preceding '\\'"


TEXTS = (
    Row(400, "message text is empty", says(""), "an empty text"),
    Row(400, "text must be non-empty", says(" \n "), "a text of blanks"),
    Row(400, "text must be non-empty", says("\u200b\xa0\u2800"), "a text of nothing to be seen"),
    Row(400, "text must be non-empty", marks("<b></b>", "HTML"), "a text of markup alone"),
    Row(400, "message is too long", says("x" * 4097), "a long text"),
    Row(400, "text is too long", says("x" * 32_769), "a text beyond all measure"),
    Row(400, "unsupported parse_mode", marks("x", "BBCode")),
    Row(400, f'{PARSING}Can\'t find end tag corresponding to start tag "b"', marks("<b>bold", "HTML")),
    Row(400, f'{PARSING}Unsupported start tag "br" at byte offset 2', marks("я<br>", "HTML")),
    Row(
        400,
        f'{PARSING}Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
        marks("<b>x</i>", "HTML"),
        "tags that cross",
    ),
    Row(400, f"{PARSING}Can't find end of Bold entity at byte offset 3", marks("я *x", "MarkdownV2")),
    Row(400, reserved("."), marks("hello.", "MarkdownV2"), "a point that is not escaped"),
    Row(400, reserved("-"), marks("a-b", "MarkdownV2"), "a dash that is not escaped"),
    Row(400, reserved("("), marks("test()", "MarkdownV2"), "a bracket that is not escaped"),
    Row(400, f"{PARSING}Can't find end of the entity starting at byte offset 0", marks("*x", "Markdown")),
)

KEYBOARDS = (
    Row(400, "BUTTON_DATA_INVALID", puts([("A", "x" * 65)]), "data of 65 letters"),
    Row(400, "BUTTON_DATA_INVALID", puts([("A", "ё" * 33)]), "data of 66 bytes"),
    Row(400, "reply markup is too long", puts(*[[("A", "a")]] * 101), "101 buttons"),
    Row(400, "reply markup is too long", puts(*[[("A", "a")] * 5] * 60), "300 buttons"),
    Row(400, "reply markup is too long", puts(*[[("A" * 100, "b" * 64)]] * 70), "a fat keyboard"),
)


@rows(*TEXTS, *KEYBOARDS)
async def test_row(row: Row, scene: Scene) -> None:
    await check(row, scene)


async def test_a_text_is_measured_after_parsing_and_in_code_points(scene: Scene) -> None:
    message = await marks(f"<b>{'𝒳' * 4096}</b>", "HTML")(scene)
    assert len(message.text) == 4096
    assert message.entities[0].length == 8192


async def test_callback_data_of_64_bytes_passes(scene: Scene) -> None:
    message = await puts([("A", "ё" * 32)], [("B", "b")] * 8)(scene)
    assert message.reply_markup.inline_keyboard[0][0].callback_data == "ё" * 32


@pytest.mark.parametrize(
    ("entity", "told"),
    [
        ("bold", f"{ENTITY}expected an Object"),
        ({"type": "bold", "length": 1}, f'{ENTITY}Can\'t find field "offset"'),
        ({"type": "bold", "offset": [], "length": 1}, f'{ENTITY}Field "offset" must be a Number'),
        ({"type": "bold", "offset": 0, "length": 1.5}, f'{ENTITY}Field "length" must be a valid Number'),
        ({"type": "bold", "offset": 0, "length": 1 << 31}, f'{ENTITY}Field "length" must be a valid Number'),
        ({"offset": 0, "length": 1}, f'{ENTITY}Can\'t find field "type"'),
        ({"type": "", "offset": 0, "length": 1}, f"{ENTITY}Type is not specified"),
        ({"type": [], "offset": 0, "length": 1}, f'{ENTITY}Field "type" must be of type String'),
        ({"type": "bold", "offset": 0, "length": 1_000_001}, "receive an entity with incorrect length 1000001"),
        ({"type": "bold", "offset": 6, "length": 1}, "entity begins in a middle of a UTF-16 symbol at byte offset 9"),
        (
            {"type": "bold", "offset": 0, "length": 6},
            "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 9",
        ),
        ({"type": "text_link", "offset": 0, "length": 1}, f'{ENTITY}Can\'t find field "url"'),
        ({"type": "text_mention", "offset": 0, "length": 1}, f'{ENTITY}Can\'t find field "user"'),
        ({"type": "text_mention", "offset": 0, "length": 1, "user": 5}, f'{ENTITY}Field "user" must be of type Object'),
        ({"type": "text_mention", "offset": 0, "length": 1, "user": {"id": 5}}, "user not found"),
        ({"type": "text_link", "offset": 0, "length": 1, "url": "tg://user?id=5"}, "user not found"),
        ({"type": "custom_emoji", "offset": 0, "length": 1}, f'{ENTITY}Can\'t find field "custom_emoji_id"'),
        (
            {"type": "custom_emoji", "offset": 0, "length": 1, "custom_emoji_id": "9" * 19},
            f'{ENTITY}Field "custom_emoji_id" must be a valid Number',
        ),
    ],
)
async def test_entities_that_a_client_would_not_send(bot: Hand, entity: Any, told: str) -> None:
    heard = await bot.refusal("sendMessage", chat_id=ANNA, text="hello🏟", entities=[entity])
    assert heard == f"Bad Request: {told}"


def inline(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "A", **button}]]}


def plain(**button: Any) -> dict[str, Any]:
    return {"keyboard": [[{"text": "A", **button}]]}


def bad_url(url: str, fault: str) -> str:
    return f"inline keyboard button URL '{url}' is invalid: {fault}"


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("http://", "URL host is empty"),
        ("http://.", "Host is invalid"),
        ("localhost", "Wrong HTTP URL"),
        ("tel:+39061234567", "Wrong port number specified in the URL"),
        ("http://clinic.it:0", "Wrong port number specified in the URL"),
        ("http://clinic.it:65536", "Wrong port number specified in the URL"),
        ("http://exa mple.com", "Disallowed character in URL host"),
        ("http://cli%nic.it", "Wrong percent-encoded symbol in URL host"),
        ("http://[::x]/", "Wrong IPv6 address specified in the URL"),
        ("mailto://anna@clinic.it", "Unsupported URL protocol"),
        ("tg://a.b", "Unallowed characters in URL host"),
        ("tg://a:80", "Wrong tg URL"),
        ("ton://http://a", "Wrong ton URL"),
    ],
)
async def test_addresses_that_a_button_cannot_have(bot: Hand, url: str, fault: str) -> None:
    told = await bot.refusal("sendMessage", chat_id=ANNA, text="x", reply_markup=inline(url=url))
    assert told == f"Bad Request: {bad_url(url, fault)}"


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ("{", "can't parse reply keyboard markup JSON object"),
        ("[" * 100_000, "can't parse reply keyboard markup JSON object"),
        ([], "object expected as reply markup"),
        ({"keyboard": "bad"}, 'field "keyboard" must be of type Array'),
        ({"keyboard": ["A"]}, 'field "keyboard" must be an Array of Arrays'),
        ({"inline_keyboard": [{}]}, 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'),
        ({"inline_keyboard": [["A"]]}, f"{BUTTON}InlineKeyboardButton must be an Object"),
        ({"inline_keyboard": [[{"text": []}]]}, f'{BUTTON}Field "text" must be of type String'),
        ({"keyboard": [[5]]}, f"{PLAIN_BUTTON}KeyboardButton must be a String or an Object"),
        ({"keyboard": [["A"]], "resize_keyboard": "yes"}, 'field "resize_keyboard" must be of type Boolean'),
        (
            {"force_reply": True, "input_field_placeholder": []},
            'field "input_field_placeholder" must be of type String',
        ),
        (inline(), f"{BUTTON}Text buttons are unallowed in the inline keyboard"),
        (inline(callback_data={}), f'{BUTTON}Field "callback_data" must be of type String'),
        (inline(callback_game={}), "BUTTON_TYPE_INVALID"),
        (inline(pay=True), "BUTTON_TYPE_INVALID"),
        (inline(copy_text={"text": ""}), "BUTTON_COPY_TEXT_INVALID"),
        (inline(copy_text={"text": "x" * 257}), "BUTTON_COPY_TEXT_INVALID"),
        (inline(copy_text="x"), f'{BUTTON}Field "copy_text" must be of type Object'),
        (inline(web_app={}), f'{BUTTON}Can\'t find field "url"'),
        (inline(web_app={"url": "bad"}), f"inline keyboard button Web App URL 'bad' is invalid: {HTTPS_ONLY}"),
        (inline(web_app={"url": "tg:user?id=5"}), "link to a user can't be used in Web App URL buttons"),
        (
            inline(login_url={"url": "http://a.it"}),
            f"inline keyboard button login URL 'http://a.it' is invalid: {HTTPS_ONLY}",
        ),
        (inline(login_url={"url": "https://a.it", "bot_username": "@"}), f"{BUTTON}LoginUrl bot username is invalid"),
        (
            inline(switch_inline_query_chosen_chat={"allow_user_chats": "yes"}),
            f'{BUTTON}Field "allow_user_chats" must be of type Boolean',
        ),
        (plain(web_app={"url": "http://a.it"}), f"keyboard button Web App URL 'http://a.it' is invalid: {HTTPS_ONLY}"),
        (plain(request_chat={"chat_is_channel": True}), f'{PLAIN_BUTTON}Can\'t find field "request_id"'),
        (plain(request_users={"request_id": 1, "max_quantity": 999}), "BUTTON_QUANTITY_MAX_INVALID"),
        (plain(request_contact="yes"), f'{PLAIN_BUTTON}Field "request_contact" must be of type Boolean'),
    ],
)
async def test_keyboards_that_a_client_would_not_send(bot: Hand, markup: Any, told: str) -> None:
    assert await bot.refusal("sendMessage", chat_id=ANNA, text="x", reply_markup=markup) == f"Bad Request: {told}"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("{", "can't parse link preview options JSON object"),
        ([], "object expected as link preview options"),
        ({"is_disabled": "yes"}, 'field "is_disabled" must be of type Boolean'),
        ({"url": "not-a-url"}, "WEBPAGE_URL_INVALID"),
    ],
)
async def test_previews_that_cannot_be_asked_for(bot: Hand, options: Any, told: str) -> None:
    heard = await bot.refusal("sendMessage", chat_id=ANNA, text="x", link_preview_options=options)
    assert heard == f"Bad Request: {told}"


async def test_broken_words_are_refused_not_stored(bot: Hand) -> None:
    told = "Bad Request: strings must be encoded in UTF-8"
    assert await bot.refusal("sendMessage", chat_id=ANNA, text="\ud800") == told
    assert await bot.refusal("sendMessage", chat_id=ANNA, text="x", reply_markup=inline(callback_data="\ud800")) == told


async def test_tags_and_entities_of_time_are_missed_aloud(bot: Hand) -> None:
    tag = await bot.bot("sendMessage", chat_id=ANNA, text='<tg-time unix="1">x</tg-time>', parse_mode="HTML")
    entities = [{"type": "date_time", "offset": 0, "length": 1, "unix_time": 1}]
    entity = await bot.bot("sendMessage", chat_id=ANNA, text="x", entities=entities)
    assert (tag.status, entity.status) == (501, 501)
