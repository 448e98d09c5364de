"""Payments at the edges of time and of money."""

import asyncio
from typing import Any

import pytest

from sandbox.app import Sandbox
from sandbox.bad_requests import QueryTooOld
from sandbox.money.payments import Invoice
from sandbox.people import Person
from tests.sandbox.hand import ANNA, Hand
from tests.sandbox.payer import INVOICE, TOTAL, asked_bare, pay

LARGEST_AMOUNT = 9999_9999_9999
LEAST_EUROS = 84
KEPT_QUERIES = 10_000
BEYOND_THE_CURRENCY = "Bad Request: CURRENCY_TOTAL_AMOUNT_INVALID"


async def paid(bot: Hand, message_id: int, **more: Any) -> Any:
    """The receipt, as the bot is told of it."""
    paying = asyncio.gather(pay(bot, message_id, **more))
    query = await asked_bare(bot)
    await bot.result("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
    await paying
    return (await bot.updates(offset=-1))[-1]["message"]["successful_payment"]


async def test_a_payment_that_came_too_late_stays_so_when_the_clock_is_set_back(bot: Hand) -> None:
    paying = asyncio.gather(pay(bot, (await bot.result("sendInvoice", chat_id=ANNA, **INVOICE))["message_id"]))
    query = await asked_bare(bot)
    await bot.sim("clock", {"advance": 10})
    assert (await paying)[0]["paid"] is False
    await bot.sim("clock", {"advance": -10})
    told = await bot.refusal("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
    assert told == "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_each_payment_has_numbers_of_its_own(bot: Hand) -> None:
    number = (await bot.result("sendInvoice", chat_id=ANNA, **INVOICE))["message_id"]
    one, two = await paid(bot, number), await paid(bot, number)
    for name in ("telegram_payment_charge_id", "provider_payment_charge_id"):
        assert one[name] != two[name]


async def test_a_reset_forgets_what_is_behind_links(bot: Hand) -> None:
    slug = (await bot.result("createInvoiceLink", **INVOICE)).partition("$")[2]
    assert (await bot.ask(f"invoices/{slug}")).status == 200
    await bot.sim("reset", {})
    assert (await bot.ask(f"invoices/{slug}")).status == 404


@pytest.mark.parametrize(
    ("amounts", "told"),
    [
        ([LARGEST_AMOUNT], BEYOND_THE_CURRENCY),
        ([LARGEST_AMOUNT, 1], "Bad Request: total price is too big"),
        ([LARGEST_AMOUNT + 1], "Bad Request: too big amount of the currency specified"),
        ([-LARGEST_AMOUNT - 1], "Bad Request: too big amount of the currency specified"),
        ([-LARGEST_AMOUNT], "Bad Request: total price must be positive"),
        ([LEAST_EUROS - 1], BEYOND_THE_CURRENCY),
    ],
)
async def test_amounts_one_step_beyond(bot: Hand, amounts: list[int], told: str) -> None:
    prices = [{"label": "Visit", "amount": amount} for amount in amounts]
    assert await bot.refusal("createInvoiceLink", **{**INVOICE, "prices": prices}) == told


async def test_the_least_amount_passes(bot: Hand) -> None:
    prices = [{"label": "Visit", "amount": LEAST_EUROS}]
    assert (await bot.result("createInvoiceLink", **{**INVOICE, "prices": prices})).startswith("https://t.me/$")


def test_the_oldest_questions_are_forgotten(sandbox: Sandbox) -> None:
    payments, anna = sandbox.world.payments, Person(ANNA, "Anna")
    invoice = Invoice(7, "Visit", "", "visit", "EUR", [], 100)
    asked = [payments.ask(anna, invoice, 100, {}).query_id for _ in range(KEPT_QUERIES + 1)]
    with pytest.raises(QueryTooOld):
        payments.answer(7, asked[0], "")
    payments.answer(7, asked[1], "")


async def test_the_greatest_tip_may_be_suggested_and_given(bot: Hand) -> None:
    tips = {"max_tip_amount": 500, "suggested_tip_amounts": [1, 500]}
    number = (await bot.result("sendInvoice", chat_id=ANNA, **INVOICE, **tips))["message_id"]
    assert (await paid(bot, number, tip=500))["total_amount"] == TOTAL + 500
    answer = await bot.ask("pay", {"person": ANNA, "message_id": number, "tip": 501})
    assert (answer.status, answer.json) == (400, {"error": "The tip may be 0 to 500."})
