"""How somebody can be reached, as typed by themselves."""

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import NumberParseException, PhoneNumberType

from core.identity.refusals import EmailNotUsable, NotAPhone, PhoneFromElsewhere, PhoneNotMobile


def read_email(typed: str) -> str:
    """The address, its domain in lower case; refuses with EmailNotUsable for what no mail server would take."""
    try:
        address = validate_email(typed, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        raise EmailNotUsable from None
    return address.ascii_email or address.normalized


def read_phone(typed: str, country: str, taken: tuple[str, ...]) -> str:
    """The mobile number as +48601234567; a number without a country code is the facility's own country's.

    Refuses with NotAPhone, with PhoneFromElsewhere for a country that is not `taken`, and with PhoneNotMobile.
    """
    try:
        number = phonenumbers.parse(typed, country)
    except NumberParseException:
        raise NotAPhone from None
    if not phonenumbers.is_valid_number(number):
        raise NotAPhone
    if phonenumbers.region_code_for_number(number) not in taken:
        raise PhoneFromElsewhere(_prefixes(taken))
    if phonenumbers.number_type(number) not in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE):
        raise PhoneNotMobile
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def as_written(phone: str) -> str:
    """The number as people write it: +48 601 234 567."""
    number = phonenumbers.parse(phone, None)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _prefixes(countries: tuple[str, ...]) -> str:
    return ", ".join(f"+{phonenumbers.country_code_for_region(country)}" for country in countries)
