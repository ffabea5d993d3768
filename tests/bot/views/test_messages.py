"""Every message of every story, as it is read: it fits, says who and when, and tells no name."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from bot.conversations.scene import CaseView, Member, Team
from bot.reading.words import utf16_len
from bot.rehearsal.story import Story
from bot.rehearsal.story_file import read_stories
from bot.screen import Press, Screen, Verb
from bot.views.cases import case_screen, more_screen
from bot.views.heads import Sight
from bot.views.messages import message_screen
from scheduler.case import Question
from scheduler.decision import Kind, Mark, Message
from scheduler.procedure import Role
from tests.scheduler.pure_player import Household, PurePlayer

FOLDER = Path(__file__).parents[2] / "stories"
STORIES = [
    *sorted(FOLDER.glob("s*.yaml")),
    *sorted(FOLDER.glob("k*.yaml"))[::3],
    FOLDER / "k54-leaving-eropaf.yaml",
]
"""The public stories, every third of ours, and one more for a case that comes back in Eropaf."""
LANGUAGES = ("nl-BE", "en")
NAME = "Wilhelmina"
"""Stands for every client's name and address in these screens: it must never be seen."""


class Player(PurePlayer):
    """Plays a story and keeps what each message was sent about."""

    def __init__(self, story: Story) -> None:
        super().__init__(story)
        self.shown: list[tuple[Message, CaseView, Any]] = []

    def do(self, house: Household, stimulus: Any, now: Any) -> bool:
        before = len(self.sent)
        done = super().do(house, stimulus, now)
        for at, where, message in self.sent[before:]:
            self.shown.append((message, self.seen(where), at))
        return done

    def seen(self, house: Household) -> CaseView:
        worker = house.case.worker
        return CaseView(
            id=1,
            ref="K7QM-4T",
            case=house.case,
            procedure=self.procedure,
            short="M.V., Weelde",
            values={"client": NAME, "address": f"{NAME}straat 1, Weelde"},
            texts={n: f"afspraak {n}" for n in range(1, 60)},
            worker_name=self.names[worker] if worker is not None else None,
        )


@cache
def played() -> tuple[tuple[Message, CaseView, Any, Team, Member], ...]:
    """Return every message of every story, with the case as it was then."""
    found = []
    for path in STORIES:
        for story in read_stories(path.read_bytes(), folder=path.parent):
            player = Player(story)
            player.play()
            team = Team(
                name="Team",
                language="nl-BE",
                phone="014 00 00 00",
                days=player.days,
                procedures={story.procedure: player.procedure},
                intake_open=True,
                assignment="coordinator",
                country="BE",
            )
            for message, view, at in player.shown:
                if message.kind is Kind.RECEIPT:
                    continue
                person = story.people[player.names[message.to]]
                member = Member(id=message.to, name=person.name, role=person.role, language="en")
                found.append((message, view, at, team, member))
    return tuple(found)


@cache
def screens(language: str) -> tuple[tuple[Message, Screen], ...]:
    """Return each message's screen, and the case's own screens at that moment."""
    found: list[tuple[Message, Screen]] = []
    for message, view, at, team, member in played():
        reader = Member(id=member.id, name=member.name, role=member.role, language=language)
        sight = Sight(view=view, team=team, language=language, now=at)
        found.append((message, message_screen(message, view, reader, team, at)))
        found.append((message, case_screen(sight)))
        found.append((message, more_screen(sight, is_coordinator=True)))
    return tuple(found)


class Tags(HTMLParser):
    """Sees whether every tag is one of Telegram's and is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        assert tag in ("b", "i", "code", "tg-time"), tag
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_is_within_telegrams_limits(language):
    """telegram.md: 4096 units, labels of 40, 8 a row, 100 in all; no empty label or row."""
    for message, screen in screens(language):
        assert 0 < utf16_len(screen.html) <= 4096, message
        assert sum(len(row) for row in screen.rows) <= 100
        for row in screen.rows:
            assert 0 < len(row) <= 8
            assert all(0 < utf16_len(key.label) <= 40 for key in row)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_is_sound_html(language):
    """A tag left open, or one that Telegram does not know, would lose the message."""
    for _, screen in screens(language):
        tags = Tags()
        tags.feed(screen.html)
        assert tags.open == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_screen_tells_a_name_or_address(language):
    """P9: initials and municipality; name, phone and address only in *Details*."""
    for _, screen in screens(language):
        assert NAME not in screen.html
        assert all(NAME not in key.label for row in screen.rows for key in row)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_placeholder_is_left(language):
    """{client}, {W3}, {n} and {who} are filled in every text that is sent."""
    for message, screen in screens(language):
        assert not re.search(r"\{\w+\}|None|_", screen.html), (message, screen.html)


def test_every_prompt_begins_with_its_day_and_case():
    """Procedures 6: number and date of the workday, the reference, the client by initials."""
    for message, screen in screens("nl-BE"):
        if message.kind is Kind.PROMPT:
            assert "<code>K7QM-4T</code>" in screen.html
            assert "M.V., Weelde" in screen.html


def test_every_prompt_can_be_answered():
    """One message, one question, one tap: its answers stand on it as buttons."""
    for message, view, at, team, member in played():
        if message.kind is not Kind.PROMPT:
            continue
        screen = message_screen(message, view, member, team, at)
        meant = [k.intent for row in screen.rows for k in row if isinstance(k, Press)]
        answers = [i for i in meant if i.verb is Verb.ANSWER and i.step == message.step]
        assert answers, message
        assert meant[-2].verb is Verb.DETAILS
        assert meant[-1].verb is Verb.MORE


def test_marks_are_seen():
    """§4 and §1.2: crisis in the first line, late and last day said."""
    for message, view, at, team, member in played():
        html = message_screen(message, view, member, team, at).html
        if Mark.CRISIS in message.marks:
            assert html.startswith("‼️ <b>CRISIS</b>")
        if Mark.LAST_DAY in message.marks and message.kind is Kind.PROMPT:
            assert "Last day" in html


def test_a_date_question_offers_only_its_date():
    """A prompt that asks for a date offers its window, a tap a day, and a calendar."""
    for message, view, at, team, member in played():
        if message.question != Question.WHEN or message.kind is not Kind.PROMPT:
            continue
        screen = message_screen(message, view, member, team, at)
        *days, other = [k for row in screen.rows[:-1] for k in row]
        assert other.label == ("Another day…" if days else "Fill in the date…")
        meant = [key.intent.verb for key in days if isinstance(key, Press)]
        assert meant == [Verb.DATE] * len(days)
        assert bool(days) is (message.step == "home_appointment")


def test_what_somebody_worked_on_is_no_new_report():
    """Both procedures: a case that comes back to be assigned says so (Eropaf assigns first with
    the answer about a crisis, and asks for somebody only when it comes back)."""
    seen = set()
    for message, view, at, team, member in played():
        steps = view.procedure.steps
        worked_on = any(steps[one.step].role is Role.WORKER for one in view.case.answered)
        if message.step == view.procedure.assign and message.kind is Kind.PROMPT and worked_on:
            html = message_screen(message, view, member, team, at).html
            assert "New report" not in html
            assert "This case needs someone" in html
            seen.add(view.procedure.id)
    assert seen == {"ravels", "eropaf"}


def test_the_stories_hold_every_kind_of_message():
    """These tests look at prompts, nudges, alerts and informations of both procedures."""
    kinds = {message.kind for message, *_ in played()}
    assert kinds == {Kind.PROMPT, Kind.NUDGE, Kind.ALERT, Kind.INFO}
    assert {view.procedure.id for _, view, *_ in played()} == {"ravels", "eropaf"}
