"""Plays a story on the engine alone: no conversation, no storage; every case in a dict.

The whole player is `bot.rehearsal`; this one finds the engine's own mistakes first and fast.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.reading.phones import fold_phone
from bot.reading.words import conflicts, fold_address, fold_name
from bot.rehearsal.story import FACTS, QUIET_KINDS, Entry, Expect, Spot, Story, matched, word
from scheduler import stimuli as s
from scheduler.agenda import Rules
from scheduler.case import Case, Facts, Planned, State
from scheduler.decision import Decision, Message, Refused, StepAnswered
from scheduler.engine import decide, replay
from scheduler.load import load_named
from scheduler.people import Absence, Person, Roster
from scheduler.workdays import Workdays


@dataclass
class Household:
    """A case of the story, with its whole history."""

    client: str
    phone: str
    case: Case
    address: str = ""
    events: list[Any] = field(default_factory=list)
    wake_at: datetime | None = None


class PurePlayer:
    """Plays one story; `problems` says what did not hold."""

    def __init__(self, story: Story) -> None:
        self.story = story
        key = Path(story.procedure).stem
        self.procedure = load_named(story.procedure, story.overrides.get(key, story.overrides))
        self.days = Workdays(story.calendar)
        self.ids = {name: n for n, name in enumerate(story.people, 1)}
        self.names = {n: name for name, n in self.ids.items()}
        people = {
            self.ids[p.name]: Person(
                id=self.ids[p.name],
                role=p.role,
                works=p.works,
                stand_in=self.ids[p.stand_in] if p.stand_in else None,
            )
            for p in story.people.values()
        }
        self.roster = Roster(people=people)
        self.cases: list[Household] = []
        self.refs = 0
        self.whats: dict[int, str] = {}
        self.sent: list[tuple[datetime, Household, Message]] = []
        self.problems: list[str] = []

    @property
    def rules(self) -> Rules:
        return Rules(procedure=self.procedure, days=self.days, roster=self.roster)

    def play(self) -> list[str]:
        for entry in self.story.entries:
            self.sent = []
            self.pass_time(entry.at - timedelta(microseconds=1))
            between = self.sent
            self.sent = []
            self.pass_time(entry.at)
            if entry.act:
                self.act(entry)
            self.compare(entry, between, self.sent)
        if self.story.end:
            self.check_end()
        return self.problems

    def pass_time(self, until: datetime) -> None:
        while True:
            ready = [h for h in self.cases if h.wake_at is not None and h.wake_at <= until]
            if not ready:
                return
            house = min(ready, key=lambda h: h.wake_at)  # type: ignore[arg-type,return-value]
            assert house.wake_at is not None
            self.do(house, s.TimePassed(), house.wake_at)

    def do(self, house: Household, stimulus: s.Stimulus, now: datetime) -> bool:
        outcome = decide(house.case, stimulus, now, self.rules)
        if isinstance(outcome, Refused):
            self.refused = outcome.reason
            return False
        assert isinstance(outcome, Decision)
        assert replay(house.case, outcome.events) == outcome.case
        house.case, house.wake_at = outcome.case, outcome.wake_at
        house.events.extend(outcome.events)
        self.sent.extend((now, house, m) for m in outcome.messages)
        return True

    def ref(self) -> int:
        self.refs += 1
        return self.refs

    def planned(self, spot: Any, now: datetime) -> Planned | None:
        if not isinstance(spot, Spot):
            return None
        return Planned(day=spot.day, at=spot.at, known_at=now)

    def act(self, entry: Entry) -> None:
        f = dict(entry.fields)
        by, now = self.ids[entry.who or ""], entry.at
        done = getattr(self, "act_" + (entry.act or ""))(by, f, now)
        if done is entry.refused:
            why = f" ({getattr(self, 'refused', '')})" if not done else ""
            self.problems.append(
                f"line {entry.line}: {entry.act} was {'done' if done else 'refused'}{why}"
            )

    def find(self, f: Mapping[str, Any], step: str | None = None) -> Household:
        if "case" in f:
            return [h for h in self.cases if h.client == f["case"]][-1]
        if step is not None:
            having = [h for h in self.cases if step in h.case.steps]
            if having:
                return having[-1]
        return self.cases[-1]

    def act_report(self, by: int, f: dict[str, Any], now: datetime) -> bool:
        facts = Facts(
            kind=f.get("kind"),
            consent=word(f["consent"]) if "consent" in f else None,
            needs_consent="yes"
            if f.get("kind") == "petition" and word(f.get("consent", "no")) == "no"
            else "no",
            hearing=self.planned(f.get("hearing"), now),
            eviction=self.planned(f.get("eviction"), now),
        )
        client, phone = str(f.get("client", "")), str(f.get("phone", ""))
        address = str(f.get("address", ""))
        for house in self.cases:
            if house.case.state is State.OPEN and self.same(house, client, phone, address):
                return self.do(house, s.SecondReport(by=by, facts=facts), now)
        house = Household(
            client=client,
            phone=phone,
            address=address,
            case=Case(procedure=self.procedure.id, version=self.procedure.version),
        )
        self.cases.append(house)
        return self.do(house, s.Reported(by=by, facts=facts, received_at=now), now)

    def same(self, house: Household, client: str, phone: str, address: str) -> bool:
        """R-13: the same folded phone, or the same folded name and no conflicting address."""
        country = self.story.calendar.country
        if phone and fold_phone(phone, country) == fold_phone(house.phone, country):
            return True
        names = fold_name(client), fold_name(house.client)
        conflict = conflicts(fold_address(address), fold_address(house.address))
        return len(names[0]) > 1 and names[0] == names[1] and not conflict

    def act_answer(self, by: int, f: dict[str, Any], now: datetime) -> bool:
        step = str(f["step"])
        house = self.find(f, step)
        answer = word(f["is"]) if "is" in f else None
        if answer is None and step in self.procedure.steps:
            answers = self.procedure.step(step).answers
            if len(answers) == 1 and "to" in f:
                answer = next(iter(answers))
        if step in self.procedure.steps and answer in self.procedure.step(step).answers:
            pass
        items = f.get("actions") or f.get("agreements") or []
        item = None
        if "what" in f:
            named = [i for i in house.case.items if self.whats.get(i.what_ref) == f["what"]]
            item = named[-1].id if named else None
        if f.get("known") is True:
            house = self.merged(house, by, now)
        fields = s.Fields(
            to=self.ids.get(f.get("to", "")),
            when=self.planned(f.get("when", f.get("date")), now),
            note_ref=self.ref() if "note" in f else None,
            reason_ref=self.ref() if "reason" in f else None,
            items=tuple(self.item(i) for i in items),
            item=item,
            hearing=self.planned(f.get("hearing"), now),
            eviction=self.planned(f.get("eviction"), now),
        )
        done_at = f["done_at"].at if "done_at" in f else now
        return self.do(
            house,
            s.StepAnswer(by=by, step=step, answer=answer, done_at=done_at, fields=fields),
            now,
        )

    def merged(self, house: Household, by: int, now: datetime) -> Household:
        """The report is a new episode of the known case; its own file closes as joined."""
        others = [h for h in self.cases if h is not house]
        if not others:  # reopened by a report: this player did so at once
            return house
        known = next((h for h in reversed(others) if h.client == house.client), others[-1])
        before, self.sent = self.sent, []
        episode = house.case.episode
        assert episode is not None
        self.do(house, s.Closing(by=by, outcome="joined", joined=True), now)
        begun = s.Reported(by=by, facts=house.case.facts, received_at=episode.received_at)
        self.do(known, begun, now)
        self.sent = before
        self.cases.remove(house)
        return known

    def item(self, raw: Mapping[str, Any]) -> s.NewItem:
        ref = self.ref()
        self.whats[ref] = raw["what"]
        return s.NewItem(what_ref=ref, day=raw.get("date"))

    def act_contact(self, by: int, f: dict[str, Any], now: datetime) -> bool:
        fields = s.Fields(when=self.planned(f.get("when"), now))
        return self.do(
            self.find(f), s.Contacted(by=by, answer=f["is"], done_at=now, fields=fields), now
        )

    def act_deviate(self, by: int, f: dict[str, Any], now: datetime) -> bool:
        act = s.Deviated(by=by, step=f["step"], did_ref=self.ref(), done=bool(f.get("done")))
        return self.do(self.find(f, f["step"]), act, now)

    def act_later(self, by: int, f: dict[str, Any], now: datetime) -> bool:
        act = s.PutOff(by=by, step=f["step"], until=f["until"].at)
        return self.do(self.find(f, f["step"]), act, now)

    def act_change(self, by: int, f: dict[str, Any], now: datetime) -> bool:
        house, done = self.find(f), True
        for fact in (fact for fact in FACTS if fact in f):
            act = s.Changed(
                by=by,
                fact=fact,
                phase=f.get("phase"),
                planned=self.planned(f.get(fact), now),
                served=f.get("served"),
            )
            done = self.do(house, act, now) and done
        return done

    def act_away(self, by: int, f: dict[str, Any], now: datetime) -> bool:
        who = self.ids[f["who"]]
        stand_in = self.ids.get(f.get("stand_in", ""))
        absence = Absence(from_on=f["from"], to_on=f["to"], stand_in=stand_in)
        self.set_person(who, absences=(*self.roster.people[who].absences, absence))
        return True

    def set_person(self, id_: int, **changes: Any) -> None:
        people = dict(self.roster.people)
        people[id_] = replace(people[id_], **changes)
        self.roster = Roster(people=people)

    def act_leave_team(self, by: int, f: dict[str, Any], now: datetime) -> bool:
        who = self.ids[f["who"]]
        self.set_person(who, left=True)
        for house in self.cases:
            if house.case.worker == who:
                self.do(house, s.WorkerLeft(by=by), now)
        return True

    def act_hand_over(self, by: int, f: dict[str, Any], now: datetime) -> bool:
        return self.do(self.find(f), s.HandedOver(by=by, to=self.ids[f["to"]]), now)

    def act_extend(self, by: int, f: dict[str, Any], now: datetime) -> bool:
        act = s.Extended(by=by, step=f["step"], until=f["until"].at)
        return self.do(self.find(f, f["step"]), act, now)

    def act_lift(self, by: int, f: dict[str, Any], now: datetime) -> bool:
        return self.do(self.find(f), s.Lifted(by=by, what=f["what"]), now)

    def act_close(self, by: int, f: dict[str, Any], now: datetime) -> bool:
        return self.do(self.find(f), s.Closing(by=by, outcome=f["outcome"]), now)

    def act_reopen(self, by: int, f: dict[str, Any], now: datetime) -> bool:
        house = self.find(f)
        if f["by"] == "client":
            return self.do(house, s.ReopenedByClient(by=by), now)
        facts = replace(house.case.facts, eviction=None, hearing=None)
        return self.do(house, s.Reported(by=by, facts=facts, received_at=now), now)

    def compare(
        self,
        entry: Entry,
        between: Iterable[tuple[datetime, Household, Message]],
        now: Iterable[tuple[datetime, Household, Message]],
    ) -> None:
        told = [m for m in now if m[2].kind not in QUIET_KINDS]
        wanted = [e for e in entry.expect if e.kind not in QUIET_KINDS]
        missing, left = matched(wanted, told, self.fits)
        self.problems += [f"line {e.line}: missing {e}" for e in missing]
        if not self.story.loose:
            for at, _, message in (*between, *left):
                self.problems.append(f"line {entry.line}: unexpected {self.words(at, message)}")

    def fits(self, expect: Expect, sent: tuple[datetime, Household, Message]) -> bool:
        _, house, m = sent
        return (
            self.names[m.to] == expect.to
            and m.kind == expect.kind
            and (expect.step is None or m.step == expect.step)
            and (expect.due is None or m.due_at == expect.due)
            and all(mark in m.marks for mark in expect.marked)
            and (expect.case is None or house.client == expect.case)
        )

    def words(self, at: datetime, m: Message) -> str:
        local = at.astimezone(self.days.zone)
        due = m.due_at.astimezone(self.days.zone) if m.due_at else None
        return (
            f"{local:%a %Y-%m-%d %H:%M} {m.kind} {m.step} ({m.about}) to {self.names[m.to]} "
            f"due {due:%Y-%m-%d %H:%M} {sorted(m.marks)}"
            if due
            else f"{local:%a %Y-%m-%d %H:%M} {m.kind} {m.step} ({m.about}) to {self.names[m.to]}"
        )

    def check_end(self) -> None:
        end = self.story.end
        assert end is not None
        house = self.find({"case": end.case} if end.case else {})
        if end.state and house.case.state != end.state:
            self.problems.append(f"end: {house.case.state}, not {end.state}")
        if end.outcome and house.case.outcome != end.outcome:
            self.problems.append(f"end: {house.case.outcome}, not {end.outcome}")
        answered = iter(e.step for e in house.events if isinstance(e, StepAnswered))
        missing = [step for step in end.history if step not in answered]
        if missing:
            self.problems.append(f"end: history lacks {missing}")
