"""Files that wait to be fetched, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage import downloads, files, history
from storage.downloads import Quota
from tests.storage.conftest import NOW, Store
from tests.storage.test_cases import Made, made
from tests.storage.test_people import put

__all__ = ["made"]

DAY = timedelta(days=1)


@pytest.fixture
def sender(store: Store, made: Made) -> int:
    """A person who sends files."""
    return put(store, made.team_id, name="Rita", role="reporter", user_id=77)


def waits(store: Store, made: Made, sender: int, told: str) -> int:
    """Have a file fetched, and return the number of the personal row that names it."""
    kept = store.write(history.put_personal, made.case_id, "file", told, NOW)
    store.write(downloads.put, made.team_id, made.case_id, sender, kept, NOW)
    return kept


def test_it_waits_until_it_is_settled(store: Store, made: Made, sender: int) -> None:
    """What cannot be fetched now comes again, the longest waiting first, until it is settled."""
    first, second = (waits(store, made, sender, f"photo:{n}") for n in "AB")
    one = store.read(downloads.next_one, made.team_id, NOW)
    assert one is not None and (one.told, one.attempts, one.person_id) == ("photo:A", 0, sender)
    store.write(downloads.later, one.id, "unreachable", NOW + DAY)
    two = store.read(downloads.next_one, made.team_id, NOW)
    assert two is not None and two.told == "photo:B"
    number = store.write(files.put_file, made.case_id, "1.jpg", "image/jpeg", b"x", NOW)
    assert store.write(downloads.kept, two.id, number)
    assert not store.write(downloads.kept, two.id, number)
    assert not store.write(downloads.refused, two.id, "kind")
    assert store.read(downloads.next_one, made.team_id, NOW) is None
    assert store.read(downloads.next_at, made.team_id) == NOW + DAY
    assert store.read(downloads.waiting, made.case_id) == 1
    again = store.read(downloads.next_one, made.team_id, NOW + DAY)
    assert again is not None and (again.id, again.attempts) == (one.id, 1)
    assert store.write(downloads.refused, one.id, "gone")
    assert store.read(downloads.next_at, made.team_id) is None
    assert store.read(downloads.kept_files, made.case_id) == {second: number}
    assert first != second


def test_what_counts_towards_the_limits(store: Store, made: Made, sender: int) -> None:
    """Bytes and files of the case, files of the person within the time (row 64)."""
    waits(store, made, sender, "photo:A")
    one = store.read(downloads.next_one, made.team_id, NOW)
    assert one is not None
    assert store.read(downloads.quota, one, DAY, NOW) == Quota(
        case_bytes=0, case_files=0, person_files=0
    )
    number = store.write(files.put_file, made.case_id, "1.jpg", "image/jpeg", b"1234", NOW)
    store.write(downloads.kept, one.id, number)
    assert store.read(downloads.quota, one, DAY, NOW) == Quota(
        case_bytes=4, case_files=1, person_files=1
    )
    assert store.read(downloads.quota, one, DAY, NOW + 2 * DAY).person_files == 0


def test_an_erased_case_names_no_file(store: Store, made: Made, sender: int) -> None:
    """Row 84: the messenger's id is gone with the case, and what was stored is shown no more."""
    waits(store, made, sender, "photo:A")
    one = store.read(downloads.next_one, made.team_id, NOW)
    assert one is not None
    number = store.write(files.put_file, made.case_id, "1.jpg", "image/jpeg", b"x", NOW)
    store.write(downloads.kept, one.id, number)
    waits(store, made, sender, "photo:B")
    store.write(history.erase_case, made.case_id, NOW)
    left = store.read(downloads.next_one, made.team_id, NOW)
    assert left is not None and left.told is None
    assert store.read(downloads.kept_files, made.case_id) == {}
