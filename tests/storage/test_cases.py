from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, delete, func, select, text, update
from sqlalchemy.exc import IntegrityError

from scheduler.case import Case, Episode, Facts, State, StepState
from scheduler.decision import CaseClosed, EpisodeBegan, NoteMade, StepAnswered, WorkerSet
from scheduler.stimuli import Fields
from storage import (
    access,
    cases,
    codec,
    dues,
    files,
    history,
    outbox,
    people,
    procedures,
    rotate,
    teams,
)
from storage.columns import Room, furnish, room_of
from storage.errors import CodecError, NotFound, Stale, VersionChanged
from storage.history import PersonalValue, Problem
from storage.keys import Keyring, new_key
from storage.tables import event, file, kase, personal
from storage.tables import outbox as outbox_table
from tests.storage.conftest import NOW, Store
from tests.storage.test_outbox import put_worker, row

HOUR = timedelta(hours=1)
BEGAN = EpisodeBegan(
    episode=Episode(number=1, began="report", received_at=NOW, first=date(2027, 9, 13)),
    facts=Facts(kind="arrears"),
    by=None,
)


@dataclass
class Made:
    """A case of its own team with a worker."""

    team_id: int
    case_id: int
    worker: int
    ref: str
    case: Case


@pytest.fixture
def made(store: Store, team_id: int) -> Made:
    return make(store, team_id)


def make(store: Store, team_id: int) -> Made:
    worker = put_worker(store, team_id, 1)
    case = Case(procedure="ravels", version=3, worker=worker, state=State.OPEN)

    def unit(c: Connection) -> tuple[int, str]:
        version = procedures.put_version(c, team_id, "ravels", 3, "steps: …", "sha")
        ref = cases.new_ref(c, team_id)
        case_id = cases.new_case(c, team_id, ref, version, NOW)
        assert cases.save(c, case_id, case, 0) == 1
        return case_id, ref

    case_id, ref = store.write(unit)
    return Made(team_id, case_id, worker, ref, case)


def note(store: Store, made: Made, words: str = "huurder wil praten") -> int:
    number = store.write(history.put_personal, made.case_id, "note", words, NOW)
    store.write(
        history.append, made.case_id, [NoteMade(by=made.worker, note_ref=number)], made.worker, NOW
    )
    return number


def problems(store: Store, team_id: int) -> tuple[Problem, ...]:
    return store.read(history.verify, team_id)


def test_a_case_is_loaded_as_it_was_saved(store: Store, made: Made) -> None:
    """The state survives, with its version counted."""
    found, case = store.read(cases.load, made.case_id)
    assert case == made.case
    assert (found.ref, found.team_id, found.version) == (made.ref, made.team_id, 1)
    assert (found.state, found.worker_id, found.opened_at) == ("open", made.worker, NOW)


def test_a_case_without_a_state_is_not_found(store: Store, made: Made) -> None:
    """A new case is nowhere before its first save; nor is one that never was."""
    version = store.read(cases.load, made.case_id).row.procedure_id
    bare = store.write(cases.new_case, made.team_id, "AAAA-AA", version, NOW)
    for number in (bare, 10**9):
        with pytest.raises(NotFound):
            store.read(cases.load, number)
    assert [row.id for row, _ in store.read(cases.open_cases, made.team_id)] == [made.case_id]


def test_a_stale_save_is_refused(store: Store, made: Made) -> None:
    """Who saves on what another has changed meanwhile is told, and changes nothing (P6)."""
    store.write(cases.save, made.case_id, replace(made.case, phase="judgment"), 1)
    with pytest.raises(Stale):
        store.write(cases.save, made.case_id, replace(made.case, phase="before"), 1)
    assert store.read(cases.load, made.case_id).case.phase == "judgment"


def test_a_reference_is_random_and_read_as_people_type_it(store: Store, made: Made) -> None:
    """Crockford base32, never sequential; o, i and l count as 0 and 1 (S21, rows 23 and 24)."""
    refs = {store.read(cases.new_ref, made.team_id) for _ in range(100)}
    assert len(refs) == 100
    assert all(set(ref) <= set(cases.CROCKFORD + "-") and len(ref) == 7 for ref in refs)
    assert cases.fold_ref(" k7qm4t ") == cases.fold_ref("K7QM-4T") == "K7QM-4T"
    assert cases.fold_ref("oO1i-lL") == "0011-11"
    typed = made.ref.lower().replace("0", "o").replace("1", "l").replace("-", " ")
    found = store.read(cases.case_by_ref, made.team_id, typed)
    assert found is not None and found.id == made.case_id
    for wrong in (
        "",
        "K7QM-4U",
        "K7QM-4T'; DROP TABLE kase",
        "%",
        "_",
        "*",
        "ÿ",
        "\0" * 6,
        "x" * 10**6,
    ):
        assert store.read(cases.case_by_ref, made.team_id, wrong) is None


def test_another_team_s_case_is_not_there(store: Store, made: Made) -> None:
    """A reference of another team is as unknown as one that nobody has (S21)."""
    other = store.write(teams.put_team, f"other {made.team_id}", {}, NOW)
    assert store.read(cases.case_by_ref, other, made.ref) is None
    assert store.read(cases.open_cases, other) == ()


def test_who_works_on_a_case_follows_its_state(store: Store, made: Made) -> None:
    """Its worker, and whom a step was handed to or asked, and nobody else any more (P7)."""
    tom, eva = put_worker(store, made.team_id, 2), put_worker(store, made.team_id, 3)
    step = StepState(id="visit_1", opened_at=NOW, holder=tom, asked_to=(eva,))
    store.write(cases.save, made.case_id, replace(made.case, steps={"visit_1": step}), 1)
    for person in (made.worker, tom, eva):
        assert [r.id for r, _ in store.read(cases.cases_of, person)] == [made.case_id]
    store.write(cases.save, made.case_id, replace(made.case, worker=tom), 2)
    assert store.read(cases.cases_of, made.worker) == store.read(cases.cases_of, eva) == ()
    store.write(cases.save, made.case_id, replace(made.case, worker=tom, state=State.CLOSED), 3)
    assert store.read(cases.cases_of, tom) == ()
    assert [r.id for r, _ in store.read(cases.checks_of, tom)] == [made.case_id]


def test_several_may_report_one_case(store: Store, made: Made) -> None:
    """Each reporter sees their own reports only; reporting twice is known once (row 38)."""
    mia = put_worker(store, made.team_id, 8, "reporter")
    tom = put_worker(store, made.team_id, 9, "reporter")
    for person in (mia, tom, mia):
        store.write(cases.put_reporter, made.case_id, person)
    assert store.read(cases.reporters, made.case_id) == (mia, tom)
    assert [r.id for r, _ in store.read(cases.cases_reported_by, mia)] == [made.case_id]
    assert store.read(cases.cases_of, mia) == ()


def test_lists_tell_open_closed_and_what_is_to_be_erased(store: Store, made: Made) -> None:
    """A closed case leaves the open ones; past its term it is to be erased, once."""
    closed = replace(made.case, state=State.CLOSED, closed_at=NOW)
    store.write(cases.save, made.case_id, closed, 1)
    assert store.read(cases.open_cases, made.team_id) == ()
    assert store.read(cases.to_erase, made.team_id, NOW) == ()
    assert [r.id for r in store.read(cases.to_erase, made.team_id, NOW + HOUR)] == [made.case_id]
    store.write(history.erase_case, made.case_id, NOW + HOUR)
    assert store.read(cases.to_erase, made.team_id, NOW + HOUR) == ()
    assert [r.id for r in store.read(cases.erased, made.team_id)] == [made.case_id]
    assert len(store.read(cases.all_cases, made.team_id)) == 1


def test_history_is_told_in_order(store: Store, made: Made) -> None:
    """Events come back as they were, with who and when; the first number is returned."""
    set_ = WorkerSet(worker=made.worker, why="assigned", by=None)
    assert store.write(history.append, made.case_id, [BEGAN, set_], None, NOW) == 1
    assert store.write(history.append, made.case_id, [], None, NOW) == 3
    number = note(store, made)
    told = store.read(history.events, made.case_id)
    assert [(line.seq, line.kind, line.by_id) for line in told] == [
        (1, "EpisodeBegan", None),
        (2, "WorkerSet", None),
        (3, "NoteMade", made.worker),
    ]
    assert [line.event for line in told] == [
        BEGAN,
        set_,
        NoteMade(by=made.worker, note_ref=number),
    ]
    assert {line.at for line in told} == {NOW}
    assert problems(store, made.team_id) == ()


def test_an_event_names_personal_rows_of_its_own_case_only(store: Store, made: Made) -> None:
    """A row of another case, or none, cannot be named: that would be our mistake."""
    version = store.read(cases.load, made.case_id).row.procedure_id
    other = store.write(cases.new_case, made.team_id, "BBBB-BB", version, NOW)
    foreign = store.write(history.put_personal, other, "note", "x", NOW)
    for number in (foreign, 10**9):
        with pytest.raises(AssertionError):
            one = NoteMade(by=made.worker, note_ref=number)
            store.write(history.append, made.case_id, [one], None, NOW)
    with pytest.raises(NotFound):
        store.write(history.append, 10**9, [BEGAN], None, NOW)


def test_events_cannot_be_written_twice_at_one_place(store: Store, made: Made) -> None:
    """History is append-only: a place in it is taken once."""
    store.write(history.append, made.case_id, [BEGAN], None, NOW)
    store.write(
        lambda c: c.execute(update(kase).values(events_count=0).where(kase.c.id == made.case_id))
    )
    with pytest.raises(IntegrityError):
        store.write(history.append, made.case_id, [BEGAN], None, NOW)


def test_what_people_said_is_kept_apart_and_sealed(store: Store, made: Made) -> None:
    """Events hold row numbers; the words are in one place, under the case's own key (design 1)."""
    first = store.write(history.put_personal, made.case_id, "name", "Mia Peeters", NOW)
    second = store.write(history.put_personal, made.case_id, "name", "Mia Pieters \0\ud800", NOW)
    values = store.read(history.personal, made.case_id)
    assert values == {"name": PersonalValue(second, "Mia Pieters \0?")}
    assert store.read(history.personal_text, first) == "Mia Peeters"
    assert [r.id for r in store.read(history.personal_rows, made.case_id)] == [first, second]
    with pytest.raises(NotFound):
        store.read(history.personal_text, 10**9)
    mine = (personal.c.case_id == made.case_id, event.c.case_id == made.case_id)
    for query in (select(personal.c.value).where(mine[0]), select(event.c.body).where(mine[1])):
        raws = store.read(lambda c, query=query: c.scalars(query).all())
        assert not any(b"Peeters" in raw for raw in raws)


def test_a_known_household_is_proposed(store: Store, made: Made) -> None:
    """Equal folded values match within a team and kind, and survive a change of keys."""
    store.write(history.put_blind, made.case_id, "phone", "+32470123456")
    store.write(history.put_blind, made.case_id, "phone", "+32470123456")
    assert store.read(history.match, made.team_id, "phone", "+32470123456") == (made.case_id,)
    assert store.read(history.match, made.team_id, "address", "+32470123456") == ()
    assert store.read(history.match, made.team_id, "phone", "+32470123457") == ()
    other = store.write(teams.put_team, f"other {made.team_id}", {}, NOW)
    assert store.read(history.match, other, "phone", "+32470123456") == ()


def test_erasing_leaves_the_chain_and_nothing_personal(store: Store, made: Made) -> None:
    """Values, salts, files, index and key go; history stays verifiable (P10, P18, S24)."""
    number = note(store, made, "Canary")
    photo = store.write(
        files.put_file, made.case_id, "Canary.pdf", "application/pdf", b"%PDF", NOW
    )
    answer = StepAnswered(
        step="visit_1", answer="yes", by=made.worker, done_at=NOW, reported_at=NOW, late=False,
        due_at=None, fields=Fields(note_ref=number, photo_ref=photo),
    )  # fmt: skip
    store.write(history.append, made.case_id, [answer], made.worker, NOW)
    store.write(history.put_blind, made.case_id, "phone", "+32470123456")
    store.write(dues.sync, made.team_id, made.case_id, [dues.DueRow(key="ask", due_at=NOW)])
    text_ = {"text": "Canary"}
    message = store.write(outbox.put, row(made.team_id, case_id=made.case_id, payload=text_), NOW)
    for _ in range(2):
        store.write(history.erase_case, made.case_id, NOW + HOUR)
    assert problems(store, made.team_id) == ()
    assert store.read(history.personal, made.case_id) == {"note": PersonalValue(number, None)}
    assert store.read(history.personal_rows, made.case_id) == ()
    assert store.read(history.personal_text, number) is None
    found, content = store.read(files.file, photo)
    assert (found.name, content, found.size) == (None, None, 4)
    assert store.read(history.match, made.team_id, "phone", "+32470123456") == ()
    assert store.read(dues.next_due, made.team_id) is None
    assert store.write(outbox.claim, made.team_id, NOW, 9) == ()
    payload = store.read(
        lambda c: c.execute(select(outbox_table.c.payload).filter_by(id=message)).scalar()
    )
    assert payload == {}
    assert len(store.read(history.events, made.case_id)) == 2
    for later in (
        lambda: store.write(history.put_personal, made.case_id, "note", "x", NOW),
        lambda: store.write(history.put_blind, made.case_id, "phone", "x"),
        lambda: store.write(files.put_file, made.case_id, "x", "y", b"z", NOW),
        lambda: store.write(history.erase_case, 10**9, NOW),
    ):
        with pytest.raises(NotFound):
            later()


def flipped(column: str, value: Any, chance: random.Random) -> Any:
    """Return the value with one bit other; a place in history stays one that is free."""
    if value is None:
        return 1
    if isinstance(value, int):
        return value ^ 1 << chance.randrange(4, 30)
    place = chance.randrange(len(value))
    if isinstance(value, str):
        return (
            value[:place] + chr(ord(value[place]) ^ 1 << chance.randrange(5)) + value[place + 1 :]
        )
    return value[:place] + bytes([value[place] ^ 1 << chance.randrange(8)]) + value[place + 1 :]


def test_every_changed_bit_of_an_event_is_found(store: Store, made: Made) -> None:
    """200 random flips in any column of any event, 200 found; put back, all is well (P10)."""
    for n in range(8):
        note(store, made, f"note {n}")
    store.write(history.append, made.case_id, [BEGAN], None, NOW)
    chance = random.Random(7)
    columns = ["seq", "at", "kind", "body", "hash", "by_id", "team_id"]

    def unit(c: Connection) -> int:
        if c.dialect.name == "sqlite":
            c.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        else:
            for name in ("by_id", "team_id"):
                c.execute(text(f"ALTER TABLE event DROP CONSTRAINT fk_event_{name}"))
        found = 0
        for _ in range(200):
            column, here = (
                chance.choice(columns),
                {"kase": made.case_id, "seq": chance.randint(1, 9)},
            )
            where = "WHERE case_id = :kase AND seq = :seq"
            before = c.execute(text(f"SELECT {column} FROM event {where}"), here).scalar()  # noqa: S608
            point = c.begin_nested()
            c.execute(
                text(f"UPDATE event SET {column} = :after {where}"),  # noqa: S608
                here | {"after": flipped(column, before, chance)},
            )
            found += bool(history.verify(c, made.team_id))
            point.rollback()
        assert history.verify(c, made.team_id) == ()
        raise Found(found)

    with pytest.raises(Found) as caught:  # so that nothing of it is committed
        store.write(unit)
    assert caught.value.args == (200,)
    assert problems(store, made.team_id) == ()


class Found(Exception):
    """How many were found."""


def test_bytes_that_are_no_text_any_more_are_found(
    sqlite_store: Store,
) -> None:
    """A flipped bit that the driver cannot even read as its type is reported, not raised (P10)."""
    team_id = sqlite_store.write(teams.put_team, "x", {}, NOW)
    note(sqlite_store, make(sqlite_store, team_id))
    for column, raw in (("kind", b"\xff\xfe"), ("body", b"\xff"), ("at", b"x"), ("hash", b"")):

        def unit(c: Connection, column: str = column, raw: bytes = raw) -> tuple[Problem, ...]:
            point = c.begin_nested()
            as_ = "CAST(:raw AS TEXT)" if column in ("kind", "at") else ":raw"
            c.execute(text(f"UPDATE event SET {column} = {as_}"), {"raw": raw})  # noqa: S608
            seen = history.verify(c, team_id)
            point.rollback()
            return seen

        assert sqlite_store.write(unit), column


HEAD_FROM_EVENT = (
    "UPDATE kase SET chain_head = (SELECT hash FROM event WHERE case_id = :kase AND seq = 4)"
    " WHERE id = :kase"
)
SWAP = (
    "UPDATE personal SET value = (SELECT value FROM personal p WHERE p.case_id = :kase"
    " AND p.id <> personal.id LIMIT 1) WHERE case_id = :kase"
)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("DELETE FROM event WHERE case_id = :kase AND seq = 2", "missing"),
        ("DELETE FROM event WHERE case_id = :kase AND seq = 4", "head"),
        ("UPDATE event SET seq = 9 WHERE case_id = :kase AND seq = 3", "missing"),
        ("UPDATE kase SET events_count = 3 WHERE id = :kase", "head"),
        (HEAD_FROM_EVENT, "head"),
        ("DELETE FROM personal WHERE case_id = :kase", "changed"),
        ("UPDATE personal SET digest = value WHERE case_id = :kase", "value"),
        ("UPDATE personal SET value = digest WHERE case_id = :kase", "value"),
        ("UPDATE personal SET value = NULL WHERE case_id = :kase", "value"),
        ("UPDATE personal SET field = 'x' WHERE case_id = :kase", "value"),
        (SWAP, "value"),
        ("UPDATE file SET content = name WHERE case_id = :kase", "value"),
        ("UPDATE kase SET data_key = NULL WHERE id = :kase", "value"),
    ],
)  # fmt: skip
def test_what_was_cut_off_moved_or_swapped_is_found(
    store: Store, made: Made, change: str, code: str
) -> None:
    """Missing, moved and cut-off events, changed or swapped personal values (P10)."""
    for n in range(4):
        note(store, made, f"note {n}")
    store.write(files.put_file, made.case_id, "a.pdf", "application/pdf", b"%PDF", NOW)
    store.write(lambda c: c.execute(text(change), {"kase": made.case_id}))
    assert code in {problem.code for problem in problems(store, made.team_id)}


def test_the_end_cannot_be_cut_off_with_its_head(store: Store, made: Made) -> None:
    """Who can write to the database, but has no keys, cannot shorten history unseen (P10)."""
    for n in range(3):
        note(store, made, f"note {n}")

    def cut(c: Connection) -> None:
        c.execute(delete(event).where(event.c.case_id == made.case_id, event.c.seq == 3))
        last = select(event.c.hash).where(event.c.case_id == made.case_id, event.c.seq == 2)
        c.execute(
            update(kase)
            .where(kase.c.id == made.case_id)
            .values(events_count=2, chain_head=last.scalar_subquery())
        )

    store.write(cut)
    assert problems(store, made.team_id) == (Problem(case_id=made.case_id, seq=None, code="head"),)


def test_the_chain_survives_a_change_of_keys(store: Store, made: Made) -> None:
    """Sealed anew under another master key, everything opens and verifies as before (P10)."""
    number = note(store, made)
    store.write(history.put_blind, made.case_id, "phone", "1")
    room = store.read(room_of)
    fresh = new_key(random.Random(5).randbytes)
    old = b"a2llcmtpZXJraWVya2llcmtpZXJraWVya2llcmtpZXI="

    def with_keys(c: Connection, *lines: bytes) -> None:
        furnish(c.dialect, Room(keys=Keyring(lines), randomness=room.randomness))

    store.write(with_keys, fresh, old)
    store.read(with_keys, fresh, old)
    try:
        assert store.run(rotate.reseal_all(store.database)) > 0
        store.read(with_keys, fresh)
        assert problems(store, made.team_id) == ()
        assert store.read(history.personal_text, number) == "huurder wil praten"
        assert store.read(history.match, made.team_id, "phone", "1") == (made.case_id,)
        named = store.read(people.person_by_id, made.worker)
        assert named is not None and named.name == "W1"
    finally:
        store.write(with_keys, old, fresh)
        store.read(with_keys, old, fresh)
        store.run(rotate.reseal_all(store.database))
        store.write(with_keys, old)
        store.read(with_keys, old)


def test_a_file_is_stored_once_and_sealed(store: Store, made: Made) -> None:
    """The same content on a case is one file; its name is only shown (rows 63 and 64)."""
    put = (
        files.put_file,
        made.case_id,
        "../../etc/x\0.pdf",
        "application/pdf",
        b"%PDF canary",
        NOW,
    )
    number = store.write(*put)
    assert store.write(*put) == number
    found, content = store.read(files.file, number)
    assert (found.name, found.mime, found.size) == ("../../etc/x\0.pdf", "application/pdf", 11)
    assert content == b"%PDF canary"
    assert store.read(files.files_of, made.case_id) == (found,)
    query = select(file.c.content, file.c.name).where(file.c.id == number)
    raw = store.read(lambda c: c.execute(query).one())
    assert b"canary" not in raw.content and b"/etc/" not in raw.name
    with pytest.raises(NotFound):
        store.read(files.file, 10**9)


def test_a_version_of_a_procedure_never_changes(store: Store, made: Made) -> None:
    """The text a case began with stays; another text needs another number (P11)."""
    number = store.read(cases.load, made.case_id).row.procedure_id
    put = (procedures.put_version, made.team_id, "ravels")
    assert store.write(*put, 3, "steps: …", "sha") == number
    with pytest.raises(VersionChanged):
        store.write(*put, 3, "steps: other", "other")
    newer = store.write(*put, 4, "steps: other", "other")
    found = store.read(procedures.version, number)
    assert (found.key, found.version, found.text) == ("ravels", 3, "steps: …")
    assert [v.id for v in store.read(procedures.versions, made.team_id)] == [number, newer]
    assert store.read(procedures.versions, made.team_id, "eropaf") == ()
    with pytest.raises(NotFound):
        store.read(procedures.version, 10**9)


def test_every_look_is_written_down_in_a_chain(store: Store, made: Made) -> None:
    """`/who_saw` tells who looked and when; a line changed, moved or cut off is found."""
    for n in range(5):
        store.write(access.log, made.team_id, made.worker, "details", made.case_id, NOW + n * HOUR)
    store.write(access.log, made.team_id, None, "export", None, NOW)
    seen = store.read(access.who_saw, made.case_id)
    assert [(look.seq, look.person_id, look.what) for look in seen] == [
        (n, made.worker, "details") for n in range(1, 6)
    ]
    assert store.read(access.verify_access, made.team_id) == ()
    for change in (
        "UPDATE access SET what = 'detailz' WHERE seq = 2",
        "UPDATE access SET at = at + 1 WHERE seq = 2",
        "UPDATE access SET person_id = NULL WHERE seq = 2",
        "DELETE FROM access WHERE seq = 2",
        "DELETE FROM access WHERE seq = 6",
        "DELETE FROM access WHERE seq <= 2",
    ):

        def unit(c: Connection, change: str = change) -> tuple[int, ...]:
            point = c.begin_nested()
            c.execute(text(f"{change} AND team_id = :team"), {"team": made.team_id})
            wrong = access.verify_access(c, made.team_id)
            point.rollback()
            return wrong

        assert store.write(unit), change
    with pytest.raises(NotFound):
        store.write(access.log, 10**9, None, "details", None, NOW)


def test_old_looks_are_deleted_and_the_rest_stays_verifiable(store: Store, made: Made) -> None:
    """After two years the oldest lines go; a forged beginning is found (privacy)."""
    for n in range(5):
        store.write(access.log, made.team_id, made.worker, "details", made.case_id, NOW + n * HOUR)
    assert store.write(access.prune_access, made.team_id, NOW, NOW) == 0
    assert store.write(access.prune_access, made.team_id, NOW + 2 * HOUR, NOW) == 2
    assert store.read(access.verify_access, made.team_id) == ()
    store.write(access.log, made.team_id, made.worker, "details", made.case_id, NOW)
    assert store.read(access.verify_access, made.team_id) == ()
    assert [look.seq for look in store.read(access.who_saw, made.case_id)] == [3, 4, 5, 6]
    floor = store.read(teams.flag, made.team_id, access.FLOOR)
    assert floor is not None
    forged = dict(floor.value) | {"seq": 3}
    store.write(teams.set_flag, made.team_id, access.FLOOR, forged, NOW)
    assert store.read(access.verify_access, made.team_id) != ()
    store.write(teams.set_flag, made.team_id, access.FLOOR, floor.value, NOW)
    assert store.write(access.prune_access, made.team_id, NOW + 99 * HOUR, NOW) == 4
    store.write(access.log, made.team_id, made.worker, "details", made.case_id, NOW)
    assert store.read(access.verify_access, made.team_id) == ()


def test_a_history_that_is_not_ours_is_not_guessed_at(store: Store, made: Made) -> None:
    """A body of another shape is an error, not an event."""
    store.write(history.append, made.case_id, [BEGAN], None, NOW)
    body = codec.dumps(5)
    store.write(
        lambda c: c.execute(update(event).where(event.c.case_id == made.case_id).values(body=body))
    )
    with pytest.raises(CodecError):
        store.read(history.events, made.case_id)
    assert problems(store, made.team_id)[0] == Problem(case_id=made.case_id, seq=1, code="changed")


def test_closing_is_an_event_like_any_other(store: Store, made: Made) -> None:
    """The last event's kind and time can be counted without opening it (figures)."""
    closed = CaseClosed(outcome="door_ajar", by=made.worker, at=NOW)
    store.write(history.append, made.case_id, [BEGAN, closed], made.worker, NOW)
    query = select(func.count()).where(
        event.c.team_id == made.team_id, event.c.kind == "CaseClosed"
    )
    assert store.read(lambda c: c.scalar(query)) == 1
