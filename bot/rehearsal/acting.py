"""A story's acts as their people do them: by the buttons that are offered, and in words."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import Any, Final

from bot.hooks import NOT_FOR_YOU
from bot.rehearsal.memory import all_cases, first_item, intake_of, is_joined, item_of
from bot.rehearsal.questions import ASKED_MAX, Respondent
from bot.rehearsal.stage import Chat, Stuck
from bot.rehearsal.story import FACTS, Entry, Spot, word
from bot.screen import Verb
from scheduler.procedure import FieldKind


class Actor(Respondent):
    """Does each act of `story.ACTS`; raises `Stuck` where the bot offers no way to it."""

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
        found = await self.database.read(partial(all_cases, team_id=self.team_id))
        known = [(row, client) for row, client in found if not is_joined(row)]
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

    # a report

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

    # answers

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
        texts = [f for f in fields if f.kind is FieldKind.TEXT]
        # several texts are asked as one note
        return {*(f.id for f in fields), *(("note",) if len(texts) > 1 else ())}

    def _answer_id(self, step: str, fields: Mapping[str, Any]) -> str | None:
        if "is" in fields:
            return word(fields["is"])
        known = self.procedure.steps.get(step)
        if known is not None and "to" in fields and len(known.answers) == 1:
            return next(iter(known.answers))
        return None

    async def _given(self, case: int, step: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Return the act's fields by the names under which the bot asks them."""
        given = _said(fields)
        if word(fields.get("known", "no")) in ("yes", "true"):
            given["known"] = ("known", await self._known(case))
        item = await self._item(case, step, fields.get("what"))
        if item is not None:
            given["item"] = ("item", item)
        return given

    async def _item(self, case: int, step: str, what: Any) -> int | None:
        """Return the action that is meant: worded like this, else the one seen first."""
        if what is not None:
            named = partial(item_of, case_id=case, step=step, what=str(what))
            found = await self.database.read(named)
            if found is not None:
                return found
        return await self.database.read(partial(first_item, case_id=case, step=step))

    async def _known(self, case: int) -> int | None:
        found = await self.database.read(partial(all_cases, team_id=self.team_id))
        client = next(c for row, c in found if row.row.id == case)
        same = [row for row, c in found if c == client and row.row.id != case]
        others = [row for row in same if not is_joined(row)] or [
            row for row, _ in found if row.row.id != case and not is_joined(row)
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

    # other acts

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
        """Put a step off until the moment told."""
        step = str(fields["step"])
        case, ref = await self._find(fields, step)
        await self._on_step(chat, case, ref, Verb.LATER, step)
        await self._fill(chat, {"until": fields["until"]})

    async def extend(self, chat: Chat, fields: dict[str, Any]) -> None:
        """Give an open step a new deadline; a reason where the story has one."""
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
        """Leave by one's own command, or be taken out of the team's list by who acts."""
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
        """Lift `gate` or `crisis`; without a reason the story says "-"."""
        case, ref = await self._find(fields)
        await self._reach(chat, case, ref, Verb.LIFT, arg=fields["what"])
        await self._fill(chat, {"reason": fields.get("reason", "-")})

    async def close(self, chat: Chat, fields: dict[str, Any]) -> None:
        """Press the outcome; a note only where the story has one."""
        case, ref = await self._find(fields)
        await self._reach(chat, case, ref, Verb.CLOSE, arg=fields["outcome"])
        await self._fill(chat, {"note": fields.get("note")})

    async def reopen(self, chat: Chat, fields: dict[str, Any]) -> None:
        """The client is back, or a new report on the same household comes."""
        case, ref = await self._find(fields)
        if fields["by"] == "client":
            await self._reach(chat, case, ref, Verb.REOPEN)
            return
        values = await self.database.read(partial(intake_of, case_id=case))
        known = {k: v for k, v in values.items() if k not in ("hearing", "eviction")}
        await self.report(chat, dict(known))


_ACTS: Final = {
    "report": Actor.report,
    "answer": Actor.answer,
    "contact": Actor.contact,
    "deviate": Actor.deviate,
    "later": Actor.later,
    "change": Actor.change,
    "away": Actor.away,
    "leave_team": Actor.leave_team,
    "hand_over": Actor.hand_over,
    "extend": Actor.extend,
    "lift": Actor.lift,
    "close": Actor.close,
    "reopen": Actor.reopen,
}


def _said(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an answer's fields say by themselves, without a look at the case."""
    same = ("note", "reason", "hearing", "eviction", "done_at")
    given: dict[str, Any] = {key: fields[key] for key in same if key in fields}
    given |= {key: ("pick", word(fields[key])) for key in ("support", "phase") if key in fields}
    if "served" in fields:
        given["served"] = Spot(day=fields["served"])
    if "when" in fields or "date" in fields:
        given["when"] = fields.get("when", fields.get("date"))
    if "to" in fields:
        given["to"] = ("person", fields["to"])
    if "ticks" in fields:
        ticks = fields["ticks"]
        given["ticks"] = ("ticks", ["all"] if ticks == "all" else [word(t) for t in ticks])
    items = fields.get("actions") or fields.get("agreements")
    if items:
        given["items"] = list(items)
    if "participants" in fields:
        given["participants"] = ("lines", [_participant(p) for p in fields["participants"]])
    return given


def _is_told(draft: Mapping[str, Any], field: str) -> bool:
    """Return whether a report that is being made says this already."""
    if field == "amount":
        return draft["amount"] is not None
    return field in draft["said"] or field in draft["dates"]


def _participant(raw: Any) -> str:
    if isinstance(raw, Mapping):
        return f"{raw.get('who', '')} ({word(raw.get('mandate', 'unknown'))})"
    return word(raw)
