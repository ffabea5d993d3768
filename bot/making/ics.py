"""One appointment as a file that a phone's calendar takes in, changes, or takes out (RFC 5545).

Times are UTC: right on each side of a change of the clock, in whatever zone the phone is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from icalendar import Alarm, Calendar, Event, vCalAddress

PRODUCT: Final = "-//Kier//Kier//EN"
ORGANIZER: Final = "mailto:kier@kier.invalid"
"""RFC 5546 wants one; a name under .invalid (RFC 2606) is nobody's, so that no mail leaves."""


def make(values: Mapping[str, Any]) -> bytes:
    """Return the file.

    `day` is an ISO date, `at` an aware ISO moment or None (all day) and `minutes` its length;
    `stamp` when this was said, `uid` and `sequence` which appointment and how often it changed;
    `cancelled` takes it out; `summary` and `team` are words; `alarms` are minutes from the start
    (from midnight where it is all day), negative before.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if values["cancelled"] else "PUBLISH")
    calendar.add_component(_event(values))
    made: bytes = calendar.to_ical()
    return made


def _event(values: Mapping[str, Any]) -> Event:
    stamp = datetime.fromisoformat(values["stamp"])
    event = Event()
    event.add("uid", values["uid"])
    event.add("sequence", values["sequence"])
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    start: date | datetime = date.fromisoformat(values["day"])
    end: date | datetime = start + timedelta(days=1)
    if values["at"] is not None:
        start = datetime.fromisoformat(values["at"])
        end = start + timedelta(minutes=values["minutes"])
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", values["summary"])
    organizer = vCalAddress(ORGANIZER)
    organizer.params["CN"] = values["team"]
    event.add("organizer", organizer)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if values["cancelled"] else "CONFIRMED")
    event.add("transp", "OPAQUE" if values["at"] is not None else "TRANSPARENT")
    for minutes in () if values["cancelled"] else values["alarms"]:
        event.add_component(_alarm(minutes, values["summary"]))
    return event


def _alarm(minutes: int, summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", timedelta(minutes=minutes))
    return alarm
