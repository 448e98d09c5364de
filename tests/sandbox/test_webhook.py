"""Setting a webhook, asking about it, and taking it away."""

import asyncio
from typing import Any

import pytest

from sandbox.hearing.webhook import Patience
from tests.sandbox.hand import ANNA, Hand
from tests.sandbox.listener import Listener
from tests.sandbox.peers import Peer, Refused

LONG = 30
SECRET = "S3cret_-" * 32
NO_WEBHOOK = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}


async def described(bot: Hand, method: str, **parameters: Any) -> str:
    heard = await bot.bot(method, **parameters)
    assert (heard.status, heard.json["result"]) == (200, True)
    return str(heard.json["description"])


async def test_setting_and_deleting_say_what_they_did(bot: Hand, listener: Listener) -> None:
    assert await described(bot, "setWebhook", url=listener.url) == "Webhook was set"
    assert await described(bot, "setWebhook", url=listener.url) == "Webhook is already set"
    assert await described(bot, "setWebhook", url=listener.url, max_connections=3) == "Webhook was set"
    assert (
        await described(bot, "setWebhook", url=listener.url, max_connections=3, secret_token="a") == "Webhook was set"
    )
    assert await described(bot, "deleteWebhook") == "Webhook was deleted"
    assert await described(bot, "deleteWebhook") == "Webhook is already deleted"


async def test_an_empty_address_deletes(bot: Hand, listener: Listener) -> None:
    await bot.result("setWebhook", url=listener.url)
    assert await described(bot, "setWebhook", url="") == "Webhook was deleted"
    assert await described(bot, "setWebhook") == "Webhook is already deleted"


async def test_both_clients_set_ask_and_delete(peer: Peer, listener: Listener) -> None:
    assert await peer.call("set_webhook", url=listener.url, secret_token=SECRET, allowed_updates=["message"]) is True
    info = await peer.call("get_webhook_info")
    assert (info.url, info.ip_address, info.max_connections) == (listener.url, "127.0.0.1", 40)
    assert list(info.allowed_updates) == ["message"]
    assert info.has_custom_certificate is False
    assert await peer.call("delete_webhook", drop_pending_updates=True) is True
    assert (await peer.call("get_webhook_info")).url == ""


async def test_the_answers_are_what_aiogram_expects(bot: Hand, listener: Listener) -> None:
    assert await bot.result("setWebhook", url=listener.url, drop_pending_updates=True) is True
    assert await bot.result("getWebhookInfo") == {
        "url": listener.url,
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "ip_address": "127.0.0.1",
        "max_connections": 40,
    }
    assert await bot.result("deleteWebhook") is True
    assert await bot.result("getWebhookInfo") == NO_WEBHOOK
    assert (await bot.result("getMe"))["can_read_all_group_messages"] is False


@pytest.mark.parametrize(("asked", "kept"), [(1, 1), (100, 100), ("7", 7), (0, 40), (101, 40), ("many", 40)])
async def test_connections_are_between_1_and_100(bot: Hand, listener: Listener, asked: object, kept: int) -> None:
    await bot.result("setWebhook", url=listener.url, max_connections=asked)
    assert (await bot.result("getWebhookInfo"))["max_connections"] == kept


async def test_what_waits_is_posted_as_soon_as_there_is_a_webhook(bot: Hand, listener: Listener) -> None:
    await bot.result("setWebhook", url=listener.url, secret_token=SECRET)
    await listener.until_heard("/start")
    membership, start = listener.received
    assert "my_chat_member" in membership.update
    assert start.update["message"]["chat"]["id"] == ANNA
    assert start.update["update_id"] == membership.update["update_id"] + 1
    assert start.headers["X-Telegram-Bot-Api-Secret-Token"] == SECRET
    assert start.headers["Content-Type"] == "application/json"
    assert "User-Agent" not in start.headers


async def test_without_a_secret_there_is_no_header_for_it(bot: Hand, listener: Listener) -> None:
    await bot.result("setWebhook", url=listener.url)
    await listener.until_heard("/start")
    assert "X-Telegram-Bot-Api-Secret-Token" not in listener.received[0].headers


async def test_dropping_what_waits_while_setting(bot: Hand, listener: Listener) -> None:
    await bot.result("setWebhook", url=listener.url, drop_pending_updates=True)
    await bot.say("after")
    await listener.until_heard("after")
    assert listener.texts == ["after"]


async def test_only_the_allowed_kinds_are_posted(bot: Hand, listener: Listener) -> None:
    await bot.result("setWebhook", url=listener.url, drop_pending_updates=True, allowed_updates=["callback_query"])
    assert (await bot.say("unheard"))["update_id"] is None
    assert await described(bot, "setWebhook", url=listener.url, allowed_updates=[]) == "Webhook is already set"
    await bot.say("heard")
    await listener.until_heard("heard")
    assert listener.texts == ["heard"]
    assert "allowed_updates" not in await bot.result("getWebhookInfo")


@pytest.mark.parametrize("asked", ["message", "[", ["message", 5], {"message": True}, True])
async def test_kinds_that_cannot_be_read_change_nothing(bot: Hand, asked: object) -> None:
    await bot.updates(allowed_updates=["chat_member", "message", "unheard_of"])
    await bot.updates(allowed_updates=asked)
    assert (await bot.result("getWebhookInfo"))["allowed_updates"] == ["message", "chat_member"]


async def test_a_webhook_ends_a_poll_that_is_held_open(peer: Peer, hand: Hand, listener: Listener) -> None:
    async def poll() -> Refused:
        with pytest.raises(Refused) as caught:
            await peer.call("get_updates", timeout=LONG)
        return caught.value

    async def set_webhook() -> None:
        await hand.sim("bots", timeout=LONG)
        await hand.result("setWebhook", url=listener.url)

    async with asyncio.timeout(LONG / 3):
        ended, _ = await asyncio.gather(poll(), set_webhook())
    assert (ended.code, ended.text) == (409, "terminated by setwebhook request")


async def test_after_the_webhook_is_deleted_updates_can_be_asked_for(bot: Hand, listener: Listener) -> None:
    await bot.result("setWebhook", url=listener.url, drop_pending_updates=True)
    await bot.result("deleteWebhook")
    await bot.say("asked for")
    assert (await bot.sim("updates"))["updates"][-1]["deliveries"] == 0
    assert [update["message"]["text"] for update in await bot.updates()] == ["asked for"]
    assert listener.received == []


async def test_a_refused_address_leaves_no_webhook(bot: Hand, listener: Listener) -> None:
    await bot.result("setWebhook", url=listener.url, drop_pending_updates=True)
    assert await bot.refusal("setWebhook", url="ftp://clinic.it") == "Bad Request: invalid webhook URL specified"
    assert await bot.result("getWebhookInfo") == NO_WEBHOOK


@pytest.mark.parametrize("url", [5, True, None, {"a": 1}, ["x"], "http://[::1", "://", "http://a b/", "\0", "x" * 9999])
async def test_nonsense_is_refused_or_taken_for_nothing(bot: Hand, url: object) -> None:
    assert (await bot.bot("setWebhook", url=url, max_connections=[1], ip_address={}, secret_token=1)).status in (
        200,
        400,
    )


async def test_the_fixed_address_counts_and_not_the_name(bot: Hand, listener: Listener) -> None:
    url = f"http://clinic.invalid:{listener.port}/hook"
    await bot.result("setWebhook", url=url, ip_address="127.0.0.1")
    await listener.until_heard("/start")
    assert listener.received[0].headers["Host"] == f"clinic.invalid:{listener.port}"
    assert (await bot.result("getWebhookInfo"))["ip_address"] == "127.0.0.1"


async def test_names_are_looked_up_and_passwords_sent(bot: Hand, listener: Listener) -> None:
    await bot.result("setWebhook", url=f"http://anna:secret@localhost:{listener.port}/deep/hook?a=b")
    await listener.until_heard("/start")
    assert listener.received[0].headers["Authorization"] == "Basic YW5uYTpzZWNyZXQ="
    assert listener.received[0].path == "/deep/hook"


async def test_the_people_see_who_has_a_webhook(bot: Hand, listener: Listener) -> None:
    assert (await bot.sim("bots"))["bots"][0]["webhook"] is None
    await bot.result("setWebhook", url=listener.url, drop_pending_updates=True)
    shown = (await bot.sim("bots", timeout=LONG))["bots"][0]
    assert shown["webhook"] == {"url": listener.url, "pending_update_count": 0}


def test_the_delay_grows_to_a_minute_and_stays_there() -> None:
    delays = [Patience().delay(failures) for failures in range(1, 10)]
    assert delays == [0, 2, 4, 8, 16, 32, 60, 60, 60]


async def test_several_bots_have_a_webhook_each(bot: Hand, listener: Listener) -> None:
    other = "222222222:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"
    await bot.bot("setWebhook", token=other, url=f"{listener.url}/other", secret_token="other")
    await bot.result("setWebhook", url=f"{listener.url}/first", secret_token="first", drop_pending_updates=True)
    await bot.sim("say", {"person": ANNA, "text": "to the other", "bot": 222222222})
    await bot.sim("say", {"person": ANNA, "text": "to the first", "bot": 123456789})
    await listener.until_heard("to the other", "to the first")
    where = {
        received.text: (received.path, received.headers["X-Telegram-Bot-Api-Secret-Token"])
        for received in listener.received
        if received.text
    }
    assert where == {"to the other": ("/hook/other", "other"), "to the first": ("/hook/first", "first")}


async def test_the_webhook_stays_over_a_reset_with_an_empty_memory(bot: Hand, listener: Listener) -> None:
    await bot.result("setWebhook", url=listener.url)
    await listener.until_heard("/start")
    await bot.sim("reset", {})
    assert (await bot.result("getWebhookInfo"))["url"] == listener.url
    await bot.start()
    await listener.until(lambda: listener.texts == ["/start", "/start"])
