"""In which language, by which clock and on which day something is said."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from locales.language import Language


@dataclass(frozen=True, slots=True)
class Setting:
    """`now` is aware; `zone` is the facility's, since a visit happens there and not where the patient is."""

    language: Language
    zone: tzinfo
    now: datetime

    @property
    def today(self) -> date:
        return self.local(self.now).date()

    def local(self, moment: datetime) -> datetime:
        """The moment by the facility's clock. A naive one is refused: nobody knows what it means."""
        if moment.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be said")
        return moment.astimezone(self.zone)

    def day_of(self, value: object) -> date:
        """The calendar day of a moment or of a plain date."""
        if isinstance(value, datetime):
            return self.local(value).date()
        if isinstance(value, date):
            return value
        raise TypeError(f"a date is needed here, not {type(value).__name__}")

    def is_this_year(self, day: date) -> bool:
        return day.year == self.today.year
