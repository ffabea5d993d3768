"""What a reporter typed as a date: certain, or a question with choices. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, assert_never

from bot.conversations import intake
from bot.conversations.scene import (
    Scene,
)
from bot.reading.dates import Ambiguous, Day, Moment, read_moment
from bot.reading.dates import Unreadable as UnreadableDate
from bot.texts import Markup, say
from bot.views import words

_NO_QUESTION: Final = Markup("")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRead:
    """A typed date: certain, or a question with choices (label, arg); `pending` waits for yes."""

    certain: str | None = None
    question: Markup = _NO_QUESTION
    choices: tuple[tuple[str, str], ...] = ()
    pending: str = ""

    @classmethod
    def of(cls, text: str, scene: Scene) -> DateRead:
        """Read `text`; a past, moved or double-meaning date is asked again (row 40)."""
        language = scene.language
        read = read_moment(text, now=scene.now, zone=scene.team.days.zone, language=language)
        match read:
            case Day() | Moment():
                return _checked(read, scene)
            case Ambiguous(candidates=candidates):
                question = say(language, "reporter-date-which")
                return cls(question=question, choices=_date_choices(candidates, scene))
            case UnreadableDate(suggestions=suggestions) if suggestions:
                question = say(language, "reporter-date-none", typed=text)
                return cls(question=question, choices=_date_choices(suggestions, scene))
            case UnreadableDate():
                return cls()
            case _:
                assert_never(read)


def _checked(read: Day | Moment, scene: Scene) -> DateRead:
    wall = wall_said(read, scene)
    moved = isinstance(read, Moment) and read.moved
    if not read.is_past and not moved:
        return DateRead(certain=wall)
    language = scene.language
    key = "reporter-date-moved" if moved else "reporter-date-past"
    yes, no = (str(say(language, each)) for each in ("reporter-yes", "reporter-no"))
    return DateRead(
        question=say(language, key, date=date_words(wall, scene)),
        choices=((yes, "yes"), (no, "no")),
        pending=wall,
    )


def _date_choices(found: tuple[Moment | Day, ...], scene: Scene) -> tuple[tuple[str, str], ...]:
    walls = tuple(wall_said(each, scene) for each in found)
    return tuple((date_words(wall, scene), wall) for wall in walls)


def wall_said(read: Moment | Day, scene: Scene) -> str:
    """Return a reading as `Draft.dates` writes it."""
    if isinstance(read, Day):
        return read.on.isoformat()
    return intake.wall_of(read.at, scene.team.days)


def date_words(wall: str, scene: Scene) -> str:
    """Return a wall time as the person reads it."""
    when = intake.planned(wall, scene.team.days)
    return words.planned_words(when.day, when.at, scene.team.days, scene.language, scene.now)


def noted(wall: str, scene: Scene) -> Markup:
    """Return the echo of a date."""
    return say(scene.language, "reporter-noted", value=date_words(wall, scene))
