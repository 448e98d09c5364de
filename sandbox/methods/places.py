"""Places and people's cards that a bot sends."""

import re
from math import inf, isfinite
from typing import Final

from sandbox.chats.content import Plain
from sandbox.keyboards.markup import read_markup
from sandbox.methods.call import Call, Run
from sandbox.methods.messages import speak
from sandbox.refusals import BadRequest
from sandbox.text.entities import StyledText
from sandbox.wire import Json

DECIMAL: Final = re.compile(r"\s*([-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)")
LATITUDE_DEGREES: Final = 90
LONGITUDE_DEGREES: Final = 180
ACCURACY_METRES: Final = 1500
FOREVER_SECONDS: Final = 0x7FFFFFFF
LIVE_SECONDS: Final = range(60, 86_401)
HEADING_DEGREES: Final = range(1, 361)
PROXIMITY_METRES: Final = range(1, 100_001)


async def send_location(call: Call) -> object:
    """One that moves is taken too; it stays where it was sent."""
    location = {**_point(call), **_movement(call)}
    return _send(call, "location", location)


async def send_contact(call: Call) -> object:
    card: Json = {name: call.parameters.required(name) for name in ("phone_number", "first_name")}
    card |= {name: call.parameters.text(name) for name in ("last_name", "vcard") if call.parameters.has(name)}
    return _send(call, "contact", card)


def _send(call: Call, kind: str, shown: Json) -> object:
    markup = read_markup(call.parameters.values.get("reply_markup"))
    return speak(call, call.open_chat(), StyledText("", []), markup, kind=kind, content=Plain({kind: shown}))


def _point(call: Call) -> Json:
    for name in ("latitude", "longitude"):
        if not call.parameters.text(name).strip():
            raise BadRequest(f"{name} is empty")
    latitude, longitude = _decimal(call, "latitude"), _decimal(call, "longitude")
    if abs(latitude) > LATITUDE_DEGREES or abs(longitude) > LONGITUDE_DEGREES:
        raise BadRequest("wrong location specified")
    point: Json = {"latitude": latitude, "longitude": longitude}
    accuracy = min(max(_decimal(call, "horizontal_accuracy"), 0.0), ACCURACY_METRES)
    return {**point, "horizontal_accuracy": accuracy} if accuracy else point


def _movement(call: Call) -> Json:
    period = call.parameters.integer("live_period")
    if period != FOREVER_SECONDS:
        period = _within(call, "live_period", LIVE_SECONDS, "period")
    heading = _within(call, "heading", HEADING_DEGREES, "heading")
    radius = _within(call, "proximity_alert_radius", PROXIMITY_METRES, "proximity alert radius")
    if not period:
        return {}
    moving = {"live_period": period, "heading": heading, "proximity_alert_radius": radius}
    return {name: number for name, number in moving.items() if number}


def _within(call: Call, name: str, bounds: range, called: str) -> int:
    number = call.parameters.integer(name)
    if number and number not in bounds:
        raise BadRequest(f"wrong live location {called} specified")
    return number


def _decimal(call: Call, name: str) -> float:
    """The number at the front, as on the real server, and none for naught."""
    match = DECIMAL.match(call.parameters.text(name))
    number = float(match.group(1)) if match else 0.0
    return number if isfinite(number) else inf


METHODS: dict[str, Run] = {"sendLocation": send_location, "sendContact": send_contact}
