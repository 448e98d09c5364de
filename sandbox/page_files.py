"""The chat page: plain files, asked for anew each time, so that a change shows on the next reload."""

from pathlib import Path

from aiohttp import web

PAGE = Path(__file__).resolve().parent / "page"
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
ASK_FIRST = {"Cache-Control": "no-cache"}


def page_routes() -> list[web.RouteDef]:
    return [web.get("/", index), web.get("/page/{name:.+}", page_file)]


async def index(request: web.Request) -> web.FileResponse:
    return _file("index.html")


async def page_file(request: web.Request) -> web.FileResponse:
    return _file(request.match_info["name"])


def _file(name: str) -> web.FileResponse:
    """Only what lies in the folder itself or below it, and only kinds a page is made of."""
    path = (PAGE / name).resolve()
    kind = KINDS.get(path.suffix)
    if kind is None or not path.is_relative_to(PAGE) or not path.is_file():
        raise web.HTTPNotFound(text="No such file.")
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    return web.FileResponse(path, headers={**ASK_FIRST, "Content-Type": f"{kind}{charset}"})
