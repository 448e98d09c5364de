"""Invoices, the bot's ten seconds, and the money, through two independent clients."""

import asyncio
from typing import Any

import pytest

from sandbox.money.currencies import CURRENCIES
from sandbox.money.payments import ANSWERABLE_SECONDS
from tests.sandbox.hand import ANNA, Hand
from tests.sandbox.payer import (
    BOT_FAILED,
    CARD_FAILED,
    INVOICE,
    TOTAL,
    agreed,
    answered_with,
    asked,
    asked_bare,
    invoice_seen,
    pay,
    receipt,
    sent,
)
from tests.sandbox.peers import Refused
from tests.sandbox.row import Scene

PAY = {"text": "Pay now", "pay": True}
CANCEL = {"text": "Cancel", "callback_data": "cancel"}
TOO_OLD = "query is too old and response timeout expired or query id is invalid"


async def test_an_invoice_is_what_aiogram_expects(bot: Hand) -> None:
    answer = await bot.result("sendInvoice", chat_id=ANNA, **INVOICE, start_parameter="visit")
    assert answer["invoice"] == {
        "title": "Visit",
        "description": "Dr Neri, 4 May, 9:00",
        "start_parameter": "visit",
        "currency": "EUR",
        "total_amount": TOTAL,
    }


async def test_without_a_keyboard_an_invoice_has_one_button_that_pays(scene: Scene) -> None:
    message = await invoice_seen(scene.hand, await sent(scene.peer))
    assert message["kind"] == "invoice"
    assert message["inline_keyboard"] == [[{"text": "Pay 42.50 EUR", "pay": True}]]
    assert message["paid"] == 0


async def test_an_invoice_may_have_a_keyboard_whose_first_button_pays(scene: Scene) -> None:
    keyboard = {"inline_keyboard": [[PAY], [CANCEL]]}
    message = await invoice_seen(scene.hand, await sent(scene.peer, reply_markup=keyboard, protect_content=True))
    assert message["inline_keyboard"] == [[PAY], [CANCEL]]
    assert message["protected"] is True


async def test_a_payment_is_asked_answered_and_told(scene: Scene) -> None:
    number = await sent(scene.peer)
    paying = asyncio.gather(pay(scene.hand, number))
    query = await asked(scene.peer)
    assert (query.from_user.id, query.currency, query.total_amount) == (ANNA, "EUR", TOTAL)
    assert query.invoice_payload == "visit-17"
    assert await scene.peer.call("answer_pre_checkout_query", pre_checkout_query_id=query.id, ok=True) is True
    (paid,) = await paying
    message = await receipt(scene.peer)
    payment = message.successful_payment
    assert paid == {
        "paid": True,
        "error": None,
        "query_id": query.id,
        "charge_id": payment.telegram_payment_charge_id,
        "message_id": message.message_id,
    }
    assert (payment.currency, payment.total_amount, payment.invoice_payload) == ("EUR", TOTAL, "visit-17")
    assert payment.provider_payment_charge_id
    assert (message.from_user.id, message.chat.id) == (ANNA, ANNA)


async def test_a_paid_invoice_shows_its_receipt(scene: Scene) -> None:
    number = await sent(scene.peer, reply_markup={"inline_keyboard": [[PAY, CANCEL]]})
    paid = await agreed(scene.peer, scene.hand, number)
    invoice = await invoice_seen(scene.hand, number)
    assert invoice["inline_keyboard"] == [[{"text": "Receipt", "pay": True}, CANCEL]]
    assert invoice["paid"] == 1
    told = await invoice_seen(scene.hand, paid["message_id"])
    assert (told["kind"], told["service"], told["from"]) == ("successful_payment", True, "person")
    assert told["content"]["successful_payment"]["telegram_payment_charge_id"] == paid["charge_id"]


async def test_a_bot_that_says_yes_twice_is_paid_twice(scene: Scene) -> None:
    number = await sent(scene.peer)
    first = await agreed(scene.peer, scene.hand, number)
    second = await agreed(scene.peer, scene.hand, number)
    assert first["paid"] is True
    assert second["paid"] is True
    assert first["charge_id"] != second["charge_id"]
    assert (await invoice_seen(scene.hand, number))["paid"] == 2


async def test_a_bot_that_says_no_is_not_paid_and_its_words_are_shown(scene: Scene) -> None:
    number = await sent(scene.peer)
    paid = await answered_with(
        scene.peer, pay(scene.hand, number), ok=False, error_message="This visit is paid already"
    )
    assert (paid["paid"], paid["error"]) == (False, "This visit is paid already")
    assert (paid["charge_id"], paid["message_id"]) == (None, None)
    assert (await invoice_seen(scene.hand, number))["paid"] == 0
    assert (await scene.hand.messages())[-1]["message_id"] == number


async def test_a_card_may_be_declined_after_the_bot_agreed(scene: Scene) -> None:
    number = await sent(scene.peer)
    paid = await agreed(scene.peer, scene.hand, number, card="declined")
    assert (paid["paid"], paid["error"], paid["charge_id"]) == (False, CARD_FAILED, None)
    assert (await scene.hand.messages())[-1]["message_id"] == number


async def test_a_bot_has_ten_seconds_of_the_sandboxs_clock(scene: Scene) -> None:
    paying = asyncio.gather(pay(scene.hand, await sent(scene.peer)))
    query = await asked(scene.peer)
    await scene.hand.sim("clock", {"advance": 10})
    async with asyncio.timeout(ANSWERABLE_SECONDS / 2):
        (paid,) = await paying
    assert (paid["paid"], paid["error"]) == (False, BOT_FAILED)
    with pytest.raises(Refused) as caught:
        await scene.peer.call("answer_pre_checkout_query", pre_checkout_query_id=query.id, ok=True)
    assert (caught.value.code, caught.value.text) == (400, TOO_OLD)


async def test_nine_seconds_later_the_answer_is_still_taken(scene: Scene) -> None:
    paying = asyncio.gather(pay(scene.hand, await sent(scene.peer)))
    query = await asked(scene.peer)
    await scene.hand.sim("clock", {"advance": 9})
    await scene.peer.call("answer_pre_checkout_query", pre_checkout_query_id=query.id, ok=True)
    (paid,) = await paying
    assert paid["paid"] is True


async def test_a_query_is_answered_once(scene: Scene) -> None:
    paying = asyncio.gather(pay(scene.hand, await sent(scene.peer)))
    query = await asked(scene.peer)
    await scene.peer.call("answer_pre_checkout_query", pre_checkout_query_id=query.id, ok=False, error_message="No")
    with pytest.raises(Refused) as caught:
        await scene.peer.call("answer_pre_checkout_query", pre_checkout_query_id=query.id, ok=True)
    assert (caught.value.code, caught.value.text) == (400, TOO_OLD)
    (paid,) = await paying
    assert paid["paid"] is False


async def test_a_query_of_another_bot_cannot_be_answered(bot: Hand) -> None:
    number = (await bot.result("sendInvoice", chat_id=ANNA, **INVOICE))["message_id"]
    paying = asyncio.gather(pay(bot, number))
    query = await asked_bare(bot)
    stranger = await bot.bot(
        "answerPreCheckoutQuery", "987654321:" + "A" * 35, pre_checkout_query_id=query["id"], ok=True
    )
    assert stranger.json["description"].lower() == f"bad request: {TOO_OLD}"
    assert await bot.result("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True) is True
    assert (await paying)[0]["paid"] is True


async def test_what_the_invoice_asks_for_is_told_to_the_bot(scene: Scene) -> None:
    await scene.hand.sim(f"people/{ANNA}/addresses", {"phone": "+393331234567"})
    number = await sent(scene.peer, need_name=True, need_phone_number=True, send_email_to_provider=True)
    nameless = await scene.hand.ask("pay", {"person": ANNA, "message_id": number})
    assert (nameless.status, nameless.json) == (400, {"error": "This invoice asks for email."})
    await agreed(scene.peer, scene.hand, number, email="anna@example.it")
    order = (await receipt(scene.peer)).successful_payment.order_info
    assert (order.name, order.phone_number, order.email) == ("Anna Rossi", "+393331234567", "anna@example.it")


async def test_a_tip_is_paid_on_top(scene: Scene) -> None:
    number = await sent(scene.peer, max_tip_amount=500, suggested_tip_amounts=[100, 200])
    await agreed(scene.peer, scene.hand, number, tip=200)
    assert (await receipt(scene.peer)).successful_payment.total_amount == TOTAL + 200
    greedy = await scene.hand.ask("pay", {"person": ANNA, "message_id": number, "tip": 501})
    assert greedy.json == {"error": "The tip may be 0 to 500."}


async def test_stars_need_no_provider(scene: Scene) -> None:
    stars = {"currency": "XTR", "provider_token": "", "prices": [{"label": "Visit", "amount": 50}]}
    number = await sent(scene.peer, **stars, need_name=True)
    assert (await invoice_seen(scene.hand, number))["inline_keyboard"][0][0]["text"] == "Pay 50 XTR"
    paid = await agreed(scene.peer, scene.hand, number)
    assert paid["paid"] is True


async def test_a_reset_ends_the_waiting(bot: Hand) -> None:
    number = (await bot.result("sendInvoice", chat_id=ANNA, **INVOICE))["message_id"]
    paying = asyncio.gather(pay(bot, number))
    await asked_bare(bot)
    await bot.sim("reset", {})
    assert (await paying)[0]["error"] == BOT_FAILED


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({"message_id": 1}, 400, "The message 1 is not an invoice."),
        ({"message_id": 77}, 404, "There is no message 77 in this chat."),
        ({}, 404, "There is no message 0 in this chat."),
        ({"link": "https://t.me/$nothing"}, 404, "There is no invoice behind that link."),
        ({"message_id": 2, "card": "stolen"}, 400, "card must be good or declined."),
        ({"message_id": 2, "tip": -1}, 400, "The tip may be 0 to 0."),
        ({"message_id": 2, "tip": "much"}, 400, "tip must be a whole number."),
    ],
)
async def test_payments_that_cannot_be_made(bot: Hand, body: Any, status: int, told: str) -> None:
    await bot.result("sendInvoice", chat_id=ANNA, **INVOICE)
    refused = await bot.ask("pay", {"person": ANNA, **body})
    assert (refused.status, refused.json) == (status, {"error": told})


async def test_whoever_blocks_the_bot_cannot_pay(bot: Hand) -> None:
    number = (await bot.result("sendInvoice", chat_id=ANNA, **INVOICE))["message_id"]
    await bot.sim("block", {"person": ANNA})
    refused = await bot.ask("pay", {"person": ANNA, "message_id": number})
    assert refused.json == {"error": "Anna has blocked this bot: unblock it first."}


async def test_an_invoice_link_is_what_aiogram_expects(bot: Hand) -> None:
    link = await bot.result("createInvoiceLink", **INVOICE)
    assert link.startswith("https://t.me/$")


@pytest.mark.parametrize("code", sorted(CURRENCIES))
def test_least_and_most_of_a_currency_differ_about_ten_thousandfold(code: str) -> None:
    currency = CURRENCIES[code]
    assert 9_000 <= currency.most / currency.least <= 100_000
    assert currency.written(currency.most).endswith(f" {code}")


async def test_the_keyboard_of_an_invoice_may_change_as_long_as_its_first_button_pays(bot: Hand) -> None:
    invoice = await bot.result("sendInvoice", chat_id=ANNA, **INVOICE)
    place = {"chat_id": ANNA, "message_id": invoice["message_id"]}
    changed = await bot.result("editMessageReplyMarkup", **place, reply_markup={"inline_keyboard": [[PAY], [CANCEL]]})
    assert changed["reply_markup"] == {"inline_keyboard": [[PAY], [CANCEL]]}
    told = await bot.refusal("editMessageReplyMarkup", **place, reply_markup={"inline_keyboard": [[CANCEL]]})
    assert told == "Bad Request: REPLY_MARKUP_BUY_EMPTY"


async def test_nothing_else_gets_a_button_that_pays_by_an_edit(bot: Hand) -> None:
    message = await bot.result("sendMessage", chat_id=ANNA, text="Hello")
    place = {"chat_id": ANNA, "message_id": message["message_id"]}
    told = await bot.refusal("editMessageReplyMarkup", **place, reply_markup={"inline_keyboard": [[PAY]]})
    assert told == "Bad Request: BUTTON_TYPE_INVALID"
