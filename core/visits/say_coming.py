from datetime import date

from core.errors import NotFound
from core.identity.person import AccountId
from core.transaction import Transaction
from core.visits.refusals import NoVisitThatDay


def say_coming(tx: Transaction, day: date, account_id: AccountId) -> None:
    """The patient whom the reminder was for answers it: coming, to every visit of that day that is still ahead.

    Refuses with NotFound for somebody else, with NoVisitThatDay where none is ahead, and with LogInNeeded.
    """
    if tx.person.require_account() != account_id:
        raise NotFound
    visits = [visit for visit in tx.visits.ahead(tx.now) if tx.facility.day_of(visit.starts_at) == day]
    if not visits:
        raise NoVisitThatDay(day)
    for visit in visits:
        visit.say_coming(tx.now)
