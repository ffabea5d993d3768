"""The ground that the engine's machine walks on: teams, people, procedures, and what to draw."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from scheduler.case import Facts, Planned
from scheduler.load import load_named
from scheduler.people import Person
from scheduler.procedure import Procedure, Role
from scheduler.stimuli import Fields, NewItem
from scheduler.workdays import CalendarRules, Workdays, parse_half_days, parse_hours

DOOR: Final = Path(__file__).parents[1] / "stories" / "procedures" / "door.yaml"
PROCEDURES: Final[dict[str, Procedure]] = {
    "ravels": load_named("ravels"),
    "eropaf": load_named("eropaf"),
    "door": load_named(str(DOOR)),
}

CALENDARS: Final = tuple(
    Workdays(rules)
    for rules in (
        CalendarRules(
            country="BE",
            timezone="Europe/Brussels",
            hours=parse_hours({"mon-thu": ["09:00-12:00", "13:00-17:00"], "fri": ["09:00-12:30"]}),
            closed=frozenset({date(2027, 9, 15)}),
            half_days=parse_half_days({date(2027, 12, 24): ["09:00-12:00"]}),
        ),
        CalendarRules(
            country="NL",
            timezone="Europe/Amsterdam",
            hours=parse_hours({"mon-fri": ["09:00-17:00"]}),
        ),
        CalendarRules(  # open through both nights on which the clocks change, and closed at noon
            country="NL",
            timezone="Europe/Amsterdam",
            hours=parse_hours(
                {"mon-wed": ["08:15-11:45", "12:30-16:00"], "sun": ["01:15-02:45", "03:30-23:30"]}
            ),
        ),
        CalendarRules(  # afternoons only: no day has a morning
            country="BE",
            timezone="Europe/Brussels",
            hours=parse_hours({"tue-sat": ["13:00-18:00"]}),
        ),
    )
)

STARTS: Final = tuple(
    datetime.fromisoformat(text).replace(tzinfo=UTC)
    for text in (
        "2027-09-13T08:20:00",  # an ordinary Monday
        "2027-09-17T14:58:30",  # Friday, about to close
        "2027-03-27T20:00:00",  # the evening before the clocks go forward
        "2027-10-30T22:10:00",  # and back
        "2027-12-23T15:00:00",  # before a half day, a feast and the year's end
        "2028-02-28T11:00:00",  # before a leap day
    )
)

KARIN, MIET, AN, BRAM, CEM, LIES, JO = range(1, 8)
STRANGER: Final = 99
COORDINATORS: Final = (KARIN, MIET)
WORKERS: Final = (AN, BRAM, CEM)
MEMBERS: Final = (*COORDINATORS, *WORKERS)
REPORTERS: Final = (LIES, JO)
ANYONE: Final = (*MEMBERS, *REPORTERS, STRANGER)


def people() -> dict[int, Person]:
    """Two coordinators, three workers of whom one works three days, two reporters."""
    roles = dict.fromkeys(COORDINATORS, Role.COORDINATOR)
    roles |= dict.fromkeys(WORKERS, Role.WORKER) | dict.fromkeys(REPORTERS, Role.REPORTER)
    made = {id_: Person(id=id_, role=role) for id_, role in roles.items()}
    made[CEM] = Person(id=CEM, role=Role.WORKER, works=frozenset({0, 1, 3}), stand_in=BRAM)
    return made


# What people say: mostly likely things, sometimes not. Moments are minutes from now, so that
# shrinking leads to "now".

ids = st.sampled_from(ANYONE)
members = st.sampled_from(MEMBERS)
numbers = st.integers(0, 40)
"""Which of what is there, modulo how many there are."""
minutes = st.one_of(
    st.integers(-90, 8 * 60),
    st.integers(-5, 70).map(lambda days: days * 24 * 60),
    st.integers(-(10**6), 10**6),
)
ahead = st.one_of(st.integers(1, 8 * 60), st.integers(1, 40).map(lambda days: days * 24 * 60))
whens = st.none() | st.tuples(minutes, st.booleans())
"""A date, and whether its time is known."""
RAW: Final[SearchStrategy[dict[str, Any]]] = st.fixed_dictionaries(
    {},
    optional={
        "to": st.sampled_from((*WORKERS, KARIN, LIES, STRANGER)),
        "when": whens,
        "hearing": whens,
        "eviction": whens,
        "items": st.lists(st.none() | st.integers(-3, 30), max_size=3),
        "item": numbers,
        "served": st.integers(-30, 30),
        "choice": st.sampled_from(("yes", "no", "later")),
        "note": st.just(True),
    },
)


class Ground:
    """Makes values of what was drawn, for one calendar; rows of texts are numbered."""

    def __init__(self, days: Workdays) -> None:
        self.days = days
        self.refs = 1000

    def ref(self) -> int:
        self.refs += 1
        return self.refs

    def planned(self, raw: tuple[int, bool] | None, now: datetime) -> Planned | None:
        if raw is None:
            return None
        at = now.replace(second=0, microsecond=0) + timedelta(minutes=raw[0])
        return Planned(day=self.days.day_of(at), at=at if raw[1] else None, known_at=now)

    def fields(self, raw: dict[str, Any], now: datetime, items: tuple[int, ...]) -> Fields:
        today = self.days.day_of(now)
        dated = {key: self.planned(raw.get(key), now) for key in ("when", "hearing", "eviction")}
        days = (d if d is None else today + timedelta(days=d) for d in raw.get("items", ()))
        which = raw.get("item")
        return Fields(
            to=raw.get("to"),
            when=dated["when"],
            hearing=dated["hearing"],
            eviction=dated["eviction"],
            items=tuple(NewItem(what_ref=self.ref(), day=day) for day in days),
            item=(*items, STRANGER)[which % (len(items) + 1)] if which is not None else None,
            served=today + timedelta(days=raw["served"]) if "served" in raw else None,
            choice=raw.get("choice"),
            note_ref=self.ref() if "note" in raw else None,
        )

    def facts(
        self, kind: str | None, hearing: Any, eviction: Any, now: datetime, *, needs: bool
    ) -> Facts:
        return Facts(
            kind=kind,
            needs_consent="yes" if needs else "no",
            hearing=self.planned(hearing, now),
            eviction=self.planned(eviction, now),
        )
