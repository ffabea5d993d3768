"""A team's calendar: procedures 1.1."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.workdays import (
    SEARCH_DAYS_MAX,
    CalendarError,
    CalendarRules,
    Workdays,
    parse_half_days,
    parse_hours,
)

BRUSSELS = ZoneInfo("Europe/Brussels")
OFFICE = parse_hours({"mon-fri": ["09:00-17:00"]})
LUNCH = parse_hours({"mon-thu": ["09:00-12:00", "13:00-17:00"], "fri": ["09:00-12:30"]})


def team(**changes: Any) -> Workdays:
    """Return a Belgian office-hours calendar with `changes` to its rules."""
    rules = {"country": "BE", "timezone": "Europe/Brussels", "hours": OFFICE, **changes}
    return Workdays(CalendarRules(**rules))


def local(text: str) -> datetime:
    """Return the moment the wall in Brussels shows `text`, as aware UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS).astimezone(UTC)


def day(text: str) -> date:
    """Return an ISO date."""
    return date.fromisoformat(text)


# Holidays and the team's own list


@pytest.mark.parametrize(
    ("country", "closed"),
    [
        ("BE", "2027-01-01 2027-03-29 2027-05-06 2027-05-17 2027-07-21 2027-11-01 2027-11-11"),
        ("NL", "2027-01-01 2027-03-26 2027-03-29 2027-04-27 2027-05-06 2027-05-17"),
    ],
)
def test_public_holidays(country: str, closed: str) -> None:
    """1.1: public holidays of the country are closed, Good Friday in NL included."""
    days = team(country=country)
    assert all(day(text).weekday() < 5 for text in closed.split())  # worked otherwise
    assert [text for text in closed.split() if days.is_workday(day(text))] == []


def test_holidays_of_one_country_are_workdays_in_the_other() -> None:
    """1.1: King's Day closes no Belgian team, 21 July and 1 November no Dutch one."""
    belgian, dutch = team(country="BE"), team(country="NL")
    assert belgian.is_workday(day("2027-04-27")) and not dutch.is_workday(day("2027-04-27"))
    for text in ("2027-07-21", "2027-11-01", "2027-11-11"):
        assert dutch.is_workday(day(text)) and not belgian.is_workday(day(text))


def test_good_friday_in_nl_is_worked_when_the_team_says_so() -> None:
    """1.1: the package closes Good Friday for NL, yet Dutch teams work: the own list wins."""
    good_friday = day("2027-03-26")
    assert not team(country="NL").is_workday(good_friday)
    days = team(country="NL", open=frozenset({good_friday}))
    assert days.blocks(good_friday) == ((local("2027-03-26 09:00"), local("2027-03-26 17:00")),)


def test_first_and_second_of_november() -> None:
    """1.2 "Why now?": report Fri 29 Oct 11:00, 1 and 2 November closed: W2 is Wed 3 Nov."""
    days = team(closed=frozenset({day("2027-11-02")}))
    first = days.first_workday(local("2027-10-29 11:00"))
    assert first == day("2027-10-29")
    assert days.workday(first, 2) == day("2027-11-03")
    assert days.closed_between(first, day("2027-11-03")) == (
        day("2027-10-30"),
        day("2027-10-31"),
        day("2027-11-01"),
        day("2027-11-02"),
    )


def test_an_open_saturday_has_the_first_configured_weekdays_hours() -> None:
    """1.1: extra open days have the first configured weekday's hours."""
    saturday = day("2027-09-18")
    days = team(hours=LUNCH, open=frozenset({saturday}))
    assert days.blocks(saturday) == (
        (local("2027-09-18 09:00"), local("2027-09-18 12:00")),
        (local("2027-09-18 13:00"), local("2027-09-18 17:00")),
    )


def test_a_holiday_worked_on_has_the_first_weekdays_hours_too() -> None:
    """1.1: so has an extra open day that is a holiday on a weekday with other hours."""
    friday = day("2027-03-26")
    days = team(country="NL", hours=LUNCH, open=frozenset({friday}))
    assert days.closes(friday) == local("2027-03-26 17:00")
    assert days.closes(day("2027-03-19")) == local("2027-03-19 12:30")


def test_a_half_day_has_its_own_blocks_even_on_a_holiday() -> None:
    """1.1: half days are local and win over weekday and holiday."""
    halves = parse_half_days(
        {day("2027-12-24"): ["09:00-12:00"], day("2027-07-21"): ["9:00-11:00"]}
    )
    days = team(half_days=halves)
    assert days.closes(day("2027-12-24")) == local("2027-12-24 12:00")
    assert days.noon(day("2027-12-24")) == local("2027-12-24 12:00")
    assert days.closes(day("2027-07-21")) == local("2027-07-21 11:00")
    assert days.noon(day("2027-07-21")) == local("2027-07-21 11:00")


# Moments of a day


def test_noon_is_twelve_on_a_full_day() -> None:
    """R-34: noon is 12:00 when the day goes on after it."""
    days = team()
    assert days.noon(day("2027-09-14")) == local("2027-09-14 12:00")
    assert days.has_morning(day("2027-09-14"))


@pytest.mark.parametrize(
    ("hours", "has"), [("12:00-17:00", False), ("13:00-17:00", False), ("11:59-17:00", True)]
)
def test_a_day_that_opens_at_noon_has_no_morning(hours: str, has: bool) -> None:
    """1.1: where a day opens at or after noon, `call_day2` is left out."""
    assert team(hours=parse_hours({"tue": [hours]})).has_morning(day("2027-09-14")) is has


def test_open_and_close_are_the_outer_ends_of_the_blocks() -> None:
    """1.1: `open` is the start of the first block, `close` the end of the last."""
    days = team(hours=LUNCH)
    assert days.opens(day("2027-09-14")) == local("2027-09-14 09:00")
    assert days.closes(day("2027-09-14")) == local("2027-09-14 17:00")


def test_a_closed_day_has_no_open_close_or_noon() -> None:
    """1.1: asking for the hours of a closed day is an error that names the day."""
    days = team()
    assert days.blocks(day("2027-09-18")) == ()
    for ask in (days.opens, days.closes, days.noon, days.has_morning):
        with pytest.raises(CalendarError, match="2027-09-18"):
            ask(day("2027-09-18"))


@pytest.mark.parametrize(
    ("at", "is_open", "opening", "after", "day_open"),
    [
        ("2027-09-14 08:59", False, "2027-09-14 09:00", "2027-09-14 09:00", "2027-09-14 09:00"),
        ("2027-09-14 09:00", True, "2027-09-14 09:00", "2027-09-14 13:00", "2027-09-15 09:00"),
        ("2027-09-14 12:00", True, "2027-09-14 12:00", "2027-09-14 13:00", "2027-09-15 09:00"),
        ("2027-09-14 12:01", False, "2027-09-14 13:00", "2027-09-14 13:00", "2027-09-15 09:00"),
        ("2027-09-14 17:00", True, "2027-09-14 17:00", "2027-09-15 09:00", "2027-09-15 09:00"),
        ("2027-09-14 17:01", False, "2027-09-15 09:00", "2027-09-15 09:00", "2027-09-15 09:00"),
        ("2027-09-17 12:31", False, "2027-09-20 09:00", "2027-09-20 09:00", "2027-09-20 09:00"),
        ("2027-09-18 10:00", False, "2027-09-20 09:00", "2027-09-20 09:00", "2027-09-20 09:00"),
    ],
)
def test_openings_around_lunch_close_and_weekend(
    at: str, is_open: bool, opening: str, after: str, day_open: str
) -> None:
    """1.1: a rule's moment may fall on the end of a block; lunch is closed, not a new day."""
    days = team(hours=LUNCH)
    assert days.is_open(local(at)) is is_open
    assert days.next_opening(local(at)) == local(opening)
    assert days.next_opening_after(local(at)) == local(after)
    assert days.next_day_open(local(at)) == local(day_open)


@pytest.mark.parametrize(
    ("at", "first", "close"),
    [
        ("2027-09-13 07:00", "2027-09-13", "2027-09-13 17:00"),
        ("2027-09-13 16:50", "2027-09-13", "2027-09-13 17:00"),
        ("2027-09-13 17:00", "2027-09-14", "2027-09-14 17:00"),
        ("2027-09-13 17:30", "2027-09-14", "2027-09-14 17:00"),
        ("2027-09-17 17:00", "2027-09-20", "2027-09-20 17:00"),
        ("2027-09-18 11:00", "2027-09-20", "2027-09-20 17:00"),
        ("2027-07-21 11:00", "2027-07-22", "2027-07-22 17:00"),
    ],
)
def test_receipt_starts_the_clock(at: str, first: str, close: str) -> None:
    """G-05: a report at 16:50 is today's, at exactly close (17:00) tomorrow's; so is its close."""
    days = team()
    assert days.first_workday(local(at)) == day(first)
    assert days.next_close(local(at)) == local(close)


def test_the_local_date_decides_not_the_utc_date() -> None:
    """1.1: days are in the team's zone; 23:30 UTC on 13 September is the 14th in Brussels."""
    assert team().day_of(datetime(2027, 9, 13, 23, 30, tzinfo=UTC)) == day("2027-09-14")


# Counting days


def test_five_working_days_over_a_weekend() -> None:
    """R-18: W1 is counted as 1; five working days from a Thursday end on Wednesday."""
    days = team()
    found = [days.workday(day("2027-09-16"), n).isoformat()[5:] for n in range(1, 6)]
    assert found == ["09-16", "09-17", "09-20", "09-21", "09-22"]


def test_w1_that_the_team_closes_afterwards_moves_on() -> None:
    """1.1: Wn is the n-th working day of the team's calendar, also when W1 was closed later."""
    days = team(closed=frozenset({day("2027-09-16")}))
    assert days.workday(day("2027-09-16"), 1) == day("2027-09-17")
    assert days.workday(day("2027-09-16"), 2) == day("2027-09-20")


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2027-05-03", 3, "2027-05-07"),  # Ascension Day on the 6th
        ("2027-05-01", 1, "2027-05-03"),  # a Saturday
        ("2027-09-20", -1, "2027-09-17"),
        ("2027-09-19", -1, "2027-09-17"),
        ("2027-05-10", -5, "2027-04-30"),
    ],
)
def test_working_days_after_and_before(start: str, n: int, end: str) -> None:
    """1.1, 1.3: n working days are counted strictly after, or before, the day."""
    assert team().add_workdays(day(start), n) == day(end)


def test_next_workday_and_roll() -> None:
    """1.1: the next working day is strictly after; a moment on a closed day rolls forward."""
    days = team()
    assert days.next_workday(day("2027-09-17")) == day("2027-09-20")
    assert days.roll(day("2027-09-17")) == day("2027-09-17")
    assert days.roll(day("2027-09-18")) == day("2027-09-20")


@pytest.mark.parametrize(
    ("closing", "months", "check"),
    [
        ("2027-11-30", 3, "2028-02-29"),
        ("2026-11-30", 3, "2027-03-01"),  # 28 February 2027 is a Sunday
        ("2027-08-13", 3, "2027-11-15"),  # 13 November 2027 is a Saturday
        ("2027-10-01", 1, "2027-11-02"),  # All Saints
        ("2027-12-31", 12, "2029-01-02"),  # 31 December 2028 is a Sunday, then New Year
        ("2028-01-31", 1, "2028-02-29"),
    ],
)
def test_months_clamp_then_roll(closing: str, months: int, check: str) -> None:
    """G-32: same day number, clamped to the month's end, then the next working day."""
    assert team().add_months(day(closing), months) == day(check)


def test_closed_between_is_empty_backwards() -> None:
    """1.2 "Why now?": nothing lies between a day and an earlier one."""
    assert team().closed_between(day("2027-09-20"), day("2027-09-13")) == ()


# A calendar that cannot work


def test_a_team_closed_for_good_is_an_error_not_a_loop() -> None:
    """1.1: no working day within the search limit is a CalendarError that names the day."""
    start = day("2027-01-01")
    always = frozenset(start + timedelta(days=n) for n in range(-500, 500))
    days = team(closed=always)
    at = local("2027-01-01 10:00")
    assert SEARCH_DAYS_MAX < 500
    for ask in (days.next_opening, days.next_opening_after, days.next_day_open, days.next_close):
        with pytest.raises(CalendarError, match="no working day within 400 days"):
            ask(at)
    for seek in (days.roll, days.next_workday, lambda d: days.add_workdays(d, -1)):
        with pytest.raises(CalendarError, match="no working day within 400 days"):
            seek(start)


def test_a_calendar_without_an_open_weekday_is_refused() -> None:
    """Bad inputs 72: a calendar with no open day is refused when read and when built."""
    with pytest.raises(CalendarError, match="no weekday is open"):
        parse_hours({"mon-fri": []})
    with pytest.raises(CalendarError, match="no weekday is open"):
        team(hours=((),) * 7)


@pytest.mark.parametrize(
    ("changes", "entry"),
    [
        ({"country": "XX"}, "country"),
        ({"timezone": "Europe/Ravels"}, "timezone"),
        ({"timezone": "../etc/passwd"}, "timezone"),
        ({"timezone": "Europe"}, "timezone"),
        ({"timezone": ""}, "timezone"),
        ({"hours": OFFICE[:5]}, "hours"),
        ({"hours": (((time(9), time(8)),),) * 7}, "hours mon"),
        (
            {"closed": frozenset({day("2027-11-02")}), "open": frozenset({day("2027-11-02")})},
            "closed 2027-11-02",
        ),
        ({"closed": frozenset({datetime(2027, 11, 2, tzinfo=UTC)})}, "2027-11-02 00:00:00+00:00"),
        ({"half_days": ((day("2027-12-24"), ()),)}, "half_days 2027-12-24"),
        (
            {"half_days": ((day("2027-12-24"), ((time(9), time(12)),)),) * 2},
            "half_days 2027-12-24",
        ),
    ],
)
def test_contradictions_and_unknown_names_are_refused(changes: dict[str, Any], entry: str) -> None:
    """Bad inputs 72: unknown zone or country and contradictions are refused, the entry named."""
    with pytest.raises(CalendarError) as refused:
        team(**changes)
    assert refused.value.entry == entry


@pytest.mark.parametrize(
    "hours",
    [
        '{mon-fri: ["22:00-06:00"]}',
        '{mon-fri: ["22-06"]}',
        '{mon-fri: ["09:00-25:00"]}',
        '{mon-fri: ["09:00-24:00"]}',
        '{mon-fri: ["09:60-17:00"]}',
        '{mon-fri: ["09:00-09:00"]}',
        '{mon-fri: ["09:00-13:00", "12:00-17:00"]}',
        '{mon-fri: ["13:00-17:00", "09:00-12:00"]}',
        "{mon-fri: [12:00]}",
        "{mon-fri: [09:00, 17:00]}",
        "{mon-fri: [on]}",
        "{mon-fri: 09:00-17:00}",
        "{mon-fri: on}",
        "{mon-fri: }",
        "{mon-fri: [[09:00-17:00]]}",
        "{mon-fri: {09:00: 17:00}}",
        "{on: ['09:00-17:00']}",
        "{1: ['09:00-17:00']}",
        "{fri-mon: ['09:00-17:00']}",
        "{mon-: ['09:00-17:00']}",
        "{ma-vr: ['09:00-17:00']}",
        "{mon-wed-fri: ['09:00-17:00']}",
        "{mon-fri: ['09:00-17:00'], fri: ['09:00-12:00']}",
        "{mon: ['٠٩:٠٠-17:00']}",
        "{mon: [" + ",".join(f"'{hour}:00-{hour}:30'" for hour in range(9)) + "]}",
        "{}",
        "[]",
        "on",
    ],
)
def test_hours_that_are_refused(hours: str) -> None:
    """Bad inputs 72: bad working hours, and what YAML makes of them, are refused by entry."""
    with pytest.raises(CalendarError) as refused:
        parse_hours(yaml.safe_load(hours))
    assert refused.value.entry.startswith("hours")
    assert refused.value.why


def test_the_error_names_the_entry_that_yaml_turned_into_a_number() -> None:
    """Design 6 (YAML): `12:00` without quotes arrives as 720; the message says what to write."""
    with pytest.raises(CalendarError, match=r'hours sat: 720 is not text; write "09:00-17:00"'):
        parse_hours(yaml.safe_load('{mon-fri: ["09:00-17:00"], sat: [12:00]}'))


def test_a_range_of_weekdays_does_not_run_backwards() -> None:
    """Bad inputs 72: `fri-mon` beside good hours is refused, not silently nobody's."""
    with pytest.raises(CalendarError, match="hours fri-mon: the range runs backwards"):
        parse_hours({"tue": ["09:00-17:00"], "fri-mon": ["09:00-17:00"]})


def test_blocks_may_touch() -> None:
    """1.1: 12:00 ends one block and begins the next: they do not overlap."""
    hours = parse_hours({"tue": ["09:00-12:00", "12:00-17:00"]})
    assert hours[1] == ((time(9), time(12)), (time(12), time(17)))


@pytest.mark.parametrize("text", ["9:00-12:00", "09:00 - 12:00", "09:00–12:00", " 09:00-12:00 "])
def test_hours_as_people_type_them(text: str) -> None:
    """Design 6: one digit, spaces and an en dash are read."""
    assert parse_hours({"Sat": [text]})[5] == ((time(9), time(12)),)


def test_hours_of_the_team_file() -> None:
    """Design 6: the team file's example, several blocks and other hours on Friday."""
    assert LUNCH[:4] == (((time(9), time(12)), (time(13), time(17))),) * 4
    assert LUNCH[4:] == (((time(9), time(12, 30)),), (), ())


@pytest.mark.parametrize(
    "raw", [["2027-12-24"], {"2027-12-24": ["09:00-12:00"]}, {True: ["9:00-12:00"]}]
)
def test_half_days_that_are_refused(raw: Any) -> None:
    """Bad inputs 72: a half day's key is a date."""
    with pytest.raises(CalendarError, match="half_days"):
        parse_half_days(raw)


def test_a_naive_moment_is_our_mistake() -> None:
    """Style 3: naive datetimes are refused."""
    days, naive = team(), datetime(2027, 9, 13, 10)  # noqa: DTZ001
    asks = (days.day_of, days.is_open, days.next_opening, days.first_workday, days.next_close)
    for ask in asks:
        with pytest.raises(AssertionError, match="naive"):
            ask(naive)


# Daylight saving (P12)

NIGHTS = ("2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31")


@pytest.mark.parametrize("night", NIGHTS)
def test_every_wall_minute_of_the_dst_nights(night: str) -> None:
    """P12, 1.1: a removed time becomes the first valid moment after, a doubled one the first."""
    days, that = team(), day(night)
    is_spring = that.month == 3
    change = datetime(that.year, that.month, that.day, 1, tzinfo=UTC)
    for minute in range(24 * 60):
        clock = time(minute // 60, minute % 60)
        moment = days.at(that, clock)
        assert moment.tzinfo is UTC
        if is_spring and clock.hour == 2:
            assert moment == change
            continue
        back = moment.astimezone(BRUSSELS)
        assert (back.date(), back.time()) == (that, clock)
        if not is_spring and clock.hour == 2:
            assert (
                moment < change
                and (moment + timedelta(hours=1)).astimezone(BRUSSELS).time() == clock
            )


@pytest.mark.parametrize("night", NIGHTS)
def test_every_minute_around_the_dst_nights(night: str) -> None:
    """P12: minute by minute from Friday to Tuesday, moments agree with a look at the wall."""
    days, that = team(hours=LUNCH), day(night)
    start = datetime(that.year, that.month, that.day, tzinfo=UTC) - timedelta(days=2)
    before = None
    for minute in range(4 * 24 * 60):
        at = start + timedelta(minutes=minute)
        wall = at.astimezone(BRUSSELS)
        blocks = LUNCH[wall.weekday()]
        is_open = days.is_workday(wall.date()) and any(a <= wall.time() <= b for a, b in blocks)
        assert days.is_open(at) is is_open
        opening = days.next_opening(at)
        assert opening == at if is_open else opening > at
        assert before is None or opening >= before
        before = opening
        assert days.day_of(at) == wall.date()


@pytest.mark.parametrize(
    ("night", "start", "end", "length_h"),
    [("2027-03-28", time(1), time(4), 2), ("2027-10-31", time(1), time(4), 4)],
)
def test_a_night_shift_is_as_long_as_it_really_is(
    night: str, start: time, end: time, length_h: int
) -> None:
    """P12: hours across the change are an hour shorter in spring, longer in autumn."""
    days = team(hours=(((start, end),),) * 7, open=frozenset({day(night)}))  # one is Easter
    ((opens, closes),) = days.blocks(day(night))
    assert closes - opens == timedelta(hours=length_h)


def test_a_block_that_dst_removes_leaves_the_day_closed() -> None:
    """1.1: 02:00-03:00 does not exist on 28 March 2027: nobody can be asked anything then."""
    easter = frozenset({day("2027-03-28")})
    days = team(hours=(((time(2), time(3)),),) * 7, open=easter)
    assert not days.is_workday(day("2027-03-28"))
    assert days.next_workday(day("2027-03-27")) == day("2027-03-30")  # Easter Monday on the 29th


def test_a_day_that_a_country_skipped() -> None:
    """1.1: Samoa had no 30 December 2011; its times are the first moment of the 31st."""
    days = team(country="WS", timezone="Pacific/Apia")
    assert days.at(day("2011-12-30"), time(9)) == days.at(day("2011-12-31"), time(0))
    assert days.next_workday(day("2011-12-29")) == day("2012-01-03")


# All years

YEARS = st.dates(date(1970, 1, 1), date(2100, 12, 31))
MOMENTS = st.datetimes(
    datetime(1970, 1, 1),  # noqa: DTZ001 (hypothesis wants its limits naive)
    datetime(2100, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
TEAMS = st.sampled_from(
    [
        team(),
        team(country="NL", timezone="Europe/Amsterdam", hours=LUNCH),
        team(
            country="US", timezone="America/St_Johns", hours=parse_hours({"sun": ["00:00-23:59"]})
        ),
        team(
            country="AU",
            timezone="Australia/Lord_Howe",
            hours=(((time(1, 30), time(2, 15)),),) * 7,
        ),
    ]
)


@settings(deadline=None)  # a busy machine is no bug
@given(days=TEAMS, at=MOMENTS)
def test_openings_hold_in_all_years(days: Workdays, at: datetime) -> None:
    """Bad inputs 75, P12: from 1970 to 2100 an opening is open, not before, nothing skipped."""
    opening = days.next_opening(at)
    assert days.is_open(opening) and opening >= at
    later, day_open, close = (
        days.next_opening_after(at),
        days.next_day_open(at),
        days.next_close(at),
    )
    assert at < later <= day_open and close > at
    assert day_open == days.opens(days.day_of(day_open))
    assert close == days.closes(days.day_of(close))
    assert days.first_workday(at) == days.day_of(close)


@settings(deadline=None)  # a busy machine is no bug
@given(days=TEAMS, start=YEARS, n=st.integers(1, 30))
def test_counting_forth_and_back_in_all_years(days: Workdays, start: date, n: int) -> None:
    """Bad inputs 75: n working days on and n back meet; between them lie n - 1 others."""
    first = days.roll(start)
    end = days.add_workdays(first, n)
    assert days.add_workdays(end, -n) == first
    assert days.workday(first, n + 1) == end
    assert (end - first).days - len(days.closed_between(first, end)) == n


@settings(deadline=None)  # a busy machine is no bug
@given(days=TEAMS, start=YEARS, n=st.integers(1, 24))
def test_months_never_land_before_or_on_a_closed_day(days: Workdays, start: date, n: int) -> None:
    """G-32, bad inputs 75: the month is right or the next one, the day is worked."""
    end = days.add_months(start, n)
    assert days.is_workday(end)
    months = (end.year - start.year) * 12 + end.month - start.month
    is_same_month = months == n and end.day >= min(start.day, 28)
    assert is_same_month or (months == n + 1 and end.day < 12)


def test_the_ends_of_time_are_errors_of_the_calendar() -> None:
    """Bad inputs 40, 75: years 1 and 9999 give a CalendarError, never an OverflowError."""
    days = team()
    with pytest.raises(CalendarError):
        days.next_workday(date.max)
    with pytest.raises(CalendarError):
        days.add_workdays(date.min, -1)
    with pytest.raises(CalendarError):
        days.add_months(day("9999-12-01"), 1)
    with pytest.raises(CalendarError):
        days.at(date.min, time(0))
    with pytest.raises(CalendarError):
        days.day_of(datetime.max.replace(tzinfo=UTC))


def test_the_memory_of_days_is_bounded() -> None:
    """Style 8: everything is bounded; asking for thirty years keeps some of them."""
    days = team()
    for n in range(30 * 366):
        days.is_workday(day("2000-01-01") + timedelta(days=n))
    assert len(days._known) <= 4000
