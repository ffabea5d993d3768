"""A share of the proofs that need no server, for CI."""

from __future__ import annotations

import pytest

from tests.proofs import crowd, engine_machine, flips, histories, nights, signals, vanish
from tests.proofs.figures import Figures


def nobody(done: int, total: int) -> None:
    """Hear of the progress."""


def held(figures: Figures) -> None:
    """Check that a proof did something and found nothing, and was not blind."""
    assert figures.holds, figures
    assert any(figures.counts.values())


def test_a_few_walks_keep_every_promise_and_an_engine_that_asks_twice_is_caught() -> None:
    """P6: the machine of random acts."""
    held(engine_machine.prove(0.001, nobody))


def test_a_night_has_no_missing_moment_and_a_calendar_with_one_offset_is_caught() -> None:
    """P12: one of the nights."""
    held(nights.prove(0.06, nobody))


def test_old_histories_are_the_cases_that_they_were() -> None:
    """P11: all of them."""
    held(histories.prove(1.0, nobody))


def test_every_flipped_bit_is_found() -> None:
    """P10: some of the thousand."""
    held(flips.prove(0.05, nobody))


@pytest.mark.timeout(240)
def test_overdue_prompts_come_within_a_minute_and_each_once() -> None:
    """P4, P5: twenty after each trouble, and a hundred undisturbed."""
    held(crowd.prove(0.02, nobody))


@pytest.mark.timeout(240)
def test_personal_details_vanish_from_chats_whatever_goes_wrong() -> None:
    """P17: forty looks in a day of faults, and an absence beyond the messenger's 48 hours."""
    held(vanish.prove(0.04, nobody))


@pytest.mark.timeout(240)
def test_who_asks_it_to_end_under_load_loses_nothing() -> None:
    """P1: an end by each signal, three seconds frozen, the clock set four times."""
    held(signals.prove(0.02, nobody))
