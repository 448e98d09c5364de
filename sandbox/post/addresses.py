"""The two kinds of post, and when two ways of writing an address mean the same one."""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeAlias

AddressKey: TypeAlias = Callable[[str], str]


class Kind(StrEnum):
    MAIL = "mail"
    SMS = "sms"


def mail_key(address: str) -> str:
    return address.strip().casefold()


def phone_key(number: str) -> str:
    """The digits with the country's code, whether it was written with a plus, two zeros or nothing."""
    digits = "".join(letter for letter in number if letter.isdecimal())
    return digits.removeprefix("00")


KEY_OF: dict[Kind, AddressKey] = {Kind.MAIL: mail_key, Kind.SMS: phone_key}
