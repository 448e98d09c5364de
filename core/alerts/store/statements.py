"""What the store asks and tells most: put together once, for every message and every half second asks them."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    FromClause,
    String,
    and_,
    bindparam,
    or_,
    select,
    tuple_,
    type_coerce,
    update,
)

from core.alerts.alert import SETBACKS_IN_ORDER, Alert, AlertState
from core.alerts.tables import alerts, pauses, postings
from core.identity.tables import accounts
from core.storage.dialect import Insert
from core.storage.prepared import Prepared

NAMES: Final = tuple(column.name for column in alerts.c)

another: Final = alerts.alias("another")


def _named(table: FromClause) -> ColumnElement[str]:
    """The channel, spelt so that no index is chosen by it: what one person is owed is found by the person."""
    return type_coerce(table.c.channel, String).concat("")


def may_be_taken(table: FromClause) -> ColumnElement[bool]:
    return or_(table.c.leased_until.is_(None), table.c.leased_until <= bindparam("now"))


def _no_other(which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the same person is owed no alert on the same channel that is one of these.

    Not spelt as NOT EXISTS: PostgreSQL would compare all that is owed with all that is owed, instead of stopping early.
    """
    same = [another.c.account_id == alerts.c.account_id, _named(another) == _named(alerts)]
    one = select(another.c.id).where(*same, another.c.ended_at.is_(None), which).limit(1)
    return one.correlate(alerts).scalar_subquery().is_(None)


_IN_TURN: Final = tuple_(alerts.c.due_at, alerts.c.owed_at, alerts.c.id)
_IS_OPEN: Final = and_(alerts.c.ended_at.is_(None), alerts.c.due_at <= bindparam("now"), may_be_taken(alerts))
_IS_DUE: Final = and_(alerts.c.channel == bindparam("channel"), _IS_OPEN)
_IN_HAND: Final = or_(another.c.state == AlertState.LEASED, another.c.setbacks.between(1, SETBACKS_IN_ORDER))
# In a courier's hands, or to be tried again in a moment.
_HOLDS_BACK: Final = and_(another.c.leased_until > bindparam("now"), _IN_HAND)
_COMES_BEFORE: Final = and_(may_be_taken(another), tuple_(another.c.due_at, another.c.owed_at, another.c.id) < _IN_TURN)
# Put together once: every message asks them, and every half second.
ANYTHING: Final = Prepared(select(alerts.c.id).where(_IS_DUE, _no_other(_HOLDS_BACK)).limit(1))
WHOSE: Final = Prepared(
    select(alerts.c.account_id)
    .join(accounts, accounts.c.id == alerts.c.account_id)
    .where(_IS_DUE, _no_other(or_(_HOLDS_BACK, _COMES_BEFORE)))
    .order_by(alerts.c.due_at)
    .limit(bindparam("limit"))
    .with_for_update(of=accounts, key_share=True, skip_locked=True)
)
THEIRS: Final = Prepared(
    select(alerts)
    .where(alerts.c.account_id.in_(bindparam("people", expanding=True)), _named(alerts) == bindparam("named"), _IS_OPEN)
    .where(_no_other(_HOLDS_BACK))
    .order_by(alerts.c.due_at, alerts.c.owed_at, alerts.c.id)
    .with_for_update(skip_locked=True, of=alerts)
)
_LEADS: Final[BindParameter[Any]] = bindparam("leads", expanding=True)
IN_HANDS: Final = Prepared(
    select(alerts).where(or_(alerts.c.id.in_(_LEADS), alerts.c.carried_with.in_(_LEADS))).order_by(alerts.c.id)
)
RECEIPTS: Final = Prepared(select(postings.c.receipt).where(postings.c.alert_id == bindparam("alert")))
PAUSE: Final = Prepared(lambda insert: _longer(insert(pauses)))
PAUSE_UNTIL: Final = Prepared(select(pauses.c.until).where(pauses.c.carrier == bindparam("carrier")))
WITHDRAW: Final = update(alerts).values(
    state=AlertState.WITHDRAWN, ended_at=bindparam("now"), leased_until=None, sealed=None
)
IS_WAITING: Final = alerts.c.state == AlertState.WAITING
WITHDRAW_ABOUT: Final = Prepared(WITHDRAW.where(alerts.c.visit_id == bindparam("visit"), IS_WAITING))


@cache
def owing(count: int) -> Prepared:
    """So many in one statement; those that are owed already stay as they are."""
    rows = [
        {name: bindparam(_place(name, nth), type_=column.type) for name, column in alerts.c.items()}
        for nth in range(count)
    ]
    return Prepared(
        lambda insert: (
            insert(alerts).values(rows).on_conflict_do_nothing(index_elements=["dedupe_key"]).returning(alerts.c.id)
        )
    )


def numbered(owed: Sequence[Alert]) -> dict[str, Any]:
    return {_place(name, nth): getattr(alert, name) for nth, alert in enumerate(owed) for name in NAMES}


def _place(name: str, nth: int) -> str:
    return f"{name}_{nth}"


def _longer(write: Insert) -> Insert:
    """In the place of a shorter wait."""
    until = write.excluded.until
    return write.on_conflict_do_update(index_elements=["carrier"], set_={"until": until}, where=until > pauses.c.until)
