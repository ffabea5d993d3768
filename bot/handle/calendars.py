"""What calendars in people's phones must hear of a decision: files that add, move, take out."""

from __future__ import annotations

from bot.conversations.scene import CaseView
from bot.handle.office import Desk
from bot.handle.posting import Post
from bot.views.heads import Sight
from bot.views.invitations import invitation_file
from scheduler.appointments import Invitation, appointments, invitations, sequence
from scheduler.case import Case
from storage import history


class Calendars:
    """Sends appointments to the phones of those who have them, on one desk."""

    def __init__(self, desk: Desk, post: Post) -> None:
        """Write from `desk`, through `post`."""
        self._desk, self._post = desk, post

    def told(self, view: CaseView, before: Case) -> None:
        """Queue what changed between the case `before` and now, where the team wants files."""
        desk = self._desk
        if not desk.office.team.calendar_files:
            return
        was, is_ = (appointments(each, view.procedure) for each in (before, view.case))
        if was == is_:
            return
        for invitation in invitations(was, is_, desk.now, desk.days):
            self._send(view, invitation)

    def _send(self, view: CaseView, invitation: Invitation) -> None:
        desk = self._desk
        person = desk.people[invitation.to]
        if person.user_id is None:
            return
        first = Case(procedure=view.case.procedure, version=view.case.version)
        events = [each.event for each in history.events(desk.c, view.id)]
        number = sequence(first, events, view.procedure, invitation.appointment.id)
        sight = Sight(
            view=view, team=desk.team(), language=desk.member(person.id).language, now=desk.now
        )
        made = invitation_file(sight, invitation, number)
        self._post.file(person.user_id, made, person_id=person.id, case_id=view.id)
