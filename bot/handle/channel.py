"""What the team's channel is told of the cases, and where in it: a topic a case, where it has any.

A topic is made by a call that is queued before what goes into it; its number is known when that
was answered, and `storage.outbox` gives it to each message at the moment it is sent. What cannot
go into a topic goes to the group itself: nothing is lost by one that is not there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from bot.conversations.group import INSIDE, OUTSIDE
from bot.conversations.scene import CaseView
from bot.handle.handovers import HandOvers
from bot.handle.looking import Looking
from bot.handle.office import CHANNEL, Desk
from bot.handle.posting import CHANNEL_QUESTION, Post
from bot.screen import Screen
from bot.texts import say
from bot.views import channel as views
from bot.views.members import channel_lost_screen, left_group_screen
from scheduler.case import Case, State
from scheduler.decision import HANDED_OVER
from storage import buttons, outbox, teams, topics
from storage.buttons import Prompt
from storage.outbox import Claimed

FORUM: Final = "forum"
"""The flag that says whether the channel has topics: {"chat": id, "on": bool, "barred": code}.

`barred` says why we cannot make topics there though it has them (no-rights), until our place in it
changes.
"""
MEMBERS: Final = "members_inside"
"""The flag of who was seen in the channel: {"chat": id, "inside": [numbers of people]}."""
FORMER: Final = "was"
"""In the channel's flag: the ids that the group had before it became a supergroup."""
FORMER_MAX: Final = 4
ASKED_GROUP: Final = "asked_group"
"""The flag of the group that a coordinator is asked about: the bot stays in it meanwhile."""
_OUT: Final = frozenset({"kicked", "not-member", "chat-deleted", "chat-not-found"})
_NOT_THERE: Final = frozenset({"no-topic", "topic-closed"})


class Channel:
    """The team's channel, seen from one desk; without one nothing is told."""

    def __init__(self, desk: Desk, look: Looking, post: Post) -> None:
        """Write from `desk`."""
        self._desk, self._look, self._post = desk, look, post
        self._handovers = HandOvers(desk, post)
        self._said: set[int] = set()  # cases whose announcement has just been changed

    # what is told

    def begun(self, view: CaseView, step: str | None) -> None:
        """A case begins: announce it; with `step` anyone may claim it, without it is only told of
        where it has a topic."""
        chat = self._desk.channel()
        if chat is None:
            return
        self._settle_place(view, chat)
        if step is not None:
            screen = views.claim_screen(view, self._desk.team(), self._desk.now)
            prompt = self._post.question(view.id, None, step, CHANNEL_QUESTION)
            self._tell(chat, view, screen, prompt_id=prompt)
        elif self._has_topic(view.id, chat):
            self._tell(chat, view, views.begun_screen(view, self._desk.team(), self._desk.now))

    def taken(self, view: CaseView, prompt: Prompt) -> None:
        """The case is claimed, given or closed: its announcement says so."""
        if prompt.chat_id is None or prompt.message_id is None:
            return
        screen = views.taken_screen(view, self._desk.team(), self._desk.now)
        self._post.edit(prompt.chat_id, prompt.message_id, screen, case_id=view.id)
        self._said.add(view.id)

    def told(self, view: CaseView, before: Case) -> None:
        """Tell what became of a case that the channel knows, or has a topic for from now on."""
        if before.episode is None:
            return  # it begins: `begun` announces it
        team, now = self._desk.team(), self._desk.now
        said = view.id in self._said
        self._said.discard(view.id)
        news = views.news_screen(view, replace(view, case=before), team, now, is_said=said)
        closes = (before.state, view.case.state) == (State.OPEN, State.CLOSED)
        opens = (before.state, view.case.state) == (State.CLOSED, State.OPEN)
        if news is None and not closes:
            return
        chat = self._desk.channel()
        if chat is None or not self._knows(view, chat):
            return
        had = self._has_topic(view.id, chat)
        self._settle_place(view, chat)
        if opens and had:
            self._about_topic(chat, view.id, "reopenForumTopic")
        if news is not None:
            self._tell_news(chat, view, before, news)
        if closes and self._has_topic(view.id, chat):
            self._about_topic(chat, view.id, "closeForumTopic")

    def _knows(self, view: CaseView, chat: int) -> bool:
        """Return whether the channel was told of the case, or tells of every one."""
        place = topics.topic(self._desk.c, view.id)
        told = place is not None and place.chat_id == chat
        return told or (self._makes_topics(chat) and view.case.crisis is None)

    def _tell_news(self, chat: int, view: CaseView, before: Case, news: Screen) -> None:
        """Tell it in a message of its own, or in that of the hand-over a moment ago."""
        after = view.case
        stays = (before.state, before.phase) == (after.state, after.phase)
        is_handed_over = stays and None not in (before.worker, after.worker)
        if is_handed_over and self._handovers.told_in(chat, view, news):
            return
        self._tell(chat, view, news, about=HANDED_OVER if is_handed_over else None)

    def _tell(
        self,
        chat: int,
        view: CaseView,
        screen: Screen,
        *,
        prompt_id: int | None = None,
        about: str | None = None,
    ) -> None:
        self._post.screen(
            chat,
            screen,
            case_id=view.id,
            kind="group",
            lane=1,
            meta={} if about is None else {"about": about},
            prompt_id=prompt_id,
        )

    # topics

    def _settle_place(self, view: CaseView, chat: int) -> None:
        """Give the case its topic where it can have one and has none; else the group itself."""
        desk = self._desk
        place = topics.topic(desk.c, view.id)
        here = place is not None and place.chat_id == chat
        if here and place is not None and place.state != "plain":
            return
        if self._makes_topics(chat):
            topics.put(desk.c, desk.team_id, view.id, chat, "asked", desk.now)
            name = views.topic_name(view)
            self._about_topic(chat, view.id, "createForumTopic", name=name)
        elif not here:
            topics.put(desk.c, desk.team_id, view.id, chat, "plain", desk.now)

    def _about_topic(self, chat: int, case_id: int, method: str, **payload: Any) -> None:
        self._post.call(chat, method, payload, kind="topic", case_id=case_id, lane=1)

    def _has_topic(self, case_id: int, chat: int) -> bool:
        place = topics.topic(self._desk.c, case_id)
        here = place is not None and place.chat_id == chat
        return here and place is not None and place.state in ("asked", "there")

    def _makes_topics(self, chat: int) -> bool:
        forum = self._forum(chat)
        return bool(forum["on"]) and forum["barred"] is None

    def _forum(self, chat: int) -> dict[str, Any]:
        flag = teams.flag(self._desk.c, self._desk.team_id, FORUM)
        if flag is None or flag.value["chat"] != chat:
            return {"chat": chat, "on": False, "barred": None}
        return dict(flag.value)

    def _set_forum(self, chat: int, **changes: Any) -> None:
        value = {**self._forum(chat), **changes}
        teams.set_flag(self._desk.c, self._desk.team_id, FORUM, value, self._desk.now)

    # learning about the channel

    def look_again(self, about: int | None = None) -> None:
        """Ask whether the channel has topics; `about` the case whose topic was not found."""
        chat = self._desk.channel()
        if chat is not None:
            self._post.call(chat, "getChat", kind="topic", meta={"about": about})

    def look_for_members(self) -> None:
        """Ask who of the team is in the channel still: an update may have been missed (S9)."""
        chat = self._desk.channel()
        for person in self._desk.people.values() if chat is not None else ():
            if person.state != "active" or person.role == "reporter" or person.user_id is None:
                continue
            payload, meta = {"user_id": person.user_id}, {"member": person.id}
            self._post.call(chat or 0, "getChatMember", payload, kind="topic", lane=1, meta=meta)

    def _heard_member(self, person_id: int, status: object) -> None:
        """Who was inside and is no more is told of, once, however it was learnt."""
        person = self._desk.people.get(person_id)
        if person is None or person.state != "active":
            return
        if status in INSIDE:
            self._set_inside(person_id, inside=True)
        elif status in OUTSIDE:
            self.left(person_id)

    def left(self, person_id: int, *, is_sure: bool = False) -> None:
        """A member is in the channel no more: the coordinators are asked (S8).

        Not of who was never seen there, unless it `is_sure` that they were.
        """
        if not self._set_inside(person_id, inside=False) and not is_sure:
            return
        for coordinator in self._coordinators():
            language = self._desk.member(coordinator).language
            left = self._desk.member(person_id)
            self._private(coordinator, left_group_screen(left, language))

    def _set_inside(self, person_id: int, *, inside: bool) -> bool:
        """Remember it; return whether that changed anything. Another channel begins anew."""
        chat = self._desk.channel()
        flag = teams.flag(self._desk.c, self._desk.team_id, MEMBERS)
        known = flag.value if flag is not None and flag.value["chat"] == chat else None
        before = set(known["inside"]) if known is not None else set()
        after = before | {person_id} if inside else before - {person_id}
        if after == before:
            return False
        value = {"chat": chat, "inside": sorted(after)}
        teams.set_flag(self._desk.c, self._desk.team_id, MEMBERS, value, self._desk.now)
        return True

    def known(self) -> bool:
        """Return whether it was ever heard if the channel has topics; True without a channel."""
        chat = self._desk.channel()
        flag = teams.flag(self._desk.c, self._desk.team_id, FORUM)
        return chat is None or (flag is not None and flag.value["chat"] == chat)

    def heard(self, chat: int, *, is_forum: bool, is_sure: bool = False) -> None:
        """Something said whether a chat has topics; a "no" counts only when it `is_sure`.

        Some servers leave it out where they could say yes.
        """
        if chat != self._desk.channel() or not (is_forum or is_sure):
            return
        forum = self._forum(chat)
        if is_forum and not forum["on"]:
            self._set_forum(chat, on=True, barred=None)
        elif not is_forum:
            self._off(chat, forum)

    def _off(self, chat: int, forum: dict[str, Any]) -> None:
        self._set_forum(chat, on=False, barred=None)
        if forum["on"]:
            self._alarm("topics-not-forum")

    def placed_anew(self, chat: int) -> None:
        """The bot's own place in the channel changed: what it may do is found out again."""
        if chat == self._desk.channel() and self._forum(chat)["barred"] is not None:
            self._set_forum(chat, barred=None)

    def sent(self, row: Claimed, result: Any) -> None:
        """The channel took a message or a call; what it answered tells of topics too."""
        said = result if isinstance(result, dict) else {}
        if row.method == "createForumTopic" and row.case_id is not None:
            thread = said.get("message_thread_id")
            if isinstance(thread, int):
                topics.opened(self._desk.c, row.case_id, row.chat_id, thread)
            else:
                topics.lost(self._desk.c, row.case_id, "plain")
        elif row.method == "getChat":
            self._heard_chat(row, said)
        elif row.method == "getChatMember":
            is_out = said.get("is_member") is False  # one who was restricted, and left
            self._heard_member(row.meta["member"], "left" if is_out else said.get("status"))
        elif row.prompt_id is not None and row.chat_id in self._former():
            # it went to the group as it was just before it moved: there it is out of reach
            buttons.adrift(self._desk.c, row.prompt_id)
            self._announce_anew()
        elif isinstance(chat := said.get("chat"), dict):
            self.heard(row.chat_id, is_forum=chat.get("is_forum") is True)
            self._muted(row.chat_id, now=False)

    def _heard_chat(self, row: Claimed, chat: dict[str, Any]) -> None:
        about = row.meta.get("about")
        on = self._forum(row.chat_id)["on"]
        if "type" in chat:
            self.heard(row.chat_id, is_forum=chat.get("is_forum") is True, is_sure=True)
        if about is None:
            return
        if on and not self._forum(row.chat_id)["on"]:
            topics.put(
                self._desk.c, self._desk.team_id, about, row.chat_id, "plain", self._desk.now
            )
        elif on:
            self._alarm_topic_gone(about)

    # what the channel would not take

    def refused(self, row: Claimed, code: str) -> None:
        """The channel did not take a message or a call: go another way, and say so once."""
        if row.chat_id != self._desk.channel():
            return
        if row.method == "getChatMember":
            return  # nothing is known of them there; that is no reason to do anything
        if code in _OUT:
            self._out(row)
        elif row.method == "getChat":
            if isinstance(about := row.meta.get("about"), int):
                self._alarm_topic_gone(about)
        elif row.kind == "topic" and row.case_id is not None:
            self._refused_topic(row.chat_id, row.method, row.case_id, code)
        elif row.thread_id is not None and row.case_id is not None and code in _NOT_THERE:
            outbox.again(self._desk.c, row.id, self._desk.now)
            self._lose(row.case_id)
        elif code == "no-rights":
            self._muted(row.chat_id, now=True)

    def _muted(self, chat: int, *, now: bool) -> None:
        """We may not write there, or may again: the coordinators hear the former, once."""
        flag = teams.flag(self._desk.c, self._desk.team_id, CHANNEL)
        before = flag is not None and flag.value.get("muted", False)
        if flag is None or flag.value["chat"] != chat or before == now:
            return
        value = {**flag.value, "muted": now}
        teams.set_flag(self._desk.c, self._desk.team_id, CHANNEL, value, self._desk.now)
        if now:
            self._lost("muted")

    def _lost(self, why: str) -> None:
        for person_id in self._coordinators():
            language = self._desk.member(person_id).language
            self._private(person_id, channel_lost_screen(why, language))

    def _refused_topic(self, chat: int, method: str, case_id: int, code: str) -> None:
        forum = self._forum(chat)
        if code in _NOT_THERE:
            self._lose(case_id)
        elif code == "not-forum":
            topics.lost(self._desk.c, case_id, "plain")
            self._off(chat, forum)
        else:
            if method == "createForumTopic":
                topics.lost(self._desk.c, case_id, "plain")
            if forum["barred"] is None:
                self._set_forum(chat, barred=code)
                self._alarm("topics-no-rights" if code == "no-rights" else "topics-refused")

    def _lose(self, case_id: int) -> None:
        if topics.lost(self._desk.c, case_id, "gone"):
            self.look_again(about=case_id)

    def doubtful(self, row: Claimed) -> None:
        """Twice nobody knows whether a topic was made: the case is told of in the group itself."""
        if row.method == "createForumTopic" and row.case_id is not None:
            topics.lost(self._desk.c, row.case_id, "plain")

    def _out(self, row: Claimed) -> None:
        if row.case_id is not None and row.method == "createForumTopic":
            topics.lost(self._desk.c, row.case_id, "plain")
        teams.drop_flag(self._desk.c, self._desk.team_id, CHANNEL)
        self._lost("removed")

    # the group becomes a supergroup

    def is_former(self, chat: int | None) -> bool:
        """Return whether this was the channel's id before it became a supergroup."""
        return chat is not None and chat in self._former()

    def _former(self) -> list[int]:
        flag = teams.flag(self._desk.c, self._desk.team_id, CHANNEL)
        return list(flag.value.get(FORMER, ())) if flag is not None else []

    def moved(self, old: int, new: int) -> None:
        """The group `old` is `new` from now on; told up to three times, in any order (row 54).

        Announcements that wait for a claim are made again there: the old ones are out of reach.
        """
        desk = self._desk
        for key in (CHANNEL, FORUM, MEMBERS, ASKED_GROUP):
            flag = teams.flag(desk.c, desk.team_id, key)
            if flag is None or flag.value.get("chat") != old:
                continue
            value = {**flag.value, "chat": new}
            if key == CHANNEL:
                former = [each for each in flag.value.get(FORMER, ()) if each != new]
                value[FORMER] = [*former, old][-FORMER_MAX:]
            teams.set_flag(desk.c, desk.team_id, key, value, desk.now)
            for chat in (old, new):
                # a stranger's group, as it seemed for a moment
                outbox.cancel_call(desk.c, desk.team_id, chat, "leaveChat", desk.now)
            if key == CHANNEL:
                self.look_again()
                self._announce_anew()

    def _announce_anew(self) -> None:
        chat = self._desk.channel()
        assert chat is not None, "a channel that moved is there"
        for prompt in buttons.unshown(self._desk.c, self._desk.team_id, chat):
            view = self._look.case(prompt.case_id) if prompt.case_id is not None else None
            if view is not None and prompt.question == CHANNEL_QUESTION:
                screen = views.claim_screen(view, self._desk.team(), self._desk.now)
                self._tell(chat, view, screen, prompt_id=prompt.id)

    # telling the coordinators

    def _alarm_topic_gone(self, case_id: int) -> None:
        view = self._look.case(case_id)
        if view is not None:
            self._alarm("topics-gone", ref=view.ref)

    def _alarm(self, key: str, **values: str) -> None:
        for person_id in self._coordinators():
            language = self._desk.member(person_id).language
            self._private(person_id, Screen(html=say(language, key, **values)))

    def _coordinators(self) -> tuple[int, ...]:
        return self._desk.roster.coordinators(self._desk.days.day_of(self._desk.now))

    def _private(self, person_id: int, screen: Screen) -> None:
        user_id = self._desk.people[person_id].user_id
        if user_id is not None:
            self._post.screen(user_id, screen, person_id=person_id)
