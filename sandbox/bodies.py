"""The three kinds of bodies in which parameters arrive, beside the query of the address."""

import json
from urllib.parse import unquote_to_bytes

from aiohttp import web

from sandbox.files import Upload
from sandbox.parameters import Parameters
from sandbox.refusals import BadRequest, EntityTooLarge
from sandbox.wire import Json

LARGEST_BODY_BYTES = 51 * 2**20
MULTIPART = "multipart/form-data"
FORM = "application/x-www-form-urlencoded"


async def read_parameters(request: web.Request) -> Parameters:
    values: Json = dict(request.query) if request.query_string else {}
    uploads: dict[str, Upload] = {}
    if request.body_exists:
        try:
            if request.content_type == MULTIPART:
                parts, uploads = await read_parts(request)
                values.update(parts)
            else:
                values.update(await _body(request))
        except web.HTTPRequestEntityTooLarge:
            raise EntityTooLarge from None
    return Parameters(values, uploads)


async def read_parts(request: web.Request) -> tuple[Json, dict[str, Upload]]:
    """Texts and files; of a file the texts hold its name and size, for the log."""
    values: Json = {}
    uploads: dict[str, Upload] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            with value.file:
                upload = Upload(value.filename, value.content_type, value.file.read())
            uploads[name] = upload
            values[name] = f"{upload.name} ({len(upload.content)} bytes)"
        else:
            values[name] = value if isinstance(value, str) else bytes(value).decode(errors="replace")
    return values, uploads


async def _body(request: web.Request) -> Json:
    kind = request.content_type
    if kind == FORM:
        return dict(map(_pair, (await request.read()).split(b"&")))
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


def _object(body: bytes) -> Json:
    try:
        value = json.loads(body)
    except ValueError:
        raise BadRequest("can't parse request: Invalid JSON") from None
    if not isinstance(value, dict):
        raise BadRequest("can't parse request: Object expected")
    return value
