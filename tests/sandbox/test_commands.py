"""The menu of commands: stored by scope and language, seen by the person it is meant for."""

from typing import Any

import pytest

from tests.sandbox.groups import found
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
        ({"commands": menu("a" * 33)}, "command length must not exceed 32"),
        ({"commands": menu("/")}, "command must be non-empty"),
        ({"commands": [{"command": "a", "description": " "}]}, "command description must be non-empty"),
        (
            {"commands": [{"command": "a", "description": "d" * 257}]},
            "command description length must not exceed 256",
        ),
        ({"commands": [{"command": "a"}]}, "can't parse BotCommand: Can't find field \"description\""),
        (
            {"commands": [{"command": 5, "description": "d"}]},
            'can\'t parse BotCommand: Field "command" must be of type String',
        ),
        ({"commands": menu("a") * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [], "language_code": "ita"}, "invalid language code specified"),
        ({"commands": [], "language_code": "IT"}, "invalid language code specified"),
        ({"commands": [], "scope": {"type": "chat"}}, "can't parse BotCommandScope: chat_id is empty"),
        (
            {"commands": [], "scope": {"type": "chat_member", "chat_id": ANNA}},
            "can't parse BotCommandScope: Invalid user_id specified",
        ),
        (
            {"commands": [], "scope": {"type": "chat_administrators", "chat_id": ANNA}},
            "can't use specified scope in private chats",
        ),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 5}}, "chat not found"),
        ({"commands": [], "scope": {"type": "chat", "chat_id": BORIS}}, "chat not found"),
        ({"commands": [], "scope": {"type": "moon"}}, "can't parse BotCommandScope: Unsupported type specified"),
    ],
)
async def test_menus_that_are_refused(bot: Hand, parameters: dict[str, Any], told: str) -> None:
    assert await bot.refusal("setMyCommands", **parameters) == f"Bad Request: {told}"


async def seen_in(bot: Hand, group: int, person: int) -> list[tuple[str, str]]:
    commands = (await bot.sim("chat", person=person, chat=group))["commands"]
    return [(entry["command"], entry["bot"]) for entry in commands]


async def test_in_a_group_each_sees_the_narrowest_menu_meant_for_them(bot: Hand) -> None:
    group = await found(bot)
    name = "demo_123456789_bot"
    steps: list[tuple[str, dict[str, Any], str, str]] = [
        ("plain", {}, "plain", "plain"),
        ("private", {"scope": PRIVATE}, "plain", "plain"),
        ("groups", {"scope": {"type": "all_group_chats"}}, "groups", "groups"),
        ("chiefs", {"scope": {"type": "all_chat_administrators"}}, "chiefs", "groups"),
        ("here", {"scope": {"type": "chat", "chat_id": group}}, "here", "here"),
        ("here_ru", {"scope": {"type": "chat", "chat_id": group}, "language_code": "ru"}, "here", "here_ru"),
        ("chiefs_here", {"scope": {"type": "chat_administrators", "chat_id": group}}, "chiefs_here", "here_ru"),
        ("boris", {"scope": {"type": "chat_member", "chat_id": group, "user_id": BORIS}}, "chiefs_here", "boris"),
    ]
    for word, place, for_anna, for_boris in steps:
        assert await bot.result("setMyCommands", commands=menu(word), **place) is True
        assert await bot.result("getMyCommands", **place) == menu(word)
        assert await seen_in(bot, group, ANNA) == [(for_anna, name)]
        assert await seen_in(bot, group, BORIS) == [(for_boris, name)]
    for word, place, *_ in reversed(steps):
        assert await seen_in(bot, group, BORIS) != []
        assert await bot.result("deleteMyCommands", **place) is True, word
    assert await seen_in(bot, group, BORIS) == []


async def test_a_menu_of_a_group_is_known_by_its_public_name_too(bot: Hand) -> None:
    group = await found(bot, username="front_desk")
    await bot.result("setMyCommands", commands=menu("here"), scope={"type": "chat", "chat_id": "@front_desk"})
    assert await bot.result("getMyCommands", scope={"type": "chat", "chat_id": group}) == menu("here")


async def test_whoever_looks_at_a_group_learns_of_a_new_menu(bot: Hand) -> None:
    group = await found(bot)
    before = (await bot.sim("chat", person=ANNA, chat=group))["revision"]
    await bot.result("setMyCommands", commands=menu("plain"))
    assert (await bot.sim("chat", person=ANNA, chat=group))["revision"] > before


async def test_a_persons_own_menu_button_goes_before_everybodys(bot: Hand) -> None:
    web = {"type": "web_app", "text": "Open", "web_app": {"url": "https://clinic.it/"}}
    assert await bot.result("getChatMenuButton") == {"type": "default"}
    assert await bot.result("setChatMenuButton", menu_button={"type": "commands"}) is True
    assert await bot.result("getChatMenuButton", chat_id=ANNA) == {"type": "commands"}
    assert await bot.result("setChatMenuButton", chat_id=ANNA, menu_button=web) is True
    assert await bot.result("getChatMenuButton", chat_id=ANNA) == web
    assert await bot.result("getChatMenuButton") == {"type": "commands"}
    assert await bot.result("setChatMenuButton", chat_id=ANNA) is True
    assert await bot.result("getChatMenuButton", chat_id=ANNA) == {"type": "commands"}


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"menu_button": {"type": "lever"}}, "can't parse menu button: MenuButton has unsupported type"),
        ({"menu_button": [1]}, "can't parse menu button: MenuButton must be an Object"),
        ({"menu_button": "{"}, "can't parse menu button JSON object"),
        ({"menu_button": {"type": "web_app", "text": "Open", "web_app": {"url": "x"}}}, "MENU_BUTTON_URL_INVALID"),
        ({"chat_id": -5}, "invalid chat_id specified"),
        ({"chat_id": BORIS}, "user not found"),
    ],
)
async def test_menu_buttons_that_are_refused(bot: Hand, parameters: dict[str, Any], told: str) -> None:
    assert await bot.refusal("setChatMenuButton", **parameters) == f"Bad Request: {told}"
