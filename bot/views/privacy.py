"""What coordinators read of terms and of the access log: by reference, nobody's details."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.conversations.scene import SeenLine
from bot.screen import Intent, Screen, Verb
from bot.texts import escaped, plain, say
from bot.views.heads import Sight, head
from bot.views.words import (
    PAGE_LINES,
    dated_moment_words,
    day_words,
    fitted,
    in_rows,
    lines,
    page_keys,
    page_of,
    press,
)
from scheduler.workdays import Workdays

NAMED_MAX: Final = 60
"""Cases that one message names, with a button each; what is over then comes the next morning."""
BUTTONS_A_ROW: Final = 3
REASONS: Final = ("court", "complaint", "contact")
"""Why a case may be needed longer, as codes."""
KNOWN: Final = frozenset(
    {"details", "refused", "export-names", "export-case", "person-export", "person-erase"}
    | {"erased", "kept-court", "kept-complaint", "kept-contact"}
)
"""What the access log says of a case and has words of its own here."""
BY_ITSELF: Final = frozenset({"erased"})
"""What nobody did: the term was over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A case whose term ends: what is personal in it is erased on that day."""

    id: int
    ref: str
    on: date


def retention_screen(
    ending: Sequence[Ending], language: str, *, days: Workdays, now: datetime
) -> Screen:
    """Return which cases are erased next, what goes and what stays, with a way to keep one.

    At most `NAMED_MAX` of them.
    """
    today = days.day_of(now)
    shown = sorted(ending, key=lambda one: (one.on, one.ref))
    assert len(shown) <= NAMED_MAX, "more than one message names"
    html = lines(
        say(language, "retention-soon", n=len(ending)),
        *(
            f"<code>{one.ref}</code> · {escaped(day_words(one.on, language, today=today))}"
            for one in shown
        ),
        say(language, "retention-goes"),
        say(language, "retention-stays"),
        say(language, "retention-longer"),
    )
    keys = (press(one.ref, Intent(verb=Verb.RETAIN, case=one.id)) for one in shown)
    return Screen(html=html, rows=in_rows(keys, a_row=BUTTONS_A_ROW))


def why_longer_screen(ref: str, case_id: int, language: str, *, months: int) -> Screen:
    """Ask why a case is needed longer; that answer is written down."""
    html = say(language, "retention-why", ref=ref, months=months)
    keys = [
        press(
            plain(language, f"press-retain-{why}"),
            Intent(verb=Verb.RETAIN, case=case_id, arg=why),
        )
        for why in REASONS
    ]
    stop = press(plain(language, "press-cancel"), Intent(verb=Verb.RETAIN, arg="stop"))
    return Screen(html=html, rows=tuple((key,) for key in (*keys, stop)))


def kept_longer_screen(ref: str, until: date, language: str, *, today: date) -> Screen:
    """Say until when the case is kept."""
    on = day_words(until, language, today=today)
    return Screen(html=say(language, "retention-kept", ref=ref, on=on))


def who_saw_screen(sight: Sight, seen: Sequence[SeenLine], page: int) -> Screen:
    """Return a page of who looked at what of a case, the latest first."""
    shown, pages = page_of(seen[::-1], page, size=PAGE_LINES)
    told = [_line(sight, one) for one in shown]
    html = lines(
        head(sight),
        sight.say("saw-title"),
        *(told or [sight.say("saw-nobody")]),
    )
    turned = sight.intent(Verb.WHO_SAW)
    keys = page_keys(turned, page, pages, sight.language)
    return Screen(html=fitted(html, sight.language), rows=(keys,) if keys else ())


def _line(sight: Sight, one: SeenLine) -> str:
    when = dated_moment_words(one.at, sight.days, sight.language, sight.now)
    what = sight.say(f"saw-{one.what}" if one.what in KNOWN else "saw-other")
    if one.what in BY_ITSELF:
        return f"{when} · {what}"
    who = escaped(one.name) if one.name else sight.say("saw-gone" if one.by else "saw-server")
    return f"{when} · {who} · {what}"
