"""Acts in people's own words become stimuli: texts are stored first, then the engine decides."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from bot import acts
from bot.conversations.outcome import Decided, Outcome, Performed
from bot.handle import households
from bot.handle.assigning import choose, is_unclaimed
from bot.handle.channel import Channel
from bot.handle.exporting import Exporter
from bot.handle.keeping import Keeper, Kept
from bot.handle.leaves import Leaves
from bot.handle.looking import FILE_FIELD, INTAKE, Looking
from bot.handle.office import CHANNEL, LEAFLET, Desk
from bot.handle.posting import Post
from bot.handle.visits import Visits
from bot.screen import Screen
from bot.team import Assignment
from bot.texts import say
from scheduler import stimuli
from scheduler.case import Case, Facts, Planned
from scheduler.decision import Refused, ReportJoined, VisitTold
from scheduler.engine import replay
from storage import cases, history, people, teams
from storage.columns import room_of

INVITE_VALID: Final = timedelta(hours=48)
"""How long an invitation counts (S7)."""
INVITE_BYTES: Final = 24
JOINED: Final = "joined"
"""The outcome of a report that turned out to belong to another case."""


FILE_ALONE: Final = "📎"
"""What stands among the notes for a file without words."""


class Performer:
    """Performs acts of one person on one desk."""

    def __init__(self, desk: Desk, look: Looking, post: Post, keeper: Keeper) -> None:
        """Perform at `desk`."""
        self._desk, self._look, self._post, self._keeper = desk, look, post, keeper
        self._channel = Channel(desk, look, post)
        self._leaves = Leaves(desk, look, post)
        self._visits = Visits(desk, look, post, keeper)

    def perform(self, act: acts.Act, by: int) -> Outcome:
        """Return what came of the act. `by` is the person's id (a reporter's is made before)."""
        return _PERFORM[type(act)](self, act, by)

    # storing what people said

    def _text(self, case_id: int, field: str, text: str | None) -> int | None:
        if not text:
            return None
        self._look.forget(case_id)
        return history.put_personal(self._desk.c, case_id, field, text, self._desk.now)

    def _planned(self, when: acts.When | None) -> Planned | None:
        if when is None:
            return None
        return Planned(day=when.day, at=when.at, known_at=self._desk.now)

    def _fields(self, case_id: int, raw: acts.RawFields) -> stimuli.Fields:
        for name, text in raw.texts.items():
            self._text(case_id, f"answer.{name}", text)
        self._files(case_id, (raw.file_id,) if raw.file_id else ())
        items = []
        for item in raw.items:
            what = self._text(case_id, "item.what", item.what)
            assert what is not None, "an item without words"
            who = self._text(case_id, "item.who", item.who)
            items.append(stimuli.NewItem(what_ref=what, who_ref=who, day=item.day))
        return stimuli.Fields(
            to=raw.to,
            when=self._planned(raw.when),
            note_ref=self._text(case_id, "note", raw.note),
            reason_ref=self._text(case_id, "reason", raw.reason),
            ticks=raw.ticks,
            items=tuple(items),
            item=raw.item,
            participants_ref=self._text(case_id, "participants", raw.participants),
            choice=raw.choice,
            hearing=self._planned(raw.hearing),
            eviction=self._planned(raw.eviction),
            served=raw.served,
        )

    def _decide(self, case_id: int, stimulus: stimuli.Stimulus, by: int) -> Outcome:
        kept = self._keeper.decide(case_id, stimulus, by=by)
        return kept if isinstance(kept, Refused) else _decided(kept)

    # reports

    def file_report(self, act: acts.FileReport, by: int) -> Outcome:
        """A report joins the open case of its household, or begins a case of its own."""
        facts = self._facts(act)
        teams.lock(self._desk.c, self._desk.team_id)  # two reports at once on one household
        joined = households.same_open(self._desk, act.values)
        if joined is not None:
            return self._join(joined, act.values, facts, by, files=act.files)
        reported = stimuli.Reported(by=by, facts=facts, received_at=self._desk.now)
        return self._begin(act.procedure, act.values, reported, by, files=act.files)

    def _facts(self, act: acts.FileReport) -> Facts:
        kind = act.values.get("kind")
        consent = act.values.get("consent")
        needs = kind == "petition" and consent != "yes"
        return Facts(
            kind=kind,
            consent=consent,
            needs_consent="yes" if needs else "no",
            hearing=self._planned(act.hearing),
            eviction=self._planned(act.eviction),
        )

    def _begin(
        self,
        procedure: str,
        values: Mapping[str, str],
        reported: stimuli.Reported,
        by: int,
        *,
        files: tuple[str, ...] = (),
    ) -> Outcome:
        desk = self._desk
        version_id = desk.office.current[procedure]
        ref = cases.new_ref(desk.c, desk.team_id)
        case_id = cases.new_case(desk.c, desk.team_id, ref, version_id, desk.now)
        for name, text in values.items():
            self._text(case_id, INTAKE + name, text)
        self._files(case_id, files)
        cases.put_reporter(desk.c, case_id, reported.by)
        households.index(desk, case_id, values)
        known = desk.office.procedure(desk.c, version_id)
        case = Case(procedure=known.id, version=known.version)
        kept = self._keeper.begin(case_id, case, version_id, reported, by=by)
        if isinstance(kept, Refused):
            return kept
        self._announce(case_id)
        self._assign_by_itself(case_id)
        return _decided(kept)

    def _assign_by_itself(self, case_id: int) -> None:
        """Give a new case to a worker by the team's rule; in a crisis a coordinator decides."""
        view = self._look.case(case_id)
        assert view is not None
        step = view.procedure.assign
        worker = choose(self._desk, self._look, self._desk.office.team.assignment)
        coordinators = self._desk.roster.coordinators(self._desk.days.day_of(self._desk.now))
        if worker is None or not coordinators or not is_unclaimed(view.case, step):
            return
        if self._look.likenesses(case_id):
            return  # whether the household is known is for a human to decide
        answer = next(iter(view.procedure.step(step).answers))
        assignment = stimuli.StepAnswer(
            by=coordinators[0],
            step=step,
            answer=answer,
            done_at=self._desk.now,
            fields=stimuli.Fields(to=worker),
        )
        kept = self._keeper.decide(case_id, assignment, by=None)
        assert isinstance(kept, Kept), "a coordinator may always assign"
        for person_id in coordinators:
            member = self._desk.member(person_id)
            name = self._desk.people[worker].name
            text = say(member.language, "alarm-assigned", ref=view.ref, name=name)
            if member.user_id is not None:
                self._post.screen(member.user_id, Screen(html=text), person_id=person_id)

    def _files(self, case_id: int, files: tuple[str, ...]) -> None:
        """Keep the messenger's ids of files that came with a report, sealed like its words."""
        for file_id in files:
            self._text(case_id, FILE_FIELD, file_id)

    def _join(
        self,
        case_id: int,
        values: Mapping[str, str],
        facts: Facts,
        by: int,
        *,
        files: tuple[str, ...],
    ) -> Outcome:
        """A second report on an open case: kept apart by its number, so that it can be parted."""
        number = len(self._joins(case_id)) + 1
        for name, text in values.items():
            self._text(case_id, f"report{number}.{name}", text)
        self._files(case_id, files)
        cases.put_reporter(self._desk.c, case_id, by)
        return self._decide(case_id, stimuli.SecondReport(by=by, facts=facts), by)

    def _joins(self, case_id: int) -> list[int]:
        lines = self._look.history(case_id)
        return [line.seq for line in lines if isinstance(line.event, ReportJoined)]

    def _announce(self, case_id: int) -> None:
        """Tell the channel; a crisis is the coordinator's alone to give (design 6)."""
        view = self._look.case(case_id)
        assert view is not None
        step = view.procedure.assign
        claimable = self._desk.office.team.assignment is Assignment.CLAIM
        asks = claimable and is_unclaimed(view.case, step)
        if view.case.crisis is None:
            self._channel.begun(view, step if asks else None)

    def add_to_report(self, act: acts.AddToReport, by: int) -> Outcome:
        """The reporter adds something: the worker and the coordinator hear of it."""
        view = self._look.case(act.case)
        if view is None or by not in cases.reporters(self._desk.c, act.case):
            return Refused(reason="not_yours")
        self._text(act.case, f"added.{act.what}", act.text)
        self._files(act.case, ((act.file_id,) if act.file_id else ()) + act.also)
        when = self._planned(act.when)
        adding = stimuli.Added(by=by, what=act.what, planned=when, quiet=act.more)
        return self._decide(act.case, adding, by)

    def part_report(self, act: acts.PartReport, by: int) -> Outcome:
        """A report that had joined a case becomes a case of its own again (R-13)."""
        joins = self._joins(act.case)
        view = self._look.case(act.case)
        if act.seq not in joins or view is None:
            return Refused(reason="no_such_step")
        prefix = f"report{joins.index(act.seq) + 1}."
        line = next(line for line in self._look.history(act.case) if line.seq == act.seq)
        rows = history.personal_rows(self._desk.c, act.case)
        values = {
            row.field.removeprefix(prefix): row.text
            for row in rows
            if row.field.startswith(prefix)
        }
        facts = Facts(kind=values.get("kind"), consent=values.get("consent"))
        reported = stimuli.Reported(by=line.by or by, facts=facts, received_at=line.at)
        return self._begin(view.procedure.id, values, reported, by)

    # answers

    def answer_step(self, act: acts.AnswerStep, by: int) -> Outcome:
        """An answer; `known` makes the report a new episode of the known case first."""
        if act.fields.known is not None and act.fields.known != act.case:
            return self._answer_known(act, act.fields.known, by)
        stimulus = stimuli.StepAnswer(
            by=by,
            step=act.step,
            answer=act.answer,
            done_at=act.done_at or self._desk.now,
            fields=self._fields(act.case, act.fields),
        )
        return self._decide(act.case, stimulus, by)

    def _answer_known(self, act: acts.AnswerStep, known: int, by: int) -> Outcome:
        source, target = self._look.case(act.case), self._look.case(known)
        if source is None or target is None or source.case.episode is None:
            return Refused(reason="no_such_step")
        reporter = source.reporter or by
        for name, text in source.values.items():
            self._text(known, INTAKE + name, text)
        households.index(self._desk, known, source.values)
        cases.put_reporter(self._desk.c, known, reporter)
        closing = stimuli.Closing(by=by, outcome=JOINED, joined=True)
        refused = self._decide(act.case, closing, by)
        if isinstance(refused, Refused):
            return refused
        if target.case.state == "open":
            second = stimuli.SecondReport(by=reporter, facts=source.case.facts)
            return self._decide(known, second, by)
        reported = stimuli.Reported(
            by=reporter,
            facts=source.case.facts,
            received_at=source.case.episode.received_at,
        )
        begun = self._keeper.decide(known, reported, by=reporter, quiet=True)
        if isinstance(begun, Refused):
            return begun
        return self.answer_step(
            replace(act, case=known, fields=replace(act.fields, known=None)), by
        )

    def client_contact(self, act: acts.ClientContact, by: int) -> Outcome:
        """The client contacted us."""
        fields = acts.RawFields(when=act.when, note=act.note)
        stimulus = stimuli.Contacted(
            by=by,
            answer=act.answer,
            done_at=act.done_at or self._desk.now,
            fields=self._fields(act.case, fields),
        )
        return self._decide(act.case, stimulus, by)

    def deviate(self, act: acts.Deviate, by: int) -> Outcome:
        """Done differently: what and why."""
        did = self._text(act.case, "deviation.did", act.did)
        assert did is not None, "a deviation without words"
        stimulus = stimuli.Deviated(
            by=by,
            step=act.step,
            did_ref=did,
            reason_ref=self._text(act.case, "deviation.reason", act.reason),
            done=act.done,
        )
        return self._decide(act.case, stimulus, by)

    def put_off(self, act: acts.PutOffStep, by: int) -> Outcome:
        """Later."""
        stimulus = stimuli.PutOff(by=by, step=act.step, until=act.until)
        return self._decide(act.case, stimulus, by)

    def change(self, act: acts.ChangeFact, by: int) -> Outcome:
        """A fact changes."""
        stimulus = stimuli.Changed(
            by=by,
            fact=act.fact,
            planned=self._planned(act.when),
            phase=act.phase,
            served=act.served,
            reason_ref=self._text(act.case, "reason", act.reason),
        )
        return self._decide(act.case, stimulus, by)

    def extend(self, act: acts.ExtendStep, by: int) -> Outcome:
        """A new deadline."""
        stimulus = stimuli.Extended(
            by=by,
            step=act.step,
            until=act.until,
            reason_ref=self._text(act.case, "reason", act.reason),
        )
        return self._decide(act.case, stimulus, by)

    def lift(self, act: acts.Lift, by: int) -> Outcome:
        """The gate or the crisis is lifted."""
        reason = self._text(act.case, "reason", act.reason)
        return self._decide(act.case, stimuli.Lifted(by=by, what=act.what, reason_ref=reason), by)

    def hand_over(self, act: acts.HandOver, by: int) -> Outcome:
        """To another worker; a claim counts only while nobody has the case."""
        view = self._look.case(act.case)
        if view is None or (act.claim and view.case.worker is not None):
            return Refused(reason="taken")
        return self._decide(act.case, stimuli.HandedOver(by=by, to=act.to), by)

    def close(self, act: acts.CloseCase, by: int) -> Outcome:
        """Close with an outcome."""
        note = self._text(act.case, "note", act.note)
        stimulus = stimuli.Closing(by=by, outcome=act.outcome, note_ref=note)
        return self._decide(act.case, stimulus, by)

    def reopen(self, act: acts.ReopenCase, by: int) -> Outcome:
        """The client is back."""
        return self._decide(act.case, stimuli.ReopenedByClient(by=by), by)

    def note(self, act: acts.NoteOnCase, by: int) -> Outcome:
        """A note in words, or a photo or voice message by its messenger's id."""
        ref = self._text(act.case, "note", act.text or FILE_ALONE)
        assert ref is not None
        first = (f"{act.file_kind}:{act.file_id}",) if act.file_id else ()
        self._files(act.case, first + act.also)
        return self._decide(act.case, stimuli.Noted(by=by, note_ref=ref), by)

    def take_back(self, act: acts.TakeBack, by: int) -> Outcome:
        """A wrong tap: only the last thing that happened can be taken back, by who did it."""
        lines = self._look.history(act.case)
        line = next((line for line in lines if line.seq == act.seq), None)
        # going in and out changes nothing: what was answered meanwhile can be corrected
        told = (line for line in lines if not isinstance(line.event, VisitTold))
        after = [line for line in told if line.seq >= act.seq]
        if line is None or line.by != by or any(each.at != line.at for each in after):
            return Refused(reason="too_late")
        if self._desk.now - line.at > acts.CORRECTED_WITHIN:
            return Refused(reason="too_late")
        view = self._look.case(act.case)
        assert view is not None
        first = Case(procedure=view.case.procedure, version=view.case.version)
        before = replay(first, (each.event for each in lines if each.seq < act.seq))
        return self._decide(act.case, stimuli.Corrected(by=by, back_to=before, seq=act.seq), by)

    # people

    def set_language(self, act: acts.SetLanguage, by: int) -> Outcome:
        """The person reads another language."""
        people.set_person(self._desk.c, by, language=act.language)
        self._desk.refresh()
        return Performed(values={"language": act.language})

    def set_away(self, act: acts.SetAway, by: int) -> Outcome:
        """Leave is entered; a stand-in is asked to accept."""
        if by != act.person and not self._desk.roster.is_coordinator(by):
            return Refused(reason="not_yours")
        if act.to_on < act.from_on:
            return Refused(reason="in_past")
        absence = people.put_absence(
            self._desk.c,
            act.person,
            act.from_on,
            act.to_on,
            act.stand_in,
            act.stand_in is None or act.stand_in == by,
            self._desk.now,
        )
        self._desk.refresh()
        self._leaves.look_after()
        return Performed(values={"absence": absence, "stand_in": act.stand_in})

    def answer_stand_in(self, act: acts.AnswerStandIn, by: int) -> Outcome:
        """The stand-in says yes or no."""
        known = next((a for a in self._desk.leave if a.id == act.absence), None)
        if known is None or known.stand_in != by:
            return Refused(reason="not_yours")
        if act.accepted:
            people.accept_absence(self._desk.c, act.absence, by)
            self._desk.refresh()
            self._leaves.look_after()
        else:
            self._leaves.refused(act.absence, by)
        return Performed(values={"person": known.person_id, "accepted": act.accepted})

    def change_away(self, act: acts.ChangeAway, by: int) -> Outcome:
        """Another last day or stand-in."""
        return self._leaves.change(act, by)

    def drop_away(self, act: acts.DropAway, by: int) -> Outcome:
        """The leave does not take place."""
        return self._leaves.drop(act, by)

    def set_works(self, act: acts.SetWorks, by: int) -> Outcome:
        """Other working days."""
        return self._leaves.works(act, by)

    def hand_on(self, act: acts.HandOn, by: int) -> Outcome:
        """A case of somebody who is about to leave goes to a successor."""
        view = self._look.case(act.case)
        may = by == act.leaver or self._desk.roster.is_coordinator(by)
        if view is None or not may or view.case.worker != act.leaver:
            return Refused(reason="not_yours")
        return self._decide(act.case, stimuli.HandedOver(by=by, to=act.to), by)

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
        desk.refresh()
        stored = cases.cases_of(desk.c, act.person)
        left = [one.row.id for one in stored if one.case.worker == act.person]
        for case_id in left:
            self._keeper.decide(case_id, stimuli.WorkerLeft(by=by), by=by)
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
            value = {"chat": act.chat_id}
            teams.set_flag(self._desk.c, self._desk.team_id, CHANNEL, value, self._desk.now)
            self._channel.look_again()
        else:
            self._post.call(act.chat_id, "leaveChat")
        return Performed(values={"accepted": act.accepted})

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

    def plan_visit(self, act: acts.PlanVisit, by: int) -> Outcome:
        """A safe visit is about to be."""
        return self._visits.plan(act, by)

    def tell_visit(self, act: acts.TellVisit, by: int) -> Outcome:
        """In, out, longer, or looked into."""
        return self._visits.tell(act, by)

    def export(self, act: acts.Export, by: int) -> Outcome:
        """A file of cases for who asks; the access log says so."""
        return Exporter(self._desk, self._look).perform(act, by)


def _decided(kept: Kept) -> Decided:
    return Decided(case=kept.case_id, decision=kept.decision, seq=kept.seq)


def _role(role: str) -> people.Role:
    match role:
        case "coordinator" | "worker" | "reporter":
            return role
        case _:
            raise AssertionError(f"role {role!r}")


def new_code(random: bytes) -> str:
    """Return an invitation's code of letters that a deep link may hold (at most 64)."""
    return base64.urlsafe_b64encode(random).rstrip(b"=").decode()


def code_hash(code: str) -> bytes:
    """Return what is kept of a code: 192 random bits need no slow hash."""
    return hashlib.sha256(code.encode()).digest()


_PERFORM: Mapping[type, Callable[[Performer, Any, int], Outcome]] = {
    acts.FileReport: Performer.file_report,
    acts.AddToReport: Performer.add_to_report,
    acts.PartReport: Performer.part_report,
    acts.AnswerStep: Performer.answer_step,
    acts.ClientContact: Performer.client_contact,
    acts.Deviate: Performer.deviate,
    acts.PutOffStep: Performer.put_off,
    acts.ChangeFact: Performer.change,
    acts.ExtendStep: Performer.extend,
    acts.Lift: Performer.lift,
    acts.HandOver: Performer.hand_over,
    acts.CloseCase: Performer.close,
    acts.ReopenCase: Performer.reopen,
    acts.NoteOnCase: Performer.note,
    acts.TakeBack: Performer.take_back,
    acts.SetLanguage: Performer.set_language,
    acts.SetAway: Performer.set_away,
    acts.AnswerStandIn: Performer.answer_stand_in,
    acts.ChangeAway: Performer.change_away,
    acts.DropAway: Performer.drop_away,
    acts.SetWorks: Performer.set_works,
    acts.HandOn: Performer.hand_on,
    acts.LeaveTeam: Performer.leave_team,
    acts.InvitePerson: Performer.invite,
    acts.DecideMember: Performer.decide_member,
    acts.ConfirmGroup: Performer.confirm_group,
    acts.AskSupport: Performer.ask_support,
    acts.Export: Performer.export,
    acts.SetLeaflet: Performer.set_leaflet,
    acts.PlanVisit: Performer.plan_visit,
    acts.TellVisit: Performer.tell_visit,
}
"""Every act but the redeeming of an invitation, which `main` does for someone without a role."""
