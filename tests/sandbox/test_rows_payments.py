"""What Telegram refuses about invoices and their queries, through two independent clients."""

from typing import Any

import pytest

from tests.sandbox.hand import ANNA, Hand
from tests.sandbox.payer import INVOICE, sent
from tests.sandbox.row import Row, Scene, check, rows

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
STARS = {"currency": "XTR", "provider_token": "", "prices": [{"label": "Visit", "amount": 5}]}


def row(told: str, name: str = "", **spoiled: Any) -> Row:
    async def act(scene: Scene) -> None:
        await sent(scene.peer, **spoiled)

    return Row(400, told, act, name)


def linked(told: str, name: str = "", **spoiled: Any) -> Row:
    async def act(scene: Scene) -> None:
        await scene.peer.call("create_invoice_link", **{**INVOICE, **spoiled})

    return Row(400, told, act, name)


def price(amount: int, label: str = "Visit") -> list[dict[str, Any]]:
    return [{"label": label, "amount": amount}]


async def unknown_query(scene: Scene) -> None:
    await scene.peer.call("answer_pre_checkout_query", pre_checkout_query_id="42", ok=True)


async def wordless_refusal(scene: Scene) -> None:
    await scene.peer.call("answer_pre_checkout_query", pre_checkout_query_id="42", ok=False)


ROWS = (
    row('parameter "title" is required', title=""),
    row("INVOICE_TITLE_INVALID", title="ё" * 33),
    row('parameter "description" is required', description=""),
    row("INVOICE_DESCRIPTION_INVALID", description="x" * 256),
    row('parameter "payload" is required', payload=""),
    row("INVOICE_PAYLOAD_INVALID", payload="ё" * 65),
    row('parameter "currency" is required', currency=""),
    row("CURRENCY_INVALID", currency="EURO"),
    row("PAYMENT_PROVIDER_INVALID", provider_token="1234:WRONG:abc"),
    row("PAYMENT_PROVIDER_INVALID", "no provider", provider_token=""),
    row("there must be at least one price", prices=[]),
    row("can't parse labeled price: LabeledPrice label must be non-empty", prices=price(500, "")),
    row("total price must be positive", prices=price(0)),
    row("too big amount of the currency specified", prices=price(10**12)),
    row("total price is too big", prices=price(9999_9999_9999) * 2),
    row("CURRENCY_TOTAL_AMOUNT_INVALID", "too little", prices=price(83)),
    row("CURRENCY_TOTAL_AMOUNT_INVALID", "too much", prices=price(848_789)),
    row("suggested tip amount must be positive", max_tip_amount=100, suggested_tip_amounts=[0]),
    row("suggested tip amount can't be bigger than max_tip_amount", max_tip_amount=10, suggested_tip_amounts=[11]),
    row("there can be at most 4 suggested tip amounts", max_tip_amount=9, suggested_tip_amounts=[1, 2, 3, 4, 5]),
    row("invalid max_tip_amount of the currency specified", max_tip_amount=-1),
    row("STARS_INVOICE_INVALID", "stars in parts", **{**STARS, "prices": price(5) * 2}),
    row("STARS_INVOICE_INVALID", "stars with a provider", **{**STARS, "provider_token": INVOICE["provider_token"]}),
    row("REPLY_MARKUP_BUY_EMPTY", reply_markup={"inline_keyboard": [[{"text": "No", "callback_data": "no"}]]}),
    row("BUTTON_TYPE_INVALID", reply_markup={"inline_keyboard": [[{"text": "Pay", "pay": True}] * 2]}),
    linked("there must be at least one price", "a link without prices", prices=[]),
    linked("CURRENCY_TOTAL_AMOUNT_INVALID", "a link to too little", prices=price(1)),
    Row(400, TOO_OLD, unknown_query),
    Row(400, 'parameter "error_message" is required', wordless_refusal),
)


@rows(*ROWS)
async def test_row(scene: Scene, row: Row) -> None:
    await check(row, scene)


async def test_a_button_that_pays_stands_only_under_invoices(bot: Hand) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Pay", "pay": True}]]}
    assert await bot.refusal("sendMessage", chat_id=ANNA, text="x", reply_markup=keyboard) == (
        "Bad Request: BUTTON_TYPE_INVALID"
    )


@pytest.mark.parametrize(
    ("spoiled", "told"),
    [
        ({"prices": "[{"}, "can't parse prices JSON object"),
        ({"prices": {}}, "expected an Array of labeled prices"),
        ({"prices": "17"}, "expected an Array of labeled prices"),
        ({"prices": [7]}, "can't parse labeled price: LabeledPrice must be an Object"),
        ({"prices": [{"label": "x"}]}, "can't parse labeled price: Can't find field \"amount\""),
        ({"prices": [{"amount": 5}]}, "can't parse labeled price: Can't find field \"label\""),
        ({"prices": [{"label": 5, "amount": 5}]}, 'can\'t parse labeled price: Field "label" must be of type String'),
        (
            {"prices": [{"label": "x", "amount": 5.5}]},
            'can\'t parse labeled price: Field "amount" must be a valid Number',
        ),
        (
            {"prices": [{"label": "x", "amount": 10**30}]},
            'can\'t parse labeled price: Field "amount" must be a valid Number',
        ),
        ({"max_tip_amount": "much"}, 'can\'t parse "max_tip_amount" as Number'),
        ({"suggested_tip_amounts": "["}, "can't parse suggested tip amounts JSON object"),
        ({"suggested_tip_amounts": 5}, "expected an Array of suggested tip amounts"),
        ({"suggested_tip_amounts": [None]}, "suggested tip amount must be of type Number or String"),
        ({"suggested_tip_amounts": ["x"]}, "can't parse suggested tip amount as Number"),
        ({"title": "\ud800"}, "strings must be encoded in UTF-8"),
        ({"start_parameter": "\ud800"}, "strings must be encoded in UTF-8"),
    ],
)
async def test_nonsense_is_refused_in_words(bot: Hand, spoiled: dict[str, Any], told: str) -> None:
    assert await bot.refusal("sendInvoice", **{"chat_id": ANNA, **INVOICE, **spoiled}) == f"Bad Request: {told}"


@pytest.mark.parametrize("field", ["is_flexible", "need_shipping_address"])
async def test_shipping_is_not_played(bot: Hand, field: str) -> None:
    refused = await bot.bot("sendInvoice", **{"chat_id": ANNA, **INVOICE, field: True})
    assert (refused.status, refused.json["description"]) == (501, f"Not Implemented: {field} is not in the sandbox yet")


async def test_the_limits_themselves_pass(bot: Hand) -> None:
    widest = {**INVOICE, "title": "ё" * 32, "description": "ё" * 255, "payload": "ё" * 64, "prices": price(848_788)}
    assert (await bot.result("sendInvoice", chat_id=ANNA, **widest))["invoice"]["title"] == "ё" * 32
