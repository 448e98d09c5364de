"""Invoices, and the bot's last word before the money moves."""

from typing import Final

from sandbox.keyboards.markup import Markup, buttons_of, read_inline
from sandbox.methods.call import Call, Run
from sandbox.methods.invoices import read_invoice
from sandbox.methods.messages import speak
from sandbox.money.payments import OfInvoice
from sandbox.refusals import BadRequest, NotInTheSandbox
from sandbox.text.entities import StyledText, require_utf8
from sandbox.wire import Json

INVOICE: Final = "invoice"
NO_WORDS: Final = StyledText("", [])


async def send_invoice(call: Call) -> object:
    """Without a keyboard of its own an invoice gets the one button that pays it."""
    invoice = read_invoice(call)
    keyboard = paying_keyboard(call) or invoice.pay_button()
    return speak(call, call.open_chat(), NO_WORDS, Markup(keyboard), kind=INVOICE, content=OfInvoice(invoice))


def paying_keyboard(call: Call) -> Json | None:
    """Buttons of which the first, and no other, pays."""
    keyboard = read_inline(call.parameters.values.get("reply_markup"), invoice=True)
    if keyboard is None:
        return None
    first, *others = buttons_of(keyboard)
    if "pay" not in first:
        raise BadRequest("REPLY_MARKUP_BUY_EMPTY")
    if any("pay" in button for button in others):
        raise BadRequest("BUTTON_TYPE_INVALID")
    return keyboard


async def create_invoice_link(call: Call) -> object:
    if call.parameters.has("subscription_period"):
        raise NotInTheSandbox("subscription_period")
    return call.world.payments.link_to(read_invoice(call))


async def answer_pre_checkout_query(call: Call) -> object:
    parameters = call.parameters
    error_message = "" if parameters.flag("ok") else parameters.required("error_message")
    require_utf8(error_message)
    call.world.payments.answer(call.bot.id, parameters.text("pre_checkout_query_id"), error_message)
    return True


METHODS: dict[str, Run] = {
    "sendInvoice": send_invoice,
    "createInvoiceLink": create_invoice_link,
    "answerPreCheckoutQuery": answer_pre_checkout_query,
}
