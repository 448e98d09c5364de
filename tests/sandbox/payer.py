"""Invoices and those who pay them, for tests: the bot through a client, the person through the people's side."""

import asyncio
from collections.abc import Awaitable
from typing import Any

from tests.sandbox.hand import ANNA, Hand
from tests.sandbox.peers import Peer

TEST_TOKEN = "284685063:TEST:NzdmOGJmNzQ1ZjYx"
INVOICE: dict[str, Any] = {
    "title": "Visit",
    "description": "Dr Neri, 4 May, 9:00",
    "payload": "visit-17",
    "provider_token": TEST_TOKEN,
    "currency": "EUR",
    "prices": [{"label": "Visit", "amount": 5000}, {"label": "Discount", "amount": -750}],
}
TOTAL = 4250
LISTENING_SECONDS = 20
BOT_FAILED = "The bot couldn't process your payment. Your card has not been billed."
CARD_FAILED = "Payment failed. Your card has not been billed."


async def sent(peer: Peer, **more: Any) -> int:
    message = await peer.call("send_invoice", **{"chat_id": ANNA, **INVOICE, **more})
    return int(message.message_id)


async def asked(peer: Peer) -> Any:
    """The pre-checkout query, once the bot is told of it; what came before is confirmed."""
    offset = None
    while True:
        for update in await peer.call("get_updates", offset=offset, timeout=LISTENING_SECONDS):
            offset = update.update_id + 1
            if update.pre_checkout_query is not None:
                await peer.call("get_updates", offset=offset, timeout=0)
                return update.pre_checkout_query


async def asked_bare(hand: Hand) -> Any:
    """The same over the bare wire."""
    offset = 0
    while True:
        for update in await hand.updates(offset=offset, timeout=LISTENING_SECONDS):
            offset = update["update_id"] + 1
            if "pre_checkout_query" in update:
                await hand.updates(offset=offset)
                return update["pre_checkout_query"]


async def receipt(peer: Peer) -> Any:
    """The newest message of which the bot is told."""
    return (await peer.call("get_updates", offset=-1, timeout=LISTENING_SECONDS))[-1].message


async def invoice_seen(hand: Hand, message_id: int, person: int = ANNA) -> Any:
    """The message as the person sees it."""
    return next(message for message in await hand.messages(person) if message["message_id"] == message_id)


def pay(hand: Hand, message_id: int, person: int = ANNA, **more: Any) -> Awaitable[Any]:
    return hand.sim("pay", {"person": person, "message_id": message_id, **more})


async def agreed(peer: Peer, hand: Hand, message_id: int, **more: Any) -> Any:
    """A payment to which the bot says yes."""
    return await answered_with(peer, pay(hand, message_id, **more), ok=True)


async def answered_with(peer: Peer, paying: Awaitable[Any], **verdict: Any) -> Any:
    async def answer() -> None:
        query = await asked(peer)
        assert await peer.call("answer_pre_checkout_query", pre_checkout_query_id=query.id, **verdict) is True

    paid, _ = await asyncio.gather(paying, answer())
    return paid
