"""Reads a profile from TOML into its dataclasses, with errors that name the file, the key and what was expected."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import time, timedelta
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.facility.profile import FacilityProfile

UNITS = {"seconds", "minutes", "hours", "days"}


class ProfileError(ValueError):
    """A profile that cannot be used; raised at start only, for whoever runs the clinic."""

    def __init__(self, file: Path, key: str, expected: str) -> None:
        super().__init__(f"{file}: {key}: expected {expected}")


def read_profile(file: Path) -> FacilityProfile:
    """The profile in this file; raises ProfileError."""
    try:
        table = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        raise ProfileError(file, "(file)", "an existing TOML file") from None
    except OSError as error:
        raise ProfileError(file, "(file)", f"a file that can be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError(file, "(file)", f"valid TOML ({error})") from None
    profile = _table(FacilityProfile, {"key": file.stem, **table}, file, "")
    assert isinstance(profile, FacilityProfile)
    return profile


def _table(kind: type[Any], table: Mapping[str, object], file: Path, prefix: str) -> object:
    hints = get_type_hints(kind)
    names = {field.name for field in fields(kind)}
    for key in table:
        if key not in names:
            raise ProfileError(file, prefix + key, f"one of {', '.join(sorted(names))}")
    for name in names:
        if name not in table:
            raise ProfileError(file, prefix + name, "a value, but the key is missing")
    return kind(**{name: _value(hints[name], table[name], file, prefix + name) for name in names})


def _value(kind: Any, value: object, file: Path, key: str) -> object:
    if get_origin(kind) is tuple:
        if not isinstance(value, list) or not value:
            raise ProfileError(file, key, "a list with at least one entry")
        return tuple(_value(get_args(kind)[0], entry, file, f"{key}[{i}]") for i, entry in enumerate(value))
    if is_dataclass(kind):
        if not isinstance(value, dict):
            raise ProfileError(file, key, "a table")
        return _table(kind, value, file, key + ".")  # type: ignore[arg-type]
    if kind is timedelta:
        return _duration(value, file, key)
    if kind is ZoneInfo:
        return _zone(value, file, key)
    if issubclass(kind, Enum):
        known = [member.value for member in kind]
        if value not in known:
            raise ProfileError(file, key, f"one of {', '.join(known)}")
        return kind(value)
    if type(value) is not kind:
        words = {str: "a text in quotes", bool: "true or false", time: "a time such as 07:00:00"}
        raise ProfileError(file, key, words.get(kind, kind.__name__))
    return value


def _duration(value: object, file: Path, key: str) -> timedelta:
    if not isinstance(value, dict) or not value or not set(value) <= UNITS:
        raise ProfileError(file, key, "a duration such as { minutes = 30 }")
    if not all(type(amount) is int and amount >= 0 for amount in value.values()):
        raise ProfileError(file, key, "whole numbers from 0 on")
    try:
        return timedelta(**value)
    except OverflowError:
        raise ProfileError(file, key, "a duration that fits a calendar") from None


def _zone(value: object, file: Path, key: str) -> ZoneInfo:
    try:
        return ZoneInfo(str(value))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ProfileError(file, key, "an IANA time zone such as Europe/Warsaw") from None
