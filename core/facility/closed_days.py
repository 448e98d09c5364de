"""The days on which a facility is closed: its country's public holidays."""

from datetime import date

from holidays import country_holidays


def closed_days(country: str, first: date, last: date) -> frozenset[date]:
    """The closed days from `first` to `last`, both included; none for a country whose calendar nobody keeps.

    `country` is an ISO 3166 code of two letters, as in the profile.
    """
    try:
        calendar = country_holidays(country, years=range(first.year, last.year + 1))
    except NotImplementedError:
        return frozenset()
    return frozenset(day for day in calendar if first <= day <= last)
