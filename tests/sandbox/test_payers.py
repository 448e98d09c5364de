"""Who may pay: anybody before a link, a group or a forwarded copy, as often as the bot lets them."""

import asyncio

from tests.sandbox.groups import found, number_of, seen
from tests.sandbox.hand import ANNA, BORIS, Hand
from tests.sandbox.payer import INVOICE, agreed, answered_with, asked_bare, invoice_seen, receipt, sent
from tests.sandbox.row import Scene


async def test_a_link_is_paid_by_anybody_and_the_bot_hears_of_it_in_their_chat(scene: Scene) -> None:
    link = await scene.peer.call("create_invoice_link", **INVOICE)
    assert link.startswith("https://t.me/$")
    slug = link.rpartition("$")[2]
    shown = await scene.hand.sim(f"invoices/{slug}")
    assert (shown["title"], shown["amount"], shown["needs"], shown["paid"]) == ("Visit", "42.50 EUR", [], 0)
    for person in (ANNA, BORIS):
        paid = await answered_with(scene.peer, scene.hand.sim("pay", {"person": person, "link": link}), ok=True)
        message = await receipt(scene.peer)
        assert (message.chat.id, message.message_id) == (person, paid["message_id"])
    assert (await scene.hand.sim(f"invoices/{slug}"))["paid"] == 2
    assert (await scene.peer.call("send_message", chat_id=BORIS, text="Thank you")).text == "Thank you"


async def test_in_a_group_each_member_may_pay_and_the_button_stays(bot: Hand) -> None:
    group = await found(bot)
    number = (await bot.result("sendInvoice", chat_id=group, **INVOICE))["message_id"]
    for person in (ANNA, BORIS):
        paying = asyncio.gather(bot.sim("pay", {"person": person, "chat": group, "message_id": number}))
        query = await asked_bare(bot)
        assert query["from"]["id"] == person
        await bot.result("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
        assert (await paying)[0]["paid"] is True
        assert (await bot.updates(offset=-1))[-1]["message"]["chat"]["id"] == group
    invoice, *receipts = [one for one in (await seen(bot, group))["messages"] if one["message_id"] >= number]
    assert invoice["paid"] == 2
    assert invoice["inline_keyboard"] == [[{"text": "Pay 42.50 EUR", "pay": True}]]
    assert [message["sender"]["id"] for message in receipts] == [ANNA, BORIS]


async def test_only_the_bot_that_is_paid_hears_of_the_payment(bot: Hand) -> None:
    other = "987654321:" + "B" * 35
    await bot.bot("getMe", other)
    group = await found(bot, bots=[{"id": number_of(bot)}, {"id": 987654321, "status": "administrator"}])
    number = (await bot.result("sendInvoice", chat_id=group, **INVOICE))["message_id"]
    paying = asyncio.gather(bot.sim("pay", {"person": ANNA, "chat": group, "message_id": number}))
    query = await asked_bare(bot)
    await bot.result("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
    await paying
    heard = (await bot.bot("getUpdates", other)).json["result"]
    assert not [update for update in heard if "successful_payment" in update.get("message", {})]


async def test_a_forwarded_invoice_is_paid_by_whoever_sees_it(scene: Scene) -> None:
    await scene.hand.start(BORIS)
    number = await sent(scene.peer)
    copy = await scene.peer.call("forward_message", chat_id=BORIS, from_chat_id=ANNA, message_id=number)
    paid = await agreed(scene.peer, scene.hand, copy.message_id, person=BORIS)
    assert paid["paid"] is True
    assert (await invoice_seen(scene.hand, copy.message_id, BORIS))["paid"] == 1
    assert (await invoice_seen(scene.hand, number))["paid"] == 0
    shown = await scene.hand.sim("invoices", person=ANNA, message_id=number)
    assert shown["paid"] == 1
