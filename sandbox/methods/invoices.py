"""An invoice as a bot describes it, checked in the order in which Telegram checks it."""

import re
from typing import Final

from sandbox.bad_requests import CannotParse
from sandbox.calls.parameters import LARGEST, Parameters
from sandbox.methods.call import Call
from sandbox.money.currencies import CURRENCIES, STARS
from sandbox.money.payments import Invoice
from sandbox.refusals import BadRequest, NotInTheSandbox
from sandbox.text.entities import require_utf8
from sandbox.wire import Json

TITLE_CHARACTERS: Final = 32
DESCRIPTION_CHARACTERS: Final = 255
PAYLOAD_BYTES: Final = 128
LARGEST_AMOUNT: Final = 9999_9999_9999
SUGGESTED_TIPS: Final = 4
PROVIDER_TOKEN: Final = re.compile(r"[0-9]+:(TEST|LIVE):[A-Za-z0-9_-]+")
WHOLE: Final = re.compile(r"-?[0-9]{1,19}")
PRICE: Final = "labeled price"
SHIPPED: Final = ("is_flexible", "need_shipping_address")
NEEDS: Final = {
    "name": ("need_name",),
    "phone_number": ("need_phone_number", "send_phone_number_to_provider"),
    "email": ("need_email", "send_email_to_provider"),
}


def read_invoice(call: Call) -> Invoice:
    parameters = call.parameters
    title, description, payload, currency = (
        parameters.required(field) for field in ("title", "description", "payload", "currency")
    )
    prices = _prices(parameters)
    tip, tips = _tips(parameters)
    for field in SHIPPED:
        if parameters.flag(field):
            raise NotInTheSandbox(field)
    for text in (title, description, payload, parameters.text("start_parameter"), parameters.text("photo_url")):
        require_utf8(text)
    invoice = Invoice(
        bot_id=call.bot.id,
        title=title,
        description=description,
        payload=payload,
        currency=currency,
        prices=prices,
        total_amount=_total(prices),
        max_tip_amount=tip,
        suggested_tip_amounts=tips,
        start_parameter=parameters.text("start_parameter"),
        photo_url=parameters.text("photo_url"),
        needs=() if currency == STARS else _needs(parameters),
    )
    _require_sound(invoice)
    _require_payable(invoice, parameters.text("provider_token"))
    return invoice


def _prices(parameters: Parameters) -> list[Json]:
    parameters.required("prices")
    given = parameters.structure("prices", "prices")
    if not isinstance(given, list):
        raise BadRequest("expected an Array of labeled prices")
    prices = [_price(price) for price in given]
    if not prices:
        raise BadRequest("there must be at least one price")
    return prices


def _price(price: object) -> Json:
    if not isinstance(price, dict):
        raise CannotParse(PRICE, "LabeledPrice must be an Object")
    for field in ("label", "amount"):
        if price.get(field) is None:
            raise CannotParse(PRICE, f'Can\'t find field "{field}"')
    label, amount = price["label"], _whole(price["amount"])
    if not isinstance(label, str):
        raise CannotParse(PRICE, 'Field "label" must be of type String')
    if not label:
        raise CannotParse(PRICE, "LabeledPrice label must be non-empty")
    if amount is None:
        raise CannotParse(PRICE, 'Field "amount" must be a valid Number')
    require_utf8(label)
    return {"label": label, "amount": amount}


def _tips(parameters: Parameters) -> tuple[int, list[int]]:
    """The greatest tip, and the ones that are suggested."""
    given = parameters.text("max_tip_amount")
    greatest = _whole(given) if given else 0
    if greatest is None:
        raise BadRequest('can\'t parse "max_tip_amount" as Number')
    if not parameters.has("suggested_tip_amounts"):
        return greatest, []
    suggested = parameters.structure("suggested_tip_amounts", "suggested tip amounts")
    if not isinstance(suggested, list):
        raise BadRequest("expected an Array of suggested tip amounts")
    return greatest, [_tip(amount) for amount in suggested]


def _tip(amount: object) -> int:
    if isinstance(amount, bool) or not isinstance(amount, (str, int, float)):
        raise BadRequest("suggested tip amount must be of type Number or String")
    number = _whole(amount)
    if number is None:
        raise BadRequest("can't parse suggested tip amount as Number")
    return number


def _total(prices: list[Json]) -> int:
    amounts = [int(str(price["amount"])) for price in prices]
    if any(abs(amount) > LARGEST_AMOUNT for amount in amounts):
        raise BadRequest("too big amount of the currency specified")
    total = sum(amounts)
    if total <= 0:
        raise BadRequest("total price must be positive")
    if total > LARGEST_AMOUNT:
        raise BadRequest("total price is too big")
    return total


def _needs(parameters: Parameters) -> tuple[str, ...]:
    return tuple(need for need, fields in NEEDS.items() if any(map(parameters.flag, fields)))


def _require_sound(invoice: Invoice) -> None:
    """What the Bot API server itself refuses."""
    tips, greatest = invoice.suggested_tip_amounts, invoice.max_tip_amount
    if not 0 <= greatest <= LARGEST_AMOUNT:
        raise BadRequest("invalid max_tip_amount of the currency specified")
    for tip in tips:
        if tip <= 0:
            raise BadRequest("suggested tip amount must be positive")
        if tip > greatest:
            raise BadRequest("suggested tip amount can't be bigger than max_tip_amount")
    if len(tips) > SUGGESTED_TIPS:
        raise BadRequest(f"there can be at most {SUGGESTED_TIPS} suggested tip amounts")


def _require_payable(invoice: Invoice, provider_token: str) -> None:
    """What only the servers behind it know."""
    if len(invoice.title) > TITLE_CHARACTERS:
        raise BadRequest("INVOICE_TITLE_INVALID")
    if len(invoice.description) > DESCRIPTION_CHARACTERS:
        raise BadRequest("INVOICE_DESCRIPTION_INVALID")
    if len(invoice.payload.encode()) > PAYLOAD_BYTES:
        raise BadRequest("INVOICE_PAYLOAD_INVALID")
    currency = CURRENCIES.get(invoice.currency)
    if currency is None:
        raise BadRequest("CURRENCY_INVALID")
    if invoice.currency == STARS:
        if provider_token or invoice.max_tip_amount or len(invoice.prices) > 1:
            raise BadRequest("STARS_INVOICE_INVALID")
    elif not PROVIDER_TOKEN.fullmatch(provider_token):
        raise BadRequest("PAYMENT_PROVIDER_INVALID")
    if not currency.least <= invoice.total_amount <= currency.most:
        raise BadRequest("CURRENCY_TOTAL_AMOUNT_INVALID")


def _whole(value: object) -> int | None:
    """A whole number of 64 bits, written as a number or as its digits."""
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return None
    if isinstance(value, str) and not WHOLE.fullmatch(value):
        return None
    number = int(value)
    return number if abs(number) <= LARGEST else None
