"""What the house says of itself to whoever watches it: is it well, may it be sent somebody, and its numbers.

For the machine's own network alone: nothing here is secret, and nothing here is anybody else's business.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from aiohttp import web

from bot.metrics import CONTENT_TYPE, Metrics
from bot.pulse import Pulse
from bot.vitals import Checkup, Vitals

# A poll lasts 25 seconds, and the pause after trouble 30 at the most.
LONGEST_SILENCE: Final = timedelta(minutes=2)
# Longer than the longest pause between two tries.
OLDEST_UPDATE: Final = timedelta(minutes=5)
# Ten thousand reminders of one evening need five minutes and a half at Telegram's pace.
LATEST_ALERT: Final = timedelta(minutes=15)
NOT_KEPT: Final = {"Cache-Control": "no-store"}


def health_routes(checkup: Checkup, pulse: Pulse, metrics: Metrics) -> list[web.RouteDef]:
    """`/healthz`, `/readyz` and `/metrics`."""

    async def healthz(request: web.Request) -> web.Response:
        vitals = await checkup.vitals()
        wrong = list(what_is_wrong(vitals, pulse))
        return _said({"wrong": wrong, **_in_words(vitals, pulse)}, well=not wrong)

    async def readyz(request: web.Request) -> web.Response:
        return _said({"state": pulse.state}, well=pulse.ready)

    async def scraped(request: web.Request) -> web.Response:
        vitals = await checkup.vitals()
        return web.Response(body=metrics.text(vitals, pulse), headers={"Content-Type": CONTENT_TYPE, **NOT_KEPT})

    return [web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", scraped)]


def what_is_wrong(vitals: Vitals | None, pulse: Pulse) -> Iterator[str]:
    """One word a trouble: `database`, `telegram`, `inbox`, `alerts`."""
    if vitals is None:
        yield "database"
    if pulse.owed_seconds > LONGEST_SILENCE.total_seconds():
        yield "telegram"
    if vitals is not None and vitals.inbox.oldest > OLDEST_UPDATE:
        yield "inbox"
    if vitals is not None and vitals.latest_alert > LATEST_ALERT:
        yield "alerts"


def _in_words(vitals: Vitals | None, pulse: Pulse) -> dict[str, Any]:
    telegram = {"heard_seconds_ago": _rounded(pulse.heard_seconds_ago), "owed_seconds": _rounded(pulse.owed_seconds)}
    if vitals is None:
        return {"database": {"ok": False}, "telegram": telegram}
    inbox, late = vitals.inbox, vitals.latest_alert
    return {
        "database": {"ok": True, "seconds": _rounded(vitals.seconds)},
        "telegram": telegram,
        "inbox": {"open": inbox.count, "oldest_seconds": _rounded(inbox.oldest.total_seconds())},
        "alerts": {"overdue": vitals.overdue_alerts, "latest_seconds": _rounded(late.total_seconds())},
    }


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)


def _said(words: dict[str, Any], *, well: bool) -> web.Response:
    return web.json_response({"ok": well, **words}, status=200 if well else 503, headers=NOT_KEPT)
