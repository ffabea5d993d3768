"""Work on a case: answers, facts, notes and what else people do, each as one stimulus."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot import acts
from bot.conversations.outcome import Outcome, Performed
from bot.handle import households
from bot.handle.keeping import Keeper
from bot.handle.looking import INTAKE, Looking
from bot.handle.office import Desk
from bot.handle.scribe import Scribe
from scheduler import stimuli
from scheduler.case import Case
from scheduler.decision import (
    ChangeTold,
    CrisisSet,
    DetailsTold,
    FactsSet,
    PhaseSet,
    Refused,
    VisitTold,
)
from scheduler.engine import replay
from storage import cases

JOINED: Final = "joined"
"""The outcome of a report that turned out to belong to another case."""
FILE_ALONE: Final = "📎"
"""What stands among the notes for a file without words."""


class Casework:
    """What people who work on a case do to it, in one unit."""

    def __init__(self, desk: Desk, look: Looking, keeper: Keeper) -> None:
        """Work at `desk`."""
        self._desk, self._look, self._keeper = desk, look, keeper
        self._scribe = Scribe(desk, look, keeper)

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
            fields=self._scribe.fields(act.case, act.fields, by),
        )
        return self._scribe.decide(act.case, stimulus, by)

    def _answer_known(self, act: acts.AnswerStep, known: int, by: int) -> Outcome:
        source, target = self._look.case(act.case), self._look.case(known)
        if source is None or target is None or source.case.episode is None:
            return Refused(reason="no_such_step")
        reporter = source.reporter or by
        for name, text in source.values.items():
            self._scribe.text(known, INTAKE + name, text)
        households.index(self._desk, known, source.values)
        cases.put_reporter(self._desk.c, known, reporter)
        closing = stimuli.Closing(by=by, outcome=JOINED, joined=True)
        refused = self._scribe.decide(act.case, closing, by)
        if isinstance(refused, Refused):
            return refused
        if target.case.state == "open":
            second = stimuli.SecondReport(by=reporter, facts=source.case.facts)
            joined = self._scribe.decide(known, second, by)
            waits = target.case.worker is None and act.step in target.case.steps
            if not waits or act.fields.to is None or isinstance(joined, Refused):
                return joined
            return self.answer_step(_on(act, known), by)
        reported = stimuli.Reported(
            by=reporter,
            facts=source.case.facts,
            received_at=source.case.episode.received_at,
        )
        begun = self._keeper.decide(known, reported, by=reporter, quiet=True)
        if isinstance(begun, Refused):
            return begun
        return self.answer_step(_on(act, known), by)

    def client_contact(self, act: acts.ClientContact, by: int) -> Outcome:
        """The client contacted us, whatever is asked just now; `done_at` is when (R-51)."""
        fields = acts.RawFields(when=act.when, note=act.note)
        stimulus = stimuli.Contacted(
            by=by,
            answer=act.answer,
            done_at=act.done_at or self._desk.now,
            fields=self._scribe.fields(act.case, fields, by),
        )
        return self._scribe.decide(act.case, stimulus, by)

    def deviate(self, act: acts.Deviate, by: int) -> Outcome:
        """Done differently: what and why, both sealed; the plan is an aid (R-11)."""
        did = self._scribe.text(act.case, "deviation.did", act.did)
        assert did is not None, "a deviation without words"
        stimulus = stimuli.Deviated(
            by=by,
            step=act.step,
            did_ref=did,
            reason_ref=self._scribe.text(act.case, "deviation.reason", act.reason),
            done=act.done,
        )
        return self._scribe.decide(act.case, stimulus, by)

    def put_off(self, act: acts.PutOffStep, by: int) -> Outcome:
        """Ask again at `until`; refused past the deadline or in the past (§1.4)."""
        stimulus = stimuli.PutOff(by=by, step=act.step, until=act.until)
        return self._scribe.decide(act.case, stimulus, by)

    # the case

    def change(self, act: acts.ChangeFact, by: int) -> Outcome:
        """Another phase or date, or none; an eviction's may begin or end a crisis (§4)."""
        stimulus = stimuli.Changed(
            by=by,
            fact=act.fact,
            planned=self._scribe.planned(act.when),
            phase=act.phase,
            served=act.served,
            reason_ref=self._scribe.text(act.case, "reason", act.reason),
        )
        return self._scribe.decide(act.case, stimulus, by)

    def extend(self, act: acts.ExtendStep, by: int) -> Outcome:
        """A new deadline from a coordinator; it sends nothing at once (§1.2)."""
        stimulus = stimuli.Extended(
            by=by,
            step=act.step,
            until=act.until,
            reason_ref=self._scribe.text(act.case, "reason", act.reason),
        )
        return self._scribe.decide(act.case, stimulus, by)

    def lift(self, act: acts.Lift, by: int) -> Outcome:
        """A coordinator lifts the gate in a crisis, or the crisis itself (E-08, G-27)."""
        reason = self._scribe.text(act.case, "reason", act.reason)
        return self._scribe.decide(
            act.case, stimuli.Lifted(by=by, what=act.what, reason_ref=reason), by
        )

    def hand_over(self, act: acts.HandOver, by: int) -> Outcome:
        """To another worker; a claim counts only while nobody has the case."""
        view = self._look.case(act.case)
        if view is None or (act.claim and view.case.worker is not None):
            return Refused(reason="taken")
        return self._scribe.decide(act.case, stimuli.HandedOver(by=by, to=act.to), by)

    def hand_on(self, act: acts.HandOn, by: int) -> Outcome:
        """A case of somebody who is about to leave goes to a successor."""
        view = self._look.case(act.case)
        may = by == act.leaver or self._desk.roster.is_coordinator(by)
        if view is None or not may or view.case.worker != act.leaver:
            return Refused(reason="not_yours")
        return self._scribe.decide(act.case, stimuli.HandedOver(by=by, to=act.to), by)

    def close(self, act: acts.CloseCase, by: int) -> Outcome:
        """Close with an outcome of the procedure, and a note that is kept sealed."""
        note = self._scribe.text(act.case, "note", act.note)
        stimulus = stimuli.Closing(by=by, outcome=act.outcome, note_ref=note)
        return self._scribe.decide(act.case, stimulus, by)

    def reopen(self, act: acts.ReopenCase, by: int) -> Outcome:
        """The client of a closed case is back: same reference, new episode."""
        return self._scribe.decide(act.case, stimuli.ReopenedByClient(by=by), by)

    def note(self, act: acts.NoteOnCase, by: int) -> Outcome:
        """A note in words, or a photo or voice message by its messenger's id."""
        ref = self._scribe.text(act.case, "note", act.text or FILE_ALONE)
        assert ref is not None
        first = (f"{act.file_kind}:{act.file_id}",) if act.file_id else ()
        self._scribe.files(act.case, first + act.also, by)
        return self._scribe.decide(act.case, stimuli.Noted(by=by, note_ref=ref), by)

    def details(self, act: acts.AddDetails, by: int) -> Outcome:
        """What an answer is told with after it has counted: words, ticks, a photo."""
        stimulus = stimuli.Detailed(
            by=by,
            step=act.step,
            answer=act.answer,
            fields=self._scribe.fields(act.case, act.fields, by),
        )
        return self._scribe.decide(act.case, stimulus, by)

    def tell_worker(self, act: acts.TellWorker, by: int) -> Outcome:
        """The worker hears of a change; pressed twice it is told once."""
        for line in reversed(self._look.history(act.case)):
            if isinstance(line.event, _CHANGES):
                break
            if isinstance(line.event, ChangeTold) and line.event.what == act.what:
                return Performed()
        return self._scribe.decide(act.case, stimuli.Passed(by=by, what=act.what), by)

    def take_back(self, act: acts.TakeBack, by: int) -> Outcome:
        """A wrong tap: only the last thing that happened can be taken back, by who did it."""
        lines = self._look.history(act.case)
        line = next((line for line in lines if line.seq == act.seq), None)
        # neither going in and out nor what is told along with an answer makes it final
        told = (one for one in lines if not isinstance(one.event, VisitTold | DetailsTold))
        after = [line for line in told if line.seq >= act.seq]
        if line is None or line.by != by or any(each.at != line.at for each in after):
            return Refused(reason="too_late")
        if self._desk.now - line.at > acts.CORRECTED_WITHIN:
            return Refused(reason="too_late")
        view = self._look.case(act.case)
        assert view is not None
        first = Case(procedure=view.case.procedure, version=view.case.version)
        before = replay(first, (each.event for each in lines if each.seq < act.seq))
        return self._scribe.decide(
            act.case, stimuli.Corrected(by=by, back_to=before, seq=act.seq), by
        )


_CHANGES: Final = FactsSet | PhaseSet | CrisisSet


def _on(act: acts.AnswerStep, known: int) -> acts.AnswerStep:
    """Return the same answer about the known case."""
    return replace(act, case=known, fields=replace(act.fields, known=None))
