"""Several bots at once: their names, and what each is told."""

from typing import Any

import pytest

from tests.sandbox.hand import ANNA, Hand
from tests.sandbox.peers import Peer

OTHER = 222222222
OTHER_TOKEN = f"{OTHER}:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"


async def test_a_bot_can_be_named_before_it_calls(hand: Hand) -> None:
    named = await hand.sim("bots", {"id": OTHER, "first_name": "Pharmacy", "username": "pharmacy_bot"})
    assert named["bot"] == {
        "id": OTHER,
        "is_bot": True,
        "first_name": "Pharmacy",
        "username": "pharmacy_bot",
        "reads_all": False,
        "polling": False,
        "webhook": None,
    }
    told = (await hand.bot("getMe", token=OTHER_TOKEN)).json["result"]
    assert (told["first_name"], told["username"]) == ("Pharmacy", "pharmacy_bot")


async def test_a_name_that_is_left_out_stays(bot: Hand) -> None:
    await bot.sim("bots", {"id": 123456789, "first_name": "Front desk"})
    told = await bot.result("getMe")
    assert (told["first_name"], told["username"]) == ("Front desk", "demo_123456789_bot")


async def test_what_a_bot_says_carries_its_new_name(bot: Hand) -> None:
    await bot.sim("bots", {"id": 123456789, "first_name": "Front desk"})
    said = await bot.result("sendMessage", chat_id=ANNA, text="x")
    assert said["from"]["first_name"] == "Front desk"


async def test_privacy_can_be_off_and_both_clients_read_it(peer: Peer, hand: Hand) -> None:
    await hand.sim("bots", {"id": 123456789, "reads_all": True})
    me = await peer.call("get_me")
    assert (me.can_read_all_group_messages, me.can_join_groups) == (True, True)
    await hand.sim("bots", {"id": 123456789, "reads_all": False})
    assert (await hand.result("getMe"))["can_read_all_group_messages"] is False


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({}, "id must be the number at the front of a bot's token."),
        ({"id": 5}, "id must be the number at the front of a bot's token."),
        ({"id": OTHER, "first_name": "x" * 65}, "first_name must have 64 letters or fewer."),
        ({"id": OTHER, "username": "pharmacy"}, "username must be Latin letters, digits and _, and end in bot."),
        ({"id": OTHER, "username": "DEMO_123456789_BOT"}, "DEMO_123456789_BOT is another bot's name."),
        ({"id": OTHER, "username": 5}, "username must be a text."),
    ],
)
async def test_a_bad_name_is_refused_in_a_sentence(bot: Hand, asked: dict[str, Any], why: str) -> None:
    heard = await bot.ask("bots", asked)
    assert (heard.status, heard.json) == (400, {"error": why})


async def test_a_second_secret_for_the_same_number_is_wrong(bot: Hand) -> None:
    heard = await bot.bot("getMe", token=f"123456789:{'C' * 35}")
    assert (heard.status, heard.json["description"]) == (401, "Unauthorized")
