"""Due rules: procedures 1.1, 1.3, and the columns *Due*."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.due import N_MAX, Anchor, AnchorKind, DueError, DueRule, due_at, parse_due
from scheduler.workdays import CalendarError, CalendarRules, Workdays, parse_half_days, parse_hours

BRUSSELS = ZoneInfo("Europe/Brussels")
OFFICE = {"mon-fri": ["09:00-17:00"]}
LUNCH = {"mon-thu": ["09:00-12:00", "13:00-17:00"], "fri": ["09:00-12:30"]}


def team(hours: dict[str, list[str]] = OFFICE, country: str = "BE", **more: Any) -> Workdays:
    """Return a calendar with the TEAM default hours."""
    rules = CalendarRules(
        country=country, timezone="Europe/Brussels", hours=parse_hours(hours), **more
    )
    return Workdays(rules)


def local(text: str) -> datetime:
    """Return the moment the wall in Brussels shows `text`, as aware UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS).astimezone(UTC)


def wall(moment: datetime) -> str:
    """Return what the wall in Brussels shows."""
    assert moment.tzinfo is UTC
    return f"{moment.astimezone(BRUSSELS):%Y-%m-%d %H:%M}"


def due(text: str, opened: str, days: Workdays | None = None, first: str | None = None) -> str:
    """Return the wall time of a rule."""
    w1 = None if first is None else date.fromisoformat(first)
    return wall(due_at(parse_due(text), local(opened), days or team(), first=w1))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("W1 close", "2027-09-16 17:00"),
        ("W2 open", "2027-09-17 09:00"),
        ("W2 noon", "2027-09-17 12:00"),
        ("W2 12:00", "2027-09-17 12:00"),
        ("W3 close", "2027-09-20 17:00"),
        ("W4 open", "2027-09-21 09:00"),
        ("W5 close", "2027-09-22 17:00"),
        ("W3 14:30", "2027-09-20 14:30"),
    ],
)
def test_the_five_days(text: str, moment: str) -> None:
    """R-18, R-26, R-34, R-35, R-52: Wn counts from W1, whenever the step opens."""
    assert due(text, "2027-09-20 10:00", first="2027-09-16") == moment


def test_a_w_rule_needs_a_five_day_clock() -> None:
    """Procedures 2: reopened by the client there is no five-day clock, so no Wn."""
    with pytest.raises(DueError, match="no five-day clock"):
        due("W2 noon", "2027-09-20 10:00")


def test_noon_and_times_end_with_a_half_day() -> None:
    """1.1: noon is the earlier of 12:00 and close; no other time outlasts the day either."""
    days = team(half_days=parse_half_days({date(2027, 12, 24): ["09:00-11:30"]}))
    assert due("W2 12:00", "2027-12-23 10:00", days, "2027-12-23") == "2027-12-24 11:30"
    assert due("W2 14:00", "2027-12-23 10:00", days, "2027-12-23") == "2027-12-24 11:30"
    assert due("next working day 12:00", "2027-12-23 10:00", days) == "2027-12-24 11:30"


@pytest.mark.parametrize(
    ("text", "opened", "moment"),
    [
        ("1 working day", "2027-09-13 10:00", "2027-09-14 17:00"),
        ("2 working days", "2027-10-07 15:40", "2027-10-11 17:00"),
        ("3 working days close", "2027-05-03 14:00", "2027-05-07 17:00"),  # Ascension Day between
        ("1 working days", "2027-09-13 17:00", "2027-09-14 17:00"),
        ("1 working days", "2027-09-18 11:00", "2027-09-20 17:00"),
        ("5 working days open", "2027-09-13 10:00", "2027-09-20 09:00"),
        ("next working day", "2027-07-20 16:00", "2027-07-22 17:00"),
        ("next working day noon", "2027-02-16 16:00", "2027-02-17 12:00"),
        ("same day close", "2027-02-16 13:50", "2027-02-16 17:00"),
        ("same day close", "2027-02-16 17:00", "2027-02-17 17:00"),
        ("same day close", "2027-02-20 12:00", "2027-02-22 17:00"),
        ("next open", "2027-02-16 08:00", "2027-02-16 09:00"),
        ("next open", "2027-02-16 09:00", "2027-02-17 09:00"),
        ("next open", "2027-02-19 16:00", "2027-02-22 09:00"),
    ],
)
def test_working_days_from_the_opening(text: str, opened: str, moment: str) -> None:
    """1.1: n working days count from the working day after the step opens and end at close."""
    assert due(text, opened) == moment


def test_kings_day_and_liberation_day_in_nl() -> None:
    """1.1, rehearsal s13: 27 April does not count; 5 and 6 May when the team closes the 5th."""
    days = team(country="NL", closed=frozenset({date(2027, 5, 5)}))
    assert due("1 working days", "2027-04-26 14:00", days) == "2027-04-28 17:00"
    assert due("3 working days", "2027-05-03 14:00", days) == "2027-05-10 17:00"


@pytest.mark.parametrize(
    ("n", "opened", "moment"),
    [
        (60, "2027-02-16 13:14", "2027-02-16 14:14"),
        (60, "2027-02-16 16:00", "2027-02-16 17:00"),  # exactly close still stands
        (60, "2027-02-16 16:01", "2027-02-17 10:00"),
        (60, "2027-02-16 22:00", "2027-02-17 10:00"),
        (60, "2027-02-16 03:00", "2027-02-16 10:00"),
        (60, "2027-02-16 08:30", "2027-02-16 09:30"),
        (60, "2027-02-16 11:30", "2027-02-16 12:30"),  # in the lunch gap: inside the working day
        (60, "2027-02-19 12:00", "2027-02-22 10:00"),
        (400, "2027-02-16 11:30", "2027-02-17 15:40"),  # not after a lunch that is behind
    ],
)
def test_minutes_stay_inside_the_working_day(n: int, opened: str, moment: str) -> None:
    """Procedures 3 `speak_reporter`: 60 minutes after P, past close 60 after the next opening."""
    assert due(f"{n} minutes", opened, team(LUNCH)) == moment


@pytest.mark.parametrize(
    ("opened", "moment"),
    [
        ("2027-11-30 10:00", "2028-02-29 09:00"),
        ("2027-08-13 16:00", "2027-11-15 09:00"),
        ("2027-08-13 23:59", "2027-11-15 09:00"),
    ],
)
def test_three_months_after_closing(opened: str, moment: str) -> None:
    """E-46, G-32: closing + 3 calendar months at open, clamped, then the next working day."""
    assert due("3 months open", opened) == moment


@pytest.mark.parametrize(
    ("text", "start", "moment"),
    [
        ("2 hours after start", "2027-09-14 10:00", "2027-09-14 12:00"),
        ("1 hour after start", "2027-09-14 10:30", "2027-09-14 11:30"),
        ("4 hours after start", "2027-09-14 15:00", "2027-09-14 19:00"),
        ("later of 14:00 and 2 hours after start", "2027-09-14 09:00", "2027-09-14 14:00"),
        ("later of 14:00 and 2 hours after start", "2027-09-14 13:30", "2027-09-14 15:30"),
        ("later of 12:00 and 2 hours after start", "2027-09-14 09:00", "2027-09-14 12:00"),
    ],
)
def test_after_an_event(text: str, start: str, moment: str) -> None:
    """1.3: meeting 2 h after start; hearing at the later of 14:00 and hearing + 2 hours."""
    assert due(text, start) == moment


@pytest.mark.parametrize(
    ("text", "start", "moment"),
    [
        (
            "-5 working days open",
            "2027-05-10 10:00",
            "2027-04-30 09:00",
        ),  # Ascension Day on the 6th
        ("-1 working day open", "2027-09-20 10:00", "2027-09-17 09:00"),
        ("-1 working days open", "2027-09-19 10:00", "2027-09-17 09:00"),
        ("-1 working days 16:00", "2027-09-14 09:00", "2027-09-13 16:00"),
        ("-1 working days 16:00", "2027-09-20 09:00", "2027-09-17 16:00"),
    ],
)
def test_before_an_event(text: str, start: str, moment: str) -> None:
    """1.3: hearing, eviction −5 and −1 working days at open; appointment 16:00 the day before."""
    assert due(text, start) == moment


def test_hours_over_the_dst_night_are_hours() -> None:
    """P12: two hours after 01:30 on 28 March 2027 are 04:30 on the wall."""
    assert due("2 hours after start", "2027-03-28 01:30") == "2027-03-28 04:30"


@pytest.mark.parametrize(
    ("night", "at"), [("2027-03-28", "2027-03-28 03:00"), ("2027-10-31", "2027-10-31 02:30")]
)
def test_a_time_in_the_dst_night(night: str, at: str) -> None:
    """P12, 1.1: W1 02:30 becomes the first valid moment after, or the first of two."""
    that = date.fromisoformat(night)  # Easter Sunday in 2027: worked here all the same
    days = team({"mon-sun": ["00:00-23:00"]}, open=frozenset({that}))
    moment = due_at(parse_due("W1 02:30"), local(f"{night} 00:10"), days, first=that)
    assert wall(moment) == at
    assert moment <= datetime.fromisoformat(f"{night}T01:00+00:00")


RULES_ON_EVERY_MINUTE = (
    "60 minutes",
    "same day close",
    "next open",
    "1 working days",
    "3 months open",
)


@pytest.mark.parametrize("night", ["2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31"])
def test_every_minute_of_the_dst_nights(night: str) -> None:
    """P12: opened at any minute of the night, a rule lies ahead, in opening hours, in order."""
    days = team()
    start = datetime.fromisoformat(f"{night}T00:00+00:00") - timedelta(hours=4)
    for text in RULES_ON_EVERY_MINUTE:
        rule, before = parse_due(text), start
        for minute in range(10 * 60):
            moment = due_at(rule, start + timedelta(minutes=minute), days, first=None)
            assert moment > start + timedelta(minutes=minute)
            assert days.is_open(moment) and moment >= before
            before = moment


@pytest.mark.parametrize("night", ["2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31"])
def test_sixty_minutes_are_sixty_in_a_night_that_is_worked(night: str) -> None:
    """P12: a team open through the change gets 60 real minutes, whatever the wall does."""
    that = date.fromisoformat(night)
    days = team({"mon-sun": ["00:00-22:00"]}, open=frozenset({that}))
    start, rule = days.opens(that), parse_due("60 minutes")
    for minute in range(12 * 60):
        opened = start + timedelta(minutes=minute)
        assert due_at(rule, opened, days, first=None) == opened + timedelta(minutes=60)


# Text and value


@pytest.mark.parametrize(
    ("text", "shortest"),
    [
        ("w2 NOON", "W2 noon"),
        ("W2 12:00", "W2 noon"),
        ("W02 9:05", "W2 09:05"),
        ("1 working days close", "next working day close"),
        ("2 Working Days", "2 working days close"),
        ("next working day 12:00", "next working day noon"),
        ("Same Day Close", "same day close"),
        ("60 minutes", "60 minutes"),
        ("NEXT OPEN", "next open"),
        ("3 months open", "3 months open"),
        ("2 hours after start", "2 hours after start"),
        ("later of 14:00 and 2 hours after start", "later of 14:00 and 2 hours after start"),
        ("later of 12:00 and 2 hours after start", "later of 12:00 and 2 hours after start"),
        ("-5 working days open", "-5 working days open"),
    ],
)
def test_written_back_in_the_shortest_form(text: str, shortest: str) -> None:
    """Procedures 5: letter case is free, what means the same is one value, with one text."""
    rule = parse_due(text)
    assert str(rule) == shortest
    assert parse_due(shortest) == rule


def counts(kind: AnchorKind) -> st.SearchStrategy[Anchor]:
    """Return anchors of one kind within its limits."""
    return st.builds(
        lambda n: Anchor(kind=kind, n=n), st.integers(min(1, N_MAX[kind]), N_MAX[kind])
    )


TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
DAY_TIMES = st.sampled_from(["open", "close", "noon"])
ANY_TIME = DAY_TIMES | TIMES.filter(lambda clock: clock != time(12))
CLOCKS: dict[AnchorKind, st.SearchStrategy[Any]] = {
    AnchorKind.WORKDAY: ANY_TIME,
    AnchorKind.WORKING_DAYS_AFTER: DAY_TIMES,
    AnchorKind.WORKING_DAYS_BEFORE: ANY_TIME,
    AnchorKind.SAME_DAY: st.just("close"),
    AnchorKind.MINUTES: st.none(),
    AnchorKind.NEXT_OPEN: st.just("open"),
    AnchorKind.NEXT_OPENING: st.just("open"),
    AnchorKind.MONTHS: st.sampled_from(["open", "close"]),
    AnchorKind.HOURS_AFTER_START: st.none() | TIMES,
}
RULES = st.sampled_from(list(AnchorKind)).flatmap(
    lambda kind: st.builds(
        lambda anchor, clock: DueRule(anchor=anchor, clock=clock), counts(kind), CLOCKS[kind]
    )
)


@settings(deadline=None)  # a busy machine is no bug
@given(rule=RULES)
def test_every_rule_goes_to_text_and_back(rule: DueRule) -> None:
    """CALENDAR_API: parse_due(str(rule)) == rule, for all kinds, counts and clocks."""
    assert parse_due(str(rule)) == rule


@settings(deadline=None)  # a busy machine is no bug
@given(
    rule=RULES,
    opened=st.datetimes(
        datetime(1970, 1, 1),  # noqa: DTZ001 (hypothesis wants its limits naive)
        datetime(2100, 12, 31),  # noqa: DTZ001
        timezones=st.just(UTC),
    ),
)
def test_every_rule_has_a_moment_in_all_years(rule: DueRule, opened: datetime) -> None:
    """Bad inputs 75: from 1970 to 2100 each rule gives a moment, on its side of the anchor."""
    days = team(LUNCH)
    moment = due_at(rule, opened, days, first=days.first_workday(opened))
    assert moment.tzinfo is UTC
    match rule.anchor.kind:
        case AnchorKind.WORKDAY:
            assert moment >= days.opens(days.first_workday(opened)) or rule.clock not in (
                "open",
                "close",
            )
        case AnchorKind.WORKING_DAYS_BEFORE:
            assert days.day_of(moment) < days.day_of(opened)
        case _:
            assert moment > opened


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "W2",
        "W0 open",
        "W31 open",
        "W-1 open",
        "W2 24:00",
        "W2 12:60",
        "W2 noon ",
        "W2  noon",
        "W2 noon\n",
        "W² noon",
        "W٢ noon",
        "noon",
        "0 minutes",
        "-1 minutes",
        "10001 minutes",
        "1000000000 minutes",
        "1.5 minutes",
        "0 working days",
        "261 working days",
        "2 working days 14:00",
        "next working day 14:00",
        "next close",
        "same day open",
        "3 months",
        "3 months noon",
        "0 months open",
        "121 months open",
        "73 hours after start",
        "later of noon and 2 hours after start",
        "-5 working days",
        "-0 working days open",
        "9" * 5000 + " minutes",
        720,
        True,
        None,
        date(2027, 9, 13),
        ["W2 noon"],
    ],
)
def test_what_is_no_due_rule(text: Any) -> None:
    """Bad inputs 72: timer 0, −1, 10^9, and what YAML makes of a time, are refused, with why."""
    with pytest.raises(DueError) as refused:
        parse_due(text)
    assert refused.value.why
    assert len(refused.value.text) <= 60


@settings(deadline=None)  # a busy machine is no bug
@given(
    text=st.text(max_size=80)
    | st.from_regex(r"[Ww-]?[0-9]{1,5} ?[a-z :0-9]{0,20}", fullmatch=True)
)
def test_any_text_is_a_rule_or_a_due_error(text: str) -> None:
    """Bad inputs 72: no text raises anything but DueError; what is read goes round."""
    try:
        rule = parse_due(text)
    except DueError as refused:
        assert refused.why
    else:
        assert parse_due(str(rule)) == rule


@pytest.mark.parametrize(
    ("kind", "n", "clock"),
    [
        (AnchorKind.WORKDAY, 2, time(12)),
        (AnchorKind.WORKDAY, 0, "open"),
        (AnchorKind.WORKDAY, 2, time(9, 0, 30)),
        (AnchorKind.MINUTES, 60, "open"),
        (AnchorKind.NEXT_OPEN, 1, "open"),
        (AnchorKind.MONTHS, 3, None),
    ],
)
def test_a_rule_that_no_text_can_say_is_our_mistake(kind: AnchorKind, n: int, clock: Any) -> None:
    """Style 7: broken invariants are AssertionErrors."""
    with pytest.raises(AssertionError):
        DueRule(anchor=Anchor(kind=kind, n=n), clock=clock)


def test_the_end_of_time_is_an_error_of_the_calendar() -> None:
    """Bad inputs 40, 75: in the year 9999 a CalendarError, never an OverflowError."""
    late = datetime(9999, 12, 31, 22, 30, tzinfo=UTC)
    for text in (
        "60 minutes",
        "72 hours after start",
        "3 months open",
        "next open",
        "1 working days",
    ):
        with pytest.raises(CalendarError):
            due_at(parse_due(text), late, team(), first=None)


def test_a_naive_opening_is_our_mistake() -> None:
    """Style 3: naive datetimes are refused."""
    with pytest.raises(AssertionError, match="naive"):
        due_at(parse_due("60 minutes"), datetime(2027, 9, 13, 10), team(), first=None)  # noqa: DTZ001
