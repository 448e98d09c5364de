"""Pictures: what their first bytes say of size and kind, and the plainest one."""

import struct
import zlib
from collections.abc import Callable
from typing import NamedTuple

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8"
GIF = b"GIF8"
BMP = b"BM"
RIFF = b"RIFF"
WEBP = b"WEBP"
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
WEBP_SIDE = 0x3FFF
PALETTE = 3
SKY = b"\x9f\xc5\xd8"

Size = tuple[int, int]


class Picture(NamedTuple):
    """Width and height in pixels."""

    width: int
    height: int
    mime_type: str


def picture_in(content: bytes) -> Picture | None:
    """None where Telegram would see no picture."""
    for beginning, mime_type, measure in KINDS:
        if content.startswith(beginning):
            try:
                size = measure(content)
            except struct.error:
                return None
            return Picture(*size, mime_type) if size is not None else None
    return None


def plain_png(width: int, height: int, colour: bytes = SKY) -> bytes:
    """All of one colour."""
    rows = zlib.compress((b"\0" + bytes((width + 7) // 8)) * height)
    header = struct.pack(">IIBBBBB", width, height, 1, PALETTE, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", colour), (b"IDAT", rows), (b"IEND", b""))
    return PNG + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


def _size_of_png(content: bytes) -> Size:
    width, height = struct.unpack_from(">II", content, 16)
    return width, height


def _size_of_jpeg(content: bytes) -> Size | None:
    place = len(JPEG)
    while True:
        sign, marker, length = struct.unpack_from(">BBH", content, place)
        if sign != 0xFF:
            return None
        if marker in FRAMES:
            height, width = struct.unpack_from(">HH", content, place + 5)
            return width, height
        place += 2 + length


def _size_of_gif(content: bytes) -> Size:
    width, height = struct.unpack_from("<HH", content, 6)
    return width, height


def _size_of_bmp(content: bytes) -> Size:
    width, height = struct.unpack_from("<ii", content, 18)
    return abs(width), abs(height)


def _size_of_webp(content: bytes) -> Size | None:
    """Lossy, lossless and extended files keep it in three ways."""
    form, kind = struct.unpack_from("4s4s", content, 8)
    if form != WEBP:
        return None
    if kind == b"VP8X":
        low_width, high_width, low_height, high_height = struct.unpack_from("<HBHB", content, 24)
        return (low_width | high_width << 16) + 1, (low_height | high_height << 16) + 1
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", content, 21)
        return (bits & WEBP_SIDE) + 1, (bits >> 14 & WEBP_SIDE) + 1
    width, height = struct.unpack_from("<HH", content, 26)
    return width & WEBP_SIDE, height & WEBP_SIDE


KINDS: tuple[tuple[bytes, str, Callable[[bytes], Size | None]], ...] = (
    (PNG, "image/png", _size_of_png),
    (JPEG, "image/jpeg", _size_of_jpeg),
    (GIF, "image/gif", _size_of_gif),
    (RIFF, "image/webp", _size_of_webp),
    (BMP, "image/bmp", _size_of_bmp),
)
