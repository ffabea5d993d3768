"""P12: every minute of the four nights on which the clocks change, 2026 and 2027.

Two teams in each of two zones: one that keeps office hours, and one that is open through the
night, so that its hours, deadlines and reminders lie in the hour that is missing or doubled.
`make prove` takes every minute from Saturday noon to Monday noon; elsewhere the small hours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import pytest
from hypothesis import settings

from scheduler import stimuli as s
from scheduler.agenda import PUNCTUAL, Rules
from scheduler.case import Case, Facts, Planned, Question
from scheduler.decision import Decision, Kind, Message
from scheduler.due import AnchorKind, DueRule, due_at, parse_due
from scheduler.engine import decide
from scheduler.people import Roster
from scheduler.workdays import CalendarRules, Workdays, parse_half_days, parse_hours
from tests.machine.ground import AN, KARIN, LIES, PROCEDURES, people

PROVING: Final = settings.get_current_profile_name() == "prove"
NIGHTS: Final = ("2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31")
ZONES: Final = ("Europe/Brussels", "Europe/Amsterdam")
OFFICE: Final = {"mon-fri": ["09:00-12:00", "13:00-17:00"]}
ALL_NIGHT: Final = {"mon-sat": ["08:00-23:45"], "sun": ["00:15-02:20", "02:40-23:45"]}
HOURS: Final = {"office": OFFICE, "all-night": ALL_NIGHT}
TEXTS: Final = (
    "W1 close", "W1 02:30", "W1 open", "W2 noon", "W3 close", "W4 open", "W5 close",
    "next working day noon", "next working day close", "2 working days close",
    "5 working days open", "-1 working days open", "-5 working days open", "same day close",
    "60 minutes", "90 minutes", "next open", "next opening", "3 months open",
    "2 hours after start", "later of 02:30 and 2 hours after start",
)  # fmt: skip
"""Every kind of due rule that a procedure can say, and times inside the hour in question."""
RULES: Final = tuple(parse_due(text) for text in TEXTS)
MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)


def team(zone: str, hours: str) -> Workdays:
    """A team that, if it is open in the nights, is so at Easter too."""
    nights = {date.fromisoformat(night): ALL_NIGHT["sun"] for night in NIGHTS}
    return Workdays(
        CalendarRules(
            country="BE" if zone == "Europe/Brussels" else "NL",
            timezone=zone,
            hours=parse_hours(HOURS[hours]),
            half_days=parse_half_days(nights if hours == "all-night" else {}),
        )
    )


def minutes_of(night: str, days: Workdays, every: int = 1) -> Iterator[datetime]:
    """Give the minutes of the night as moments: the missing hour has none, the doubled one 120."""
    first = midnight = days.at(date.fromisoformat(night), time(0))
    last = midnight + 5 * HOUR
    if PROVING:
        first, last = midnight - 12 * HOUR, midnight + 36 * HOUR
    at = first
    while at < last:
        yield at
        at += MINUTE * every


@pytest.mark.parametrize("hours", HOURS)
@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("night", NIGHTS)
@pytest.mark.timeout(0 if PROVING else 60)
def test_a_step_that_opens_in_the_night_is_due_at_one_real_moment(
    night: str, zone: str, hours: str
) -> None:
    """Due moments exist, are aware, never run backwards, and lie in hours as their rule says."""
    days = team(zone, hours)
    first = days.roll(date.fromisoformat(night))
    last: dict[int, datetime] = {}
    for opened in minutes_of(night, days):
        for n, rule in enumerate(RULES):
            due = due_at(rule, opened, days, first=first)
            assert due.tzinfo is UTC
            if not _is_elsewhere(rule, opened, due, days):
                assert n not in last or due >= last[n], f"{rule} runs backwards at {opened}"
                last[n] = due
            wall = due.astimezone(days.zone)
            assert wall.astimezone(UTC) == due, f"{rule} has no moment at {opened}"
            if rule.anchor.kind is not AnchorKind.HOURS_AFTER_START:
                day, is_early = days.day_of(due), rule.clock == time(2, 30)
                assert is_early or days.opens(day) <= due, f"{rule} at {opened}: {due}"
                assert due <= days.closes(day), f"{rule} at {opened}: {due}"
            if isinstance(rule.clock, time):
                shown = wall.replace(tzinfo=None, fold=0)
                asked = datetime.combine(shown.date(), rule.clock)
                there = asked.replace(tzinfo=days.zone).astimezone(UTC).astimezone(days.zone)
                before = (due - timedelta(microseconds=1)).astimezone(days.zone)
                is_clock = shown == asked and wall.fold == 0
                # a time that is missing on that day: the very moment at which the clocks change
                is_gone = there.replace(tzinfo=None) != asked
                in_gap = is_gone and before.utcoffset() != wall.utcoffset()
                is_other = rule.anchor.kind is AnchorKind.HOURS_AFTER_START
                assert is_clock or in_gap or is_other or due == days.closes(shown.date())


def _is_elsewhere(rule: DueRule, opened: datetime, due: datetime, days: Workdays) -> bool:
    """Minutes count from a prompt in hours; of those that end on another day the clock is new."""
    if rule.anchor.kind is not AnchorKind.MINUTES:
        return False
    return not days.is_open(opened) or days.day_of(due) != days.day_of(opened)


# A case that lives through the night


class Night:
    """A case whose worker has one open step; it wakes when it asked to, or at every minute."""

    def __init__(self, days: Workdays, start: datetime) -> None:
        self.rules = Rules(
            procedure=PROCEDURES["ravels"], days=days, roster=Roster(people=people())
        )
        self.case = Case(procedure="ravels", version=1)
        self.wake_at: datetime | None = None
        self.told: list[tuple[datetime, Message]] = []
        facts = Facts(kind="arrears")
        self.do(s.Reported(by=LIES, facts=facts, received_at=start), start)
        at, to = start + 2 * MINUTE, s.Fields(to=AN)
        answer = s.StepAnswer(by=KARIN, step="assign", answer="assigned", done_at=at, fields=to)
        self.do(answer, at)

    def do(self, stimulus: s.Stimulus, now: datetime) -> None:
        outcome = decide(self.case, stimulus, now, self.rules)
        assert isinstance(outcome, Decision), outcome
        self.case, self.wake_at = outcome.case, outcome.wake_at
        self.told += [(now, message) for message in outcome.messages]

    def wakes(self, until: datetime) -> None:
        """Pass time as the bot does: from one moment that was asked for to the next."""
        while self.wake_at is not None and self.wake_at <= until:
            self.do(s.TimePassed(), self.wake_at)

    def since(self, start: datetime) -> list[tuple[datetime, Message]]:
        return [(at, message) for at, message in self.told if at > start]


def begun(days: Workdays, night: str) -> tuple[Night, datetime]:
    """A case assigned in the week before, with the first call to make; Saturday noon."""
    sunday = date.fromisoformat(night)
    start = days.at(days.add_workdays(sunday, -3), time(10))
    case = Night(days, start)
    saturday = days.at(sunday - timedelta(days=1), time(12))
    case.wakes(saturday)
    return case, saturday


def copy_of(night: Night) -> Night:
    made = object.__new__(Night)
    made.rules, made.case, made.wake_at = night.rules, night.case, night.wake_at
    made.told = []
    return made


def in_hours(at: datetime, days: Workdays) -> bool:
    return days.is_open(at) or days.is_open(at - PUNCTUAL)


@pytest.mark.parametrize("hours", HOURS)
@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("night", NIGHTS)
@pytest.mark.timeout(0 if PROVING else 60)
def test_what_is_put_off_to_a_minute_of_the_night_comes_once(
    night: str, zone: str, hours: str
) -> None:
    """Later, until any minute of the night: the prompt comes once, then or at the next opening."""
    days = team(zone, hours)
    case, now = begun(days, night)
    step = next(iter(case.case.steps))
    far = replace(case.case.steps[step], due_at=None, planned_due=None, ask_at=None)
    far = replace(far, asked_at=now, asked_to=(AN,))
    case.case = replace(case.case, steps={step: far}, coming=())
    for until in minutes_of(night, days, every=1 if PROVING else 3):
        if until <= now:
            continue
        one = copy_of(case)
        one.do(s.PutOff(by=AN, step=step, until=until), now)
        one.wakes(days.next_day_open(until) + 24 * HOUR)
        later = [at for at, m in one.told if m.kind is Kind.PROMPT and m.repeat == "later"]
        assert later == [days.next_opening(until)], f"{until}: {later}"


@pytest.mark.parametrize("hours", HOURS)
@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("night", NIGHTS)
@pytest.mark.timeout(0 if PROVING else 60)
def test_an_appointment_at_a_minute_of_the_night_is_reminded_and_asked_about_once(
    night: str, zone: str, hours: str
) -> None:
    """The reminder comes once and before, "How did it go?" once and after; both in hours."""
    days = team(zone, hours)
    case, now = begun(days, night)
    for start in minutes_of(night, days, every=1 if PROVING else 3):
        if start <= now:
            continue
        one = copy_of(case)
        planned = Planned(day=days.day_of(start), at=start, known_at=now)
        one.do(s.Changed(by=KARIN, fact="hearing", planned=planned), now)
        one.do(s.Contacted(by=AN, answer="accepts_help", done_at=now, fields=s.Fields()), now)
        fields = s.Fields(when=planned)
        step = "home_appointment"
        one.do(s.StepAnswer(by=AN, step=step, answer=None, done_at=now, fields=fields), now)
        one.wakes(start + 72 * HOUR)
        _once(one, start, now, days)


def _once(one: Night, start: datetime, now: datetime, days: Workdays) -> None:
    steps = ("home_appointment", "phase2_hearing")
    told = [(at, m) for at, m in one.told if m.step in steps and at > now]
    assert all(in_hours(at, days) for at, _ in told)
    asked = [(at, m) for at, m in told if m.kind is Kind.PROMPT and m.repeat == "first"]
    results = [(at, m.step) for at, m in asked if m.question == Question.RESULT]
    assert sorted(step or "" for _, step in results) == ["home_appointment", "phase2_hearing"]
    assert all(at >= start for at, _ in results), f"asked before it began: {start} {results}"
    infos = Counter((m.step, m.days_left) for _, m in told if m.kind is Kind.INFO)
    assert all(n == 1 for n in infos.values()), infos
    reminders = [at for at, m in told if m.kind is Kind.INFO]
    assert all(at <= start for at in reminders), f"reminded after it: {start} {reminders}"


@pytest.mark.parametrize("hours", HOURS)
@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("night", NIGHTS)
@pytest.mark.timeout(0 if PROVING else 60)
def test_a_clock_that_ticks_through_the_night_says_the_same_as_one_that_sleeps(
    night: str, zone: str, hours: str
) -> None:
    """Woken each minute, or only when it asked to be: the same messages at the same minutes."""
    days = team(zone, hours)
    case, now = begun(days, night)
    ticking = copy_of(case)
    end = now + 48 * HOUR
    case.wakes(end)
    at = now
    while at <= end:
        ticking.do(s.TimePassed(), at)
        at += MINUTE
    slept = [(at, m) for at, m in case.since(now)]
    assert [(at, m) for at, m in ticking.told if at > now] == slept
    assert all(in_hours(at, days) for at, _ in slept)
    counts = Counter((m.to, m.kind, m.step, m.repeat) for _, m in slept)
    assert max(counts.values(), default=1) == 1, counts
