from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, insert, text

from storage import dues, inbox, outbox
from storage.database import Database
from storage.keys import Keyring
from storage.migrations import HEAD, REVISIONS, run
from storage.tables import due as due_table
from storage.tables import inbox as inbox_table
from storage.tables import metadata
from storage.tables import outbox as outbox_table
from tests.storage.conftest import NOW, Store

ROWS = 10_000


def test_every_row_has_its_team() -> None:
    """One installation may serve several teams, from the first migration on (design 1)."""
    for table in metadata.sorted_tables:
        assert table.name == "team" or not table.columns["team_id"].nullable, table.name


def test_the_revisions_are_those_of_the_scripts() -> None:
    """What this version says it knows is what is beside it, in order."""
    scripts = ScriptDirectory.from_config(run.config())
    found = [script.revision for script in scripts.walk_revisions()]
    assert tuple(reversed(found)) == REVISIONS
    assert scripts.get_heads() == [HEAD]


def test_the_schema_is_the_sum_of_its_migrations_on_sqlite(
    sqlite_template: Path, tmp_path: Path
) -> None:
    """What the migrations make is what the tables say, to the letter."""

    def schema(c: Connection) -> set[tuple[str, ...]]:
        rows = c.exec_driver_sql(
            "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"
            " AND name <> 'alembic_version'"
        )
        return {(row[0], row[1], *sorted(re.split(r",?\s*\n\s*", row[2] or ""))) for row in rows}

    with create_engine(f"sqlite:///{tmp_path}/fresh.db").begin() as c:
        metadata.create_all(c)
        wanted = schema(c)
        c.engine.dispose()
    with create_engine(f"sqlite:///{sqlite_template}").connect() as c:
        assert schema(c) == wanted
        c.engine.dispose()


def test_the_schema_is_the_sum_of_its_migrations_on_postgresql(
    postgresql_url: str, loop: asyncio.AbstractEventLoop, keys: Keyring
) -> None:
    """Columns, defaults, constraints and indexes: the same again on PostgreSQL."""
    columns = text(
        "SELECT table_name, column_name, data_type, is_nullable, column_default"
        " FROM information_schema.columns WHERE table_schema = current_schema()"
    )
    indexes = text(
        "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
    )
    constraints = text(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)"
        " FROM pg_constraint WHERE connamespace = current_schema()::regnamespace"
    )

    def schema(c: Connection) -> list[list[Any]]:
        found = [sorted(map(str, c.execute(q))) for q in (columns, indexes, constraints)]
        return [[row for row in rows if "alembic_version" not in row] for rows in found]

    def fresh(c: Connection) -> list[list[Any]]:
        c.execute(text("DROP SCHEMA public CASCADE"))
        c.execute(text("CREATE SCHEMA public"))
        metadata.create_all(c)
        return schema(c)

    async def story() -> tuple[Any, Any]:
        database = await Database.open(postgresql_url, keys=keys)
        migrated = await database.read(schema)
        made = await database.write(fresh)
        await database.close()
        return migrated, made

    migrated, made = loop.run_until_complete(story())
    assert migrated == made
    assert all(len(rows) > 20 for rows in made)


@pytest.fixture
def filled(store: Store, team_id: int) -> int:
    """A team with ten thousand of each: most settled or to come, as in life."""
    later = NOW + timedelta(days=30)

    def unit(c: Connection) -> None:
        numbers = range(ROWS)
        base = {"team_id": team_id}
        c.execute(insert(due_table), [
            base | {"key": str(n), "due_at": later, "wake_at": later} for n in numbers
        ])  # fmt: skip
        rows = [
            base | {
                "update_id": n, "digest": n.to_bytes(4, "big"), "lane": n % 500,
                "received_at": NOW, "state": "done" if n % 20 else "new", "settled_at": NOW,
            }
            for n in numbers
        ]  # fmt: skip
        c.execute(insert(inbox_table).values(raw=b""), rows)
        message = {
            "lane": 1, "kind": "prompt", "method": "sendMessage", "meta": {}, "queued_at": NOW,
            "not_before": NOW,
        }  # fmt: skip
        c.execute(
            insert(outbox_table).values(payload={}),
            [
                base | message | {"chat_id": n % 500, "state": "sent" if n % 20 else "queued"}
                for n in numbers
            ],
        )
        if c.dialect.name == "postgresql":
            c.execute(text("ANALYZE"))

    store.write(unit)
    return team_id


QUESTIONS: dict[str, tuple[Any, dict[str, Any]]] = {
    "next_due": (dues.NEXT_DUE, {}),
    "due claim": (dues.CLAIM, {"now": NOW, "limit": 250}),
    "next_lanes": (inbox.NEXT_LANES, {"limit": 30, "busy": [3, 4]}),
    "oldest_due": (outbox.OLDEST_DUE, {}),
    "outbox claim": (outbox.CANDIDATES, {"now": NOW, "lane": -1, "after": 0, "taken": [3]}),
}


def test_no_question_of_the_loops_reads_a_whole_table(store: Store, filled: int) -> None:
    """What is asked many times a minute goes by an index, at 10,000 rows (performance)."""

    def plan(c: Connection, statement: Any, values: dict[str, Any]) -> list[str]:
        compiled = statement.params(team=filled, **values).compile(
            dialect=c.dialect, compile_kwargs={"literal_binds": True, "render_postcompile": True}
        )
        word = "EXPLAIN QUERY PLAN" if c.dialect.name == "sqlite" else "EXPLAIN"
        return [str(row[-1]) for row in c.exec_driver_sql(f"{word} {compiled}")]

    for name, (statement, values) in QUESTIONS.items():
        lines = store.read(plan, statement, values)
        assert any("ix_" in line for line in lines), (name, lines)
        whole = r"Seq Scan on (due|inbox|outbox)|SCAN (due|inbox|outbox|held)\b(?! USING)"
        assert not any(re.search(whole, line) for line in lines), "\n".join(lines)


def test_the_loops_answers_are_right_among_many(store: Store, filled: int) -> None:
    """Ten thousand settled rows are in nobody's way."""
    rows = store.read(inbox.next_lanes, filled, 30)
    assert [row.lane for row in rows] == list(range(0, 500, 20))
    assert store.read(dues.next_due, filled) == NOW + timedelta(days=30)
    claimed = store.write(outbox.claim, filled, NOW, 30)
    assert len(claimed) == 25 and len({row.chat_id for row in claimed}) == 25
