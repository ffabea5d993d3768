"""The team of `tests.world`, for every test here."""

from tests.world import any_url, any_world, database, empty_file, file_url, world

__all__ = ["any_url", "any_world", "database", "empty_file", "file_url", "world"]
