"""How large a picture is, as its first bytes say."""

import struct

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8"
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def size_of_picture(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None where it is neither a PNG nor a JPEG."""
    try:
        if content.startswith(PNG):
            width, height = struct.unpack_from(">II", content, 16)
            return width, height
        return _size_of_jpeg(content) if content.startswith(JPEG) else None
    except struct.error:
        return None


def _size_of_jpeg(content: bytes) -> tuple[int, int] | None:
    place = len(JPEG)
    while True:
        sign, marker, length = struct.unpack_from(">BBH", content, place)
        if sign != 0xFF:
            return None
        if marker in FRAMES:
            height, width = struct.unpack_from(">HH", content, place + 5)
            return width, height
        place += 2 + length
