"""The parameters of a call, read as leniently or strictly as Telegram reads them."""

import json
import re
from collections.abc import Mapping
from types import MappingProxyType

from sandbox.bad_requests import ChatNotFound
from sandbox.calls.json_text import NotUtf8, read_json
from sandbox.files import Upload
from sandbox.refusals import BadRequest

INTEGER = re.compile(r"\s*(-?[0-9]{1,18})")
MOST_DIGITS = 18
LARGEST = 2**63 - 1
ATTACHED = "attach://"
YES = frozenset({"true", "yes", "1"})


class Parameters:
    """In a JSON body values have their types; in forms everything is text, nested things JSON in text."""

    __slots__ = ("uploads", "values")

    def __init__(self, values: Mapping[str, object], uploads: Mapping[str, Upload] = MappingProxyType({})) -> None:
        self.values = values
        self.uploads = uploads

    def has(self, name: str) -> bool:
        return self.values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        value = self.values.get(name)
        if isinstance(value, str):
            return value
        if value is None:
            return ""
        return json.dumps(value)

    def required(self, name: str) -> str:
        value = self.text(name)
        if not value:
            raise BadRequest(f'parameter "{name}" is required')
        return value

    def integer(self, name: str, default: int = 0) -> int:
        """Like the real server, which reads the digits at the front and takes none for the default."""
        value = self.values.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return max(-LARGEST, min(value, LARGEST))
        match = INTEGER.match(str(value)) if isinstance(value, (str, float)) else None
        return int(match.group(1)) if match else default

    def flag(self, name: str) -> bool:
        value = self.values.get(name)
        return value is True or (value is not None and str(value).strip().lower() in YES)

    def structure(self, name: str, called: str) -> object:
        """An object or a list; `called` is Telegram's name for it in the error."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return read_json(value)
        except NotUtf8:
            raise BadRequest("strings must be encoded in UTF-8") from None
        except ValueError:
            raise BadRequest(f"can't parse {called} JSON object") from None

    def upload(self, name: str) -> Upload | None:
        """The file under that name, or under the name that stands behind `attach://`."""
        return self.uploads.get(name) or self.uploads.get(self.text(name).removeprefix(ATTACHED))

    def chat_id(self, field: str = "chat_id") -> int | str:
        """A number, or the public name of a group without its @."""
        value = self.values.get(field)
        if value is None or value == "":
            raise BadRequest(f"{field} is empty")
        number = whole_number(value)
        if number is not None:
            return number
        if isinstance(value, str) and value.startswith("@"):
            return value[1:]
        raise ChatNotFound

    def chat_or_none(self) -> int | None:
        return whole_number(self.values.get("chat_id"))

    def message_id(self) -> int:
        number = self.integer("message_id")
        if number <= 0:
            raise BadRequest("message identifier is not specified")
        return number


def whole_number(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if -LARGEST <= value <= LARGEST else None
    if not isinstance(value, str) or len(value) > MOST_DIGITS:
        return None
    return int(value) if value.isascii() and value.removeprefix("-").isdecimal() else None
