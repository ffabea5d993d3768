"""A share of the proof of retention, for CI."""

from __future__ import annotations

import pytest

from tests.proofs import retention
from tests.proofs.figures import Figures


def nobody(done: int, total: int) -> None:
    """Hear of the progress."""


@pytest.mark.timeout(120)
def test_after_the_term_no_byte_of_what_was_planted_is_left() -> None:
    """P18: some tens of the thousand strings; two careless jobs leave some."""
    figures: Figures = retention.prove(0.03, nobody)
    assert figures.holds, figures
    assert figures.counts["strings planted"] == 30
