"""Safe visits: who is inside at whose home, until when, and who looks into it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "visit",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("with_id", ID, nullable=True),
        sa.Column("with_ref", ID, nullable=True),
        sa.Column("planned_at", sa.BigInteger(), nullable=False),
        sa.Column("in_at", sa.BigInteger(), nullable=True),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=True),
        sa.Column("alerted_at", sa.BigInteger(), nullable=True),
        sa.Column("looks_id", ID, nullable=True),
        sa.Column("out_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["kase.id"], name=op.f("fk_visit_case_id")),
        sa.ForeignKeyConstraint(["looks_id"], ["person.id"], name=op.f("fk_visit_looks_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_visit_person_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_visit_team_id")),
        sa.ForeignKeyConstraint(["with_id"], ["person.id"], name=op.f("fk_visit_with_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_visit_person", "visit", ["person_id", "state"])
