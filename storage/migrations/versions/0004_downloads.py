"""Files that people sent and that are still to be fetched from the messenger."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "download",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("personal_id", ID, nullable=False),
        sa.Column("file_id", ID, nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["kase.id"], name=op.f("fk_download_case_id")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_download_file_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_download_person_id")),
        sa.ForeignKeyConstraint(
            ["personal_id"], ["personal.id"], name=op.f("fk_download_personal_id")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_download_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_download")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_download_next", "download", ["team_id", "state", "next_at"])
    op.create_index("ix_download_case", "download", ["case_id"])
    op.create_index("ix_download_person", "download", ["person_id", "state"])
