"""What a reporter sees: welcome, questions, summary, receipt, own reports. Escaped, no Telegram.

Never anything of the case but "received, being worked on, closed"; never whether a client was
known before (procedures 6).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from babel.lists import format_list
from babel.numbers import format_currency

from bot.acts import AddToReport
from bot.conversations.intake import (
    BY_CHAT,
    Ask,
    Draft,
    along,
    applicable,
    field_of,
    place_of,
    planned,
    story_of,
    way_of,
)
from bot.conversations.scene import CaseView, HistoryLine, Member, Team
from bot.reading.words import initials, utf16_len
from bot.screen import Copy, Intent, Key, Press, Screen, Verb
from bot.texts import Markup, escaped, plain, say, settled
from bot.views import words
from bot.views.report_dates import Dated
from scheduler.case import State
from scheduler.decision import CaseClosed, EpisodeBegan, ReportJoined
from scheduler.procedure import IntakeField, Procedure
from scheduler.workdays import Workdays

LANGUAGE_NAMES: Final = {
    "nl-BE": "Nederlands (België)",
    "nl-NL": "Nederlands (Nederland)",
    "en": "English",
    "fr": "Français",
}

STORY_SHOWN_MAX: Final = 700
"""UTF-16 units of one long answer shown in the summary; all of it is kept."""

Notes = Sequence[Markup]
"""Lines above a question: what was noted, left out or not understood."""


class Status(StrEnum):
    """The three words that a reporter is told."""

    RECEIVED = "received"
    WORKED_ON = "worked-on"
    CLOSED = "closed"


# Beginning


def welcome_screen(team: Team, language: str, *, has_reports: bool) -> Screen:
    """Return the first thing that anyone sees: what this line is, and the two ways to report."""
    return Screen(
        html=say(language, "reporter-welcome", team=team.name),
        rows=(
            *_way_rows(language),
            (
                _press(language, "reporter-button-about", Intent(verb=Verb.ABOUT)),
                language_button(language),
            ),
            *_my_reports_rows(language, shown=has_reports),
        ),
    )


def way_screen(team: Team, language: str) -> Screen:
    """Return the two ways to report, for someone who knows the line already."""
    return Screen(html=say(language, "reporter-way"), rows=_way_rows(language))


def _way_rows(language: str) -> tuple[tuple[Key, ...], ...]:
    return (
        (
            _press(language, "reporter-button-free", Intent(verb=Verb.REPORT, arg="free")),
            _press(language, "reporter-button-guided", Intent(verb=Verb.REPORT, arg="guided")),
        ),
    )


def language_button(language: str) -> Press:
    """Return the button that shows the present language and asks for another."""
    name = LANGUAGE_NAMES[settled(language)].partition(" (")[0]
    return words.press(f"{name} ▾", Intent(verb=Verb.LANGUAGE))


def _my_reports_rows(language: str, *, shown: bool) -> tuple[tuple[Key, ...], ...]:
    return (((_press(language, "reporter-button-mine", Intent(verb=Verb.MY_REPORTS))),),) * shown


def closed_line_screen(team: Team, language: str) -> Screen:
    """Return the one kind text for whoever may not report: only by invitation."""
    return Screen(
        html=words.lines(
            say(language, "reporter-invited-only", team=team.name), _phone_line(team, language)
        )
    )


def about_screen(team: Team, language: str) -> Screen:
    """Return what this line is, what may be expected (E-01), and what becomes of the words."""
    several = len(team.procedures) > 1
    expectations = [
        words.lines(
            f"<b>{escaped(_procedure_label(p, language))}</b>" if several else None,
            words.fill(p.expectations, language, {}),
        )
        for p in team.procedures.values()
    ]
    has_support = any(p.support for p in team.procedures.values())
    support = _press(language, "reporter-button-support", Intent(verb=Verb.SUPPORT))
    html = "\n\n".join(
        part
        for part in (
            say(language, "reporter-about", team=team.name),
            *expectations,
            say(language, "reporter-about-privacy"),
            _phone_line(team, language),
        )
        if part
    )
    rows = (*_way_rows(language), *(((support,),) if has_support else ()))
    return Screen(html=words.fitted(html, language), rows=rows)


def _phone_line(team: Team, language: str) -> Markup | None:
    return say(language, "reporter-phone-line", phone=team.phone) if team.phone else None


def free_screen(language: str, notes: Notes = ()) -> Screen:
    """Return the request for one free message."""
    return Screen(
        html=words.lines(*notes, say(language, "reporter-free")),
        rows=((cancel_button(language),),),
        protect=True,
    )


def procedure_screen(team: Team, language: str, notes: Notes = ()) -> Screen:
    """Return the question which procedure the report is for (teams that run several)."""
    keys = [
        words.press(
            _procedure_label(each, language),
            Intent(verb=Verb.PICK, step="procedure", arg=each.id),
        )
        for each in team.procedures.values()
    ]
    return Screen(
        html=words.lines(*notes, say(language, "reporter-which-procedure")),
        rows=(*((key,) for key in keys), (cancel_button(language),)),
    )


_PLAIN_PROCEDURES: Final = frozenset({"ravels", "eropaf"})
"""Ways of working that are told to a reporter by what is going on, not by their name."""


def _procedure_label(each: Procedure, language: str) -> str:
    if each.id in _PLAIN_PROCEDURES:
        return plain(language, f"reporter-procedure-{each.id}")
    return words.pick(each.name, language) or each.id


def which_screen(own: Iterable[CaseView], language: str, notes: Notes = ()) -> Screen:
    """Return the question whether a text is a new report or belongs to an own one."""
    adds = [
        words.press(
            plain(language, "reporter-button-add-to", ref=view.ref),
            Intent(verb=Verb.ADD, case=view.id, arg="text"),
        )
        for view in own
    ]
    new = _press(language, "reporter-button-new", Intent(verb=Verb.REPORT, arg="free"))
    return Screen(
        html=words.lines(*notes, say(language, "reporter-which-report")),
        rows=((new,), *((each,) for each in adds[:10]), (cancel_button(language),)),
    )


# Questions


def question_screen(
    draft: Draft,
    procedure: Procedure,
    id_: str,
    *,
    language: str,
    notes: Notes = (),
    dated: Dated | None = None,
) -> Screen:
    """Return one question with its answers: the field `id_`, its place, why, and the ways out.

    `dated`: the calendar under the question for a date.
    """
    found = field_of(procedure, id_)
    assert found is not None, f"no intake field {id_}"
    n, m = place_of(draft, procedure, id_)
    place = None if draft.back_to_summary else say(language, "reporter-place", n=n, m=m)
    html = words.lines(
        *notes,
        place,
        *_asked_lines(draft, procedure, found, language),
        dated.hint if dated is not None else None,
    )
    choices = dated.rows if dated is not None else _choices(procedure, id_, language)
    return Screen(
        html=words.fitted(html, language),
        rows=(*choices, *_ways_out(draft, found, language)),
        protect=True,  # it may become the summary
    )


def _asked_lines(
    draft: Draft, procedure: Procedure, found: IntakeField, language: str
) -> Iterator[str | None]:
    """Yield the question and why it is asked; an address and a phone are one question."""
    label = Markup(f"<b>{_label(found, language)}</b>")
    beside = [field_of(procedure, each) for each in along(draft, procedure, found.id)]
    if found.id == "address" and beside and beside[0] is not None:
        yield label
        yield Markup(f"<b>{_label(beside[0], language)}</b>")
        return
    yield label
    yield words.fill(found.why, language, {})
    yield _along_line(along(draft, procedure, found.id), language)


def _along_line(ids: Sequence[str], language: str) -> Markup | None:
    """Return what may stand in the same message, so that it need not be asked."""
    parts = [plain(language, f"reporter-along-{each}") for each in ids]
    if not parts:
        return None
    what = format_list(parts, locale=words.locale_of(language))
    return say(language, "reporter-along", what=what)


def choice_screen(
    question: Markup, choices: Iterable[tuple[str, str]], *, id_: str, language: str
) -> Screen:
    """Return a question about the field's answer: (label, `arg`) each, then Back."""
    keys = [
        words.press(label, Intent(verb=Verb.PICK, step=id_, arg=arg)) for label, arg in choices
    ]
    back = _press(language, "reporter-button-back", Intent(verb=Verb.BACK, step=id_))
    rows = (*words.in_rows(keys), (back, cancel_button(language)))
    return Screen(html=question, rows=rows, protect=True)


def _label(each: IntakeField, language: str) -> Markup:
    if each.label:
        return words.fill(each.label, language, {})
    return say(language, f"reporter-ask-{each.id}")


def _choices(procedure: Procedure, id_: str, language: str) -> tuple[tuple[Key, ...], ...]:
    match way_of(id_):
        case Ask.KIND:
            keys = [
                words.press(
                    words.pick(kind.text, language) or kind.id,
                    Intent(verb=Verb.PICK, step=id_, arg=kind.id),
                )
                for kind in procedure.kinds.values()
            ]
            return tuple((key,) for key in keys)
        case Ask.REACH:
            chat = Intent(verb=Verb.PICK, step=id_, arg=BY_CHAT)
            return ((_press(language, "reporter-button-by-chat", chat),),)
        case Ask.CONSENT:
            return (
                (
                    _press(language, "reporter-yes", Intent(verb=Verb.PICK, step=id_, arg="yes")),
                    _press(language, "reporter-no", Intent(verb=Verb.PICK, step=id_, arg="no")),
                ),
            )
        case _:
            return ()


def _ways_out(draft: Draft, each: IntakeField, language: str) -> tuple[tuple[Key, ...], ...]:
    """Return Back, "I don't know" where allowed, Cancel; and "leave it so" over a known value."""
    keys: list[Key] = []
    if draft.asked or draft.back_to_summary:
        keys.append(_press(language, "reporter-button-back", Intent(verb=Verb.BACK, step=each.id)))
    if not each.required and way_of(each.id) is not Ask.REACH:  # "by this chat" is that
        keys.append(_press(language, "reporter-button-skip", Intent(verb=Verb.SKIP, step=each.id)))
    keys.append(cancel_button(language))
    keep = (_press(language, "reporter-button-keep", Intent(verb=Verb.DONE, step=each.id)),)
    return (*((keep,) if draft.knows(each.id) else ()), tuple(keys))


def cancel_button(language: str) -> Press:
    """Return the way out of everything."""
    return _press(language, "reporter-button-cancel", Intent(verb=Verb.CANCEL))


def _press(language: str, key: str, intent: Intent, style: str = "") -> Press:
    return words.press(plain(language, key), intent, style)


# Summary


def summary_screen(
    draft: Draft, team: Team, *, language: str, now: datetime, notes: Notes = ()
) -> Screen:
    """Return what was understood, each line a button that changes it, and Send."""
    procedure = team.procedures[draft.procedure]
    lines = [
        (each.id, words.labelled(_line_name(each, language), shown, language), shown)
        for each in applicable(draft, procedure)
        if each.id != "why" or draft.knows("why") or not draft.knows(story_of(procedure))
        for shown in [value_words(draft, team, each.id, language=language, now=now)]
    ]
    long = [
        Markup(f"<blockquote>{words.quoted(shown, units_max=STORY_SHOWN_MAX)}</blockquote>")
        for _, line, shown in lines
        if utf16_len(line) > words.LABEL_MAX
    ]
    files = say(language, "reporter-files", n=len(draft.files)) if draft.files else None
    html = words.lines(
        *notes,
        say(language, "reporter-understood"),
        *long,
        files or say(language, "reporter-files-offer"),
        say(language, "reporter-correct"),
    )
    send = _press(language, "reporter-button-send", Intent(verb=Verb.SEND), "success")
    return Screen(
        html=words.fitted(html, language),
        rows=(
            *(
                (words.press(line, Intent(verb=Verb.CHANGE_LINE, arg=id_)),)
                for id_, line, _ in lines
            ),
            (send, cancel_button(language)),
        ),
        protect=True,
    )


_NAMED: Final = frozenset(
    {"kind", "consent", "client", "address", "phone", "amount", "relation", "hearing", "eviction"}
    | {"text", "why", "view", "reach"}
)


def _line_name(each: IntakeField, language: str) -> str:
    if each.id in _NAMED:
        return plain(language, f"reporter-line-{each.id}")
    return words.short(words.pick(each.label, language) or each.id, 20)


def value_words(draft: Draft, team: Team, id_: str, *, language: str, now: datetime) -> str:
    """Return a field's value as the summary says it, plain; "not known" without one."""
    if not draft.knows(id_):
        return plain(language, "reporter-not-known")
    match way_of(id_):
        case Ask.KIND:
            kind = team.procedures[draft.procedure].kinds.get(draft.said["kind"])
            return words.pick(kind.text, language) if kind else draft.said["kind"]
        case Ask.CONSENT:
            answer = "reporter-yes" if draft.said[id_] == "yes" else "reporter-no"
            return plain(language, answer)
        case Ask.AMOUNT:
            assert draft.amount is not None
            return amount_words(*draft.amount, language)
        case Ask.DATE:
            when = planned(draft.dates[id_], team.days)
            return words.planned_words(when.day, when.at, team.days, language, now)
        case Ask.REACH if draft.said[id_] == BY_CHAT:
            return plain(language, "reporter-button-by-chat")
        case Ask.PHONE | Ask.REACH | Ask.TEXT:
            return " ".join(draft.said[id_].split())


def amount_words(cents: int | None, months: int | None, language: str) -> str:
    """Return "€ 1.240 · 2 maanden", "1 240 € · 2 mois"; cents only where there are some."""
    parts = []
    if cents is not None:
        locale = words.locale_of(language)
        figures = "#,##0.00" if cents % 100 else "#,##0"
        pattern = f"{figures}\N{NO-BREAK SPACE}¤" if locale.language == "fr" else f"¤ {figures}"
        parts.append(
            format_currency(
                Decimal(cents) / 100, "EUR", format=pattern, locale=locale, currency_digits=False
            ).replace("\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}")
        )
    if months is not None:
        parts.append(plain(language, "reporter-months", n=months))
    return " · ".join(parts)


def sent_screen(language: str) -> Screen:
    """Return what the summary is edited into once it is sent: no live button is left."""
    return Screen(html=say(language, "reporter-sent"))


def resume_screen(draft: Draft, language: str, notes: Notes = ()) -> Screen:
    """Return "you were making a report": go on, or throw away. Also shown before a Cancel."""
    client = draft.said.get("client")
    about = initials(client) if client else plain(language, "reporter-without-name")
    key = "reporter-resume-waiting" if draft.waiting else "reporter-resume"
    yes = "reporter-button-add-waiting" if draft.waiting else "reporter-button-resume"
    no = "reporter-button-new" if draft.waiting else "reporter-button-discard"
    return Screen(
        html=words.lines(*notes, say(language, key, client=about)),
        rows=(
            (
                _press(language, yes, Intent(verb=Verb.RESUME)),
                _press(
                    language,
                    no,
                    Intent(verb=Verb.DISCARD),
                    "" if draft.waiting else "danger",
                ),
            ),
        ),
    )


def draft_reminder_screen(draft: Draft, language: str) -> Screen:
    """Return the reminder of a draft left alone, sent at the next opening (procedures 2)."""
    return resume_screen(draft, language)


# Receipt and own reports


def receipt_screen(view: CaseView, member: Member, team: Team, now: datetime) -> Screen:
    """Return the receipt: reference, which day is workday 1, what happens next.

    Workday 1 is counted from `now`, never from the case: a second reporter must not learn that
    the client was known (procedures 6, row 38).
    """
    language = member.language
    first = team.days.first_workday(now)
    today = team.days.day_of(now)
    values = {"W1": _first_day(first, today, language)}
    html = words.lines(
        say(
            language,
            "reporter-receipt",
            day=words.day_words(today, language),
            clock=words.clock_words(now, team.days),
            ref=view.ref,
        ),
        words.fill(view.procedure.receipt, language, values),
        _phone_line(team, language),
    )
    phone = (team.phone or "")[: words.COPIED_MAX]
    call = Copy(label=words.short(plain(language, "press-copy-phone")), text=phone)
    return Screen(
        html=html,
        rows=(
            (
                Copy(label=plain(language, "reporter-button-copy"), text=view.ref),
                _press(language, "reporter-button-add", Intent(verb=Verb.ADD, case=view.id)),
            ),
            (
                *((call,) if phone else ()),
                _press(language, "reporter-button-mine", Intent(verb=Verb.MY_REPORTS)),
            ),
        ),
    )


def _first_day(first: date, today: date, language: str) -> str:
    day = words.day_words(first, language, today=today)
    near = words.near_day_words(first, today, language)
    return day if near == day else f"{near} ({day})"


def status_of(
    view: CaseView, history: Sequence[HistoryLine], person: int, *, days: Workdays, now: datetime
) -> Status:
    """Return what the reporter is told of their own report on the case.

    A report that joined an open case is told like a new one, "being worked on" from the next
    opening on: an answer at once would say that the client was known (procedures 6).
    """
    mine = None
    for line in history:
        if line.by == person and isinstance(line.event, EpisodeBegan | ReportJoined):
            mine = line
    if mine is None:
        return _plain_status(view)
    later = [line.event for line in history if line.seq > mine.seq]
    if any(isinstance(event, CaseClosed) for event in later):
        return Status.CLOSED
    joined = isinstance(mine.event, ReportJoined)
    if joined and now < days.next_day_open(mine.at):
        return Status.RECEIVED
    return _plain_status(view)


def _plain_status(view: CaseView) -> Status:
    if view.case.state is State.CLOSED:
        return Status.CLOSED
    return Status.RECEIVED if view.case.worker is None else Status.WORKED_ON


def _is_awaited(view: CaseView, status: Status) -> bool:
    """Return whether the reporter is still to be spoken to; a gate is lifted in a crisis only."""
    gate = view.procedure.gate
    if gate is None or status is Status.CLOSED:
        return False
    return status is Status.RECEIVED or gate in view.case.steps


REPORTS_ON_A_PAGE: Final = 6
"""Own reports on one page, a button each."""


def my_reports_screen(
    own: Sequence[tuple[CaseView, Status]], language: str, *, page: int = 0
) -> Screen:
    """Return the own reports, newest first: reference and one of three words, nothing else.

    Who is spoken to before anything is done (E-08) is told so, until that has been.
    """
    if not own:
        return Screen(html=say(language, "reporter-none"), rows=_way_rows(language))
    own, pages = words.page_of(own, page, size=REPORTS_ON_A_PAGE)
    turned = words.page_keys(Intent(verb=Verb.MY_REPORTS, item=1), page, pages, language)
    lines = [
        words.lines(
            say(
                language,
                "reporter-mine-line",
                ref=view.ref,
                status=plain(language, f"reporter-status-{status}"),
            ),
            say(language, "reporter-mine-gate") if _is_awaited(view, status) else None,
        )
        for view, status in own
    ]
    adds = [
        words.press(
            plain(language, "reporter-button-add-to", ref=view.ref),
            Intent(verb=Verb.ADD, case=view.id),
        )
        for view, _ in own
    ]
    new = _press(language, "reporter-button-new", Intent(verb=Verb.REPORT))
    return Screen(
        html=words.lines(say(language, "reporter-mine"), *lines),
        rows=(*((each,) for each in adds), *((turned,) if turned else ()), (new,)),
    )


def add_screen(view: CaseView, language: str, *, closed: bool) -> Screen:
    """Return what can be added to an own report; to a closed one only a new report."""
    ref = view.ref
    if closed:
        new = _press(
            language,
            "reporter-button-new",
            Intent(verb=Verb.REPORT, case=view.id, arg="free"),
        )
        return Screen(html=say(language, "reporter-add-closed", ref=ref), rows=((new,),))
    ways = ("paid", "eviction", "hearing", "withdraw")
    known = [each for each in ways if each != "hearing" or "hearing" in view.procedure.events]
    keys = [
        _press(
            language, f"reporter-button-add-{each}", Intent(verb=Verb.ADD, case=view.id, arg=each)
        )
        for each in known
    ]
    return Screen(
        html=say(language, "reporter-add", ref=ref),
        rows=(*words.in_rows(keys), (cancel_button(language),)),
    )


def date_screen(asking: str, dated: Dated, *, language: str) -> Screen:
    """Return the question for a date of an own report, with its calendar."""
    html = words.lines(say(language, f"reporter-add-{asking}"), dated.hint)
    return Screen(html=html, rows=(*dated.rows, (cancel_button(language),)), protect=True)


def added_screen(
    act: AddToReport, view: CaseView, team: Team, language: str, now: datetime
) -> Screen:
    """Return the echo of what was added."""
    if act.what == "withdraw":
        return Screen(html=say(language, "reporter-withdrawn", ref=view.ref))
    at = ""
    if act.when is not None:
        at = words.planned_words(act.when.day, act.when.at, team.days, language, now)
    return Screen(html=say(language, f"reporter-added-{act.what}", ref=view.ref, at=at))


def after_screen(view: CaseView, reported_on: date, language: str) -> Screen:
    """Return the one question to a reporter, months after the case was closed (a team's option).

    It says nothing of what was done, nor for whom (procedures 6).
    """
    keys = (
        _press(language, label, Intent(verb=Verb.AFTERWARDS, case=view.id, arg=arg))
        for label, arg in (
            ("reporter-yes", "yes"),
            ("reporter-no", "no"),
            ("reporter-button-skip", "unknown"),
        )
    )
    day = words.whole_day_words(reported_on, language)
    html = say(language, "reporter-after", ref=view.ref, day=day)
    return Screen(html=html, rows=(tuple(keys),))


def after_thanks_screen(view: CaseView, language: str) -> Screen:
    """Return what the question becomes, with the way to report anew."""
    new = Intent(verb=Verb.REPORT, case=view.id, arg="free")
    html = say(language, "reporter-after-thanks", ref=view.ref)
    return Screen(html=html, rows=((_press(language, "reporter-button-new", new),),))


def sure_screen(key: str, *, ref: str, step: str, language: str) -> Screen:
    """Return a question to be answered with yes or no before an act on an own report."""
    yes = Intent(verb=Verb.PICK, step=step, arg="yes")
    return Screen(
        html=say(language, key, ref=ref),
        rows=(
            (
                _press(language, "reporter-yes", yes, "danger" if step == "withdraw" else ""),
                _press(language, "reporter-no", Intent(verb=Verb.PICK, step=step, arg="no")),
            ),
        ),
    )


def support_screen(team: Team, language: str) -> Screen:
    """Return "support for my organisation" (E-47, E-48) and the request to write the question."""
    texts = [words.fill(p.support, language, {}) for p in team.procedures.values() if p.support]
    return Screen(
        html="\n\n".join([*texts[:1], say(language, "reporter-support")]),
        rows=((cancel_button(language),),),
    )


def told_screen(language: str, key: str, **values: str | int) -> Screen:
    """Return one sentence without buttons."""
    return Screen(html=escaped(say(language, key, **values)))
