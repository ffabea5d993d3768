"""A coordinator's security code: chosen, asked for, wrong, and what the others hear."""

from __future__ import annotations

from datetime import timedelta

from bot.conversations.scene import Turn
from bot.screen import Intent, Screen, Verb
from bot.views.notices import Done, notice_screen
from bot.views.second_step import asked_screen, barred_screen, right_screen, set_screen
from bot.views.words import dated_moment_words
from tests.screens.catalogue import scene
from tests.screens.stage import AN, BRAM, CASE, KARIN, Stage


@scene
def choose(stage: Stage) -> Turn:
    """/code: a coordinator has none yet."""
    return stage.chat(KARIN).order("code")


@scene
def again(stage: Stage) -> Turn:
    """Six digits were typed: once more, so that a slip shuts nobody out."""
    chat = stage.chat(KARIN)
    chat.order("code")
    return chat.say("274 918")


@scene
def not_the_same(stage: Stage) -> Turn:
    """The second time it was another one."""
    chat = stage.chat(KARIN)
    chat.order("code")
    chat.say("274918")
    return chat.say("274981")


@scene
def no_code(stage: Stage) -> list[Screen]:
    """What was typed is none, or one that everybody tries first."""
    return [asked_screen("new", stage.language, why) for why in ("six", "easy")]


@scene
def chosen(stage: Stage) -> Screen:
    """There is one now."""
    return set_screen(stage.language)


@scene
def another(stage: Stage) -> Turn:
    """/code, when there is one: the old one first."""
    stage.code_state = "closed"
    return stage.chat(KARIN).order("code")


@scene
def before_a_file(stage: Stage) -> Turn:
    """A case's file is wanted: the code first."""
    stage.assigned()
    stage.code_state = "closed"
    return stage.chat(KARIN).force(Verb.EXPORT, case=CASE, step="make")


@scene
def right(stage: Stage) -> Screen:
    """It was right: on to what was wanted."""
    intent = Intent(verb=Verb.EXPORT, case=CASE, step="make")
    until = stage.now + timedelta(minutes=10)
    return right_screen(intent, until, stage.team.days, stage.language, stage.now)


@scene
def wrong(stage: Stage) -> list[Screen]:
    """It was not: four tries left, one left."""
    return [asked_screen("enter", stage.language, "wrong", left=left) for left in (4, 1)]


@scene
def barred(stage: Stage) -> Screen:
    """Five wrong ones within an hour."""
    return barred_screen(stage.now, stage.team.days, stage.language, stage.now)


def _notices(stage: Stage, *done: Done, by: str | None, **more: str) -> list[Screen]:
    at = dated_moment_words(stage.now, stage.team.days, stage.language, stage.now)
    return [notice_screen(one, stage.language, by=by, at=at, count=12, **more) for one in done]


@scene
def files_and_persons(stage: Stage) -> list[Screen]:
    """What all coordinators hear: files taken out, people erased; in the chat, on the server."""
    by = stage.own(KARIN.name)
    return [
        *_notices(stage, "exported", "exported-names", by=by),
        *_notices(stage, "exported-person", "erased", by=None),
    ]


@scene
def who_came_and_went(stage: Stage) -> list[Screen]:
    """What all coordinators but the one who did it hear of members."""
    by, an, bram = (stage.own(one.name) for one in (KARIN, AN, BRAM))
    return [
        *_notices(stage, "joined", "removed", by=by, member=an, role="worker"),
        *_notices(stage, "left", by=bram, member=bram),
        *_notices(stage, "joined", by=None, member=bram, role="coordinator"),
    ]


@scene
def codes(stage: Stage) -> list[Screen]:
    """What all coordinators hear: a code chosen, five times wrong, cleared; another channel."""
    by = stage.own(KARIN.name)
    return [
        *_notices(stage, "code-set", "code-barred", "channel-set", by=by),
        *_notices(stage, "code-forgotten", by=None, member=by),
    ]
