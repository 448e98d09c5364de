"""What a reminder asked: of one day or of several, and of whom."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from core.identity.person import AccountId


@dataclass(frozen=True, slots=True)
class Asked:
    """The first day is the one that is answered; the reminder asked about the others, too."""

    days: tuple[date, ...]
    account_id: AccountId

    @property
    def day(self) -> date:
        return self.days[0]

    def as_data(self) -> dict[str, Any]:
        """For a form."""
        return {"days": [day.toordinal() for day in self.days], "account": self.account_id}


def asked_in(data: dict[str, Any]) -> Asked:
    """As a form kept it."""
    return Asked(tuple(map(date.fromordinal, data["days"])), AccountId(data["account"]))
