"""The team of `tests.world`, for every test here."""

from tests.world import database, empty_file, world

__all__ = ["database", "empty_file", "world"]
