"""A share of the proofs on PostgreSQL, for CI."""

from __future__ import annotations

import pytest

from tests.proofs import commit_cut, frozen_leader, instances, presses, restarts
from tests.proofs.figures import Figures


def nobody(done: int, total: int) -> None:
    """Hear of the progress."""


def held(figures: Figures, *counted: str) -> None:
    """Check that a proof did something and found nothing."""
    assert figures.holds, figures
    assert all(figures.counts.get(each) for each in counted), figures.counts


@pytest.mark.timeout(120)
def test_a_connection_that_is_cut_confirms_nothing_false_and_doubles_nothing() -> None:
    """P14: some of the cuts at the statements of a report and of an answer."""
    held(commit_cut.prove(0.015, nobody), "outcomes of COMMIT unknown", "confirmations seen")


@pytest.mark.timeout(120)
def test_of_two_presses_at_once_one_counts_and_the_other_is_told() -> None:
    """P6: some of the pairs."""
    held(presses.prove(0.02, nobody), "of one person on two telephones")


@pytest.mark.timeout(180)
def test_of_several_that_start_at_once_one_serves() -> None:
    """P15: one start on each database, from nothing."""
    held(instances.prove(0.02, nobody), "starts of 2 at once on PostgreSQL")


@pytest.mark.timeout(300)
def test_a_leader_that_was_frozen_begins_nothing_when_it_wakes() -> None:
    """P15: one leader frozen and woken, and one that does not look at its lease."""
    held(frozen_leader.prove(0.05, nobody), "leaders frozen and woken")


@pytest.mark.timeout(180)
def test_a_database_that_is_restarted_and_cut_loses_nothing_and_ends_nothing() -> None:
    """P1, P14: some of the troubles, under load; the process serves again by itself."""
    held(restarts.prove(0.2, nobody), "troubles: down", "reports acknowledged")
