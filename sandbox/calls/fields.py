"""The fields of an object within a call, as leniently read as Telegram reads them, and complained of in its words."""

import re
from collections.abc import Mapping

from sandbox.wire import Json

NUMBER = re.compile(r"0|-?[1-9][0-9]{0,18}")
SMALL = 31
LARGE = 63


class WrongField(Exception):
    """What is wrong, without saying of which object."""


def text_field(values: Mapping[str, object], name: str) -> str:
    """Empty where there is none; a number stands for its digits."""
    value = values.get(name)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise WrongField(f'Field "{name}" must be of type String')


def required_text(values: Mapping[str, object], name: str) -> str:
    _require(values, name)
    return text_field(values, name)


def flag_field(values: Mapping[str, object], name: str) -> bool:
    value = values.get(name)
    if value is None or isinstance(value, bool):
        return bool(value)
    raise WrongField(f'Field "{name}" must be of type Boolean')


def whole_field(values: Mapping[str, object], name: str, default: int = 0, *, bits: int = SMALL) -> int:
    value = values.get(name)
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise WrongField(f'Field "{name}" must be a Number')
    digits = str(value)
    if NUMBER.fullmatch(digits) is None or not -(1 << bits) <= int(digits) < 1 << bits:
        raise WrongField(f'Field "{name}" must be a valid Number')
    return int(digits)


def required_whole(values: Mapping[str, object], name: str, *, bits: int = SMALL) -> int:
    _require(values, name)
    return whole_field(values, name, bits=bits)


def object_field(values: Mapping[str, object], name: str) -> Json:
    _require(values, name)
    value = values[name]
    if not isinstance(value, dict):
        raise WrongField(f'Field "{name}" must be of type Object')
    return value


def array_field(values: Mapping[str, object], name: str) -> list[object]:
    """Empty where there is none."""
    value = values.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise WrongField(f'Field "{name}" must be of type Array')
    return value


def lowered(fault: str) -> str:
    """As Telegram begins a refusal that is nothing but the fault."""
    return fault[:1].lower() + fault[1:]


def _require(values: Mapping[str, object], name: str) -> None:
    if values.get(name) is None:
        raise WrongField(f'Can\'t find field "{name}"')
