"""Keyboards: what becomes of buttons of every kind, and how many there may be."""

from typing import Any

import pytest

from tests.sandbox.groups import found
from tests.sandbox.hand import ANNA, Hand

APP = {"url": "https://clinic.it/app"}


async def sent(bot: Hand, markup: Any) -> Any:
    return await bot.result("sendMessage", chat_id=ANNA, text="x", reply_markup=markup)


async def reply_keyboard(bot: Hand, markup: Any) -> Any:
    assert "reply_markup" not in await sent(bot, markup)
    return (await bot.messages())[-1]["reply_keyboard"]


@pytest.mark.parametrize(
    ("button", "kept"),
    [
        ({"url": "clinic.it"}, {"url": "http://clinic.it/"}),
        ({"url": "HTTPS://Clinic.IT/A b "}, {"url": "https://clinic.it/A%20b"}),
        ({"url": "tg://resolve?domain=demo_bot"}, {"url": "tg://resolve?domain=demo_bot"}),
        ({"url": "tg:user?id=1001"}, {"url": "tg://user?id=1001"}),
        ({"url": "https://[::1]:8080/x"}, {"url": "https://[::1]:8080/x"}),
        ({"callback_data": 5}, {"callback_data": "5"}),
        ({"callback_data": "x" * 64}, {"callback_data": "x" * 64}),
        ({"callback_data": "x", "web_app": APP, "colour": "red"}, {"callback_data": "x"}),
        ({"callback_data": "x", "url": "", "pay": None}, {"callback_data": "x"}),
        (
            {"callback_data": "x", "style": "danger", "icon_custom_emoji_id": "5"},
            {"callback_data": "x", "style": "danger", "icon_custom_emoji_id": "5"},
        ),
        ({"web_app": APP}, {"web_app": APP}),
        ({"login_url": {**APP, "request_write_access": True}}, {"login_url": {**APP, "request_write_access": True}}),
        ({"switch_inline_query": ""}, {"switch_inline_query": ""}),
        ({"switch_inline_query_current_chat": "a"}, {"switch_inline_query_current_chat": "a"}),
        (
            {"switch_inline_query_chosen_chat": {"allow_user_chats": True}},
            {"switch_inline_query_chosen_chat": {"query": "", "allow_user_chats": True}},
        ),
        ({"copy_text": {"text": "x" * 256}}, {"copy_text": {"text": "x" * 256}}),
    ],
)
async def test_buttons_under_a_message(bot: Hand, button: Any, kept: Any) -> None:
    message = await sent(bot, {"inline_keyboard": [[{"text": "A", **button}]]})
    assert message["reply_markup"] == {"inline_keyboard": [[{"text": "A", **kept}]]}


@pytest.mark.parametrize(
    ("button", "kept"),
    [
        ("A", {}),
        ({"text": "A", "request_contact": True}, {"request_contact": True}),
        ({"text": "A", "request_location": True, "request_contact": False}, {"request_location": True}),
        ({"text": "A", "request_poll": {"type": "quiz"}}, {"request_poll": {"type": "quiz"}}),
        ({"text": "A", "web_app": APP}, {"web_app": APP}),
        ({"text": "A", "request_users": {"request_id": 1}}, {"request_users": {"request_id": 1}}),
        ({"text": "A", "request_chat": {"request_id": 1}}, {"request_chat": {"request_id": 1}}),
        ({"text": "A", "style": "primary"}, {"style": "primary"}),
    ],
)
async def test_buttons_in_place_of_the_keyboard(bot: Hand, button: Any, kept: Any) -> None:
    assert await reply_keyboard(bot, {"keyboard": [[button]]}) == {"keyboard": [[{"text": "A", **kept}]]}


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        ({"remove_keyboard": True, "selective": True}, {"remove_keyboard": True, "selective": True}),
        ({"force_reply": True, "input_field_placeholder": "x"}, {"force_reply": True, "input_field_placeholder": "x"}),
        (
            {"keyboard": [["A"]], "resize_keyboard": True, "is_persistent": True, "one_time_keyboard": False},
            {"keyboard": [[{"text": "A"}]], "resize_keyboard": True, "is_persistent": True},
        ),
        ({"keyboard": [["A"], [], [""]], "force_reply": True}, {"keyboard": [[{"text": "A"}]]}),
        ({"keyboard": [["A"]], "inline_keyboard": [[{"text": "B", "url": "b.it"}]]}, {"keyboard": [[{"text": "A"}]]}),
    ],
)
async def test_what_stands_in_place_of_the_keyboard(bot: Hand, markup: Any, kept: Any) -> None:
    assert await reply_keyboard(bot, markup) == kept


@pytest.mark.parametrize(
    "markup",
    [{}, {"inline_keyboard": []}, {"inline_keyboard": [[], []]}, {"keyboard": [[]]}, {"force_reply": False}, ""],
)
async def test_a_keyboard_of_nothing_is_none(bot: Hand, markup: Any) -> None:
    assert "reply_markup" not in await sent(bot, markup)
    assert (await bot.messages())[-1]["reply_keyboard"] is None


async def test_a_button_without_a_label_is_left_out(bot: Hand) -> None:
    message = await sent(bot, {"inline_keyboard": [[{"text": "", "url": "a.it"}, {"text": "B", "url": "b.it"}]]})
    assert message["reply_markup"] == {"inline_keyboard": [[{"text": "B", "url": "http://b.it/"}]]}


async def test_a_hundred_buttons_in_rows_of_twelve(bot: Hand) -> None:
    row = [{"text": "A", "callback_data": "a"}] * 14
    message = await sent(bot, {"inline_keyboard": [row] * 8 + [row[:4]]})
    assert [len(kept) for kept in message["reply_markup"]["inline_keyboard"]] == [12] * 8 + [4]


async def test_three_hundred_buttons_in_place_of_the_keyboard(bot: Hand) -> None:
    kept = await reply_keyboard(bot, {"keyboard": [["A"] * 10] * 40})
    assert sum(map(len, kept["keyboard"])) == 300


async def test_a_keyboard_comes_as_text_too(bot: Hand) -> None:
    message = await sent(bot, '{"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}')
    assert message["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "a"


@pytest.mark.parametrize(
    ("button", "told"),
    [
        ({"request_contact": True}, "phone number can be requested in private chats only"),
        ({"request_location": True}, "location can be requested in private chats only"),
        ({"web_app": APP}, "Web App buttons can be used in private chats only"),
    ],
)
async def test_a_group_cannot_be_asked_for_a_number_or_a_place(bot: Hand, button: Any, told: str) -> None:
    group = await found(bot)
    markup = {"keyboard": [[{"text": "A", **button}]]}
    assert await bot.refusal("sendMessage", chat_id=group, text="x", reply_markup=markup) == f"Bad Request: {told}"
    await bot.result("sendMessage", chat_id=group, text="x", reply_markup={"keyboard": [["A"]]})
