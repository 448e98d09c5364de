"""A scrape, read as Prometheus reads it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

from bot.metrics import Metrics
from bot.pulse import Pulse
from bot.vitals import Vitals

ENDINGS: Final = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum"), "summary": ("_count", "_sum")}


@dataclass(frozen=True)
class Numbers:
    text: str

    def value(self, name: str, **labels: str) -> float:
        """Of the only sample with these labels; what was never counted is nothing."""
        found: list[float] = [it.value for it in self._samples() if it.name == name and it.labels == labels]
        assert len(found) <= 1
        return sum(found)

    def total(self, name: str, **labels: str) -> float:
        """Over everything that has at least these labels."""
        return sum(it.value for it in self._samples() if it.name == name and labels.items() <= it.labels.items())

    def labels(self) -> set[str]:
        return {value for sample in self._samples() for value in sample.labels.values()}

    def names(self) -> set[str]:
        """Of all series as queries name them, also of those that count nothing yet."""
        families = [(family.name, family.type) for family in text_string_to_metric_families(self.text)]
        return {name + ending for name, kind in families for ending in ENDINGS.get(kind, ("",))}

    def series(self) -> int:
        return sum(1 for _ in self._samples())

    def _samples(self) -> Iterator[Sample]:
        for family in text_string_to_metric_families(self.text):
            yield from family.samples


def numbers_of(metrics: Metrics, vitals: Vitals | None = None) -> Numbers:
    return Numbers(metrics.text(vitals, Pulse(polls=True)).decode())
