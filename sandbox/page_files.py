"""The chat page: plain files, read anew each time, so that a change shows on the next reload."""

from pathlib import Path

from aiohttp import web

PAGE = Path(__file__).parent / "page"
KINDS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".json": "application/json",
    ".woff2": "font/woff2",
}
FRESH = {"Cache-Control": "no-cache, no-store, must-revalidate"}


def page_routes() -> list[web.RouteDef]:
    return [web.get("/", index), web.get("/page/{name}", page_file)]


async def index(request: web.Request) -> web.Response:
    return _file("index.html")


async def page_file(request: web.Request) -> web.Response:
    return _file(request.match_info["name"])


def _file(name: str) -> web.Response:
    """Only what lies in the folder itself, and only kinds a page is made of."""
    path = PAGE / name
    kind = KINDS.get(path.suffix)
    if kind is None or path.parent != PAGE or not path.is_file():
        raise web.HTTPNotFound(text="No such file.")
    charset = "utf-8" if kind.startswith("text/") else None
    return web.Response(body=path.read_bytes(), content_type=kind, charset=charset, headers=FRESH)
