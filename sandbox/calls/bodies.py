"""The three kinds of bodies in which parameters arrive, beside the query of the address."""

from functools import lru_cache
from typing import Final
from urllib.parse import unquote_to_bytes

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from sandbox.calls.json_text import NotUtf8, read_json, read_members
from sandbox.calls.multipart import read_form
from sandbox.calls.parameters import Parameters
from sandbox.files import Upload
from sandbox.refusals import BadRequest, EntityTooLarge
from sandbox.wire import Json

LARGEST_BODY_BYTES: Final = 51 * 2**20
DISCARDED_BYTES: Final = 512 * 2**20
PARAMETERS_BYTES: Final = 2**20
REMEMBERED_BYTES: Final = 4096
MULTIPART: Final = "multipart/form-data"
FORM: Final = "application/x-www-form-urlencoded"
JSON: Final = "application/json"
NOT_UTF8: Final = "strings must be encoded in UTF-8"


async def read_parameters(request: web.Request) -> Parameters:
    """The query counts before the body, and of several values the first, as on the real server."""
    values: Json = {}
    uploads: dict[str, Upload] = {}
    _, asks, query = request.raw_path.partition("?")
    try:
        if request.body_exists:
            values, uploads = _read(await _bytes(request), request.headers.get("Content-Type", ""))
        if asks:
            values = {**values, **_pairs(query.partition("#")[0].encode(errors="surrogateescape"))}
    except (UnicodeDecodeError, NotUtf8):
        raise BadRequest(NOT_UTF8) from None
    return Parameters(values, uploads)


async def read_parts(request: web.Request) -> tuple[Json, dict[str, Upload]]:
    """Texts and files; of a file the texts hold its name and size, for the log."""
    try:
        return read_form(await _bytes(request), request.headers["Content-Type"])
    except UnicodeDecodeError:
        raise BadRequest(NOT_UTF8) from None


def parameters_of(body: bytes, content_type: str) -> Parameters:
    """The parameters in what a bot answers to its webhook."""
    try:
        return Parameters(*_read(bytearray(body), content_type))
    except (UnicodeDecodeError, NotUtf8):
        raise BadRequest(NOT_UTF8) from None


def _read(body: bytearray, content_type: str) -> tuple[Json, dict[str, Upload]]:
    """A body of another kind says nothing."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == MULTIPART:
        return read_form(body, content_type)
    if kind not in (FORM, JSON):
        return {}, {}
    if len(body) > PARAMETERS_BYTES:
        raise EntityTooLarge("too many parameters")
    return _pairs(bytes(body)) if kind == FORM else _members(body.decode()), {}


async def _bytes(request: web.Request) -> bytearray:
    """All of it; one that is too large is heard out, so that the sender hears the answer too."""
    body, content = bytearray(), request.content
    try:
        while piece := await content.readany():
            body += piece
            if len(body) > LARGEST_BODY_BYTES:
                left = DISCARDED_BYTES - len(body)
                body.clear()
                while left > 0 and (piece := await content.readany()):
                    left -= len(piece)
                raise EntityTooLarge
    except (HttpProcessingError, web.RequestPayloadError):
        raise BadRequest from None
    return body


def _pairs(body: bytes) -> Json:
    pairs = body.split(b"&")
    values: Json = dict(map(_pair, pairs))
    if len(values) < len(pairs):
        values = dict(map(_pair, reversed(pairs)))
    values.pop("", None)
    return values


def _pair(pair: bytes) -> tuple[str, str]:
    name, _, value = pair.partition(b"=")
    return _unquoted(name), _unquoted(value)


def _unquoted(quoted: bytes) -> str:
    """Decoded as bytes first: half the time of the standard library's way through text."""
    if b"%" in quoted:
        return _deciphered(quoted) if len(quoted) <= REMEMBERED_BYTES else _deciphered.__wrapped__(quoted)
    return quoted.replace(b"+", b" ").decode()


@lru_cache(maxsize=2048)
def _deciphered(quoted: bytes) -> str:
    """Remembered: bots send the same few keyboards over and over."""
    return unquote_to_bytes(quoted.replace(b"+", b" ")).decode()


def _members(text: str) -> Json:
    try:
        value = read_json(text)
    except NotUtf8:
        raise
    except ValueError:
        return read_members(text)
    return value if isinstance(value, dict) else {}
