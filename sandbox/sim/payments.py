"""The routes of the payments: paying an invoice, in a chat or behind a link."""

from typing import Final, NamedTuple

from aiohttp import web

from sandbox.bots import Bot
from sandbox.chats.chat import PrivateChat
from sandbox.chats.content import Plain
from sandbox.chats.message import Message
from sandbox.hearing.tell import NEW, tell
from sandbox.money.payments import Invoice, OfInvoice
from sandbox.people import Person
from sandbox.sim.asked import Asked, Missing, Mistake, answer, excused
from sandbox.sim.place import Place
from sandbox.sim.shown import place_of
from sandbox.wire import Json
from sandbox.world import World

BOT_FAILED: Final = "The bot couldn't process your payment. Your card has not been billed."
CARD_FAILED: Final = "Payment failed. Your card has not been billed."
GOOD: Final = "good"
DECLINED: Final = "declined"
RECEIPT: Final = "successful_payment"


class Bill(NamedTuple):
    """An invoice before somebody: where its receipt will stand, and the message that showed it, if one did."""

    invoice: Invoice
    place: Place
    message: Message | None = None


class PaymentRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/sim/pay", excused(self.pay)),
            web.get("/sim/invoices", excused(self.shown)),
            web.get("/sim/invoices/{slug}", excused(self.linked)),
        ]

    async def pay(self, request: web.Request) -> web.Response:
        """Answers when the money has moved, or when it is certain that it will not."""
        asked = await Asked.of(request, self._world)
        bill, card = _bill(asked), asked.text("card") or GOOD
        if card not in (GOOD, DECLINED):
            raise Mistake(f"card must be {GOOD} or {DECLINED}.")
        bill.place.require_not_blocked()
        person, invoice = bill.place.person, bill.invoice
        total = invoice.total_amount + _tip(invoice, asked.whole("tip") or 0)
        query = self._world.payments.ask(person, invoice, total, _order_info(invoice, person, asked))
        bot = self._world.bots.of_id(invoice.bot_id)
        tell(bot, bot.chat_with(person, self._world.events), "pre_checkout_query", query.as_telegram())
        verdict = await self._world.payments.verdict(query)
        told: Json = {"paid": False, "error": None, "query_id": query.query_id, "charge_id": None, "message_id": None}
        if verdict is None:
            return answer({**told, "error": BOT_FAILED})
        if verdict or card == DECLINED:
            return answer({**told, "error": verdict or CARD_FAILED})
        payment = self._world.payments.charge(query)
        receipt = _receipt(bot, bill, payment)
        charge = payment["telegram_payment_charge_id"]
        return answer({**told, "paid": True, "charge_id": charge, "message_id": receipt.message_id})

    async def shown(self, request: web.Request) -> web.Response:
        """The invoice of a message."""
        bill = _bill(await Asked.of(request, self._world))
        return answer(bill.invoice.as_seen())

    async def linked(self, request: web.Request) -> web.Response:
        return answer(_behind(self._world, request.match_info["slug"]).as_seen())


def _bill(asked: Asked) -> Bill:
    if asked.has("link"):
        invoice, person = _behind(asked.world, asked.text("link")), asked.person()
        bot = asked.world.bots.of_id(invoice.bot_id)
        return Bill(invoice, Place(asked.world, person, bot.chat_with(person, asked.world.events)))
    place, message_id = place_of(asked), asked.whole("message_id") or 0
    message = place.chat.messages.get(message_id)
    if message is None:
        raise Missing(f"There is no message {message_id} in this chat.")
    if not isinstance(message.content, OfInvoice):
        raise Mistake(f"The message {message_id} is not an invoice.")
    return Bill(message.content.invoice, place._replace(thread=message.thread), message)


def _behind(world: World, link: str) -> Invoice:
    invoice = world.payments.behind(link)
    if invoice is None:
        raise Missing("There is no invoice behind that link.")
    return invoice


def _tip(invoice: Invoice, tip: int) -> int:
    if not 0 <= tip <= invoice.max_tip_amount:
        raise Mistake(f"The tip may be 0 to {invoice.max_tip_amount}.")
    return tip


def _order_info(invoice: Invoice, person: Person, asked: Asked) -> Json:
    """What the invoice asks for: as it was said, or as the person is known."""
    known = {
        "name": f"{person.first_name} {person.last_name}".strip(),
        "phone_number": next(iter(person.phones), ""),
        "email": next(iter(person.emails), ""),
    }
    given: Json = {need: asked.text(need) or known[need] for need in invoice.needs}
    for need, value in given.items():
        if not value:
            raise Mistake(f"This invoice asks for {need}.")
    return given


def _receipt(bot: Bot, bill: Bill, payment: Json) -> Message:
    """Everybody in the chat sees it; of the bots only the one that was paid is told."""
    world, chat = bill.place.world, bill.place.chat
    if isinstance(chat, PrivateChat):
        chat.started = True
    receipt = Message(
        message_id=chat.next_message_id(),
        sender=bill.place.person.as_user(),
        chat=chat,
        date=int(world.clock.now()),
        text="",
        entities=[],
        kind=RECEIPT,
        content=Plain({RECEIPT: payment}),
        thread=bill.place.thread,
        service=True,
    )
    if bill.message is not None:
        bill.message.paid += 1
    chat.add(receipt)
    tell(bot, chat, NEW, receipt.as_telegram(bot.id))
    world.events.changed("people")
    return receipt
