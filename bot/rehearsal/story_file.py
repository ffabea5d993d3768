"""A rehearsal's file: read into stories, and doubted. Every problem has its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from itertools import pairwise
from pathlib import Path
from typing import Any

from bot import yaml_file
from bot.rehearsal.story import (
    ACTS,
    FACTS,
    KINDS,
    End,
    Entry,
    Expect,
    PersonSpec,
    Spot,
    Story,
    word,
)
from bot.team import Assignment
from bot.texts import LANGUAGES
from scheduler.decision import Mark
from scheduler.procedure import Role
from scheduler.workdays import (
    WEEKDAYS,
    CalendarError,
    CalendarRules,
    Workdays,
    parse_half_days,
    parse_hours,
)

NEEDED: Mapping[str, tuple[str, ...]] = {
    "answer": ("step",),
    "contact": ("is",),
    "deviate": ("step",),
    "later": ("step", "until"),
    "away": ("who", "from", "to"),
    "leave_team": ("who",),
    "hand_over": ("to",),
    "extend": ("step", "until"),
    "lift": ("what",),
    "close": ("outcome",),
    "reopen": ("by",),
}
"""What an act cannot do without."""

ENTRY_KEYS = {"at", "who", "expect", "refused", *ACTS}
EXPECT_KEYS = {"to", "is", "step", "due", "contains", "marked", "case"}
TOP_KEYS = {"rehearsal", "procedure", "team", "people", "story", "end", "variant", "loose"}
TEAM_KEYS = {
    "name",
    "country",
    "timezone",
    "language",
    "hours",
    "closed",
    "open",
    "half_days",
    "overrides",
    "assignment",
    "phone",
}
PERSON_KEYS = {"role", "works", "stand_in"}
END_KEYS = {"state", "outcome", "history", "case"}
VARIANT_KEYS = {"name", "from", "story", "team", "end"}


class StoryError(Exception):
    """The rehearsal file is wrong; `problems` are (line, reason)."""

    def __init__(self, problems: list[tuple[int, str]]) -> None:
        """Keep every problem, by line."""
        self.problems = sorted(problems)
        super().__init__("; ".join(f"line {line}: {why}" for line, why in self.problems))


def read_stories(content: bytes, *, folder: Path) -> tuple[Story, ...]:
    """Return the main story and its variants. Raises `StoryError` with every problem.

    A procedure given as a path is looked for beside the file (`folder`).
    """
    try:
        document = yaml_file.parse(content)
    except yaml_file.YamlError as error:
        raise StoryError([(p.line, p.why) for p in error.problems]) from None
    reader = _Reader(document, folder)
    stories = reader.stories()
    if reader.problems:
        raise StoryError(reader.problems)
    return stories


class _Reader:
    """Reads one document, keeping every problem met on the way."""

    def __init__(self, document: yaml_file.Document, folder: Path) -> None:
        self.document, self.folder = document, folder
        self.problems: list[tuple[int, str]] = []

    def wrong(self, path: yaml_file.Path, why: str) -> None:
        self.problems.append((self.document.line(path), why))

    def keys(self, path: yaml_file.Path, value: Any, allowed: set[str]) -> dict[str, Any]:
        if not isinstance(value, dict):
            self.wrong(path, "must be a table of `key: value`")
            return {}
        for key in value:
            if key not in allowed:
                self.wrong(
                    (*path, key), f"unknown key {key!r}; known: {', '.join(sorted(allowed))}"
                )
        return {str(k): v for k, v in value.items()}

    def stories(self) -> tuple[Story, ...]:
        top = self.keys((), self.document.value, TOP_KEYS)
        for key in ("procedure", "people", "story"):
            if key not in top:
                self.wrong((), f"`{key}:` is missing")
        team = self.keys(("team",), top.get("team") or {}, TEAM_KEYS)
        calendar = self.calendar(("team",), team)
        people = self.people(top.get("people") or {})
        self.team_words(team)
        if calendar is None or self.problems:
            return ()
        main = Story(
            title=str(top.get("rehearsal") or "rehearsal"),
            procedure=self.procedure(str(top["procedure"])),
            procedure_line=self.document.line(("procedure",)),
            calendar=calendar,
            language=str(team.get("language") or "nl-BE"),
            overrides=team.get("overrides") or {},
            assignment=str(team.get("assignment") or "coordinator"),
            people=people,
            entries=self.entries(("story",), top.get("story"), calendar, people),
            end=self.end(("end",), top.get("end")),
            loose=_truth(top.get("loose")),
        )
        return (main, *self.variants(main, team, top.get("variant") or []))

    def team_words(self, team: Mapping[str, Any]) -> None:
        language = team.get("language", "nl-BE")
        if language not in LANGUAGES:
            self.wrong(("team", "language"), f"must be one of {', '.join(LANGUAGES)}")
        if not isinstance(team.get("overrides", {}), dict):
            self.wrong(("team", "overrides"), "must be a table of steps")
        assignment = team.get("assignment", "coordinator")
        if assignment not in {str(each) for each in Assignment}:
            self.wrong(("team", "assignment"), f"must be one of {', '.join(Assignment)}")

    def procedure(self, name: str) -> str:
        path = self.folder / name
        return str(path) if path.suffix in (".yaml", ".yml") and path.exists() else name

    def variants(self, main: Story, team: dict[str, Any], raw: Any) -> Iterator[Story]:
        if not isinstance(raw, list):
            self.wrong(("variant",), "must be a list")
            return
        for n, item in enumerate(raw):
            path = ("variant", n)
            one = self.keys(path, item, VARIANT_KEYS)
            kept = one.get("from", 0)
            if not isinstance(kept, int) or not 0 <= kept <= len(main.entries):
                self.wrong((*path, "from"), f"must be 0 to {len(main.entries)}")
                continue
            own = {**team, **self.keys((*path, "team"), one.get("team") or {}, TEAM_KEYS)}
            calendar = self.calendar((*path, "team"), own)
            if calendar is None:
                continue
            beginning = main.entries[:kept]
            entries = self.entries((*path, "story"), one.get("story"), calendar, main.people)
            self._ascend((*beginning, *entries))
            yield replace(
                main,
                title=f"{main.title} · {one.get('name', n)}",
                calendar=calendar,
                language=str(own.get("language") or main.language),
                overrides=own.get("overrides") or {},
                entries=(*beginning, *entries),
                end=self.end((*path, "end"), one.get("end")),
            )

    def calendar(self, path: yaml_file.Path, team: dict[str, Any]) -> CalendarRules | None:
        try:
            rules = CalendarRules(
                country=str(team.get("country") or "BE"),
                timezone=str(team.get("timezone") or "Europe/Brussels"),
                hours=parse_hours(team.get("hours") or {"mon-fri": ["09:00-17:00"]}),
                closed=frozenset(team.get("closed") or ()),
                open=frozenset(team.get("open") or ()),
                half_days=parse_half_days(team.get("half_days") or {}),
            )
            Workdays(rules)
        except (CalendarError, TypeError) as error:
            self.wrong(path, str(error))
            return None
        return rules

    def people(self, raw: Any) -> dict[str, PersonSpec]:
        people: dict[str, PersonSpec] = {}
        for name, spec in self.keys(("people",), raw, {str(k) for k in raw}).items():
            path = ("people", name)
            one = self.keys(path, spec, PERSON_KEYS)
            if one.get("role") not in ("reporter", "worker", "coordinator"):
                self.wrong(path, "`role` is reporter, worker or coordinator")
                continue
            people[name] = PersonSpec(
                name=name,
                role=Role(one["role"]),
                works=self.weekdays((*path, "works"), one.get("works")),
                stand_in=one.get("stand_in"),
            )
        for name, person in people.items():
            if person.stand_in is not None and person.stand_in not in people:
                self.wrong(("people", name), f"nobody is called {person.stand_in!r}")
        return people

    def weekdays(self, path: yaml_file.Path, raw: Any) -> frozenset[int] | None:
        if raw is None:
            return None
        days = list(raw) if isinstance(raw, list) else []
        if not days or any(day not in WEEKDAYS for day in days):
            self.wrong(path, f"must be a list of {', '.join(WEEKDAYS)}")
            return None
        return frozenset(WEEKDAYS.index(day) for day in days)

    def entries(
        self,
        path: yaml_file.Path,
        raw: Any,
        calendar: CalendarRules,
        people: Mapping[str, PersonSpec],
    ) -> tuple[Entry, ...]:
        if not isinstance(raw, list):
            self.wrong(path, "must be a list of entries")
            return ()
        days = Workdays(calendar)
        entries = tuple(
            entry
            for n, item in enumerate(raw)
            if (entry := self.entry((*path, n), item, days, people)) is not None
        )
        self._ascend(entries)
        return entries

    def _ascend(self, entries: tuple[Entry, ...]) -> None:
        for before, after in pairwise(entries):
            if after.at < before.at:
                self.problems.append((after.line, "moments must ascend"))

    def entry(
        self,
        path: yaml_file.Path,
        raw: Any,
        days: Workdays,
        people: Mapping[str, PersonSpec],
    ) -> Entry | None:
        one = self.keys(path, raw, ENTRY_KEYS)
        at = self.moment((*path, "at"), one.get("at"), days)
        if at is None:
            return None
        acts = [key for key in one if key in ACTS]
        if len(acts) > 1:
            self.wrong(path, f"one act an entry, not {len(acts)}: {', '.join(acts)}")
        act = acts[0] if acts else None
        who = one.get("who")
        if act is not None and who not in people:
            self.wrong(path, f"nobody is called {who!r}")
        fields: dict[str, Any] = {}
        if act is not None:
            fields = self.keys((*path, act), one[act] or {}, {*ACTS[act], "case"})
            self.act_fields((*path, act), act, fields, people)
            self.act_moments((*path, act), fields, days)
        return Entry(
            at=at,
            line=self.document.line(path),
            who=who,
            act=act,
            fields=fields,
            refused=_truth(one.get("refused")),
            expect=self.expects((*path, "expect"), one.get("expect") or [], days, people),
        )

    def act_fields(
        self,
        path: yaml_file.Path,
        act: str,
        fields: Mapping[str, Any],
        people: Mapping[str, PersonSpec],
    ) -> None:
        """Doubt an act's fields: what is missing, nobody, or not of its form."""
        for key in NEEDED.get(act, ()):
            if fields.get(key) in (None, ""):
                self.wrong(path, f"`{act}` needs `{key}`")
        if act == "change" and not any(fact in fields for fact in FACTS):
            self.wrong(path, f"`change` needs one of {', '.join(FACTS)}")
        if act == "reopen" and fields.get("by") not in ("client", "report"):
            self.wrong((*path, "by"), "must be client or report")
        named = ["who", "stand_in", *(["to"] if act in ("answer", "hand_over") else [])]
        for key in named:
            if fields.get(key) is not None and fields[key] not in people:
                self.wrong((*path, key), f"nobody is called {fields[key]!r}")
        for key in ("actions", "agreements"):
            items = fields.get(key, [])
            is_list = isinstance(items, list)
            if not is_list or any(not isinstance(i, dict) or "what" not in i for i in items):
                self.wrong((*path, key), "must be a list of `{what, who, date}`")
        participants = fields.get("participants", [])
        if not isinstance(participants, list):
            self.wrong((*path, "participants"), "must be a list of `{who, mandate}`")

    def act_moments(self, path: yaml_file.Path, fields: dict[str, Any], days: Workdays) -> None:
        """Turn the moments among an act's fields into `Spot`s; days stay days."""
        for key in ("when", "done_at", "until", "hearing", "eviction", "date"):
            if key in fields and not (isinstance(fields[key], str) and fields[key] == "withdrawn"):
                fields[key] = self.spot((*path, key), fields[key], days)
        for key in ("from", "to", "served"):
            if key in fields and isinstance(fields[key], str) and key != "to":
                fields[key] = self.day((*path, key), fields[key])
        for key in ("actions", "agreements"):
            items = fields.get(key) if isinstance(fields.get(key), list) else []
            for n, item in enumerate(items or []):
                if isinstance(item, dict) and isinstance(item.get("date"), str):
                    item["date"] = self.day((*path, key, n), item["date"])

    def day(self, path: yaml_file.Path, raw: Any) -> date | None:
        if isinstance(raw, datetime):
            return raw.date()
        if isinstance(raw, date):
            return raw
        try:
            return date.fromisoformat(str(raw)[:10])
        except ValueError:
            self.wrong(path, f"{raw!r} is no day; write 2027-09-13")
            return None

    def spot(self, path: yaml_file.Path, raw: Any, days: Workdays) -> Spot | None:
        if isinstance(raw, date) and not isinstance(raw, datetime):
            return Spot(day=raw)
        moment = self.moment(path, raw, days)
        return None if moment is None else Spot(day=days.day_of(moment), at=moment)

    def moment(self, path: yaml_file.Path, raw: Any, days: Workdays) -> datetime | None:
        if isinstance(raw, date) and not isinstance(raw, datetime):
            return days.at(raw, time(0))
        if isinstance(raw, datetime):
            return days.at(raw.date(), raw.time())
        try:
            wall = datetime.fromisoformat(str(raw).strip())
        except ValueError:
            self.wrong(path, f"{raw!r} is no moment; write 2027-09-13 10:20")
            return None
        return days.at(wall.date(), wall.time())

    def expects(
        self,
        path: yaml_file.Path,
        raw: Any,
        days: Workdays,
        people: Mapping[str, PersonSpec],
    ) -> tuple[Expect, ...]:
        if not isinstance(raw, list):
            self.wrong(path, "must be a list")
            return ()
        return tuple(
            found
            for n, item in enumerate(raw)
            if (found := self.expected((*path, n), item, days, people)) is not None
        )

    def expected(
        self,
        path: yaml_file.Path,
        raw: Any,
        days: Workdays,
        people: Mapping[str, PersonSpec],
    ) -> Expect | None:
        one = self.keys(path, raw, EXPECT_KEYS)
        if one.get("is") not in KINDS or one.get("to") not in people:
            self.wrong(path, f"`to` must be one of the people, `is` one of {', '.join(KINDS)}")
            return None
        marked = _list(one.get("marked"))
        for mark in marked:
            if mark not in {str(m) for m in Mark}:
                self.wrong((*path, "marked"), f"unknown mark {mark!r}")
        due = one.get("due")
        return Expect(
            to=one["to"],
            kind=one["is"],
            line=self.document.line(path),
            step=one.get("step"),
            due=None if due is None else self.moment((*path, "due"), due, days),
            contains=_list(one.get("contains")),
            marked=marked,
            case=one.get("case"),
        )

    def end(self, path: yaml_file.Path, raw: Any) -> End | None:
        if raw is None:
            return None
        one = self.keys(path, raw, END_KEYS)
        if one.get("state") not in (None, "open", "closed"):
            self.wrong((*path, "state"), "must be open or closed")
        return End(
            line=self.document.line(path),
            state=one.get("state"),
            outcome=one.get("outcome"),
            history=_list(one.get("history")),
            case=one.get("case"),
        )


def _truth(value: Any) -> bool:
    return value is True or word(value) == "yes"


def _list(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(word(v) for v in value) if isinstance(value, list) else (word(value),)
