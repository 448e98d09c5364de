"""Bytes handed to a browser: to be saved under their name, or shown as a picture; never run."""

from urllib.parse import quote

from aiohttp import web

UNTOUCHED = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'",
}


def download(content: bytes, name: str, kind: str, charset: str | None = None) -> web.Response:
    """The name keeps its letters, whichever they are."""
    plain = "".join(
        letter if letter.isascii() and letter.isprintable() and letter not in '"\\' else "_" for letter in name
    )
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    headers = {**UNTOUCHED, "Content-Disposition": disposition}
    return web.Response(body=content, content_type=kind, charset=charset, headers=headers)


def picture(content: bytes, kind: str) -> web.Response:
    return web.Response(body=content, content_type=kind, headers=UNTOUCHED)
