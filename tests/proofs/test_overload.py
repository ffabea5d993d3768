"""A share of the proofs of what strangers and crowds may send, for CI."""

from __future__ import annotations

import pytest

from tests.proofs import flood, fuzz
from tests.proofs.mutated import Mutator


def nobody(done: int, total: int) -> None:
    """Hear of the progress."""


@pytest.mark.timeout(180)
def test_whatever_is_sent_raises_nothing_and_changes_nothing_of_others() -> None:
    """P2, P8: some of the changed updates, read, meant and handled."""
    figures = fuzz.prove(0.001, nobody)
    assert figures.holds, figures
    assert figures.counts["updates read and meant"] == 1000
    assert figures.counts["acts that they meant"]


@pytest.mark.timeout(180)
def test_a_crowd_and_a_flooder_lose_nothing_and_keep_the_limits() -> None:
    """Row 88, P13: seconds of the load; a slow answer is not held against a busy machine."""
    figures = flood.prove(0.0005, nobody)
    assert figures.holds, figures
    assert figures.counts["reports confirmed"]


def test_the_same_seed_changes_the_same() -> None:
    """What a night finds can be found again in the morning."""
    corpus = [{"message": {"text": "huur", "date": 1, "from": {"id": 7}}}]
    one, other = Mutator(corpus, seed=5), Mutator(corpus, seed=5)
    assert [one.raw(one.update()) for _ in range(50)] == [
        other.raw(other.update()) for _ in range(50)
    ]
