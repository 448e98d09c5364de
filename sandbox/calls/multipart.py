"""Bodies of forms with files, taken apart as the real server does it: the first of a name counts."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple
from urllib.parse import unquote_to_bytes

from sandbox.files import UNKNOWN_KIND, Upload
from sandbox.refusals import BadRequest, EntityTooLarge
from sandbox.wire import Json

VALUE_BYTES: Final = 2**20
HEAD_BYTES: Final = 2**13
BOUNDARY_CHARACTERS: Final = 70
END_OF_HEAD: Final = b"\r\n\r\n"
FORM_DATA: Final = "form-data;"
FOLDED: Final = re.compile(r"\r\n[ \t]+")
PARAMETER: Final = re.compile(r'([^=;]*)=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))')
ESCAPED: Final = re.compile(r"\\(.)")


class Part(NamedTuple):
    """`filename` is None for what is no file; the content lies between `begin` and `end` of the body."""

    name: str
    filename: str | None
    content_type: str
    begin: int
    end: int


def read_form(body: bytearray, content_type: str) -> tuple[Json, dict[str, Upload]]:
    """Texts and files; of a file the texts hold its name and size, for the log."""
    values: Json = {}
    uploads: dict[str, Upload] = {}
    with memoryview(body) as view:
        for part in _parts(body, boundary_of(content_type)):
            if part.filename is None:
                if part.end - part.begin > VALUE_BYTES:
                    raise EntityTooLarge("too many parameters in form data")
                values.setdefault(part.name, str(view[part.begin : part.end], "utf-8"))
            elif part.name not in uploads:
                upload = Upload(part.filename, part.content_type, bytes(view[part.begin : part.end]))
                uploads[part.name] = upload
                values.setdefault(part.name, f"{upload.name} ({len(upload.content)} bytes)")
    return values, uploads


def boundary_of(content_type: str) -> bytes:
    place = content_type.lower().find("boundary")
    if place < 0:
        raise BadRequest("boundary not found")
    _, equals, rest = content_type[place:].partition("=")
    if not equals:
        raise BadRequest("boundary value not found")
    boundary = rest.partition(";")[0].strip()
    if len(boundary) > 1 and boundary.startswith('"') and boundary.endswith('"'):
        boundary = boundary[1:-1]
    if not 0 < len(boundary) <= BOUNDARY_CHARACTERS:
        raise BadRequest("boundary too big or empty")
    return boundary.encode(errors="surrogateescape")


def _parts(body: bytearray, boundary: bytes) -> Iterator[Part]:
    """Whatever is complete; what follows the last boundary is nobody's."""
    mark = b"\r\n--" + boundary
    place = body.find(mark[2:])
    place = place + len(mark) - 2 if place >= 0 else len(body)
    while place < len(body) and not body.startswith(b"--", place):
        head = body.find(END_OF_HEAD, place)
        if head == place:
            raise BadRequest("headers in multipart/form-data are empty")
        begin = head + len(END_OF_HEAD)
        end = body.find(mark, begin) if head > 0 else -1
        if end < 0:
            return
        if head - place > HEAD_BYTES:
            raise BadRequest("can't parse form data headers")
        yield _part(body[place + 2 : head].decode(), begin, end)
        place = end + len(mark)


def _part(head: str, begin: int, end: int) -> Part:
    name, filename, content_type = "", None, UNKNOWN_KIND
    for line in FOLDED.sub(" ", head).split("\r\n"):
        field, colon, value = line.partition(":")
        if not colon:
            raise BadRequest("can't parse form data headers")
        match field.strip().lower():
            case "content-disposition":
                told = _disposition(value.strip())
                name, filename = told.get("name", ""), told.get("filename")
            case "content-type":
                content_type = value.strip()
    if not name:
        raise BadRequest("field name in multipart/form-data not found")
    return Part(name, filename, content_type, begin, end)


def _disposition(value: str) -> dict[str, str]:
    if not value.startswith(FORM_DATA):
        raise BadRequest("expected form-data content disposition")
    told: dict[str, str] = {}
    for key, quoted, plain in PARAMETER.findall(value.removeprefix(FORM_DATA)):
        said = ESCAPED.sub(r"\1", quoted) if quoted else plain.strip()
        told.setdefault(key.strip().lower(), unquote_to_bytes(said).decode())
    return told
