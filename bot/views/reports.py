"""What a reporter sees: welcome, questions, summary, receipt. Escaped, no Telegram.

Never anything of the case but "received, being worked on, closed"; never whether a client was
known before (procedures 6).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from babel.lists import format_list
from babel.numbers import format_currency

from bot.conversations.intake import (
    BY_CHAT,
    KIND_OF,
    OTHER,
    REACH,
    Ask,
    Draft,
    applicable,
    field_of,
    planned,
    story_of,
    way_of,
)
from bot.conversations.questions import along, place_of
from bot.conversations.scene import CaseView, Member, Team
from bot.reading.words import initials, utf16_len
from bot.screen import Copy, Intent, Key, Press, Screen, Verb
from bot.texts import Markup, escaped, plain, say, settled
from bot.views import words
from bot.views.report_dates import Dated
from scheduler.procedure import IntakeField, Procedure

LANGUAGE_NAMES: Final = {
    "nl-BE": "Nederlands (België)",
    "nl-NL": "Nederlands (Nederland)",
    "en": "English",
    "fr": "Français",
}

STORY_SHOWN_MAX: Final = 700
"""UTF-16 units of one long answer shown in the summary; all of it is kept."""

ABOUTS_MAX: Final = 6
"""Things that a report may be about, on one screen of a telephone."""

Notes = Sequence[Markup]
"""Lines above a question: what was noted, left out or not understood."""


# Beginning


def welcome_screen(team: Team, language: str, *, has_reports: bool) -> Screen:
    """Return the first thing that anyone sees: what this line is, and the two ways to report."""
    return Screen(
        html=say(language, "reporter-welcome", team=team.name),
        rows=(
            *way_rows(language),
            (
                button(language, "reporter-button-about", Intent(verb=Verb.ABOUT)),
                language_button(language),
            ),
            *_my_reports_rows(language, shown=has_reports),
        ),
    )


def way_screen(team: Team, language: str) -> Screen:
    """Return the two ways to report, for someone who knows the line already."""
    return Screen(html=say(language, "reporter-way"), rows=way_rows(language))


def way_rows(language: str) -> tuple[tuple[Key, ...], ...]:
    """Return the two ways to report, as buttons."""
    return (
        (
            button(language, "reporter-button-free", Intent(verb=Verb.REPORT, arg="free")),
            button(language, "reporter-button-guided", Intent(verb=Verb.REPORT, arg="guided")),
        ),
    )


def language_button(language: str) -> Press:
    """Return the button that shows the present language and asks for another."""
    name = LANGUAGE_NAMES[settled(language)].partition(" (")[0]
    return words.press(f"{name} ▾", Intent(verb=Verb.LANGUAGE))


def _my_reports_rows(language: str, *, shown: bool) -> tuple[tuple[Key, ...], ...]:
    return (((button(language, "reporter-button-mine", Intent(verb=Verb.MY_REPORTS))),),) * shown


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
    support = button(language, "reporter-button-support", Intent(verb=Verb.SUPPORT))
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
    rows = (*way_rows(language), *(((support,),) if has_support else ()))
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
    """Return the question what the report is about, which says by which procedure (several)."""
    keys = [
        words.press(label, Intent(verb=Verb.PICK, step="procedure", arg=arg))
        for label, arg in _abouts(team, language)
    ]
    return Screen(
        html=words.lines(*notes, say(language, "reporter-which-procedure")),
        rows=(*((key,) for key in keys), (cancel_button(language),)),
    )


_PLAIN_PROCEDURES: Final = frozenset({"ravels", "eropaf"})
"""Ways of working that are told to a reporter by what is going on, not by their name."""


def _abouts(team: Team, language: str) -> list[tuple[str, str]]:
    """Return what a report may be about, (label, `arg`): in one tap the procedure and its kind.

    Where a procedure without kinds stands for anything else, no other one's "something else" is
    offered beside it. Kinds that cannot be told apart by their words are asked afterwards.
    """
    every = team.procedures.values()
    plainly = [(_procedure_label(each, language), each.id) for each in every]
    kindless = any(not each.kinds for each in every)
    found = [
        (words.pick(kind.text, language) or kind.id, f"{each.id}{KIND_OF}{kind.id}")
        for each in every
        for kind in each.kinds.values()
        if kind.id != OTHER or not kindless
    ]
    rest = [pair for pair, each in zip(plainly, every, strict=True) if not each.kinds]
    offered = [*found, *rest]
    distinct = len({label for label, _ in offered}) == len(offered)
    return offered if distinct and len(offered) <= ABOUTS_MAX else plainly


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
    new = button(language, "reporter-button-new", Intent(verb=Verb.REPORT, arg="free"))
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
    ids = along(draft, procedure, found.id)
    yield _along_line(ids, language)
    if REACH in ids and (reach := field_of(procedure, REACH)) is not None:
        yield words.fill(reach.why, language, {})  # they are spoken to first: told plainly (E-08)


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
    back = button(language, "reporter-button-back", Intent(verb=Verb.BACK, step=id_))
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
            return ((button(language, "reporter-button-by-chat", chat),),)
        case Ask.CONSENT:
            return (
                (
                    button(language, "reporter-yes", Intent(verb=Verb.PICK, step=id_, arg="yes")),
                    button(language, "reporter-no", Intent(verb=Verb.PICK, step=id_, arg="no")),
                ),
            )
        case _:
            return ()


def _ways_out(draft: Draft, each: IntakeField, language: str) -> tuple[tuple[Key, ...], ...]:
    """Return Back, "I don't know" where allowed, Cancel; and "leave it so" over a known value."""
    keys: list[Key] = []
    if draft.asked or draft.back_to_summary:
        keys.append(button(language, "reporter-button-back", Intent(verb=Verb.BACK, step=each.id)))
    if not each.required and way_of(each.id) is not Ask.REACH:  # "by this chat" is that
        keys.append(button(language, "reporter-button-skip", Intent(verb=Verb.SKIP, step=each.id)))
    keys.append(cancel_button(language))
    keep = (button(language, "reporter-button-keep", Intent(verb=Verb.DONE, step=each.id)),)
    return (*((keep,) if draft.knows(each.id) else ()), tuple(keys))


def cancel_button(language: str) -> Press:
    """Return the way out of everything."""
    return button(language, "reporter-button-cancel", Intent(verb=Verb.CANCEL))


def button(language: str, key: str, intent: Intent, style: str = "") -> Press:
    """Return a button whose label is a text of ours."""
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
    send = button(language, "reporter-button-send", Intent(verb=Verb.SEND), "success")
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
            return words.sentences(draft.said[id_])


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


def sent_screen(language: str, *, is_cleared: bool = False) -> Screen:
    """Return what the summary is edited into once it is sent: no live button is left."""
    html = say(language, "reporter-sent")
    return Screen(
        html=words.lines(html, say(language, "reporter-cleared") if is_cleared else None)
    )


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
                button(language, yes, Intent(verb=Verb.RESUME)),
                button(
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


# Receipt


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
                button(language, "reporter-button-add", Intent(verb=Verb.ADD, case=view.id)),
            ),
            (
                *((call,) if phone else ()),
                button(language, "reporter-button-mine", Intent(verb=Verb.MY_REPORTS)),
            ),
        ),
    )


def _first_day(first: date, today: date, language: str) -> str:
    day = words.day_words(first, language, today=today)
    near = words.near_day_words(first, today, language)
    return day if near == day else f"{near} ({day})"


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


def many_notes(team: Team, language: str) -> tuple[Markup, ...]:
    """Return why a report waits: the reporter sent many within the hour; whom to call (S20)."""
    said = say(language, "reporter-many")
    if team.phone is None:
        return (said,)
    return (said, say(language, "reporter-many-call", phone=team.phone))
