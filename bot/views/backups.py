"""What coordinators are told of backups: that one failed, and that one was put back."""

from __future__ import annotations

from datetime import datetime

from bot.screen import Screen
from bot.texts import Markup, say
from bot.views.words import dated_moment_words
from scheduler.workdays import Workdays


def backup_failed_screen(language: str) -> Screen:
    """Return what is told once when no backup can be made."""
    return Screen(html=say(language, "backup-failed"))


def restored_screen(
    made_at: datetime, language: str, days: Workdays, now: datetime, *, again: int, doubtful: int
) -> Screen:
    """Return to what moment the bot was put back, and what that means for the team.

    `again`: messages that come once more; `doubtful`: those that do not, and perhaps never came.
    """
    when = dated_moment_words(made_at, days, language, now)
    parts = (
        say(language, "restored", when=when),
        say(language, "restored-lost"),
        say(language, "restored-again", n=again) if again else None,
        say(language, "restored-doubtful", n=doubtful) if doubtful else None,
        say(language, "restored-people"),
    )
    return Screen(html=Markup("\n\n".join(part for part in parts if part)))
