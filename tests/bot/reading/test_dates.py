"""Dates and times as people type them: row 40 and design.md §3."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.dates import (
    Ambiguous,
    DateProblem,
    Day,
    Moment,
    Reading,
    Unreadable,
    read_moment,
)

BRUSSELS = ZoneInfo("Europe/Brussels")
NOW = dt.datetime(2027, 9, 13, 8, 20, tzinfo=dt.UTC)  # Monday 10:20 in Ravels


def read(
    text: str, language: str = "nl-BE", *, now: dt.datetime = NOW, prefer_future: bool = True
) -> Reading:
    return read_moment(
        text, now=now, zone=BRUSSELS, language=language, prefer_future=prefer_future
    )


def shown(reading: Moment | Day) -> str:
    """Return the local day, with the time where there is one."""
    match reading:
        case Moment(at=at):
            return at.astimezone(BRUSSELS).strftime("%Y-%m-%d %H:%M")
        case Day(on=on):
            return on.isoformat()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("morgen 14u", "2027-09-14 14:00"),
        ("do 7 okt 10:00", "2027-10-07 10:00"),
        ("Donderdag 7 oktober 2027 om 10.30 uur", "2027-10-07 10:30"),
        ("7-10-2027 om 10u30", "2027-10-07 10:30"),
        ("7 oktober 2027 om 14 uur 30", "2027-10-07 14:30"),
        ("2027-10-07 10:00", "2027-10-07 10:00"),
        ("2027-10-07T10:00", "2027-10-07 10:00"),
        ("vandaag 16.30", "2027-09-13 16:30"),
        ("vrijdag 16.30", "2027-09-17 16:30"),
        ("7.10 14u", "2027-10-07 14:00"),
        ("komende dinsdag 9u", "2027-09-14 09:00"),
        ("dinsdag a.s. 9u", "2027-09-14 09:00"),
        ("volgende week dinsdag 9u", "2027-09-21 09:00"),
        ("maandag 9u", "2027-09-20 09:00"),
        ("dinsdagmorgen 9u", "2027-09-14 09:00"),
        ("dinsdag morgen 9u", "2027-09-14 09:00"),
        ("morgen 3 uur 's middags", "2027-09-14 15:00"),
        ("morgen 03:00", "2027-09-14 03:00"),
        ("kwart voor 10 morgen", "2027-09-14 09:45"),
        ("vanavond 19u", "2027-09-13 19:00"),
        ("14u", "2027-09-13 14:00"),
        ("8u", "2027-09-14 08:00"),
        ("om 12", "2027-09-13 12:00"),
        ("over 2 uur", "2027-09-13 12:20"),
        ("over een half uur", "2027-09-13 10:50"),
        ("nu", "2027-09-13 10:20"),
        ("٧/١٠ 10:00", "2027-10-07 10:00"),
    ],
)
def test_moments_in_dutch(typed: str, meant: str) -> None:
    """design.md §3: a day with a time, as people in Ravels and Amsterdam type it."""
    reading = read(typed)
    assert isinstance(reading, Moment)
    assert shown(reading) == meant
    assert reading.at.tzinfo is dt.UTC


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("7/10", "2027-10-07"),
        ("7/10/27", "2027-10-07"),
        ("7.10.2027", "2027-10-07"),
        ("7 okt", "2027-10-07"),
        ("7 okt '27", "2027-10-07"),
        ("overmorgen", "2027-09-15"),
        ("vrijdag", "2027-09-17"),
        ("deze vrijdag", "2027-09-17"),
        ("over 3 dagen", "2027-09-16"),
        ("over een week", "2027-09-20"),
        ("over 1 maand", "2027-10-13"),
        ("binnen twee weken", "2027-09-27"),
        ("morgenvoormiddag", "2027-09-14"),
        ("zondag 24 oktober", "2027-10-24"),
        ("29/2", "2028-02-29"),
        ("5 maart", "2028-03-05"),
    ],
)
def test_days_without_a_time(typed: str, meant: str) -> None:
    """A day without a time is another result than a moment: midnight is never made up."""
    reading = read(typed)
    assert isinstance(reading, Day)
    assert shown(reading) == meant
    assert not reading.is_past


@pytest.mark.parametrize(
    ("typed", "language", "meant"),
    [
        ("demain 14h", "fr", "2027-09-14 14:00"),
        ("jeudi 7 oct à 10h", "fr", "2027-10-07 10:00"),
        ("jeudi 7 octobre 2027 à 10h30", "fr", "2027-10-07 10:30"),
        ("après-demain à midi", "fr", "2027-09-15 12:00"),
        ("aujourd'hui à 16h30", "fr", "2027-09-13 16:30"),
        ("le 1er octobre", "fr", "2027-10-01"),
        ("le premier octobre à 9 heures", "fr", "2027-10-01 09:00"),
        ("dans 3 jours", "fr", "2027-09-16"),
        ("mar 5 oct", "fr", "2027-10-05"),
        ("5 mars", "fr", "2028-03-05"),
        ("demain à 14 h 30", "fr", "2027-09-14 14:30"),
        ("demain matin à 9h", "fr", "2027-09-14 09:00"),
        ("demain dans l'après-midi à 2h", "fr", "2027-09-14 14:00"),
        ("demain 10 heures moins le quart", "fr", "2027-09-14 09:45"),
        ("le 7 octobre à 10h", "fr", "2027-10-07 10:00"),
        ("jeu. 7 oct. 9 h 40", "fr", "2027-10-07 09:40"),
        ("ven 1er oct", "fr", "2027-10-01"),
        ("07/10/2027", "fr", "2027-10-07"),
        ("2 juill. 2028", "fr", "2028-07-02"),
        ("midi", "fr", "2027-09-13 12:00"),
        ("ce midi", "fr", "2027-09-13 12:00"),
        ("demain midi et demi", "fr", "2027-09-14 12:30"),
        ("ce matin 11h", "fr", "2027-09-13 11:00"),
        ("auj. 15h", "fr", "2027-09-13 15:00"),
        ("dans une heure et demie", "fr", "2027-09-13 11:50"),
        ("dans huit jours", "fr", "2027-09-20"),
        ("d'ici quinze jours", "fr", "2027-09-27"),
        ("mardi de la semaine prochaine", "fr", "2027-09-21"),
        ("mardi en huit", "fr", "2027-09-21"),
        ("mercredi qui vient 9h", "fr", "2027-09-15 09:00"),
        ("vendredi 17 septembre prochain", "fr", "2027-09-17"),
        ("morgen om 14.00 uur", "nl-NL", "2027-09-14 14:00"),
        ("donderdag 7 oktober a.s. om 10.00 uur", "nl-NL", "2027-10-07 10:00"),
        ("eerstvolgende dinsdag", "nl-NL", "2027-09-14"),
        ("dinsdag over een week", "nl-NL", "2027-09-21"),
        ("over anderhalf uur", "nl-NL", "2027-09-13 11:50"),
        ("overmorgenochtend 9 uur", "nl-NL", "2027-09-15 09:00"),
        ("tomorrow 2pm", "en", "2027-09-14 14:00"),
        ("2 p.m. tomorrow", "en", "2027-09-14 14:00"),
        ("October 7th, 2027 at 10:00", "en", "2027-10-07 10:00"),
        ("day after tomorrow", "en", "2027-09-15"),
        ("on Friday at 14:00", "en", "2027-09-17 14:00"),
        ("in 3 days", "en", "2027-09-16"),
        ("5 mar", "en", "2028-03-05"),
        ("tomorrow 14u", "nl-BE", "2027-09-14 14:00"),
    ],
)
def test_other_languages(typed: str, language: str, meant: str) -> None:
    """Row 87: all languages are read; the person's own decides what a short form means."""
    reading = read(typed, language)
    assert isinstance(reading, Moment | Day)
    assert shown(reading) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vrijdag 16u", "2027-09-10 16:00"),
        ("10/9", "2027-09-10"),
        ("14u", "2027-09-12 14:00"),
        ("gisteren 15u", "2027-09-12 15:00"),
        ("gistermiddag 3 uur", "2027-09-12 15:00"),
        ("hier à 15h", "2027-09-12 15:00"),
        ("il y a 3 jours", "2027-09-10"),
        ("vendredi passé", "2027-09-10"),
        ("3 dagen geleden", "2027-09-10"),
        ("7 okt", "2026-10-07"),
    ],
)
def test_looking_back(typed: str, meant: str) -> None:
    """For what has happened (done at, procedures.md §1.2) the last such day is meant."""
    reading = read(typed, prefer_future=False)
    assert isinstance(reading, Moment | Day)
    assert shown(reading) == meant
    assert reading.is_past


@pytest.mark.parametrize(
    ("typed", "candidates"),
    [
        ("volgende dinsdag 9u", ["2027-09-21 09:00", "2027-09-14 09:00"]),
        ("mardi prochain", ["2027-09-21", "2027-09-14"]),
        ("lundi en huit", ["2027-09-20", "2027-09-27"]),
        ("maandag", ["2027-09-13", "2027-09-20"]),
        ("maandag 16u", ["2027-09-13 16:00", "2027-09-20 16:00"]),
        ("morgen 3u", ["2027-09-14 15:00", "2027-09-14 03:00"]),
        ("morgen om half drie", ["2027-09-14 14:30", "2027-09-14 02:30"]),
        ("7.10", ["2027-10-07", "2027-09-14 07:10"]),
        ("8 sep", ["2027-09-08", "2028-09-08"]),
    ],
)
def test_two_readings_are_asked(typed: str, candidates: list[str]) -> None:
    """Row 40: where people differ, both readings are offered, the likelier first."""
    reading = read(typed)
    assert isinstance(reading, Ambiguous)
    assert [shown(one) for one in reading.candidates] == candidates


def test_next_friday_is_one_day_where_both_readings_agree() -> None:
    """On a Saturday "volgende vrijdag" is the coming one and next week's: nothing to ask."""
    saturday = dt.datetime(2027, 9, 18, 8, 0, tzinfo=dt.UTC)
    assert read("volgende vrijdag", now=saturday) == Day(on=dt.date(2027, 9, 24), is_past=False)


@pytest.mark.parametrize(
    ("typed", "now", "suggestions"),
    [
        ("31-02", dt.datetime(2026, 1, 12, 9, tzinfo=dt.UTC), ["2026-02-28", "2026-03-02"]),
        ("31 feb", dt.datetime(2026, 1, 12, 9, tzinfo=dt.UTC), ["2026-02-28", "2026-03-02"]),
        ("31 feb 10u", NOW, ["2028-02-29 10:00", "2028-03-01 10:00"]),
        ("29-02-2027", NOW, ["2027-02-28", "2027-03-01"]),
        ("31/11", NOW, ["2027-11-30", "2027-12-01"]),
        ("10/25/2027", NOW, ["2027-10-25"]),
    ],
)
def test_days_that_do_not_exist(typed: str, now: dt.datetime, suggestions: list[str]) -> None:
    """Row 40, screens.md: refused, with the last day of the month and the first after it."""
    reading = read(typed, now=now)
    assert isinstance(reading, Unreadable)
    assert reading.reason is DateProblem.NO_SUCH_DAY
    assert [shown(one) for one in reading.suggestions] == suggestions


@pytest.mark.parametrize("typed", ["1-1-0001", "1-1-9999", "01/02/03", "1 feb 3000", "7/10/1"])
def test_years_out_of_reach(typed: str) -> None:
    """Row 40: 0001, 9999 and 01/02/03 are refused, the next such day is offered."""
    reading = read(typed)
    assert isinstance(reading, Unreadable)
    assert reading.reason is DateProblem.YEAR
    assert reading.suggestions


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("25:00", DateProblem.NO_SUCH_TIME),
        ("morgen 24u", DateProblem.NO_SUCH_TIME),
        ("morgen 10:75", DateProblem.NO_SUCH_TIME),
        ("32/13", DateProblem.NO_SUCH_DAY),
        ("over 9999 dagen", DateProblem.YEAR),
        ("over 9999 maanden", DateProblem.YEAR),
        ("volgende week", DateProblem.NO_DAY),
    ],
)
def test_times_and_spans_refused(typed: str, reason: DateProblem) -> None:
    """Row 40: what cannot be is refused with its own reason."""
    reading = read(typed)
    assert isinstance(reading, Unreadable)
    assert reading.reason is reason


@pytest.mark.parametrize(
    "typed",
    [
        *("12", "2", "14", "ja", "nee", "ok", "ma", "do", "zo", "mei", "", "n/a", "🙂", "1" * 81),
        *("ik weet het niet", "Kerkstraat 12 Weelde", "tussen 14u en 16u", "14-16u"),
        *("7/10 en 8/10", "7/10 7/10", "maandag of dinsdag", "2 maanden", "€ 7,10"),
        *("0470 00 01 12", "oui", "non", "le 7", "dès que possible"),
    ],
)
def test_what_is_no_date(typed: str) -> None:
    """Row 40: "12" and "ja" are not dates, and a date in a sentence is not the sentence."""
    assert read(typed) == Unreadable(reason=DateProblem.NOT_UNDERSTOOD)


def test_weekday_and_date_that_disagree() -> None:
    """Row 40: "do 8 okt" is the Thursday or the 8th: both are offered, in order."""
    reading = read("do 8 okt 10u")
    assert isinstance(reading, Unreadable)
    assert reading.reason is DateProblem.WEEKDAY_DIFFERS
    assert [shown(one) for one in reading.suggestions] == ["2027-10-07 10:00", "2027-10-08 10:00"]


def test_past_court_date_is_flagged() -> None:
    """Row 40: a past date is read and flagged, so that it can be echoed for confirmation."""
    assert read("1 jan 2027") == Day(on=dt.date(2027, 1, 1), is_past=True)
    earlier_today = read("13/9/2027 9u")
    assert isinstance(earlier_today, Moment)
    assert earlier_today.is_past


def test_time_in_the_gap() -> None:
    """Row 40, procedures.md §1.1: a time that clocks skip becomes the first valid one, said so."""
    reading = read("26/3/2028 02:30")
    assert reading == Moment(
        at=dt.datetime(2028, 3, 26, 1, 0, tzinfo=dt.UTC), is_past=False, moved=True
    )
    assert shown(reading) == "2028-03-26 03:00"


def test_doubled_time_is_the_first() -> None:
    """procedures.md §1.1: a doubled local time means the first."""
    reading = read("31/10/2027 02:30")
    assert reading == Moment(at=dt.datetime(2027, 10, 31, 0, 30, tzinfo=dt.UTC), is_past=False)


def test_the_day_is_the_teams() -> None:
    """ "Vandaag" is the day in the team's zone: 22:30 UTC is tomorrow in Brussels."""
    late = dt.datetime(2027, 9, 13, 22, 30, tzinfo=dt.UTC)
    assert read("vandaag", now=late) == Day(on=dt.date(2027, 9, 14), is_past=False)


def test_naive_now_is_refused() -> None:
    """style.md, habit 3: a naive moment is the caller's mistake."""
    with pytest.raises(ValueError, match="aware"):
        read("morgen", now=NOW.replace(tzinfo=None))


START = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
WORDS = st.sampled_from(
    [
        *("morgen", "do", "7", "okt", "10:00", "/", "-", ".", "31", "02", "2027", "volgende"),
        *("week", "over", "3", "dagen", "u", "uur", "half", "vrijdag", "om", "9999", "maanden"),
        *("pm", "mar", "'s", "avonds", "geleden", "demain", "à", "99999", "0", "29/2", "il y a"),
        *("1", "nu", "twee"),
    ]
)


@given(
    st.text(st.characters(exclude_categories=()), max_size=40)
    | st.lists(WORDS, max_size=7).map(" ".join)
    | st.lists(WORDS, max_size=7).map("".join),
    st.sampled_from(["nl-BE", "nl-NL", "en", "fr", "xx"]),
    st.integers(0, 70 * 365 * 24 * 60).map(lambda n: START + dt.timedelta(minutes=n)),
    st.booleans(),
)
def test_never_raises(text: str, language: str, now: dt.datetime, forward: bool) -> None:
    """Row 40: any text at any moment gives a result; offered readings are between 1 and 4."""
    reading = read(text, language, now=now, prefer_future=forward)
    match reading:
        case Ambiguous(candidates=candidates):
            assert 2 <= len(candidates) <= 4
            assert len(set(candidates)) == len(candidates)
        case Unreadable(suggestions=suggestions):
            assert len(suggestions) <= 4
        case Moment(at=at, is_past=is_past):
            assert is_past == (at < now) or "nu" in text or "over" in text
        case Day(on=on, is_past=is_past):
            assert is_past == (on < now.astimezone(BRUSSELS).date())
