"""What newcomers and members see: invitation, language, settings, leaving."""

from __future__ import annotations

from bot import acts
from bot.conversations.outcome import Performed
from bot.conversations.scene import Turn
from bot.screen import Screen
from bot.texts import plain, say
from bot.views import members
from bot.views.answered import (
    answered_screen,
    answered_toast,
    over_screen,
    reminded_screen,
)
from bot.views.words import dated_moment_words
from scheduler.decision import Refused, StepAnswered
from tests.screens.catalogue import scene
from tests.screens.scenes.worker import day_2
from tests.screens.stage import AN, CASE, KARIN, LIES, Stage


@scene
def link_invalid(stage: Stage) -> Turn:
    """A link that does not count, whatever the reason."""
    act = acts.RedeemInvite(code="c0de")
    return stage.stranger().told(act, Refused(reason="no_such_invite"))


@scene
def waiting(stage: Stage) -> Turn:
    """A link was opened: until the coordinator confirms."""
    act = acts.RedeemInvite(code="c0de")
    return stage.stranger().told(act, Performed(values={"waiting": True}))


@scene
def welcome(stage: Stage) -> list[Screen]:
    """Let in: as worker, coordinator, reporter."""
    return [members.welcome_member_screen(stage.of(one), stage.team) for one in (AN, KARIN, LIES)]


@scene
def declined(stage: Stage) -> Screen:
    """Not let in."""
    return members.declined_member_screen(stage.team, stage.language)


@scene
def settings(stage: Stage) -> list[Screen]:
    """/settings of a worker, of a reporter."""
    return [
        members.settings_screen(stage.of(one), stage.team, stage.language) for one in (AN, LIES)
    ]


@scene
def language(stage: Stage) -> Turn:
    """/language."""
    return stage.chat().order("language")


@scene
def language_set(stage: Stage) -> Turn:
    """Another language was chosen."""
    act = acts.SetLanguage(language=stage.language)
    return stage.chat().told(act, Performed())


@scene
def leaving(stage: Stage) -> Turn:
    """/leave: sure?"""
    stage.assigned()
    return stage.chat().order("leave")


@scene
def left(stage: Stage) -> list[Screen]:
    """After /leave: stayed, or gone; the last coordinator cannot."""
    chat = stage.chat()
    chat.order("leave")
    chat.say("x")
    chat.told(acts.LeaveTeam(person=AN.id), Performed())
    return chat.screens[1:]


@scene
def alarms(stage: Stage) -> list[Screen]:
    """What coordinators are told when something went wrong."""
    language, name, ref = stage.language, stage.own("An"), "K7QM-4T"
    at = dated_moment_words(stage.now, stage.team.days, language, stage.now)
    texts = (
        say(language, "alarm-dead-letter", number=12),
        say(language, "alarm-dead-letters", number=3),
        say(language, "alarm-guessing", name=name, number=20),
        say(language, "alarm-not-deleted"),
        say(language, "alarm-not-deleted-of", ref=ref, name=name),
        say(language, "alarm-not-deleted-channel"),
        say(language, "alarm-invite-burnt", name=name),
        say(language, "alarm-undelivered", name=name, ref=ref),
        say(language, "alarm-perhaps-undelivered", name=name, ref=ref),
        say(language, "alarm-stand-in-refused", name=name),
        say(language, "alarm-assigned", name=name, ref=ref),
        *(
            say(
                language,
                f"notice-{done}",
                by=name,
                source=source,
                n=n,
                at=at,
            )
            for done, source, n in (
                ("exported", "chat", 12),
                ("exported-names", "chat", 1),
                ("exported-person", "server", 1),
                ("erased", "server", 2),
            )
        ),
        say(language, "support-request", name=name, text=stage.own("Kan iemand langskomen?")),
    )
    return [Screen(html=text) for text in texts]


@scene
def toasts(stage: Stage) -> list[Turn]:
    """What a press shows for a second."""
    keys = ("refused-short", "already-answered", "no-dialogue")
    return [Turn(toast=plain(stage.language, key)) for key in keys]


def answered_by_karin(stage: Stage) -> None:
    """Karin answers for An."""
    day_2(stage)
    stage.at("2027-09-14 12:10")
    stage.answers(KARIN, "call_day2", "not_reached")


@scene
def prompt_answered_by_another(stage: Stage) -> list[Screen]:
    """What a question becomes that somebody else answered, and what its reminder."""
    answered_by_karin(stage)
    return [
        answered_screen(
            stage.view,
            stage.team,
            stage.of(AN),
            stage.now,
            step="call_day2",
            answer="not_reached",
            by=KARIN.id,
            by_name=stage.of(KARIN).name,
            done_at=stage.now,
        ),
        reminded_screen(stage.view, "call_day2", stage.language, stage.team.days),
    ]


@scene
def prompt_over(stage: Stage) -> list[Screen]:
    """What a question becomes that is asked no more, or of somebody else."""
    day_2(stage)
    return [over_screen(stage.view, stage.language, moved=moved) for moved in (False, True)]


@scene
def old_button(stage: Stage) -> list[Turn]:
    """The old button of a question that was answered, by another and by oneself."""
    answered_by_karin(stage)
    people = {one.id: one.name for one in stage.members}
    return [
        Turn(
            toast=answered_toast(
                stage.view,
                stage.history(CASE),
                "call_day2",
                reader=stage.of(reader),
                people=people,
                team=stage.team,
                now=stage.now,
            )
        )
        for reader in (AN, KARIN)
    ]


@scene
def correct_too_late(stage: Stage) -> Turn:
    """*Correct* after something has followed."""
    day_2(stage)
    stage.answers(AN, "call_day2", "no_number")
    seq = next(
        line.seq
        for line in stage.history(CASE)
        if isinstance(line.event, StepAnswered) and line.event.step == "call_day2"
    )
    return stage.chat().told(acts.TakeBack(case=CASE, seq=seq), Refused(reason="too_late"))
