"""Whatever a bot may send instead of what is meant: it is refused, and nothing breaks."""

from typing import Any

import pytest

from sandbox.methods import chats, commands, forums, groups, pins
from tests.sandbox.groups import found
from tests.sandbox.hand import ANNA, Hand

NONSENSE: list[Any] = [
    None,
    "",
    " ",
    "x",
    "{",
    "[[[",
    [],
    {},
    [None],
    {"type": {}},
    -1,
    0,
    1,
    2**70,
    1.5,
    True,
    "9" * 400,
]
NAMES = (
    "message_thread_id",
    "name",
    "icon_color",
    "icon_custom_emoji_id",
    "user_id",
    "message_id",
    "reaction",
    "action",
    "menu_button",
    "commands",
    "scope",
    "language_code",
)
TOUCHED = sorted({**forums.METHODS, **groups.METHODS, **pins.METHODS, **chats.METHODS, **commands.METHODS})


@pytest.mark.parametrize("method", [method for method in TOUCHED if method != "leaveChat"])
async def test_nonsense_is_refused_and_breaks_nothing(bot: Hand, method: str) -> None:
    group = await found(bot, forum=True)
    for value in NONSENSE:
        answer = await bot.bot(method, chat_id=group, **dict.fromkeys(NAMES, value))
        assert answer.status in (200, 400), (value, answer.json)
        assert (await bot.bot(method, chat_id=value)).status in (200, 400, 403), value
    for name in NAMES:
        for value in NONSENSE:
            usual = {"chat_id": group, "message_thread_id": 1, "name": "x", "user_id": ANNA, "message_id": 2}
            answer = await bot.bot(method, **{**usual, name: value})
            assert answer.status in (200, 400), (name, value, answer.json)
