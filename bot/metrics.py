"""What happens, in numbers: counted where it happens, without names, and told to whoever scrapes."""

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from aiogram import methods
from aiogram.fsm.state import StatesGroup
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    ProcessCollector,
    Summary,
    disable_created_metrics,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.pulse import Pulse
from bot.vitals import Vitals
from core.errors import Refusal
from dialogs import states

CONTENT_TYPE: Final = CONTENT_TYPE_PLAIN_0_0_4
# From what nobody notices to what makes people tap again.
SECONDS: Final = (0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0, 2.0, 5.0, 10.0, 30.0)
DONE: Final = "done"
NO_SCREEN: Final = "none"
OTHER: Final = "other"
SCREENS: Final = frozenset(
    name
    for group in vars(states).values()
    if isinstance(group, type) and issubclass(group, StatesGroup)
    for name in group.__all_states_names__
)
METHODS: Final = frozenset(f"{name[:1].lower()}{name[1:]}" for name in methods.__all__)


class Metrics:
    """Labels come from short lists that are known beforehand: what is not in them is `other`.

    So nothing that a person wrote can become a label, and the number of series stays what it is.
    """

    def __init__(self) -> None:
        # A second series beside each, which nothing reads.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        GCCollector(registry=registry)
        self._updates = Counter(
            "reception_updates", "Updates worked on, by how it ended.", ["outcome"], registry=registry
        )
        self._latency = Histogram(
            "reception_update_seconds",
            "From storing an update to its done, by the screen that was shown.",
            ["screen"],
            buckets=SECONDS,
            registry=registry,
        )
        self._alerts = Counter(
            "reception_alerts", "Alerts carried, by how it ended.", ["channel", "outcome"], registry=registry
        )
        self._refusals = Counter("reception_refusals", "Refusals by their kind.", ["refusal"], registry=registry)
        self._calls = Counter(
            "reception_telegram_calls", "Calls to Telegram by how they ended.", ["method", "outcome"], registry=registry
        )
        self._waits = Summary(
            "reception_telegram_wait_seconds", "How long Telegram told this process to wait.", registry=registry
        )
        self._living = Gauge("reception_replicas", "Processes of this clinic that live now.", registry=registry)
        self._living.set(1)

    def update_ended(self, outcome: str, screen: str | None, seconds: float) -> None:
        """A run of an update is over; `seconds` since it was stored, `screen` as `dialogs.kit.screen.shown` says."""
        self._updates.labels(outcome).inc()
        if outcome == DONE:
            self._latency.labels(NO_SCREEN if screen is None else _known(screen, SCREENS)).observe(max(seconds, 0.0))

    def alert_carried(self, channel: str, outcome: str) -> None:
        """A courier came back."""
        self._alerts.labels(channel, outcome).inc()

    def refused(self, refusal: type[Refusal]) -> None:
        """Somebody heard no."""
        self._refusals.labels(refusal.__name__).inc()

    def called(self, method: str, outcome: str) -> None:
        """Telegram was called; `method` as Telegram spells it."""
        self._calls.labels(_known(method, METHODS), outcome).inc()

    def told_to_wait(self, seconds: float) -> None:
        """Telegram asked everybody to wait."""
        self._waits.observe(seconds)

    def replicas(self, living: int) -> None:
        """So many processes of the clinic live now, this one among them."""
        self._living.set(living)

    def text(self, vitals: Vitals | None, pulse: Pulse) -> bytes:
        """All of it, as Prometheus reads it; without an answer of the database, the backlogs are left out."""
        return generate_latest(self._registry) + generate_latest(_Moment(vitals, pulse))


class _Moment(Collector):
    """What is asked anew for each scrape."""

    def __init__(self, vitals: Vitals | None, pulse: Pulse) -> None:
        self._vitals = vitals
        self._pulse = pulse

    def collect(self) -> Iterable[Metric]:
        yield _gauge("reception_ready", "Whether this process may be sent people.", self._pulse.ready)
        owed = self._pulse.owed_seconds
        yield _gauge("reception_telegram_owed_seconds", "How long Telegram has owed a poll its answer.", owed)
        yield _gauge("reception_database_up", "Whether the database answers.", self._vitals is not None)
        if self._vitals is not None:
            yield from _backlogs(self._vitals)


def _backlogs(vitals: Vitals) -> Iterator[Metric]:
    inbox = vitals.inbox
    yield _gauge("reception_database_seconds", "How long the database took to say what follows.", vitals.seconds)
    yield _gauge("reception_inbox_open", "Updates that wait or are at work, of all processes.", inbox.count)
    oldest = inbox.oldest.total_seconds()
    yield _gauge("reception_inbox_oldest_seconds", "How long the oldest of them has been here.", oldest)
    overdue = GaugeMetricFamily("reception_alerts_overdue", "Alerts that should have left by now.", labels=["channel"])
    latest = GaugeMetricFamily("reception_alerts_latest_seconds", "How late the latest of them is.", labels=["channel"])
    for alerts in vitals.alerts:
        overdue.add_metric([alerts.channel.value], alerts.count)
        latest.add_metric([alerts.channel.value], alerts.latest.total_seconds())
    yield from (overdue, latest)


def _gauge(name: str, documentation: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, documentation, value=value)


def _known(name: str, names: Collection[str]) -> str:
    return name if name in names else OTHER
