"""The tables, each with one line of why. Every row belongs to a team.

Migrations are written by hand beside this file; a test holds that their sum is this schema.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)
from sqlalchemy.schema import SchemaItem

from storage.columns import Codes, Id, Moment, Sealed, SealedJson, SealedText

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _table(name: str, *parts: SchemaItem) -> Table:
    """Return a table with a row number of its own, never used twice, and its team."""
    return Table(
        name,
        metadata,
        Column("id", Id, primary_key=True, autoincrement=True),
        Column("team_id", Id, ForeignKey("team.id"), nullable=False),
        *parts,
        sqlite_autoincrement=True,
    )


# One team: its settings, and the secret under which its index and chains are computed.
team = Table(
    "team",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("name", String, nullable=False, unique=True),
    Column("settings", Codes, nullable=False),
    Column("secret", LargeBinary, nullable=False),
    Column("access_count", Integer, nullable=False, server_default="0"),
    Column("access_head", LargeBinary, nullable=False),
    Column("created_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

# Who may do what. A row that left stays, so that history keeps its names until they are erased.
person = _table(
    "person",
    Column("user_id", BigInteger),
    Column("name", SealedText, nullable=False),
    Column("role", String, nullable=False),
    Column("language", String),
    Column("works", Codes),
    Column("stand_in_id", Id, ForeignKey("person.id")),
    Column("state", String, nullable=False),
    Column("chat_ok", Boolean, nullable=False, server_default=true()),
    Column("created_at", Moment, nullable=False),
    Column("left_at", Moment),
    Index(
        "uq_person_user",
        "team_id",
        "user_id",
        unique=True,
        sqlite_where=text("state <> 'left' AND user_id IS NOT NULL"),
        postgresql_where=text("state <> 'left' AND user_id IS NOT NULL"),
    ),
)

# Days on which somebody is away, and who stands in; chains and gaps are read from these rows.
absence = _table(
    "absence",
    Column("person_id", Id, ForeignKey("person.id"), nullable=False),
    Column("from_on", Date, nullable=False),
    Column("to_on", Date, nullable=False),
    Column("stand_in_id", Id, ForeignKey("person.id")),
    Column("accepted", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index("ix_absence_to_on", "team_id", "to_on"),
    Index("ix_absence_person", "person_id"),
)

# Single-use way in; only the hash of its code is kept (S7).
invite = _table(
    "invite",
    Column("role", String, nullable=False),
    Column("name", SealedText),
    Column("code_hash", LargeBinary, nullable=False),
    Column("trusted", Boolean, nullable=False, server_default=false()),
    Column("by_id", Id, ForeignKey("person.id")),
    Column("expires_at", Moment, nullable=False),
    Column("state", String, nullable=False),
    Column("user_id", BigInteger),
    Column("redeemed_at", Moment),
    Column("person_id", Id, ForeignKey("person.id")),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("team_id", "code_hash"),
)

# Every update as Telegram gave it, committed before it is acknowledged (P1, P2, P3).
# The digest is keyed: without the key nobody can test a guess of what a person wrote.
inbox = _table(
    "inbox",
    Column("update_id", BigInteger),
    Column("digest", LargeBinary, nullable=False),
    Column("lane", BigInteger, nullable=False),
    Column("raw", Sealed, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("state", String, nullable=False),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("code", String),
    Column("settled_at", Moment),
    UniqueConstraint("team_id", "digest"),
    Index(
        "ix_inbox_new",
        "team_id",
        "lane",
        "id",
        sqlite_where=text("state = 'new'"),
        postgresql_where=text("state = 'new'"),
    ),
    Index("ix_inbox_settled", "team_id", "state", "settled_at"),
)

# The text of each version of a procedure that a case ever began with (P11).
procedure_version = _table(
    "procedure_version",
    Column("key", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("sha", String, nullable=False),
    UniqueConstraint("team_id", "key", "version"),
)

# One case: its state of now (a fold of its history), its own key, the head of its chain.
kase = _table(
    "kase",
    Column("ref", String, nullable=False),
    Column("procedure_id", Id, ForeignKey("procedure_version.id"), nullable=False),
    Column("state", String, nullable=False),
    Column("worker_id", Id, ForeignKey("person.id")),
    Column("snapshot", LargeBinary),
    Column("version", Integer, nullable=False, server_default="0"),
    Column("data_key", LargeBinary),
    Column("events_count", Integer, nullable=False, server_default="0"),
    Column("chain_head", LargeBinary, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("erased_at", Moment),
    UniqueConstraint("team_id", "ref"),
    Index("ix_kase_state", "team_id", "state", "id"),
    Index("ix_kase_worker", "worker_id", "state"),
)

# Who reported a case, and who works on it: the claim of a message checks that (P7).
case_person = Table(
    "case_person",
    metadata,
    Column("case_id", Id, ForeignKey("kase.id"), primary_key=True),
    Column("person_id", Id, ForeignKey("person.id"), primary_key=True),
    Column("part", String, primary_key=True),
    Column("team_id", Id, ForeignKey("team.id"), nullable=False),
    Index("ix_case_person_person", "person_id", "part"),
)

# History: codes, times and row numbers only; append-only and chained (P10).
# No number of its own: what is in the row is what the chain covers.
event = Table(
    "event",
    metadata,
    Column("case_id", Id, ForeignKey("kase.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("team_id", Id, ForeignKey("team.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("by_id", Id, ForeignKey("person.id")),
    Column("kind", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Index("ix_event_kind", "team_id", "kind", "at"),
)

# What people said, under the case's own key; the digest stays when the value is erased.
personal = _table(
    "personal",
    Column("case_id", Id, ForeignKey("kase.id"), nullable=False),
    Column("field", String, nullable=False),
    Column("value", LargeBinary),
    Column("digest", LargeBinary, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("erased_at", Moment),
    Index("ix_personal_case", "case_id", "field"),
)

# Equal phone, address or name: proposes a known household; a human decides.
blind = _table(
    "blind",
    Column("case_id", Id, ForeignKey("kase.id"), nullable=False),
    Column("kind", String, nullable=False),
    Column("token", LargeBinary, nullable=False),
    UniqueConstraint("team_id", "kind", "token", "case_id"),
    Index("ix_blind_case", "case_id"),
)

# When a case (or the team: no case) must be looked at again (P4).
due = _table(
    "due",
    Column("case_id", Id, ForeignKey("kase.id")),
    Column("key", String, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("wake_at", Moment, nullable=False),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("code", String),
    UniqueConstraint("case_id", "key"),
    Index(
        "uq_due_team",
        "team_id",
        "key",
        unique=True,
        sqlite_where=text("case_id IS NULL"),
        postgresql_where=text("case_id IS NULL"),
    ),
    Index("ix_due_wake", "team_id", "wake_at", "id"),
)

# A question put to one person: open until answered; knows which message carries its buttons (S4).
prompt = _table(
    "prompt",
    Column("case_id", Id, ForeignKey("kase.id")),
    Column("person_id", Id, ForeignKey("person.id")),
    Column("step", String, nullable=False),
    Column("question", String, nullable=False),
    Column("outbox_id", Id),
    Column("chat_id", BigInteger),
    Column("message_id", BigInteger),
    Column("state", String, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Index("ix_prompt_case", "case_id", "state", "step"),
    Index("ix_prompt_person", "person_id", "state"),
    Index("ix_prompt_message", "team_id", "chat_id", "message_id"),
)

# What leaves for Telegram, committed before it is sent (P4, P5, P7).
outbox = _table(
    "outbox",
    Column("chat_id", BigInteger, nullable=False),
    Column("person_id", Id, ForeignKey("person.id")),
    Column("case_id", Id, ForeignKey("kase.id")),
    Column("prompt_id", Id, ForeignKey("prompt.id")),
    Column("lane", SmallInteger, nullable=False),
    Column("kind", String, nullable=False),
    Column("method", String, nullable=False),
    Column("payload", SealedJson, nullable=False),
    Column("meta", Codes, nullable=False),
    Column("state", String, nullable=False),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("again", Boolean, nullable=False, server_default=false()),
    Column("queued_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("started_at", Moment),
    Column("lease_until", Moment),
    Column("settled_at", Moment),
    Column("message_id", BigInteger),
    Column("code", String),
    Index(
        "ix_outbox_queued",
        "team_id",
        "lane",
        "id",
        sqlite_where=text("state = 'queued'"),
        postgresql_where=text("state = 'queued'"),
    ),
    Index(
        "ix_outbox_not_before",
        "team_id",
        "not_before",
        sqlite_where=text("state = 'queued'"),
        postgresql_where=text("state = 'queued'"),
    ),
    Index(
        "ix_outbox_held",
        "team_id",
        "chat_id",
        sqlite_where=text("state = 'sending' OR (state = 'queued' AND attempts > 0)"),
        postgresql_where=text("state = 'sending' OR (state = 'queued' AND attempts > 0)"),
    ),
    Index("ix_outbox_person", "person_id", "state"),
    Index("ix_outbox_case", "case_id", "state"),
    Index("ix_outbox_settled", "team_id", "state", "settled_at"),
)

# Where the team's channel tells of a case: the topic's number there, once the channel has made it.
topic = _table(
    "topic",
    Column("case_id", Id, ForeignKey("kase.id"), nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger),
    Column("state", String, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("case_id"),
)

# A visit at a client's home that the bot watches over: who is inside, and until when.
visit = _table(
    "visit",
    Column("case_id", Id, ForeignKey("kase.id"), nullable=False),
    Column("person_id", Id, ForeignKey("person.id"), nullable=False),
    Column("step", String, nullable=False),
    Column("state", String, nullable=False),
    Column("with_id", Id, ForeignKey("person.id")),
    Column("with_ref", Id),
    Column("planned_at", Moment, nullable=False),
    Column("in_at", Moment),
    Column("until", Moment),
    Column("asked_at", Moment),
    Column("alerted_at", Moment),
    Column("looks_id", Id, ForeignKey("person.id")),
    Column("out_at", Moment),
    Index("ix_visit_person", "person_id", "state"),
)

# What a press means: the callback is random and means nothing by itself (S2).
button = Table(
    "button",
    metadata,
    Column("id", String, primary_key=True),
    Column("team_id", Id, ForeignKey("team.id"), nullable=False),
    Column("person_id", Id, ForeignKey("person.id")),
    Column("prompt_id", Id, ForeignKey("prompt.id")),
    Column("intent", Codes, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index("ix_button_created", "team_id", "created_at"),
    Index("ix_button_prompt", "prompt_id"),
)

# A conversation half-way: survives a restart and days.
dialogue = Table(
    "dialogue",
    metadata,
    Column("team_id", Id, ForeignKey("team.id"), primary_key=True),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("state", SealedJson, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Index("ix_dialogue_updated", "updated_at"),
)

# Who looked at whose details: append-only and chained per team.
access = Table(
    "access",
    metadata,
    Column("team_id", Id, ForeignKey("team.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("person_id", Id, ForeignKey("person.id")),
    Column("what", String, nullable=False),
    Column("case_id", Id, ForeignKey("kase.id")),
    Column("hash", LargeBinary, nullable=False),
    Index("ix_access_case", "case_id"),
)

# A copy of the claim, a photo, a voice note: under the case's own key (S15, S16).
file = _table(
    "file",
    Column("case_id", Id, ForeignKey("kase.id"), nullable=False),
    Column("name", LargeBinary),
    Column("mime", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("mark", LargeBinary),
    Column("digest", LargeBinary, nullable=False),
    Column("content", LargeBinary),
    Column("created_at", Moment, nullable=False),
    Column("erased_at", Moment),
    UniqueConstraint("case_id", "mark"),
)

# A file that is still at the messenger, and what became of it: codes alone.
download = _table(
    "download",
    Column("case_id", Id, ForeignKey("kase.id"), nullable=False),
    Column("person_id", Id, ForeignKey("person.id"), nullable=False),
    Column("personal_id", Id, ForeignKey("personal.id"), nullable=False),
    Column("file_id", Id, ForeignKey("file.id")),
    Column("state", String, nullable=False),
    Column("code", String),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_at", Moment, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Index("ix_download_next", "team_id", "state", "next_at"),
    Index("ix_download_case", "case_id"),
    Index("ix_download_person", "person_id", "state"),
)

# Small things that a team must remember: the poll cursor, the channel's chat.
flag = Table(
    "flag",
    metadata,
    Column("team_id", Id, ForeignKey("team.id"), primary_key=True),
    Column("key", String, primary_key=True),
    Column("value", Codes, nullable=False),
    Column("at", Moment, nullable=False),
)

# One leader per team; a claim that names an older epoch takes nothing (P15).
lease = Table(
    "lease",
    metadata,
    Column("team_id", Id, ForeignKey("team.id"), primary_key=True),
    Column("name", String, primary_key=True),
    Column("holder", String, nullable=False),
    Column("epoch", BigInteger, nullable=False),
    Column("until", Moment, nullable=False),
)
