"""The small calendar: which days and times can be tapped, in any month and on any clock."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from bot.reading.words import utf16_len
from bot.screen import Press, Verb
from bot.texts import LANGUAGES
from bot.views.calendar import Grid, month_rows, months_on, read_month, slots, time_rows
from bot.views.words import PAIR_MAX
from scheduler.workdays import CalendarRules, Workdays, parse_half_days, parse_hours

TODAY = date(2027, 9, 14)
HALF = date(2027, 12, 24)


def calendar(hours: dict[str, list[str]] | None = None, zone: str = "Europe/Brussels") -> Workdays:
    return Workdays(
        CalendarRules(
            country="BE",
            timezone=zone,
            hours=parse_hours(hours or {"mon-fri": ["09:00-17:00"]}),
            closed=frozenset({date(2027, 11, 2)}),
            half_days=parse_half_days({HALF: ["09:00-12:00"]}),
        )
    )


DAYS = calendar()


def grid(**more) -> Grid:
    return Grid(**{"days": DAYS, "today": TODAY, "language": "nl-BE", "since": TODAY, **more})


def offered(made: Grid, month: date) -> list[date]:
    keys = [key for row in month_rows(made, month) for key in row if isinstance(key, Press)]
    args = [key.intent.arg or "" for key in keys if key.intent.verb is Verb.PICK]
    return [date.fromisoformat(arg) for arg in args if len(arg) == 10]


def labels(made: Grid, month: date) -> list[list[str]]:
    return [[key.label for key in row] for row in month_rows(made, month)]


def at(day: date, clock: str) -> datetime:
    return DAYS.at(day, time.fromisoformat(clock))


def test_a_month_as_it_is_drawn():
    """Weekdays above it, today marked, weeks that are over left out, closed days a dot."""
    assert labels(grid(worked=True), TODAY) == [
        ["sep 2027", "okt ▸"],
        ["ma", "di", "wo", "do", "vr", "za", "zo"],
        ["·", "•14", "15", "16", "17", "·", "·"],
        ["20", "21", "22", "23", "24", "·", "·"],
        ["27", "28", "29", "30", "·", "·", "·"],
    ]


def test_closed_days_are_dimmed_and_offered_only_where_any_day_can_be_meant():
    """A court may sit on a bridge day; nobody makes an appointment on one."""
    november = date(2027, 11, 1)
    assert labels(grid(), november)[2] == ["·1·", "·2·", "3", "4", "5", "·6·", "·7·"]
    assert labels(grid(worked=True), november)[2] == ["·", "·", "3", "4", "5", "·", "·"]
    worked = offered(grid(worked=True), november)
    assert date(2027, 11, 11) not in worked
    assert worked == [day for day in offered(grid(), november) if DAYS.is_workday(day)]
    assert len(offered(grid(), november)) == 30


@pytest.mark.parametrize("worked", [True, False])
def test_every_day_of_two_years_is_offered_once(worked):
    """Month ends, leap days and the year's end lose no day and offer none twice."""
    made, found, month = grid(worked=worked), [], TODAY
    for _ in range(25):
        found += offered(made, month)
        month = months_on(month, 1)
    days = (TODAY + timedelta(days=n) for n in range(1, 800))
    last = found[-1]
    expected = [TODAY, *(day for day in days if day <= last)]
    assert found == [day for day in expected if not worked or DAYS.is_workday(day)]
    assert date(2028, 2, 29) in found
    assert (last.year, last.month) == (2029, 9)


def test_leafing_ends_where_no_day_can_be_meant():
    """Before today nothing is asked, and nobody leafs to the year 9999."""
    assert labels(grid(), date(1999, 1, 1)) == labels(grid(), TODAY)
    assert labels(grid(), date(9999, 12, 1))[0] == ["◂ aug", "sep 2029"]
    past = grid(since=None, until=TODAY)
    assert labels(past, TODAY)[0] == ["◂ aug", "sep 2027"]
    assert offered(past, TODAY)[-1] == TODAY
    assert labels(past, date(2026, 12, 1))[0] == ["◂ nov", "dec 2026", "jan ▸"]


def test_leave_ends_on_or_after_its_first_day():
    """A day before `since` is not offered, wherever today is."""
    made = grid(since=date(2027, 12, 30))
    assert offered(made, date(2027, 12, 1)) == [date(2027, 12, 30), date(2027, 12, 31)]
    assert labels(made, TODAY)[0] == ["dec 2027", "jan ▸"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_month_fits_a_phone_in_every_language(language):
    """At most eight buttons a row, a hundred in all, none empty, and short enough to be read."""
    for n in range(25):
        rows = month_rows(grid(language=language), months_on(TODAY, n))
        assert all(len(row) == 7 for row in rows[1:])
        assert sum(map(len, rows)) < 60
        assert all(
            key.label.strip() and utf16_len(key.label) <= PAIR_MAX for r in rows for key in r
        )


def test_a_button_holds_its_month():
    """What no month is, is read as none."""
    assert read_month("2027-09") == date(2027, 9, 1)
    assert [read_month(each) for each in ("2027-13", "2027-9", "", "2027-09-14", "x")] == [
        None
    ] * 5


# Times


def shown(day: date, *, now: datetime, past: bool = False, days: Workdays = DAYS) -> list[str]:
    return [f"{clock:%H:%M}" for clock in slots(day, days, now=now, past=past)]


def test_half_hours_of_the_opening_hours_are_offered():
    """A lunch break and the close are no times of an appointment."""
    days = calendar({"mon-fri": ["08:30-10:00", "13:00-14:00"]})
    found = shown(date(2027, 9, 15), now=at(TODAY, "10:00"), days=days)
    assert found == ["08:30", "09:00", "09:30", "13:00", "13:30"]


def test_a_half_day_offers_its_own_hours():
    """24 December, open until noon."""
    assert shown(HALF, now=at(TODAY, "10:00")) == [
        *("09:00", "09:30", "10:00"),
        *("10:30", "11:00", "11:30"),
    ]


def test_today_offers_what_is_still_to_come_and_a_past_date_what_was():
    """Nobody makes an appointment for this morning, or was at a door this afternoon."""
    now = at(TODAY, "15:10")
    assert shown(TODAY, now=now) == ["15:30", "16:00", "16:30"]
    assert shown(TODAY, now=now, past=True)[-2:] == ["14:30", "15:00"]
    assert shown(TODAY - timedelta(days=1), now=now) == []


def test_a_closed_day_offers_office_hours():
    """An eviction on a Saturday has a time too."""
    assert shown(date(2027, 9, 18), now=at(TODAY, "10:00"))[::15] == ["09:00", "16:30"]


def test_long_days_offer_whole_hours():
    """A team that is always there would fill the screen."""
    days = calendar({"mon-sun": ["00:00-23:59"]})
    assert len(shown(date(2027, 9, 15), now=at(TODAY, "10:00"), days=days)) == 24


@pytest.mark.parametrize(
    ("day", "there"),
    [(date(2028, 3, 26), False), (date(2027, 10, 31), True), (date(2027, 6, 6), True)],
)
def test_what_a_change_of_the_clock_skips_is_not_offered(day, there):
    """2:30 does not exist on the last Sunday of March; twice in October: it is offered once."""
    days = calendar({"sun": ["01:00-06:00"]})
    found = shown(day, now=at(date(2027, 1, 4), "10:00"), days=days)
    assert ("02:30" in found) is there
    assert found.count("02:00") == int(there)
    assert len(found) == len(set(found)) == (10 if there else 8)


def test_a_time_holds_its_day():
    """A button means the same after a restart, whatever else is being asked."""
    rows = time_rows(date(2027, 10, 7), [time(9), time(9, 30), time(10), time(10, 30), time(11)])
    assert [len(row) for row in rows] == [4, 1]
    first = rows[0][0]
    assert isinstance(first, Press)
    assert (first.label, first.intent.arg) == ("09:00", "2027-10-07T09:00")
