"""Invoices, and the pre-checkout queries in which a bot has ten seconds to say whether it takes the money."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count
from random import Random
from string import ascii_letters, digits

from sandbox.bad_requests import QueryTooOld
from sandbox.clock import SandboxClock
from sandbox.files import StoredFile
from sandbox.money.currencies import CURRENCIES
from sandbox.people import Person
from sandbox.wire import Json

ANSWERABLE_SECONDS = 10.0
KEPT_QUERIES = 10_000
LETTERS = ascii_letters + digits
SLUG_LETTERS = 22
CHARGE_LETTERS = 28
LINK = "https://t.me/$"
LINK_TOO = "https://t.me/invoice/"


@dataclass(slots=True, eq=False)
class Invoice:
    """`needs` are fields of Telegram's OrderInfo; `paid` counts the payments, wherever it was seen."""

    bot_id: int
    title: str
    description: str
    payload: str
    currency: str
    prices: list[Json]
    total_amount: int
    max_tip_amount: int = 0
    suggested_tip_amounts: list[int] = field(default_factory=list)
    start_parameter: str = ""
    photo_url: str = ""
    needs: tuple[str, ...] = ()
    paid: int = 0

    def as_telegram(self) -> Json:
        return {
            "title": self.title,
            "description": self.description,
            "start_parameter": self.start_parameter,
            "currency": self.currency,
            "total_amount": self.total_amount,
        }

    def as_seen(self) -> Json:
        """What the person is shown before paying."""
        return {
            **self.as_telegram(),
            "bot": self.bot_id,
            "amount": self.written_amount(),
            "prices": self.prices,
            "max_tip_amount": self.max_tip_amount,
            "suggested_tip_amounts": self.suggested_tip_amounts,
            "photo_url": self.photo_url,
            "needs": list(self.needs),
            "paid": self.paid,
        }

    def written_amount(self) -> str:
        return CURRENCIES[self.currency].written(self.total_amount)

    def pay_button(self) -> Json:
        """The keyboard of an invoice to which the bot gave none."""
        return {"inline_keyboard": [[{"text": f"Pay {self.written_amount()}", "pay": True}]]}


class OfInvoice:
    """An invoice as the content of a message, and of its forwarded copies."""

    def __init__(self, invoice: Invoice) -> None:
        self.invoice = invoice

    def shown_to(self, viewer: int) -> Json:
        return {"invoice": self.invoice.as_telegram()}

    def files(self) -> Iterable[StoredFile]:
        return ()


@dataclass(slots=True, eq=False)
class PreCheckoutQuery:
    """`verdict` is the bot's: empty when it takes the money, its error message when it does not."""

    query_id: str
    person: Person
    invoice: Invoice
    total_amount: int
    order_info: Json
    asked_at: float
    over: bool = False
    verdict: str | None = None

    def as_telegram(self) -> Json:
        return {"id": self.query_id, "from": self.person.as_user(), **self.order()}

    def order(self) -> Json:
        """What the query and the receipt both tell."""
        told: Json = {
            "currency": self.invoice.currency,
            "total_amount": self.total_amount,
            "invoice_payload": self.invoice.payload,
        }
        return {**told, "order_info": self.order_info} if self.order_info else told


class Payments:
    """One bell for all that can end the waiting of a query: an answer, and the clock when it is moved."""

    def __init__(self, clock: SandboxClock, chance: Random) -> None:
        self._clock = clock
        self._chance = chance
        self._numbers = count(chance.randrange(10**17, 10**18))
        self._queries: dict[str, PreCheckoutQuery] = {}
        self._links: dict[str, Invoice] = {}

    def ask(self, person: Person, invoice: Invoice, total_amount: int, order_info: Json) -> PreCheckoutQuery:
        query_id = str(next(self._numbers))
        query = PreCheckoutQuery(query_id, person, invoice, total_amount, order_info, self._clock.now())
        self._queries[query_id] = query
        if len(self._queries) > KEPT_QUERIES:
            del self._queries[next(iter(self._queries))]
        return query

    def answer(self, bot_id: int, query_id: str, error_message: str) -> None:
        """Once, in time, and by the bot that was asked."""
        query = self._queries.get(query_id)
        if query is None or query.invoice.bot_id != bot_id or self._is_over(query):
            raise QueryTooOld
        query.over = True
        query.verdict = error_message
        self._clock.moved.ring()

    async def verdict(self, query: PreCheckoutQuery) -> str | None:
        """The bot's, or nothing when ten seconds have passed, of the sandbox's clock or of the real one."""
        await self._clock.moved.wait_until(lambda: self._is_over(query), ANSWERABLE_SECONDS)
        query.over = True
        return query.verdict

    def charge(self, query: PreCheckoutQuery) -> Json:
        """Takes the money: what the receipt says of it, with numbers that no other payment has."""
        query.invoice.paid += 1
        number = next(self._numbers)
        return {
            **query.order(),
            "telegram_payment_charge_id": f"{self._letters(CHARGE_LETTERS)}_{number}",
            "provider_payment_charge_id": f"{query.person.id}_{number}",
        }

    def link_to(self, invoice: Invoice) -> str:
        slug = self._letters(SLUG_LETTERS)
        self._links[slug] = invoice
        return f"{LINK}{slug}"

    def behind(self, link: str) -> Invoice | None:
        """The invoice behind a link, or behind the last part of one."""
        return self._links.get(link.removeprefix(LINK).removeprefix(LINK_TOO).removeprefix("$"))

    def forget(self) -> None:
        """Whoever waits is not answered any more; numbers go on."""
        for query in self._queries.values():
            query.over = True
        self._queries.clear()
        self._links.clear()
        self._clock.moved.ring()

    def _is_over(self, query: PreCheckoutQuery) -> bool:
        return query.over or self._clock.now() - query.asked_at >= ANSWERABLE_SECONDS

    def _letters(self, number: int) -> str:
        return "".join(self._chance.choices(LETTERS, k=number))
