"""Reports: each begins a case or joins its household's, is added to, and can be parted again."""

from __future__ import annotations

from collections.abc import Mapping

from bot import acts
from bot.conversations.outcome import Outcome
from bot.handle import households
from bot.handle.assigning import choose, is_unclaimed
from bot.handle.channel import Channel
from bot.handle.keeping import Keeper, Kept
from bot.handle.looking import INTAKE, Looking
from bot.handle.office import Desk
from bot.handle.posting import Post
from bot.handle.scribe import Scribe, decided
from bot.screen import Screen
from bot.team import Assignment
from bot.texts import say
from scheduler import stimuli
from scheduler.case import Case, Facts
from scheduler.decision import Refused, ReportJoined
from storage import cases, history, teams


class Reports:
    """What reporters bring, in one unit; another report joins its open case (R-13)."""

    def __init__(
        self, desk: Desk, look: Looking, post: Post, keeper: Keeper, channel: Channel
    ) -> None:
        """Work at `desk`; the channel is told of what begins."""
        self._desk, self._look, self._post, self._keeper = desk, look, post, keeper
        self._channel = channel
        self._scribe = Scribe(desk, look, keeper)

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
            hearing=self._scribe.planned(act.hearing),
            eviction=self._scribe.planned(act.eviction),
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
            self._scribe.text(case_id, INTAKE + name, text)
        self._scribe.files(case_id, files, by)
        cases.put_reporter(desk.c, case_id, reported.by)
        households.index(desk, case_id, values)
        known = desk.office.procedure(desk.c, version_id)
        case = Case(procedure=known.id, version=known.version)
        kept = self._keeper.begin(case_id, case, version_id, reported, by=by)
        if isinstance(kept, Refused):
            return kept
        self._announce(case_id)
        self._assign_by_itself(case_id)
        return decided(kept)

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
            self._scribe.text(case_id, f"report{number}.{name}", text)
        self._scribe.files(case_id, files, by)
        cases.put_reporter(self._desk.c, case_id, by)
        return self._scribe.decide(case_id, stimuli.SecondReport(by=by, facts=facts), by)

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
        self._scribe.text(act.case, f"added.{act.what}", act.text)
        handed = ((act.file_id,) if act.file_id else ()) + act.also
        self._scribe.files(act.case, handed, by)
        when = self._scribe.planned(act.when)
        adding = stimuli.Added(by=by, what=act.what, planned=when, quiet=act.more)
        return self._scribe.decide(act.case, adding, by)

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
