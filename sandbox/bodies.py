"""The three kinds of bodies in which parameters arrive, beside the query of the address."""

import json
from os import SEEK_END
from urllib.parse import unquote_to_bytes

from aiohttp import web

from sandbox.parameters import Parameters
from sandbox.refusals import BadRequest, EntityTooLarge
from sandbox.wire import Json

LARGEST_BODY_BYTES = 51 * 2**20
FORM = "application/x-www-form-urlencoded"


async def read_parameters(request: web.Request) -> Parameters:
    values: Json = dict(request.query) if request.query_string else {}
    if request.body_exists:
        try:
            values.update(await _body(request))
        except web.HTTPRequestEntityTooLarge:
            raise EntityTooLarge from None
    return Parameters(values)


async def _body(request: web.Request) -> Json:
    kind = request.content_type
    if kind == FORM:
        return dict(map(_pair, (await request.read()).split(b"&")))
    if kind == "multipart/form-data":
        return {name: _part(value) for name, value in (await request.post()).items()}
    if kind == "application/json":
        return _object(await request.read())
    return {}


def _pair(pair: bytes) -> tuple[str, str]:
    name, _, value = pair.partition(b"=")
    return _unquoted(name), _unquoted(value)


def _unquoted(quoted: bytes) -> str:
    """Decoded as bytes first: half the time of the standard library's way through text."""
    spaced = quoted.replace(b"+", b" ")
    return (unquote_to_bytes(spaced) if b"%" in spaced else spaced).decode(errors="replace")


def _part(value: str | bytes | bytearray | web.FileField) -> str:
    """No method here takes files yet: of one that comes along, only its name and size are kept."""
    if isinstance(value, str):
        return value
    if isinstance(value, web.FileField):
        size = value.file.seek(0, SEEK_END)
        value.file.close()
        return f"{value.filename} ({size} bytes)"
    return bytes(value).decode(errors="replace")


def _object(body: bytes) -> Json:
    try:
        value = json.loads(body)
    except ValueError:
        raise BadRequest("can't parse request: Invalid JSON") from None
    if not isinstance(value, dict):
        raise BadRequest("can't parse request: Object expected")
    return value
