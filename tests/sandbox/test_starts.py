"""Pressing Start, with and without something to carry, and what a link within Telegram opens."""

from typing import Any

import pytest

from tests.sandbox.hand import ANNA, Hand

BOT = 123456789
OTHER = {"kind": "other"}


def start(payload: str) -> dict[str, Any]:
    return {"kind": "start", "bot": BOT, "payload": payload}


@pytest.mark.parametrize(
    ("payload", "text"), [("", "/start"), ("a-B_9", "/start a-B_9"), ("x" * 64, f"/start {'x' * 64}")]
)
async def test_start_is_a_word_to_the_bot(hand: Hand, payload: str, text: str) -> None:
    await hand.result("getMe")
    pressed = await hand.sim("start", {"person": ANNA, "payload": payload})
    joined, said = await hand.updates()
    assert joined["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert (said["update_id"], said["message"]["text"]) == (pressed["update_id"], text)
    assert said["message"]["message_id"] == pressed["message_id"]
    assert said["message"]["entities"] == [{"offset": 0, "length": 6, "type": "bot_command"}]


@pytest.mark.parametrize("payload", ["x" * 65, "a b", "я", "a=b"])
async def test_a_payload_that_telegram_does_not_carry(bot: Hand, payload: str) -> None:
    heard = await bot.ask("start", {"person": ANNA, "payload": payload})
    assert (heard.status, heard.json["error"]) == (400, "A payload has 1 to 64 letters of A-Z, a-z, 0-9, _ and -.")


async def test_start_lets_a_blocked_bot_in_again(bot: Hand) -> None:
    await bot.sim("block", {"person": ANNA})
    await bot.updates(offset=-1)
    await bot.sim("start", {"person": ANNA, "payload": "again"})
    *_, joined, said = await bot.updates()
    assert joined["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert said["message"]["text"] == "/start again"


@pytest.mark.parametrize(
    ("url", "opened"),
    [
        (f"https://t.me/demo_{BOT}_bot?start=visit-7", start("visit-7")),
        (f"t.me/Demo_{BOT}_Bot?start=visit", start("visit")),
        (f"https://www.telegram.me/demo_{BOT}_bot/?x=1&start=a", start("a")),
        (f"https://demo_{BOT}_bot.t.me/?start=a", start("a")),
        (f"tg://resolve?domain=demo_{BOT}_bot&start=a", start("a")),
        (f"https://t.me/demo_{BOT}_bot", start("")),
        (f"https://t.me/demo_{BOT}_bot?start=a%20b", start("")),
        ("https://t.me/somebody_else?start=a", OTHER),
        ("https://t.me/$Ab-9_", {"kind": "invoice", "slug": "Ab-9_"}),
        ("https://t.me/invoice/Ab9", {"kind": "invoice", "slug": "Ab9"}),
        ("tg://invoice?slug=Ab9", {"kind": "invoice", "slug": "Ab9"}),
        ("tg://invoice", OTHER),
        ("https://clinic.it/$Ab9", OTHER),
        ("mailto:anna@clinic.it", OTHER),
        ("http://[", OTHER),
        ("", OTHER),
    ],
)
async def test_what_a_link_opens(bot: Hand, url: str, opened: Any) -> None:
    assert await bot.sim("links", url=url) == opened
