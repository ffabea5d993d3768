"""What can go wrong here that a caller can do something about; each class is one way out."""

from __future__ import annotations


class DatabaseRefused(Exception):
    """The database is not one that this version may work on; nothing was changed in it.

    `reason` is a code; `way_out` is one English sentence for whoever runs the bot.
    Source: bad_inputs rows 76 and 77.
    """

    def __init__(self, reason: str, way_out: str) -> None:
        super().__init__(f"{reason}: {way_out}")
        self.reason = reason
        self.way_out = way_out


class DatabaseFailed(Exception):
    """The unit was certainly not committed: locked, full, unreadable, out of reach.

    Nothing may be confirmed to anybody because of it (P14); the same unit may be tried again.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class LeaseLost(DatabaseFailed):
    """Another process acts for the team by now: this one was away too long, and must end (P15)."""

    def __init__(self) -> None:
        super().__init__("lease-lost")


class Uncertain(Exception):
    """The connection was lost during COMMIT: the unit was committed whole, or not at all.

    Read the dedupe key again to know which (P14).
    """


class Stale(Exception):
    """Somebody else changed the row since it was read.

    On PostgreSQL `Database.write` runs the unit again, three times in all; on SQLite nothing
    changes during a unit, so a stale value was read in another one: the caller's to see.
    """


class NotFound(Exception):
    """There is no such row, or it is another team's."""


class VersionChanged(Exception):
    """A procedure's text changed without a new version number (P11)."""


class KeysRefused(Exception):
    """The key file cannot be used; `reason` is a code, `way_out` one English sentence."""

    def __init__(self, reason: str, way_out: str) -> None:
        super().__init__(f"{reason}: {way_out}")
        self.reason = reason
        self.way_out = way_out


class BackupRefused(Exception):
    """A backup cannot be made, read or put back; what was there before is as it was.

    `reason` is a code; `way_out` is one English sentence for whoever runs the bot.
    """

    def __init__(self, reason: str, way_out: str) -> None:
        super().__init__(f"{reason}: {way_out}")
        self.reason = reason
        self.way_out = way_out


class Unreadable(Exception):
    """A sealed value does not open: another key's, or changed bytes."""


class CodecError(Exception):
    """A stored value has not the shape that this version knows; names the place, not the value."""
