"""What a case's topic in the channel reads, and what coordinators hear about topics."""

from __future__ import annotations

from dataclasses import replace

from bot.screen import Screen
from bot.texts import say
from bot.views.channel import begun_screen, news_screen, taken_screen, topic_name
from scheduler.stimuli import Changed, Closing, HandedOver, ReopenedByClient
from tests.screens.catalogue import scene
from tests.screens.stage import AN, BRAM, KARIN, REF, Stage


@scene
def topic(stage: Stage) -> Screen:
    """The name of the topic, then its first line where nobody is asked to claim it."""
    stage.reports()
    named = topic_name(stage.view)
    assert len(named) <= 128
    return begun_screen(stage.view, stage.team, stage.now)


@scene
def begun_and_given(stage: Stage) -> Screen:
    """A topic that opens later: the case has somebody already."""
    stage.assigned()
    return begun_screen(stage.view, stage.team, stage.now)


@scene
def news(stage: Stage) -> list[Screen]:
    """Another phase, another worker, closed, and reopened."""
    stage.assigned()
    said = []
    for stimulus in (
        Changed(by=KARIN.id, fact="phase", phase="phase_2"),
        HandedOver(by=KARIN.id, to=BRAM.id),
        Closing(by=KARIN.id, outcome="averted"),
        ReopenedByClient(by=KARIN.id),
    ):
        before = stage.view
        stage.happens(stimulus)
        screen = news_screen(stage.view, before, stage.team, stage.now, is_said=False)
        assert screen is not None
        said.append(screen)
    return said


@scene
def closed_before_anybody_took_it(stage: Stage) -> Screen:
    """The announcement of a case that was closed."""
    stage.reports()
    stage.happens(Closing(by=KARIN.id, outcome="other"))
    return taken_screen(stage.view, stage.team, stage.now)


@scene
def with_the_coordinator(stage: Stage) -> Screen:
    """The announcement of a case that is not given through the channel any more."""
    stage.reports()
    return taken_screen(replace(stage.view, worker_name=None), stage.team, stage.now)


@scene
def told_to_coordinators(stage: Stage) -> list[Screen]:
    """No right, a server without topics, switched off, one that is gone: in private, once."""
    keys = ("topics-no-rights", "topics-refused", "topics-not-forum")
    told = [Screen(html=say(stage.language, key)) for key in keys]
    assert AN.id
    return [*told, Screen(html=say(stage.language, "topics-gone", ref=REF))]
