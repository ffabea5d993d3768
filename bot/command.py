"""How a command in the terminal ends: what is said, and with which status, where it cannot go on.

For the commands that work on the team's database beside the bot, or while it is stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from rich.console import Console
from rich.markup import escape

from bot.whole_file import NotWritten
from storage.errors import BackupRefused, DatabaseFailed, DatabaseRefused, KeysRefused

NOT_DONE: Final = 1
"""It could not be done now; what was there is as it was."""
WRONG: Final = 2
"""It was asked wrongly, or Kier cannot work with these settings."""
STOPPED: Final = 130
"""Ctrl-C, as a shell counts it."""
LATER: Final = "The database did not answer ({code}); try again in a minute."


class AskedWrongly(Exception):
    """What was asked for is not there, or cannot be; `way_out` is one sentence."""

    def __init__(self, way_out: str) -> None:
        super().__init__(way_out)
        self.way_out = way_out


def ended(
    console: Console,
    work: Callable[[], int | None],
    *,
    failed: str = LATER,
    stopped: str | None = None,
) -> int:
    """Do the work; return its exit status (None: 0), or say the cause and the way out.

    `failed` is said of a database error, with its `{code}`; `stopped` after Ctrl-C, which goes on
    up where nothing is to be said.
    """
    try:
        return work() or 0
    except (DatabaseRefused, KeysRefused, AskedWrongly) as refused:
        console.print(escape(refused.way_out))
        return WRONG
    except (BackupRefused, NotWritten) as refused:
        console.print(escape(refused.way_out))
        return NOT_DONE
    except DatabaseFailed as error:
        console.print(escape(failed.format(code=error.code)))
        return NOT_DONE
    except KeyboardInterrupt:
        if stopped is None:
            raise
        console.print(stopped)
        return STOPPED
