"""Who comes in, who leaves, and where the bot stands: people and chats around the cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from bot import acts
from bot.conversations import group
from bot.conversations.outcome import Outcome, Performed
from bot.conversations.scene import Member, Scene
from bot.handle.channel import ASKED_GROUP, Channel
from bot.handle.invitations import code_hash
from bot.handle.looking import Looking
from bot.handle.notices import exported, tell_coordinators
from bot.handle.office import CHANNEL, LEAFLET, Desk
from bot.handle.posting import Post
from bot.hooks import Handled
from bot.incoming import GroupMessage, MemberChanged
from bot.screen import Screen
from bot.texts import say
from bot.views import members
from bot.views.away import stand_in_answered_screen, stand_in_screen
from bot.views.leave import change_key
from bot.views.notices import Done
from bot.views.words import dated_moment_words
from scheduler.decision import Refused
from storage import outbox, people, teams

LEAVES_AFTER: Final = timedelta(seconds=3)
"""A strange group may turn out to be the channel, which has just become a supergroup (row 54)."""


class Membership:
    """People and chats of one team, at one desk."""

    def __init__(self, desk: Desk, look: Looking, post: Post) -> None:
        """Work at `desk`."""
        self._desk, self._look, self._post = desk, look, post
        self._channel = Channel(desk, look, post)

    # coming in

    def newcomer(self, scene: Scene) -> Member:
        """Return the reporter that a stranger becomes by reporting; no right comes with it."""
        desk = self._desk
        person_id = people.put_person(
            desk.c,
            desk.team_id,
            name=scene.user_name,
            role="reporter",
            user_id=scene.user_id,
            language=scene.language,
            now=desk.now,
        )
        desk.refresh()
        return desk.member(person_id)

    def redeem(self, code: str, scene: Scene) -> Outcome:
        """Use an invitation up; unless it came from the command line a coordinator confirms it."""
        desk = self._desk
        redeemed = people.redeem_invite(
            desk.c, desk.team_id, code_hash(code), scene.user_id, desk.now
        )
        if isinstance(redeemed, people.Refused):
            return Refused(reason=f"link_{redeemed.reason}")
        if redeemed.person is not None:
            desk.refresh()
            if not redeemed.person.name:
                self.introduced(redeemed.person, scene.user_name)
            self._told_of("joined", None, redeemed.person.id, but_not=redeemed.person.id)
            return Performed(values={"waiting": False})
        invite = redeemed.invite
        for person_id in desk.roster.coordinators(desk.days.day_of(desk.now)):
            member = desk.member(person_id)
            screen = members.confirm_member_screen(
                invite.id,
                name=invite.name or "–",
                role=invite.role,
                user_name=scene.user_name,
                language=member.language,
            )
            self._tell(person_id, screen)
        return Performed(values={"waiting": True})

    def introduced(self, person: people.Person, user_name: str) -> None:
        """Call a person whom the team file or an invitation left without a name as they do."""
        people.set_person(self._desk.c, person.id, name=user_name)
        self._desk.refresh()

    def speaks(self, person: people.Person, language: str) -> None:
        """Keep the language that a person's messenger says, so that all is said in one."""
        people.set_person(self._desk.c, person.id, language=language)
        self._desk.refresh()

    def shown_in_group(self, text: str) -> bool:
        """An invitation that was shown in a group is useless from now on (row 22).

        As a command or in a link, by whomever: all have read it. Return whether there was one.
        """
        found = False
        for code in group.shown_codes(text):
            burnt = people.burn_invite(self._desk.c, self._desk.team_id, code_hash(code))
            if burnt is not None:
                found = True
                self.alarm("invite-burnt", name=burnt.name or "–")
        return found

    # telling others what an act means for them

    def tell_others(self, act: acts.Act, outcome: Outcome, by: Member) -> None:
        """Tell those whom an act concerns beside the one who did it."""
        tell = _TELL.get(type(act))
        if tell is not None and isinstance(outcome, Performed):
            tell(self, act, outcome.values, by)

    def _member_decided(
        self, act: acts.DecideMember, values: Mapping[str, Any], by: Member
    ) -> None:
        if act.accepted:
            joined = self._desk.member(values["person"])
            self._tell(joined.id, members.welcome_member_screen(joined, self._desk.team()))
            self._told_of("joined", by.id, joined.id, but_not=by.id)
        elif values.get("user_id") is not None:
            language = self._desk.office.team.language
            screen = members.declined_member_screen(self._desk.team(), language)
            self._post.screen(values["user_id"], screen)

    def _away(self, act: acts.SetAway, values: Mapping[str, Any], by: Member) -> None:
        stand_in = act.stand_in
        if stand_in is None or stand_in == by.id:
            return
        absent, asked = self._desk.member(act.person), self._desk.member(stand_in)
        screen = stand_in_screen(values["absence"], absent, act.from_on, act.to_on, asked.language)
        self._tell(stand_in, screen)

    def _stand_in_answered(
        self, act: acts.AnswerStandIn, values: Mapping[str, Any], by: Member
    ) -> None:
        absent = self._desk.member(values["person"])
        screen = stand_in_answered_screen(
            by, absent.language, absence=act.absence, accepted=act.accepted
        )
        self._tell(absent.id, screen)
        if not act.accepted:
            for member in self._coordinators():
                html = say(member.language, "alarm-stand-in-refused", name=absent.name)
                key = change_key(act.absence, "stand_in", member.language)
                self._tell(member.id, Screen(html=html, rows=((key,),)))

    def _support(self, act: acts.AskSupport, values: Mapping[str, Any], by: Member) -> None:
        for member in self._coordinators():
            text = say(member.language, "support-request", name=by.name, text=act.text)
            self._tell(member.id, Screen(html=text, protect=True))

    def _exported(self, act: acts.Export, values: Mapping[str, Any], by: Member) -> None:
        if "made" in values:
            done = exported(act)
            tell_coordinators(self._desk, self._post, done, by.id, values["count"])

    def _left(self, act: acts.LeaveTeam, values: Mapping[str, Any], by: Member) -> None:
        done: Done = "left" if act.person == by.id else "removed"
        self._told_of(done, by.id, act.person, but_not=by.id)

    def _told_of(self, done: Done, by: int | None, member: int, *, but_not: int) -> None:
        """Tell the coordinators who came or went with a role; reporters come and go."""
        if self._desk.people[member].role != "reporter":
            tell_coordinators(self._desk, self._post, done, by, member=member, but_not=but_not)

    # chats

    def changed(self, change: MemberChanged) -> Handled:
        """Act on a change of places in a chat (rows 53, 55, 56, 59)."""
        desk = self._desk
        if self._channel.is_former(change.chat_id):
            return Handled(refused="former_group")
        by = desk.by_user(change.by_user_id)
        member = desk.by_user(change.user_id)
        meant = group.placed(
            change,
            channel=desk.channel(),
            by_coordinator=by is not None and desk.roster.is_coordinator(by.id),
            knows_user=member is not None,
        )
        match meant:
            case group.LeaveChat():
                self._leave(meant.chat_id)
            case group.AskCoordinator() if by is not None:
                language = desk.member(by.id).language
                asked = {"chat": meant.chat_id}
                teams.set_flag(desk.c, desk.team_id, ASKED_GROUP, asked, desk.now)
                screen = members.confirm_group_screen(meant.chat_id, meant.title, language)
                self._tell(by.id, screen)
            case group.ChannelLost():
                if meant.why == "removed":
                    teams.drop_flag(desk.c, desk.team_id, CHANNEL)
                for each in self._coordinators():
                    self._tell(each.id, members.channel_lost_screen(meant.why, each.language))
            case group.LeftGroup() if member is not None:
                self._channel.left(member.id, is_sure=True)
            case group.Blocked() if by is not None:
                people.set_person(desk.c, by.id, chat_ok=False)
            case group.Back() if by is not None:
                self.is_back(by)
            case _:
                pass
        if change.about_me:
            self._channel.placed_anew(change.chat_id)
        return Handled()

    def _leave(self, chat_id: int) -> None:
        """Leave a group that is not ours, in a moment."""
        at = self._desk.now + LEAVES_AFTER
        self._post.call(chat_id, "leaveChat", not_before=at)

    def is_back(self, person: people.Person) -> None:
        """The person can be written to again: what failed is tried again (row 59)."""
        people.set_person(self._desk.c, person.id, chat_ok=True)
        outbox.retry_person(self._desk.c, person.id, self._desk.now)

    def in_foreign_group(self, message: GroupMessage) -> Handled:
        """Leave a group that is not the team's, unless a coordinator is being asked about it."""
        desk = self._desk
        if self._channel.is_former(message.chat_id):
            return Handled(refused="former_group")
        asked = teams.flag(desk.c, desk.team_id, ASKED_GROUP)
        if asked is None or asked.value["chat"] != message.chat_id:
            self._leave(message.chat_id)
        return Handled(refused="foreign_group")

    def remove_personal(self, chat_id: int, message_id: int) -> None:
        """Take away something personal from the channel, where the bot may (row 57)."""
        self._post.delete(chat_id, message_id)

    # alarms

    def alarm(self, key: str, **values: str | int) -> None:
        """Tell every present coordinator something in plain words, in private."""
        for member in self._coordinators():
            screen = Screen(html=say(member.language, f"alarm-{key}", **values))
            self._tell(member.id, screen)

    def out_of_bounds(self, code: str, since: datetime) -> None:
        """Tell every present coordinator what does not go as it should, and what to do."""
        desk = self._desk
        for member in self._coordinators():
            when = dated_moment_words(since, desk.days, member.language, desk.now)
            self._tell(member.id, Screen(html=say(member.language, f"alarm-{code}", since=when)))

    def undelivered(self, person_id: int | None, case_id: int | None, key: str) -> None:
        """Tell the coordinators whom a message did not reach, by case number."""
        view = self._look.case(case_id) if case_id is not None else None
        known = person_id is not None and person_id in self._desk.people
        name = self._desk.people[person_id].name if known and person_id is not None else "–"
        for member in self._coordinators():
            if member.id != person_id:
                ref = view.ref if view else "–"
                text = say(member.language, f"alarm-{key}", name=name, ref=ref)
                self._tell(member.id, Screen(html=text))

    def not_deleted(self, row: outbox.Claimed) -> None:
        """Tell the coordinators which personal details are still in whose chat (P17)."""
        if row.chat_id < 0:  # what somebody typed in a group, where the bot may not delete it
            self.alarm("not-deleted-channel")
            return
        case_id, person_id = row.meta.get("details_of"), row.meta.get("to_person")
        view = self._look.case(case_id) if case_id is not None else None
        person = self._desk.people.get(person_id) if person_id is not None else None
        if view is None or person is None:
            self.alarm("not-deleted")
        else:
            self.alarm("not-deleted-of", ref=view.ref, name=person.name)

    def file_not_made(self, person_id: int | None) -> None:
        """Tell who asked that a picture or file is missing: our fault, and the text stands."""
        if person_id is not None and person_id in self._desk.people:
            language = self._desk.member(person_id).language
            self._tell(person_id, Screen(html=say(language, "file-not-made")))

    def file_refused(self, row: outbox.Claimed) -> None:
        """The messenger does not know a file: where it is the leaflet, it is to be handed in anew.

        The coordinators hear of it once; who wanted it, each time.
        """
        desk = self._desk
        flag = teams.flag(desk.c, desk.team_id, LEAFLET)
        kind, _, id_ = flag.value["file"].partition(":") if flag is not None else ("", "", "")
        if flag is None or row.payload.get(kind) != id_:
            return
        if not flag.value.get("lost", False):
            teams.set_flag(desk.c, desk.team_id, LEAFLET, {**flag.value, "lost": True}, desk.now)
            self.alarm("leaflet-lost")
        person = row.person_id
        if person is None or person not in desk.people or desk.roster.is_coordinator(person):
            return
        self._tell(person, Screen(html=say(desk.member(person).language, "leaflet-lost")))

    def _coordinators(self) -> list[Member]:
        today = self._desk.days.day_of(self._desk.now)
        return [self._desk.member(i) for i in self._desk.roster.coordinators(today)]

    def _tell(self, person_id: int, screen: Screen) -> None:
        chat_id = self._desk.people[person_id].user_id
        if chat_id is not None:
            self._post.screen(chat_id, screen, person_id=person_id)


_TELL: Mapping[type, Callable[[Membership, Any, Mapping[str, Any], Member], None]] = {
    acts.DecideMember: Membership._member_decided,
    acts.SetAway: Membership._away,
    acts.AnswerStandIn: Membership._stand_in_answered,
    acts.AskSupport: Membership._support,
    acts.LeaveTeam: Membership._left,
    acts.Export: Membership._exported,
}
