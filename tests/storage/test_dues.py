from __future__ import annotations

from datetime import datetime, timedelta

from storage import dues
from storage.dues import DueRow
from tests.storage.conftest import NOW, Store
from tests.storage.test_outbox import put_case

HOUR = timedelta(hours=1)


def test_a_case_has_the_moments_it_wants_and_no_other(store: Store, team_id: int) -> None:
    """`sync` inserts, moves and deletes by key, inside the case's own transaction (P4)."""
    case_id = put_case(store, team_id)
    first = (DueRow(key="ask", due_at=NOW), DueRow(key="alert", due_at=NOW + HOUR))
    store.write(dues.sync, team_id, case_id, first)
    assert store.read(dues.dues_of, case_id) == first
    before = {d.key: d.id for d in store.write(dues.claim, team_id, NOW + HOUR, 9)}
    second = (DueRow(key="nudge", due_at=NOW), DueRow(key="alert", due_at=NOW + 2 * HOUR))
    store.write(dues.sync, team_id, case_id, second)
    assert store.read(dues.dues_of, case_id) == second
    after = {d.key: d.id for d in store.write(dues.claim, team_id, NOW + 2 * HOUR, 9)}
    assert after["alert"] == before["alert"], "a moved moment is the same row"
    store.write(dues.sync, team_id, case_id, ())
    assert store.read(dues.next_due, team_id) is None


def test_what_has_come_is_claimed_in_order_until_it_is_handled(store: Store, team_id: int) -> None:
    """Row 86, P4: late, not never: a claim that is not followed by its removal comes again."""
    case_id = put_case(store, team_id)
    wanted = [DueRow(key=str(n), due_at=NOW - n * HOUR) for n in range(-1, 3)]
    store.write(dues.sync, team_id, case_id, wanted)
    assert store.read(dues.next_due, team_id) == NOW - 2 * HOUR
    claimed = store.write(dues.claim, team_id, NOW, 2)
    assert [due.key for due in claimed] == ["2", "1"]
    assert store.write(dues.claim, team_id, NOW, 2) == claimed
    assert (claimed[0].case_id, claimed[0].due_at) == (case_id, NOW - 2 * HOUR)
    for due in claimed:
        store.write(dues.remove, due.id)
        store.write(dues.remove, due.id)
    assert [due.key for due in store.write(dues.claim, team_id, NOW, 9)] == ["0"]


def test_the_team_has_moments_of_its_own(store: Store, team_id: int) -> None:
    """The morning list is a due row like any other; setting it again moves it."""
    store.write(dues.put_team_due, team_id, "morning", NOW + HOUR)
    store.write(dues.put_team_due, team_id, "morning", NOW)
    (due,) = store.write(dues.claim, team_id, NOW, 9)
    assert (due.case_id, due.key, due.due_at) == (None, "morning", NOW)


def test_a_broken_case_does_not_hold_the_others_up(store: Store, team_id: int) -> None:
    """A moment whose handling raised is looked at later, counted, and not lost."""
    case_id = put_case(store, team_id)
    store.write(dues.sync, team_id, case_id, [DueRow(key="ask", due_at=NOW)])
    (due,) = store.write(dues.claim, team_id, NOW, 9)
    store.write(dues.postpone, due.id, NOW + HOUR, "AssertionError")
    assert store.write(dues.claim, team_id, NOW, 9) == ()
    (again,) = store.write(dues.claim, team_id, NOW + HOUR, 9)
    assert (again.attempts, again.due_at) == (1, NOW)
    store.write(dues.sync, team_id, case_id, [DueRow(key="ask", due_at=NOW + 2 * HOUR)])
    (moved,) = store.write(dues.claim, team_id, NOW + 2 * HOUR, 9)
    assert moved.attempts == 0


def test_what_a_clock_that_ran_ahead_postponed_is_looked_at_once_it_is_right(
    store: Store, team_id: int
) -> None:
    """P4, P12: postponed by minutes while the clock stood a month ahead: not asleep for a month,
    and what was not yet due then waits for its own moment."""

    def broken() -> None:
        raise ValueError("broken")

    ahead = NOW + 30 * 24 * HOUR
    case_id = put_case(store, team_id)
    wanted = (DueRow(key="past", due_at=NOW - HOUR), DueRow(key="soon", due_at=NOW + HOUR))
    store.write(dues.sync, team_id, case_id, wanted)
    for due in store.write(dues.claim, team_id, ahead, 9):
        assert store.write(dues.guarded, due, ahead, broken) == "ValueError"
    assert store.read(dues.next_due, team_id) == ahead + dues.BACK_OFF_FIRST
    assert store.write(dues.clock_set_back, team_id, NOW) == 2
    assert [due.key for due in store.write(dues.claim, team_id, NOW, 9)] == ["past"]
    assert [due.key for due in store.write(dues.claim, team_id, NOW + HOUR, 9)] == ["past", "soon"]


def test_what_is_rightly_postponed_keeps_its_wait(store: Store, team_id: int) -> None:
    """A broken case is looked at after a minute, two, four …, whatever looks at the clock."""

    def broken() -> None:
        raise ValueError("broken")

    case_id = put_case(store, team_id)
    store.write(dues.sync, team_id, case_id, [DueRow(key="ask", due_at=NOW)])
    at: datetime = NOW
    for attempts in range(9):
        (due,) = store.write(dues.claim, team_id, at, 9)
        store.write(dues.guarded, due, at, broken)
        assert store.write(dues.clock_set_back, team_id, at) == 0
        upcoming = store.read(dues.next_due, team_id)
        assert upcoming is not None
        assert upcoming - at == min(dues.BACK_OFF_FIRST * 2**attempts, dues.BACK_OFF_LAST)
        at = upcoming
