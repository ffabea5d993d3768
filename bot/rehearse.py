"""Plays rehearsals: a story's acts become updates that press the real buttons and type texts.

The real conversations, engine, storage, inbox and outbox; no network, and a clock that jumps from
moment to moment. What is said line by line is what held and what did not.
"""

from __future__ import annotations

import asyncio
import html as html_
import json
import os
import re
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.markup import escape

from bot.handle import Handler
from bot.handle.office import open_office
from bot.handle.posting import from_codes
from bot.hooks import NOT_FOR_YOU
from bot.screen import Intent, Verb
from bot.story import (
    FACTS,
    QUIET_KINDS,
    Entry,
    Expect,
    Spot,
    Story,
    StoryError,
    doubts,
    matched,
    read_stories,
    word,
)
from bot.team import Assignment, Language, Team
from scheduler.case import State
from scheduler.load import ProcedureError, load_named
from scheduler.procedure import Role
from scheduler.workdays import Workdays
from storage import buttons, cases, drafts, dues, history, inbox, outbox, people, teams
from storage.database import Database
from storage.errors import DatabaseRefused, KeysRefused
from storage.keys import Keyring, new_key

FIRST_USER: Final = 70_000_001
"""Telegram ids of the story's people; invented."""
ASKED_MAX: Final = 40
"""Questions that one act may come to."""
EPOCH: Final = datetime(2027, 1, 1, tzinfo=UTC)
"""When a story without a moment is played."""
INSTANT: Final = timedelta(microseconds=1)
ON_TIME: Final = timedelta(seconds=60)

_TAG: Final = re.compile(r"<[^>]*>")


def _is_told(draft: Mapping[str, Any], field: str) -> bool:
    """Return whether a report that is being made says this already."""
    if field == "amount":
        return draft["amount"] is not None
    return field in draft["said"] or field in draft["dates"]


class Stuck(Exception):
    """The bot offers no way to do what the story says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A message as a person got it. `text` is plain; `client` names the case."""

    at: datetime
    to: str
    kind: str
    step: str | None
    about: str
    due_at: datetime | None
    marks: tuple[str, ...]
    text: str
    client: str | None


@dataclass(slots=True)
class Chat:
    """A person's chat: the messages that are there and the callbacks under each."""

    user_id: int
    name: str
    messages: dict[int, list[str]] = field(default_factory=dict)


class Player:
    """Plays one story against an empty database."""

    def __init__(self, story: Story, database: Database) -> None:
        """The database is empty, and stays the caller's to close."""
        self.story, self.database = story, database
        self.days = Workdays(story.calendar)
        self.chats = {
            name: Chat(user_id=FIRST_USER + n, name=name) for n, name in enumerate(story.people)
        }
        self.ids: dict[str, int] = {}
        self.names: dict[int, str] = {}
        self.sent: list[Sent] = []
        self.update_id = 0
        self.message_id = 0
        self.now = story.entries[0].at if story.entries else EPOCH
        self.refused: str | None = None
        self.denied = False

    async def play(self) -> list[tuple[int, str]]:
        """Return what did not hold, as (line, words); empty when all held."""
        await self._set_up()
        problems: list[tuple[int, str]] = []
        for entry in self.story.entries:
            self.sent = []
            await self._pass_time(entry.at - INSTANT)
            between, self.sent = self.sent, []
            await self._pass_time(entry.at)
            self.now = entry.at
            if entry.act is not None:
                problems += await self._act(entry)
            problems += self._compare(entry, between)
        if self.story.end is not None:
            problems += await self._check_end()
        return problems

    # the stage

    async def _set_up(self) -> None:
        story = self.story
        team = Team(
            name=story.title[:70],
            language=Language(story.language),
            calendar=story.calendar,
            procedures=(story.procedure,),
            assignment=Assignment(story.assignment),
            overrides=_overrides(story),
        )
        before = self.now - timedelta(days=1)
        number = len(await self.database.read(teams.teams)) + 1
        team = replace(team, name=f"{number} {team.name}"[:80])
        office = await self.database.write(
            partial(open_office, team=team, bot_name="KierRehearsalBot", now=before)
        )
        self.team_id = office.team_id
        self.procedure = next(iter(office.versions.values()))
        self.handler = Handler(office)
        await self.database.write(partial(self._put_people, now=before))
        await self.database.write(partial(self.handler.begin, now=self.now - INSTANT))

    def _put_people(self, c: Any, now: datetime) -> None:
        for spec in self.story.people.values():
            self.ids[spec.name] = people.put_person(
                c,
                self.team_id,
                name=spec.name,
                role=_ROLES[spec.role],
                user_id=self.chats[spec.name].user_id,
                language=self.story.language,
                works=None if spec.works is None else tuple(sorted(spec.works)),
                now=now,
            )
        for spec in self.story.people.values():
            if spec.stand_in is not None:
                people.set_person(c, self.ids[spec.name], stand_in=self.ids[spec.stand_in])
        self.names = {id_: name for name, id_ in self.ids.items()}

    # time

    async def _pass_time(self, until: datetime) -> None:
        while True:
            due = await self.database.read(partial(dues.next_due, team_id=self.team_id))
            if due is None or due > until:
                return
            self.now = max(due, self.now)
            await self.database.write(partial(self.handler.fire, now=self.now))
            await self._deliver()

    # the messenger

    async def _deliver(self) -> None:
        """Take everything from the outbox as if the messenger had taken it."""
        while True:
            rows = await self.database.write(
                partial(outbox.claim, team_id=self.team_id, now=self.now, limit=30)
            )
            if not rows:
                return
            for row in rows:
                await self._receive(row)

    async def _receive(self, row: outbox.Claimed) -> None:
        if row.method == "sendMessage":
            self.message_id += 1
        message_id = self.message_id if row.method == "sendMessage" else None
        shown: int = row.payload.get("message_id", self.message_id)
        chat = next((c for c in self.chats.values() if c.user_id == row.chat_id), None)
        if chat is not None and row.method in ("sendMessage", "editMessageText"):
            chat.messages[shown] = list(_callbacks(row.payload))
        if chat is not None and row.method == "deleteMessage":
            chat.messages.pop(row.payload["message_id"], None)
        if chat is not None and row.method in ("sendMessage", "editMessageText"):
            # a reply may also stand in the message whose button was pressed
            self.sent.append(await self._as_sent(row, chat.name))
        await self.database.write(
            partial(outbox.sent, row_id=row.id, message_id=message_id, now=self.now)
        )

    async def _as_sent(self, row: outbox.Claimed, to: str) -> Sent:
        client = None
        if row.case_id is not None:
            client = await self.database.read(partial(_client_of, case_id=row.case_id))
        due_at = row.meta.get("due_at")
        return Sent(
            at=self.now,
            to=to,
            kind=row.kind if row.kind in ("receipt", "digest", *_TOLD) else "confirm",
            step=row.meta.get("step"),
            about=row.meta.get("about", ""),
            due_at=datetime.fromisoformat(due_at) if due_at else None,
            marks=tuple(row.meta.get("marks", ())),
            text=html_.unescape(_TAG.sub("", row.payload.get("text", ""))),
            client=client,
        )

    async def _update(self, body: Mapping[str, Any]) -> None:
        self.update_id += 1
        raw = json.dumps({"update_id": self.update_id, **body}).encode()
        await self.database.write(
            partial(inbox.store, team_id=self.team_id, bodies=[raw], now=self.now)
        )
        rows = await self.database.read(partial(inbox.next_lanes, team_id=self.team_id, limit=10))
        for row in rows:
            handled = await self.database.write(partial(self._handle, row_id=row.id))
            # an older button may say no before the right one is found: the last word counts
            self.denied = handled == NOT_FOR_YOU
            self.refused = self.refused if self.denied else handled or self.refused
        await self._deliver()

    def _handle(self, c: Any, row_id: int) -> str | None:
        row = inbox.take(c, row_id)
        assert row is not None
        handled = self.handler.handle(c, row, self.now)
        inbox.done(c, row.id, self.now)
        return handled.refused

    async def _say(self, chat: Chat, text: str) -> None:
        self.message_id += 1
        await self._update({"message": _message(chat, self.message_id, self.now, text)})

    async def _press(self, chat: Chat, message_id: int, callback: str) -> None:
        message = _message(chat, message_id, self.now, "…")
        query = {
            "id": str(self.update_id + 1),
            "from": _user(chat),
            "chat_instance": "1",
            "data": callback,
            "message": message,
        }
        await self._update({"callback_query": query})

    async def _live(self, chat: Chat) -> list[tuple[int, str, Intent]]:
        """Return the buttons a person can press, those of the newest message first."""
        found = []
        for message_id in sorted(chat.messages, reverse=True):
            for callback in chat.messages[message_id]:
                intent = await self.database.read(
                    partial(_meaning, team_id=self.team_id, callback=callback)
                )
                if intent is not None:
                    found.append((message_id, callback, intent))
        return found

    async def _tap(self, chat: Chat, **wanted: Any) -> bool:
        """Press the newest button that means what is wanted; say whether there was one."""
        for message_id, callback, intent in await self._live(chat):
            if all(getattr(intent, key) == value for key, value in wanted.items()):
                await self._press(chat, message_id, callback)
                return True
        return False

    async def _asking(self, chat: Chat) -> dict[str, Any] | None:
        return await self.database.read(
            partial(drafts.dialogue, team_id=self.team_id, user_id=chat.user_id)
        )

    # acts

    async def _act(self, entry: Entry) -> list[tuple[int, str]]:
        assert entry.act is not None and entry.who is not None
        self.refused, self.denied = None, False
        chat = self.chats[entry.who]
        try:
            await _ACTS[entry.act](self, chat, dict(entry.fields))
            if self.denied and self.refused is None:
                self.refused = NOT_FOR_YOU
        except Stuck as stuck:
            self.refused = str(stuck)
        left = await self._asking(chat)
        if left is not None:
            await self._say(chat, "/cancel")
            await self._tap(chat, verb=Verb.DISCARD)
        if (self.refused is not None) is entry.refused:
            return []
        how = f"was refused ({self.refused})" if self.refused else "was not refused"
        return [(entry.line, f"{entry.who}: {entry.act} {how}")]

    async def _find(self, fields: Mapping[str, Any], step: str | None = None) -> tuple[int, str]:
        """Return number and reference of the case meant: named, with that step open, or last."""
        found = await self.database.read(partial(_all_cases, team_id=self.team_id))
        known = [(row, client) for row, client in found if not _is_joined(row)]
        if "case" in fields:
            known = [each for each in known if each[1] == fields["case"]]
        if step is not None and any(step in row.case.steps for row, _ in known):
            known = [each for each in known if step in each[0].case.steps]
        if not known:
            raise Stuck("there is no such case")
        row = known[-1][0].row
        return row.id, row.ref

    async def _reach(self, chat: Chat, case: int, ref: str, verb: Verb, **more: Any) -> None:
        """Press a button about a case, from where it is offered: prompt, case, step, or More."""
        wanted = {"verb": verb, "case": case, **more}
        if await self._tap(chat, **wanted):
            return
        await self._say(chat, f"/case {ref}")
        if await self._tap(chat, **wanted):
            return
        step = more.get("step")
        opened = step and await self._tap(chat, verb=Verb.STEP, case=case, step=step, arg=None)
        if opened and await self._tap(chat, **wanted):
            return
        if await self._tap(chat, verb=Verb.MORE, case=case):
            if await self._tap(chat, **wanted):
                return
            about = {"step": step} if step else {}
            general = await self._tap(chat, verb=verb, case=case, arg=None, person=None, **about)
            if general and ("arg" not in more or await self._tap(chat, **wanted)):
                return
        raise Stuck(self.refused or f"no button to {verb}")

    async def _fill(self, chat: Chat, given: dict[str, Any]) -> None:
        """Answer what the bot asks, one thing at a time, until it asks no more."""
        for _ in range(ASKED_MAX):
            state = await self._asking(chat)
            if state is None or state["kind"] == "earlier":
                return
            asking, values = state["asking"], state.get("values", {})
            await self._answer_one(chat, asking, given)
            after = await self._asking(chat)
            same = after is not None and after["asking"] == asking
            if same and after is not None and after.get("values", {}) == values:
                raise Stuck(f"{asking!r} is asked again")
        raise Stuck("the questions do not end")

    async def _answer_one(self, chat: Chat, asking: str, given: dict[str, Any]) -> None:
        if asking == "items.more":
            if given.get("items"):
                await self._pick(chat, "another")
            else:
                await self._tap(chat, verb=Verb.DONE)
            return
        if asking.startswith("items."):
            await self._item_part(chat, asking.removeprefix("items."), given)
            return
        if asking not in given or given[asking] is None:
            before = await self._asking(chat)
            for verb in (Verb.SKIP, Verb.DONE):
                # the button may be an older question's: then nothing has changed
                if await self._tap(chat, verb=verb) and await self._asking(chat) != before:
                    return
            await self._without(chat, asking)
            return
        await self._give(chat, asking, given[asking])

    async def _without(self, chat: Chat, asking: str) -> None:
        """Answer a question that the story says nothing about."""
        if asking == "known":
            await self._pick(chat, "new")
        elif asking == "reach":
            await self._pick(chat, "chat")
        elif asking in ("reason", "did", "note"):
            await self._say(chat, "-")
        else:
            raise Stuck(f"{asking} is asked")

    async def _item_part(self, chat: Chat, part: str, given: dict[str, Any]) -> None:
        items = given.get("items") or []
        if not items:
            if not await self._tap(chat, verb=Verb.SKIP):
                raise Stuck("an action is asked")
            return
        if part == "what":
            await self._say(chat, str(items[0]["what"]))
            return
        key = "who" if part == "who" else "date"
        value = items[0].get(key)
        if part == "day":
            given["items"] = items[1:]
        if value is None:
            await self._tap(chat, verb=Verb.SKIP)
        else:
            await self._say(chat, str(value))

    async def _give(self, chat: Chat, asking: str, value: Any) -> None:
        match value:
            case Spot():
                await self._say(chat, self._typed(value))
                await self._settle_date(chat, asking, value)
            case ("person", name):
                if not await self._tap(chat, verb=Verb.PICK, person=self.ids[name]):
                    raise Stuck(f"{name} cannot be chosen")
            case ("item", number):
                if not await self._tap(chat, verb=Verb.PICK, item=number):
                    raise Stuck("that action cannot be chosen")
            case ("known", number):
                if not await self._tap(chat, verb=Verb.PICK, arg="known", item=number):
                    await self._pick(chat, "new")
            case ("pick", arg):
                await self._pick(chat, arg)
            case ("ticks", ticks):
                for tick in ticks:
                    await self._pick(chat, tick)
                await self._tap(chat, verb=Verb.DONE)
            case ("lines", said):
                for line in said:
                    await self._say(chat, line)
                await self._tap(chat, verb=Verb.DONE)
            case _:
                await self._say(chat, word(value))

    async def _pick(self, chat: Chat, arg: str) -> None:
        if not await self._tap(chat, verb=Verb.PICK, arg=arg):
            raise Stuck(f"{arg!r} cannot be chosen")

    async def _settle_date(self, chat: Chat, asking: str, spot: Spot) -> None:
        """Confirm a date that the bot echoes before it counts (a past one, a DST gap)."""
        state = await self._asking(chat)
        if state is None or state["asking"] != asking:
            return
        iso = self._iso(spot)
        for arg in ("yes", iso, iso + "!"):
            if await self._tap(chat, verb=Verb.PICK, arg=arg):
                return

    def _iso(self, spot: Spot) -> str:
        if spot.at is None:
            return spot.day.isoformat()
        return f"{spot.at.astimezone(self.days.zone):%Y-%m-%dT%H:%M}"

    def _typed(self, spot: Spot) -> str:
        return self._iso(spot).replace("T", " ")

    async def report(self, chat: Chat, fields: dict[str, Any]) -> None:
        """File a report by the guided questions."""
        fields.pop("case", None)
        given: dict[str, Any] = dict(fields)
        for key in ("kind", "consent"):
            if key in given:
                given[key] = ("pick", word(given[key]))
        await self._say(chat, "/report")
        if not await self._tap(chat, verb=Verb.REPORT, arg="guided"):
            raise Stuck("reporting is not offered")
        for _ in range(ASKED_MAX):
            state = await self._asking(chat)
            if state is None:
                return
            if state["asking"] == "summary":
                # what the form did not ask for stands in its summary, a tap away
                line = next((key for key in given if not _is_told(state["values"], key)), None)
                if line is None and await self._tap(chat, verb=Verb.SEND):
                    continue
                if line is not None and not await self._tap(chat, verb=Verb.CHANGE_LINE, arg=line):
                    given.pop(line)
                    continue
                state = await self._asking(chat) or state
            await self._answer_one(chat, state["asking"], given)
            after = await self._asking(chat)
            if after == state:
                given.pop(state["asking"], None)
                if not await self._tap(chat, verb=Verb.SKIP):
                    raise Stuck(f"{state['asking']!r} is asked again")
        raise Stuck("the report does not end")

    async def answer(self, chat: Chat, fields: dict[str, Any]) -> None:
        """Answer a step, from its prompt where the person has one."""
        step = str(fields["step"])
        case, ref = await self._find(fields, step)
        answer = self._answer_id(step, fields)
        given = await self._given(case, step, fields)
        if "done_at" in fields:
            await self._reach(chat, case, ref, Verb.STEP, step=step, arg="earlier")
            await self._give(chat, "done_at", fields["done_at"])
            state = await self._asking(chat)
            if state is not None and state["asking"] == "done_at":
                raise Stuck("that moment is not taken")
            wanted = {"case": case, "step": step, "arg": answer or "", "page": 0}
            if not await self._tap(chat, verb=Verb.ANSWER, **wanted):
                raise Stuck(f"{answer!r} is not offered")
        else:
            await self._press_answer(chat, case, ref, step, answer, given.get("item"))
        await self._fill(chat, given)
        note = given.get("note")
        if note is not None and self.refused is None and "note" not in self._asks(step, answer):
            await self._note(chat, case, ref, word(note))

    async def _press_answer(
        self,
        chat: Chat,
        case: int,
        ref: str,
        step: str,
        answer: str | None,
        item: tuple[str, int] | None,
    ) -> None:
        """Press an answer, that of the item meant where each item has its own button."""
        wanted: dict[str, Any] = {"step": step, "arg": answer or "", "person": None, "page": 0}
        about = {"verb": Verb.ANSWER, "case": case, **wanted}
        if item is not None and await self._tap(chat, **about, item=item[1]):
            return
        if await self._tap(chat, **about, item=None):
            return
        with suppress(Stuck):
            await self._reach(chat, case, ref, Verb.ANSWER, **wanted, item=None)
            return
        if item is None:
            raise Stuck(self.refused or f"{answer!r} is not offered")
        await self._reach(chat, case, ref, Verb.ANSWER, **wanted, item=item[1])

    def _asks(self, step: str, answer: str | None) -> set[str]:
        known = self.procedure.steps.get(step)
        if known is None:
            return set()
        chosen = known.answers.get(answer or "")
        fields = chosen.fields if chosen is not None else known.fields
        return {f.id for f in fields}

    def _answer_id(self, step: str, fields: Mapping[str, Any]) -> str | None:
        if "is" in fields:
            return word(fields["is"])
        known = self.procedure.steps.get(step)
        if known is not None and "to" in fields and len(known.answers) == 1:
            return next(iter(known.answers))
        return None

    async def _given(self, case: int, step: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Return the act's fields by the names under which the bot asks them."""
        given: dict[str, Any] = {}
        for key in ("note", "reason", "hearing", "eviction", "done_at"):
            if key in fields:
                given[key] = fields[key]
        if "served" in fields:
            given["served"] = Spot(day=fields["served"])
        if "when" in fields or "date" in fields:
            given["when"] = fields.get("when", fields.get("date"))
        if "to" in fields:
            given["to"] = ("person", fields["to"])
        for key in ("support", "phase"):
            if key in fields:
                given[key] = ("pick", word(fields[key]))
        if "ticks" in fields:
            ticks = fields["ticks"]
            given["ticks"] = ("ticks", ["all"] if ticks == "all" else [word(t) for t in ticks])
        items = fields.get("actions") or fields.get("agreements")
        if items:
            given["items"] = list(items)
        if "participants" in fields:
            given["participants"] = ("lines", [_participant(p) for p in fields["participants"]])
        if "what" in fields:
            found = await self.database.read(
                partial(_item_of, case_id=case, step=step, what=str(fields["what"]))
            )
            if found is not None:
                given["item"] = ("item", found)
        if word(fields.get("known", "no")) in ("yes", "true"):
            likes = await self._known(case)
            given["known"] = ("known", likes)
        if "item" not in given:
            first = await self.database.read(partial(_first_item, case_id=case, step=step))
            if first is not None:
                given["item"] = ("item", first)
        return given

    async def _known(self, case: int) -> int | None:
        found = await self.database.read(partial(_all_cases, team_id=self.team_id))
        client = next(c for row, c in found if row.row.id == case)
        same = [row for row, c in found if c == client and row.row.id != case]
        others = [row for row in same if not _is_joined(row)] or [
            row for row, _ in found if row.row.id != case and not _is_joined(row)
        ]
        return others[-1].row.id if others else None

    async def _note(self, chat: Chat, case: int, ref: str, note: str) -> None:
        """Write the note down as the person would, with the case's own button."""
        try:
            await self._reach(chat, case, ref, Verb.NOTE)
        except Stuck:
            return
        await self._say(chat, note)
        self.refused = None

    async def contact(self, chat: Chat, fields: dict[str, Any]) -> None:
        """The client contacted us."""
        case, ref = await self._find(fields)
        await self._reach(chat, case, ref, Verb.CONTACT, arg=word(fields["is"]))
        given = {k: v for k, v in fields.items() if k in ("when", "note")}
        await self._fill(chat, given)

    async def deviate(self, chat: Chat, fields: dict[str, Any]) -> None:
        """Done differently."""
        step = str(fields["step"])
        case, ref = await self._find(fields, step)
        await self._on_step(chat, case, ref, Verb.DEVIATE, step)
        done = "yes" if word(fields.get("done", "no")) in ("yes", "true") else "no"
        given = {"did": fields.get("did", "-"), "reason": fields.get("reason")}
        await self._fill(chat, {**given, "done": ("pick", done)})

    async def _on_step(self, chat: Chat, case: int, ref: str, verb: Verb, step: str) -> None:
        """Reach a button about a step: through its own screen, else through *More*."""
        await self._say(chat, f"/case {ref}")
        await self._tap(chat, verb=Verb.STEP, case=case, step=step, arg=None)
        if await self._tap(chat, verb=verb, case=case, step=step):
            return
        await self._reach(chat, case, ref, verb, step=step)

    async def later(self, chat: Chat, fields: dict[str, Any]) -> None:
        """Ask me later."""
        step = str(fields["step"])
        case, ref = await self._find(fields, step)
        await self._on_step(chat, case, ref, Verb.LATER, step)
        await self._fill(chat, {"until": fields["until"]})

    async def extend(self, chat: Chat, fields: dict[str, Any]) -> None:
        """A new deadline."""
        step = str(fields["step"])
        case, ref = await self._find(fields, step)
        await self._on_step(chat, case, ref, Verb.EXTEND, step)
        await self._fill(chat, {"until": fields["until"], "reason": fields.get("reason")})

    async def change(self, chat: Chat, fields: dict[str, Any]) -> None:
        """Facts change, one after the other."""
        case, ref = await self._find(fields)
        for fact in [fact for fact in FACTS if fact in fields]:
            await self._reach(chat, case, ref, Verb.CHANGE, arg=fact)
            value = fields[fact]
            if fact == "phase" or value == "withdrawn":
                value = ("pick", word(value))
            elif fact == "served":
                value = Spot(day=value)
            await self._fill(chat, {fact: value, "reason": fields.get("reason")})

    async def away(self, chat: Chat, fields: dict[str, Any]) -> None:
        """Leave is entered; the stand-in accepts at once."""
        await self._say(chat, "/away")
        given: dict[str, Any] = {
            "who": ("person", fields["who"]),
            "from": Spot(day=fields["from"]),
            "to": Spot(day=fields["to"]),
        }
        if fields.get("stand_in"):
            given["stand_in"] = ("person", fields["stand_in"])
        await self._fill(chat, given)
        if fields.get("stand_in"):
            await self._tap(self.chats[fields["stand_in"]], verb=Verb.ACCEPT_STAND_IN)

    async def leave_team(self, chat: Chat, fields: dict[str, Any]) -> None:
        """A person leaves the team."""
        person = self.ids[fields["who"]]
        if chat is self.chats[fields["who"]]:
            await self._say(chat, "/leave")
            await self._pick(chat, "yes")
            return
        await self._say(chat, "/team")
        if not await self._tap(chat, verb=Verb.LEAVE_TEAM, person=person):
            raise Stuck(self.refused or "leaving is not offered")
        await self._fill(chat, {"sure": ("pick", "yes")})

    async def hand_over(self, chat: Chat, fields: dict[str, Any]) -> None:
        """The case goes to another worker."""
        case, ref = await self._find(fields)
        await self._reach(chat, case, ref, Verb.HAND_OVER)
        await self._fill(chat, {"to": ("person", fields["to"])})

    async def lift(self, chat: Chat, fields: dict[str, Any]) -> None:
        """The gate or the crisis is lifted."""
        case, ref = await self._find(fields)
        await self._reach(chat, case, ref, Verb.LIFT, arg=fields["what"])
        await self._fill(chat, {"reason": fields.get("reason", "-")})

    async def close(self, chat: Chat, fields: dict[str, Any]) -> None:
        """Close with an outcome."""
        case, ref = await self._find(fields)
        await self._reach(chat, case, ref, Verb.CLOSE, arg=fields["outcome"])
        await self._fill(chat, {"note": fields.get("note")})

    async def reopen(self, chat: Chat, fields: dict[str, Any]) -> None:
        """The client is back, or a new report on the same household comes."""
        case, ref = await self._find(fields)
        if fields["by"] == "client":
            await self._reach(chat, case, ref, Verb.REOPEN)
            return
        values = await self.database.read(partial(_intake_of, case_id=case))
        known = {k: v for k, v in values.items() if k not in ("hearing", "eviction")}
        await self.report(chat, dict(known))

    # what held

    def _compare(self, entry: Entry, between: Iterable[Sent]) -> Iterator[tuple[int, str]]:
        told = [s for s in self.sent if s.kind not in QUIET_KINDS]
        quiet = [s for s in self.sent if s.kind in QUIET_KINDS]
        wanted = [e for e in entry.expect if e.kind not in QUIET_KINDS]
        asides = [e for e in entry.expect if e.kind in QUIET_KINDS]
        missing, left = matched(wanted, told, _fits)
        for expect in (*missing, *matched(asides, quiet, _fits)[0]):
            yield expect.line, f"missing: {self._wanted(expect)}"
        if not self.story.loose:
            early = [s for s in between if s.kind not in QUIET_KINDS]
            for sent in (*early, *left):
                yield entry.line, f"unexpected: {self._words(sent)}"

    def _wanted(self, expect: Expect) -> str:
        parts = [expect.kind, expect.step, f"to {expect.to}"]
        if expect.due is not None:
            parts.append(f"due {self._local(expect.due)}")
        parts += [*expect.marked, *(f"with {text!r}" for text in expect.contains)]
        return " ".join(part for part in parts if part)

    def _words(self, sent: Sent) -> str:
        due = f"due {self._local(sent.due_at)}" if sent.due_at else ""
        parts = (self._local(sent.at), sent.kind, sent.step or sent.about, f"to {sent.to}", due)
        return " ".join(part for part in (*parts, *sent.marks) if part)

    def _local(self, moment: datetime) -> str:
        return f"{moment.astimezone(self.days.zone):%a %d %b %Y %H:%M}"

    async def _check_end(self) -> list[tuple[int, str]]:
        end = self.story.end
        assert end is not None
        fields = {"case": end.case} if end.case else {}
        try:
            case_id, _ = await self._find(fields)
        except Stuck as stuck:
            return [(end.line, f"end: {stuck}")]
        stored, kinds = await self.database.read(partial(_at_the_end, case_id=case_id))
        problems = []
        if end.state is not None and stored.case.state != end.state:
            problems.append((end.line, f"end: the case is {stored.case.state}"))
        if end.outcome is not None and stored.case.outcome != end.outcome:
            problems.append((end.line, f"end: the outcome is {stored.case.outcome}"))
        answered = iter(kinds)
        missing = [step for step in end.history if step not in answered]
        if missing:
            problems.append((end.line, f"end: not answered in this order: {', '.join(missing)}"))
        return problems


_ROLES: Final[Mapping[Role, people.Role]] = {
    Role.REPORTER: "reporter",
    Role.WORKER: "worker",
    Role.COORDINATOR: "coordinator",
}

_TOLD: Final = ("prompt", "nudge", "alert", "info")

_ACTS: Final = {
    "report": Player.report,
    "answer": Player.answer,
    "contact": Player.contact,
    "deviate": Player.deviate,
    "later": Player.later,
    "change": Player.change,
    "away": Player.away,
    "leave_team": Player.leave_team,
    "hand_over": Player.hand_over,
    "extend": Player.extend,
    "lift": Player.lift,
    "close": Player.close,
    "reopen": Player.reopen,
}


def _overrides(story: Story) -> Mapping[str, Any]:
    """Return the team's layer by procedure; a story may leave the procedure's name out."""
    if story.procedure in story.overrides or not story.overrides:
        return story.overrides
    return {Path(story.procedure).stem: story.overrides}


def _fits(expect: Expect, sent: Sent) -> bool:
    return (
        sent.to == expect.to
        and sent.kind == expect.kind
        and (expect.step is None or sent.step == expect.step)
        and (expect.due is None or _close_to(sent.due_at, expect.due))
        and all(mark in sent.marks for mark in expect.marked)
        and all(text in sent.text for text in expect.contains)
        and (expect.case is None or sent.client == expect.case)
    )


def _close_to(moment: datetime | None, wanted: datetime) -> bool:
    return moment is not None and abs(moment - wanted) <= ON_TIME


def _user(chat: Chat) -> dict[str, Any]:
    return {"id": chat.user_id, "is_bot": False, "first_name": chat.name}


def _message(chat: Chat, message_id: int, now: datetime, text: str) -> dict[str, Any]:
    return {
        "message_id": message_id,
        "date": int(now.timestamp()),
        "chat": {"id": chat.user_id, "type": "private", "first_name": chat.name},
        "from": _user(chat),
        "text": text,
    }


def _callbacks(payload: Mapping[str, Any]) -> Iterator[str]:
    for row in payload.get("reply_markup", {}).get("inline_keyboard", ()):
        for button in row:
            if "callback_data" in button:
                yield button["callback_data"]


def _meaning(c: Any, team_id: int, callback: str) -> Intent | None:
    """Return what a button means, None for one whose question is closed."""
    button = buttons.button(c, team_id, callback)
    if button is None:
        return None
    if button.prompt_id is not None:
        prompt = buttons.prompt(c, button.prompt_id)
        if prompt is None or not prompt.is_open:
            return None
    return from_codes(button.intent)


def _client_of(c: Any, case_id: int) -> str | None:
    value = history.personal(c, case_id).get("intake.client")
    return value.text if value else None


def _all_cases(c: Any, team_id: int) -> list[tuple[cases.StoredCase, str | None]]:
    return [(one, _client_of(c, one.row.id)) for one in cases.all_cases(c, team_id)]


def _is_joined(stored: cases.StoredCase) -> bool:
    return stored.case.state is State.CLOSED and stored.case.outcome == "joined"


def _item_of(c: Any, case_id: int, step: str, what: str) -> int | None:
    items = cases.load(c, case_id).case.items
    pending = [i for i in items if i.step == step and i.state == "pending"]
    same = (i.id for i in pending if history.personal_text(c, i.what_ref) == what)
    return next(same, None)


def _first_item(c: Any, case_id: int, step: str) -> int | None:
    case = cases.load(c, case_id).case
    state = case.steps.get(step)
    pending = [i for i in case.items if i.step == step and i.state == "pending"]
    asked = [i for i in pending if state is not None and i.id in state.item_ids]
    dated = sorted((i for i in pending if i.day), key=lambda i: (i.day, i.id))
    return next((i.id for i in (*asked, *dated, *pending)), None)


def _intake_of(c: Any, case_id: int) -> dict[str, str]:
    values = history.personal(c, case_id)
    prefix = "intake."
    return {
        field.removeprefix(prefix): value.text
        for field, value in values.items()
        if field.startswith(prefix) and value.text is not None
    }


def _at_the_end(c: Any, case_id: int) -> tuple[cases.StoredCase, list[str]]:
    lines = history.events(c, case_id)
    answered = [getattr(line.event, "step", "") for line in lines if line.kind == "StepAnswered"]
    return cases.load(c, case_id), answered


def _participant(raw: Any) -> str:
    if isinstance(raw, Mapping):
        return f"{raw.get('who', '')} ({word(raw.get('mandate', 'unknown'))})"
    return word(raw)


# Files and exit status


@asynccontextmanager
async def _opened(url: str | None, keys: Keyring) -> AsyncIterator[Database]:
    with tempfile.TemporaryDirectory(prefix="kier-rehearsal-") as folder:
        place = url or f"sqlite:///{folder}/rehearsal.sqlite"
        database = await Database.open(place, keys=keys)
        try:
            yield database
        finally:
            await database.close()


def new_keys() -> Keyring:
    """Return keys for a rehearsal's database; it lives no longer than they do."""
    return Keyring([new_key(os.urandom)])


async def play(
    story: Story, database_url: str | None = None, keys: Keyring | None = None
) -> list[tuple[int, str]]:
    """Return what did not hold in a story.

    Played on an empty SQLite file, or on the database at `database_url`, where each story is a
    team of its own; several stories on one database share `keys`.
    """
    async with _opened(database_url, keys or new_keys()) as database:
        return await Player(story, database).play()


def main(files: Iterable[Path], database: str | None = None) -> int:
    """Play files and print line by line; 0 all held, 1 something did not, 2 a file is wrong."""
    console = Console(soft_wrap=True)
    keys = new_keys()
    status = 0
    for file in files:
        try:
            stories = read_stories(file.read_bytes(), folder=file.parent)
        except (OSError, StoryError) as error:
            _print_wrong(console, file, error)
            status = 2
            continue
        wrong = list(_doubted(stories))
        if wrong:
            _print_wrong(console, file, StoryError(wrong))
            status = 2
            continue
        for story in stories:
            status = max(status, _play_one(console, file, story, database, keys))
    return status


def _doubted(stories: Iterable[Story]) -> Iterator[tuple[int, str]]:
    """Yield, once each, what the stories name that their procedure has not."""
    seen: set[tuple[int, str]] = set()
    for story in stories:
        overrides = _overrides(story).get(Path(story.procedure).stem)
        try:
            procedure = load_named(story.procedure, overrides)
        except ProcedureError as error:
            found = [(story.procedure_line, str(problem)) for problem in error.problems]
        else:
            found = list(doubts(story, procedure))
        yield from (each for each in dict.fromkeys(found) if each not in seen)
        seen.update(found)


def _play_one(
    console: Console, file: Path, story: Story, database: str | None, keys: Keyring
) -> int:
    try:
        problems = asyncio.run(play(story, database, keys))
    except (DatabaseRefused, KeysRefused) as refused:
        console.print(f"[red]{escape(refused.way_out)}[/]")
        return 2
    except ProcedureError as error:
        for problem in error.problems:
            console.print(f"[red]{escape(f'{file}: {story.procedure}: {problem}')}[/]")
        return 2
    if not problems:
        console.print(f"[green]✓[/] {escape(story.title)}")
        return 0
    console.print(f"[red]✗[/] {escape(story.title)}")
    for line, words in problems:
        console.print(f"  {escape(f'{file}:{line}: {words}')}")
    return 1


def _print_wrong(console: Console, file: Path, error: OSError | StoryError) -> None:
    if isinstance(error, StoryError):
        for line, why in error.problems:
            console.print(f"[red]{escape(f'{file}:{line}: {why}')}[/]")
    else:
        console.print(f"[red]{escape(f'{file}: {error.strerror or error}')}[/]")
