"""The schema's steps, in order; only `run` imports Alembic, when there is one to take."""

from __future__ import annotations

from typing import Final

REVISIONS: Final = ("0001", "0002", "0003", "0004")
"""Every revision this version knows; one that is not here was made by a newer version."""
HEAD: Final = REVISIONS[-1]
