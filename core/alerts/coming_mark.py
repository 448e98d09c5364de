"""What an answer to a reminder carries, wherever the question stands."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from core.identity.person import AccountId

# With an account's number a mark of so many days fits what a button may carry: 64 bytes.
MOST_DAYS: Final = 5


def coming_mark(day: date, asked: Iterable[date], account_id: AccountId) -> str:
    """`coming:<day>-<other days>:<account>`: the day that is answered, and the others that were asked about."""
    others = [other for other in asked if other != day]
    days = "-".join(str(each.toordinal()) for each in [day, *others[: MOST_DAYS - 1]])
    return f"coming:{days}:{account_id}"
