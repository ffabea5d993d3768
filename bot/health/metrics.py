"""The vitals as Prometheus reads them. Numbers alone: no name, no reference, no chat."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import quantiles
from typing import Final

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from storage.vitals import Vitals

CONTENT_TYPE: Final = CONTENT_TYPE_PLAIN_0_0_4
NOTHING_S: Final = 0.0
"""The age of what is not there: an alert on an age must be quiet then."""


def exposition(vitals: Vitals, *, leads: bool, telegram_s: float | None) -> bytes:
    """Return the page for Prometheus.

    `telegram_s`: seconds since Telegram last answered a poll; None: not since the start.
    """
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Snapshot(vitals, leads=leads, telegram_s=telegram_s))
    return generate_latest(registry)


class _Snapshot(Collector):
    def __init__(self, vitals: Vitals, *, leads: bool, telegram_s: float | None) -> None:
        self._vitals, self._leads, self._telegram_s = vitals, leads, telegram_s

    def collect(self) -> Iterator[Metric]:
        seen = self._vitals
        for name, words, value in (
            ("inbox_unhandled", "Updates without an effect yet", seen.unhandled),
            ("inbox_oldest_seconds", "Age of the oldest of these", seen.unhandled_s),
            ("inbox_dead", "Updates that could not be handled", seen.dead_letters),
            ("due_overdue_seconds", "How long the earliest due moment waits", seen.overdue_s),
            ("outbox_oldest_seconds", "How long a message that may go waits", seen.unsent_s),
            ("backup_age_seconds", "Age of the last backup", seen.backup_s),
            ("leader", "1: this process acts for the team", int(self._leads)),
            ("telegram_seconds", "Since Telegram last answered a poll", self._telegram_s),
        ):
            yield GaugeMetricFamily(f"kier_{name}", words, value=value or NOTHING_S)
        states = GaugeMetricFamily("kier_outbox", "Messages by state", labels=["state"])
        for state, count in seen.outbox.items():
            states.add_metric([state], count)
        yield states
        late = GaugeMetricFamily(
            "kier_prompt_lateness_seconds", "Of the prompts of the last hour", labels=["quantile"]
        )
        for quantile, seconds in _quantiles(seen.lateness_s):
            late.add_metric([quantile], seconds)
        yield late


def _quantiles(ascending: tuple[float, ...]) -> Iterator[tuple[str, float]]:
    if not ascending:
        return
    cuts = quantiles(ascending, n=100) if len(ascending) > 1 else [ascending[0]] * 99
    yield "0.5", cuts[49]
    yield "0.99", min(cuts[98], ascending[-1])
    yield "1", ascending[-1]
