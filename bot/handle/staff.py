"""The team's people and what is theirs: languages, invitations, leaving, channel, leaflet."""

from __future__ import annotations

from bot import acts
from bot.conversations.outcome import Outcome, Performed
from bot.handle.channel import Channel
from bot.handle.codes import Codes
from bot.handle.invitations import INVITE_BYTES, INVITE_VALID, code_hash, new_code
from bot.handle.keeping import Keeper
from bot.handle.notices import tell_coordinators
from bot.handle.office import CHANNEL, LEAFLET, Desk
from bot.handle.posting import DELETED_WITHIN, Post
from scheduler import stimuli
from scheduler.decision import Refused
from storage import access, cases, outbox, people, teams
from storage.columns import room_of


class Staff:
    """The people of one team, at one desk."""

    def __init__(self, desk: Desk, post: Post, keeper: Keeper, channel: Channel) -> None:
        """Work at `desk`."""
        self._desk, self._post, self._keeper = desk, post, keeper
        self._channel = channel

    def set_language(self, act: acts.SetLanguage, by: int) -> Outcome:
        """The person reads another language."""
        people.set_person(self._desk.c, by, language=act.language)
        self._desk.refresh()
        return Performed(values={"language": act.language})

    def leave_team(self, act: acts.LeaveTeam, by: int) -> Outcome:
        """A person leaves: every right ends at once, each open case goes back to `assign`."""
        desk = self._desk
        if by != act.person and not desk.roster.is_coordinator(by):
            return Refused(reason="not_yours")
        leaver = desk.people.get(act.person)
        if leaver is None or leaver.state == "left":
            return Refused(reason="no_such_step")
        if self._is_last_coordinator(act.person):
            return Refused(reason="last_coordinator")
        people.leave(desk.c, act.person, desk.now)
        Codes(desk).drop(act.person)
        desk.refresh()
        stored = cases.cases_of(desk.c, act.person)
        left = [one.row.id for one in stored if one.case.worker == act.person]
        for case_id in left:
            self._keeper.decide(case_id, stimuli.WorkerLeft(by=by), by=by)
        if leaver.role != "reporter":
            since = desk.now - DELETED_WITHIN
            for chat_id, message_id in outbox.delivered(desk.c, act.person, since):
                if (chat_id, message_id) != self._keeper.pressed:  # it becomes the farewell
                    self._post.delete(chat_id, message_id)
        values = {"person": act.person, "name": leaver.name, "cases": len(left)}
        return Performed(values=values)

    def _is_last_coordinator(self, person_id: int) -> bool:
        coordinators = [
            p.id
            for p in self._desk.roster.people.values()
            if self._desk.roster.is_coordinator(p.id)
        ]
        return coordinators == [person_id]

    def invite(self, act: acts.InvitePerson, by: int) -> Outcome:
        """An invitation: its code is shown once and kept as a hash (S7)."""
        if not self._desk.roster.is_coordinator(by):
            return Refused(reason="not_coordinator")
        code = new_code(room_of(self._desk.c).randomness(INVITE_BYTES))
        people.put_invite(
            self._desk.c,
            self._desk.team_id,
            _role(act.role),
            act.name,
            code_hash(code),
            self._desk.now + INVITE_VALID,
            self._desk.now,
            by=by,
        )
        return Performed(values={"code": code, "role": act.role, "name": act.name})

    def decide_member(self, act: acts.DecideMember, by: int) -> Outcome:
        """A coordinator lets the person in who opened an invitation, or not."""
        if not self._desk.roster.is_coordinator(by):
            return Refused(reason="not_coordinator")
        # The button carries the invitation's number: the person has none before it.
        if not act.accepted:
            declined = people.decline_invite(self._desk.c, act.person)
            if declined is None:
                return Refused(reason="taken")
            return Performed(values={"name": declined.name or "–", "user_id": declined.user_id})
        joined = people.confirm_invite(self._desk.c, act.person, None, self._desk.now)
        if isinstance(joined, people.Refused):
            return Refused(reason="taken")
        self._desk.refresh()
        return Performed(
            values={
                "accepted": True,
                "person": joined.id,
                "name": joined.name,
                "role": joined.role,
            }
        )

    def confirm_group(self, act: acts.ConfirmGroup, by: int) -> Outcome:
        """A coordinator makes a group the team's channel; any other is left (S11)."""
        if not self._desk.roster.is_coordinator(by):
            return Refused(reason="not_coordinator")
        if act.accepted:
            if self._desk.channel() not in (None, act.chat_id):
                tell_coordinators(self._desk, self._post, "channel-set", by, but_not=by)
            value = {"chat": act.chat_id}
            teams.set_flag(self._desk.c, self._desk.team_id, CHANNEL, value, self._desk.now)
            self._channel.look_again()
        else:
            self._post.call(act.chat_id, "leaveChat")
        return Performed(values={"accepted": act.accepted})

    def set_code(self, act: acts.SetCode, by: int) -> Outcome:
        """A coordinator chooses a code; all of them hear that there is one (S22)."""
        if not self._desk.roster.is_coordinator(by):
            return Refused(reason="not_coordinator")
        Codes(self._desk).choose(by, act.code)
        tell_coordinators(self._desk, self._post, "code-set", by)
        return Performed()

    def enter_code(self, act: acts.EnterCode, by: int) -> Outcome:
        """A typed code opens for a while; wrong ones are noted, and of too many all hear."""
        desk, codes = self._desk, Codes(self._desk)
        if codes.state(by) == "barred":
            return Refused(reason="barred")
        until = codes.enter(by, act.code)
        if until is not None:
            return Performed(values={"until": until})
        access.log(desk.c, desk.team_id, by, "code-wrong", None, desk.now)
        if codes.state(by) != "barred":
            return Refused(reason="wrong_code")
        tell_coordinators(desk, self._post, "code-barred", by)
        return Refused(reason="barred")

    def ask_support(self, act: acts.AskSupport, by: int) -> Outcome:
        """A request for support goes to the coordinators (E-47)."""
        return Performed(values={"support": act.text, "by": by})

    def set_leaflet(self, act: acts.SetLeaflet, by: int) -> Outcome:
        """A coordinator leaves the team's leaflet, another one, or none."""
        if not self._desk.roster.is_coordinator(by):
            return Refused(reason="not_coordinator")
        c, team_id = self._desk.c, self._desk.team_id
        if act.file is None:
            teams.drop_flag(c, team_id, LEAFLET)
        else:
            teams.set_flag(c, team_id, LEAFLET, {"file": act.file}, self._desk.now)
        return Performed()


def _role(role: str) -> people.Role:
    match role:
        case "coordinator" | "worker" | "reporter":
            return role
        case _:
            raise AssertionError(f"role {role!r}")
