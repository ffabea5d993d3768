"""The morning: one list to each coordinator and worker at `open`, and drafts that were left."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.conversations.intake import KIND as INTAKE
from bot.conversations.intake import draft_of, is_expired
from bot.handle.channel import Channel
from bot.handle.dialogues import from_state, to_state
from bot.handle.leaves import Leaves
from bot.handle.looking import Looking
from bot.handle.office import Desk
from bot.handle.posting import Post
from bot.handle.retention import Keeping
from bot.screen import Screen
from bot.texts import settled
from bot.views.lists import coordinator_digest, worker_digest
from bot.views.reports import draft_reminder_screen
from scheduler.procedure import Role
from storage import drafts, dues, people
from storage.drafts import StaleDialogue

MORNING: Final = "morning"
"""The team's one due moment: the next day's open."""

DRAFT_AGE: Final = timedelta(hours=1)
"""A draft touched more recently is not one that was left."""


class Morning:
    """What goes out as a working day opens: lists of the day, and drafts that were left.

    The next one is a due moment of the team's, so that a restart loses none (P4).
    """

    def __init__(self, desk: Desk, look: Looking, post: Post) -> None:
        """Write from `desk`."""
        self._desk, self._look, self._post = desk, look, post

    def arm(self) -> None:
        """Set the next morning, if none is set."""
        if dues.team_due(self._desk.c, self._desk.team_id, MORNING) is None:
            self._set_next()

    def _set_next(self) -> None:
        desk = self._desk
        dues.put_team_due(desk.c, desk.team_id, MORNING, desk.days.next_day_open(desk.now))

    def send(self) -> None:
        """Send the lists of today, late rather than not, and set tomorrow's.

        After a night's outage the missed ones are not sent: today's says it all.
        """
        self._set_next()
        if not self._desk.days.is_open(self._desk.now):
            return
        self._lists()
        Leaves(self._desk, self._look, self._post).look_after()
        channel = Channel(self._desk, self._look, self._post)
        channel.look_again()
        channel.look_for_members()
        Keeping(self._desk).announce(self._post)
        for stale in drafts.stale_dialogues(self._desk.c, self._desk.now - DRAFT_AGE):
            if stale.team_id == self._desk.team_id:
                self._draft(stale)

    def _lists(self) -> None:
        desk, team = self._desk, self._desk.team()
        today = desk.days.day_of(desk.now)
        views = (*self._look.open_cases(), *self._look.open_checks())
        coordinators = desk.roster.coordinators(today)
        for person_id in coordinators:
            member = desk.member(person_id)
            screen = coordinator_digest(
                member, views, self._look.people(), team, desk.roster, desk.now
            )
            self._send(person_id, screen)
        for person in desk.roster.people.values():
            if person.role is not Role.WORKER or not person.present_on(today):
                continue
            own = (*self._look.cases_of(person.id), *self._look.checks_of(person.id))
            list_ = worker_digest(desk.member(person.id), own, team, desk.now)
            if list_ is not None:
                self._send(person.id, list_)

    def _send(self, person_id: int, screen: Screen) -> None:
        chat_id = self._desk.people[person_id].user_id
        if chat_id is not None:
            self._post.screen(chat_id, screen, person_id=person_id, kind="digest", lane=1)

    def _draft(self, stale: StaleDialogue) -> None:
        """Remind once of a report that was left half-way; after three days it is forgotten."""
        desk = self._desk
        dialogue = from_state(stale.state)
        draft = draft_of(dialogue)
        if dialogue.kind != INTAKE or draft is None:
            return
        if is_expired(draft, desk.days.day_of(desk.now)):
            drafts.drop_dialogue(desk.c, stale.team_id, stale.user_id)
            return
        if dialogue.values.get("reminded"):
            return
        person = people.person_by_user(desk.c, desk.team_id, stale.user_id)
        language = settled(person.language if person else None, desk.office.team.language)
        self._post.screen(stale.user_id, draft_reminder_screen(draft, language), kind="screen")
        state = {**to_state(dialogue), "values": {**dialogue.values, "reminded": True}}
        drafts.put_dialogue(desk.c, desk.team_id, stale.user_id, state, desk.now)
