"""The menu of commands: stored by scope and language, seen by the person it is meant for."""

from typing import Any

import pytest

from tests.sandbox.hand import ANNA, BORIS, Hand

TO_ANNA = {"type": "chat", "chat_id": ANNA}
PRIVATE = {"type": "all_private_chats"}


def menu(word: str) -> list[dict[str, str]]:
    return [{"command": word, "description": word.title()}]


async def seen(bot: Hand, person: int) -> list[str]:
    return [entry["command"] for entry in (await bot.sim("chat", person=person))["commands"]]


async def test_menus_are_kept_apart_by_scope_and_language(bot: Hand) -> None:
    places: list[dict[str, Any]] = [{}, {"language_code": "it"}, {"scope": PRIVATE}, {"scope": TO_ANNA}]
    for number, place in enumerate(places):
        await bot.result("setMyCommands", commands=menu(f"c{number}"), **place)
    for number, place in enumerate(places):
        assert await bot.result("getMyCommands", **place) == menu(f"c{number}")
    assert await bot.result("getMyCommands", language_code="pl") == []


async def test_the_person_sees_the_narrowest_scope_in_their_language_first(bot: Hand) -> None:
    steps: list[tuple[str, dict[str, Any], str, str]] = [
        ("plain", {}, "plain", "plain"),
        ("default_it", {"language_code": "it"}, "default_it", "plain"),
        ("private", {"scope": PRIVATE}, "private", "private"),
        ("private_ru", {"scope": PRIVATE, "language_code": "ru"}, "private", "private_ru"),
        ("anna", {"scope": TO_ANNA}, "anna", "private_ru"),
        ("anna_it", {"scope": TO_ANNA, "language_code": "it"}, "anna_it", "private_ru"),
    ]
    for word, place, for_anna, for_boris in steps:
        await bot.result("setMyCommands", commands=menu(word), **place)
        assert await seen(bot, ANNA) == [for_anna]
        assert await seen(bot, BORIS) == [for_boris]


async def test_a_deleted_menu_gives_way_to_the_wider_one(bot: Hand) -> None:
    await bot.result("setMyCommands", commands=menu("wide"))
    await bot.result("setMyCommands", commands=menu("narrow"), scope=TO_ANNA)
    assert await bot.result("deleteMyCommands", scope=TO_ANNA) is True
    assert await seen(bot, ANNA) == ["wide"]


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"commands": menu("Start")}, "BOT_COMMAND_INVALID"),
        ({"commands": menu("a-b")}, "BOT_COMMAND_INVALID"),
        ({"commands": menu("a" * 33)}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "a", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "a", "description": "d" * 257}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 5}}, "chat not found"),
        ({"commands": [], "scope": {"type": "chat", "chat_id": BORIS}}, "chat not found"),
        ({"commands": [], "scope": {"type": "moon"}}, "can't parse BotCommandScope: Unsupported type specified"),
    ],
)
async def test_menus_that_are_refused(bot: Hand, parameters: dict[str, Any], told: str) -> None:
    assert await bot.refusal("setMyCommands", **parameters) == f"Bad Request: {told}"


async def test_the_menu_button(bot: Hand) -> None:
    assert await bot.result("setChatMenuButton", chat_id=ANNA, menu_button={"type": "commands"}) is True
    told = await bot.refusal("setChatMenuButton", menu_button={"type": "lever"})
    assert told == "Bad Request: can't parse menu button: Unsupported menu button type"
