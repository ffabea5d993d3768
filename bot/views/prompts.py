"""What asks a person something: a step's prompt, and the coordinator's first look at a report.

One question, its answers as buttons; all else is behind *Details* and *More*.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from bot.conversations.scene import CaseView, Likeness, Look, Member
from bot.reading.people import Role as ReporterRole
from bot.reading.people import find_relation
from bot.screen import Key, Screen, Verb
from bot.texts import Markup, escaped
from bot.views.beside import beside_rows
from bot.views.heads import Sight, case_keys, due_line, head, is_passed, ref_words
from bot.views.note import note_lines
from bot.views.steps import (
    DONE,
    answer_keys,
    asked_items,
    asks_apart,
    first_fields,
    item_rows,
    item_words,
    keys_of,
    number_of,
    pending_items,
)
from bot.views.window import window_rows
from bot.views.words import (
    counts_workdays,
    dotted,
    fill,
    first_bold,
    fitted,
    in_rows,
    kind_words,
    lines,
    near_day_words,
    outcome_words,
    pick,
    planned_words,
    press,
    short_phase_words,
    short_text,
    step_title,
    timed,
)
from scheduler.case import Planned, Question
from scheduler.decision import AdditionMade, Mark, Message
from scheduler.people import Roster
from scheduler.procedure import FieldKind, Role, Step
from scheduler.workdays import months_later

CANDIDATES_MAX: Final = 12
"""Workers offered on the first prompt; the others are behind *Someone else*."""

JOINABLE_MAX: Final = 3
"""Open cases offered to be joined on the first prompt."""

SOON_WORKDAY: Final = 5
"""A hearing on or before this Wn is said in the coordinator's first prompt (G-25)."""

_NAME_MAX: Final = 16
"""Units of a worker's name in a button: what is said beside it decides."""

_REPEATS: Final[Mapping[str, str]] = MappingProxyType(
    {"later": "repeat-later", "again": "repeat-again", "hand_over": "repeat-hand-over"}
)


def prompt_screen(
    sight: Sight, message: Message, *, look: Look | None, roster: Roster | None
) -> Screen:
    """Return the screen of a prompt; for a step that presents a report, with the report."""
    assert message.step is not None, "a prompt without a step"
    step = sight.view.procedure.step(message.step)
    if step.id in presenting_steps(sight.view):
        return _report_prompt(sight, step, message, look=look, roster=roster)
    html = lines(
        head(sight, is_crisis=Mark.CRISIS in message.marks),
        _repeat_line(sight, message),
        sight.say("call-wanted") if step.id == sight.view.procedure.contact else None,
        first_bold(question_words(sight, step, message.question)),
        *item_lines(sight, step, message.question),
        *note_lines(sight, step),
        *_mark_and_due(sight, message),
        sight.say("fits-not") if _fits_not(sight, message) else None,
    )
    rows = prompt_rows(sight, step, message.question)
    shows_words = message.question == Question.ITEMS  # as somebody typed them
    return Screen(html=fitted(html, sight.language), rows=rows, protect=shows_words)


def prompt_rows(sight: Sight, step: Step, question: str) -> tuple[tuple[Key, ...], ...]:
    """Return the buttons of a prompt: what answers its question, then details and more."""
    asked = asked_items(sight.view, step.id)
    items = (
        item_rows(sight.view, step, sight.language, items=asked)
        if question == Question.ITEMS
        else ()
    )
    keys = in_rows(keys_of(sight.view, step, sight.language, question))
    days = window_rows(sight, step, question)
    beside = beside_rows(sight, step, question)
    return (*tick_rows(sight, step), *items, *days, *keys, *beside, case_keys(sight))


def tick_rows(
    sight: Sight, step: Step, ticks: Collection[str] = ()
) -> tuple[tuple[Key, ...], ...]:
    """Return the checklist as boxes; a tap turns one over in the same message.

    Each button holds the ticks as they are after it (`page`), so that nothing is kept meanwhile.
    """
    if DONE not in step.answers or not step.checklist:
        return ()
    boxes: list[Key] = []
    for id_, text in step.checklist.items():
        after = set(ticks) ^ {id_}
        intent = sight.intent(Verb.ANSWER, step=step.id, arg=DONE, page=number_of(step, after))
        boxes.append(press(f"{'☑' if id_ in ticks else '☐'} {pick(text, sight.language)}", intent))
    return in_rows(boxes)


def question_words(sight: Sight, step: Step, question: str) -> Markup:
    """Return what the step asks right now, in the procedure's words.

    A step that is told something long before its end (a date, ticks, actions) asks for that
    first; its own text is the question at the end: "How did it go?".
    """
    values = sight.values(**_item_values(sight, step))
    first = question in (Question.WHEN, Question.ASK, Question.WAITING)
    if first and step.dated is not None and step.dated.question:
        return fill(step.dated.question, sight.language, values)
    title = step_title(sight.view, step.id, sight.language, sight.days)
    if first and asks_apart(sight.view.procedure, step):
        label = fill(first_fields(step)[0].label, sight.language, values)
        return sight.say("ask-first", what=title[:1].upper() + title[1:], label=label)
    return fill(step.text, sight.language, values) or escaped(title)


def _item_values(sight: Sight, step: Step) -> Mapping[str, str]:
    asked = pending_items(sight.view, step.id)[:1]
    if not asked:
        return {}
    mine = [item.id for item in sight.case.items if item.step == step.id]
    who = sight.view.texts.get(asked[0].who_ref) if asked[0].who_ref is not None else None
    return {"n": str(mine.index(asked[0].id) + 1), "who": who or "–"}


def item_lines(sight: Sight, step: Step, question: str) -> Iterator[str]:
    """Yield the items that a question about items is about; the others come on their own day."""
    if question != Question.ITEMS:
        return
    asked = asked_items(sight.view, step.id)
    for number, item in enumerate(asked, 1):
        day = sight.on(item.day) if item.day else None
        mark = f"{number}." if len(asked) > 1 else "•"
        yield f"{mark} {dotted(item_words(sight.view, item), day)}"


def _mark_and_due(sight: Sight, message: Message) -> Iterator[str | None]:
    """Yield the mark and the deadline; one that has passed says itself that it is late."""
    state = sight.case.steps.get(message.step or "")
    due = due_line(sight, message.due_at, state)
    if Mark.LATE not in message.marks or not is_passed(sight, message.due_at, state):
        yield mark_line(sight, message)
    yield due


def mark_line(sight: Sight, message: Message) -> str | None:
    """Return "te laat" or "laatste dag" where the message is so marked."""
    if Mark.LATE in message.marks:
        return sight.say("mark-late")
    return sight.say("mark-last-day") if Mark.LAST_DAY in message.marks else None


def _fits_not(sight: Sight, message: Message) -> bool:
    """Return whether the deadline lies after a hearing or eviction that is still ahead (§4)."""
    facts = sight.case.facts
    ahead = any(p is not None and p.day >= sight.today for p in (facts.hearing, facts.eviction))
    return message.fits_not and ahead and message.question != Question.RESULT


def _repeat_line(sight: Sight, message: Message) -> str | None:
    key = _REPEATS.get(message.repeat)
    return sight.say(key) if key else None


# The report, as it comes to the coordinator


DECISIVE: Final = frozenset({"paid", "withdraw"})
"""What a reporter adds that may make the case needless."""


def presenting_steps(view: CaseView) -> frozenset[str]:
    """Return the steps that present a report: assign, crisis_check, consent_check."""
    steps = view.procedure.steps
    started = (o.step for start in view.procedure.starts.values() for o in start.opens)
    firsts = {id_ for id_ in started if id_ in steps and steps[id_].role is Role.COORDINATOR}
    return frozenset({*firsts, view.procedure.assign})


def _report_prompt(
    sight: Sight, step: Step, message: Message, *, look: Look | None, roster: Roster | None
) -> Screen:
    known = look.likenesses(sight.view.id) if look is not None else ()
    html = lines(
        _report_head(sight, is_crisis=Mark.CRISIS in message.marks),
        report_line(sight, names_client=not _comes_back(sight)),
        *legal_date_lines(sight),
        sight.say("note-soon") if _has_soon_hearing(sight) else None,
        *(likeness_line(sight, one) for one in known),
        *_decisive_lines(sight, look),
        _report_question(sight, step, message, is_known=bool(known)),
        mark_line(sight, message),
        sight.say("fits-not") if _fits_not(sight, message) else None,
    )
    joining = _joining_rows(sight, step, look)
    rows = assign_rows(sight, step, look=look, roster=roster)
    return Screen(html=fitted(html, sight.language), rows=(*joining, *rows, case_keys(sight)))


def _decisive_lines(sight: Sight, look: Look | None) -> Iterator[str]:
    """Yield what the reporter added since that may make the case needless: paid, withdrawn."""
    for line in look.history(sight.view.id) if look is not None else ():
        if isinstance(line.event, AdditionMade) and line.event.what in DECISIVE:
            what = sight.plain(f"added-{line.event.what}")
            yield sight.say("assign-added", what=what, at=sight.moment(line.at))


def _report_question(sight: Sight, step: Step, message: Message, *, is_known: bool) -> str:
    """Return the question; whether the file is known is asked only where a likeness is (R-13)."""
    if is_known and step.id == sight.view.procedure.assign:
        return f"<b>{sight.say('ask-known-to-whom')}</b>"
    return first_bold(question_words(sight, step, message.question))


def _comes_back(sight: Sight) -> bool:
    """Return whether the case had somebody before: it is no new report.

    It was assigned (by the step for it, or with the answer about a crisis), and worked on.
    """
    procedure = sight.view.procedure
    return any(
        one.step == procedure.assign or procedure.steps[one.step].role is Role.WORKER
        for one in sight.case.answered
        if one.step in procedure.steps
    )


def _report_head(sight: Sight, *, is_crisis: bool) -> str:
    if _comes_back(sight):
        return lines(head(sight, is_crisis=is_crisis), sight.say("needs-worker"))
    title = sight.say("new-report", ref=ref_words(sight.view))
    episode = sight.case.episode
    day = None
    if episode is not None and episode.clock and counts_workdays(sight.view.procedure):
        near = near_day_words(episode.first, sight.today, sight.language)
        day = sight.on(episode.first)
        day = sight.plain("first-workday", day=day if near == day else f"{near} ({day})")
    crisis = is_crisis or sight.case.crisis is not None
    return lines(sight.say("crisis-mark") if crisis else None, dotted(title, day))


def _has_soon_hearing(sight: Sight) -> bool:
    """Return whether the hearing is on or before W5 (G-25)."""
    episode, hearing = sight.case.episode, sight.case.facts.hearing
    if episode is None or hearing is None:
        return False
    return hearing.day <= sight.days.workday(episode.first, SOON_WORKDAY)


def report_line(sight: Sight, *, names_client: bool = True) -> str:
    """Return what the report is about: kind, from whom, client by initials, phase."""
    return dotted(
        kind_line(sight),
        sight.view.short if names_client else None,
        short_phase_words(sight.view, sight.language),
    )


def kind_line(sight: Sight) -> str | None:
    """Return "Huurachterstal via De Heide": the kind of message and who sent it, by role.

    A person's own name is not said here, only that of a social landlord or an agency.
    """
    kind = kind_words(sight.view, sight.language)
    found = find_relation(f"ik ben {sight.view.values.get('relation', '')}")
    if found is None:
        return kind or None
    named = found.organisation if found.role in _NAMED_ROLES else None
    who = named or sight.plain(f"reporter-role-{found.role.value.replace('_', '-')}")
    via = sight.plain("via", who=who)
    return f"{kind} {via}" if kind else via[:1].upper() + via[1:]


_NAMED_ROLES: Final = frozenset({ReporterRole.SOCIAL_LANDLORD, ReporterRole.RENTAL_AGENCY})


def legal_date_lines(sight: Sight) -> Iterator[str]:
    """Yield the hearing and the eviction date, where known."""
    facts = sight.case.facts
    for key, planned in (("fact-hearing", facts.hearing), ("fact-eviction", facts.eviction)):
        if planned is not None:
            yield sight.say(key, at=planned_moment(sight, planned))
    if facts.served is not None:
        earliest = months_later(facts.served, 1)  # the legal term (procedures 1.3)
        yield sight.say("fact-served", on=sight.on(facts.served), earliest=sight.on(earliest))


def planned_in_words(sight: Sight, planned: Planned) -> str:
    """Return a planned day, with its time where known."""
    return planned_words(planned.day, planned.at, sight.days, sight.language, sight.now)


def planned_moment(sight: Sight, planned: Planned) -> str:
    """Return the same as HTML, tied to the moment where the time is known."""
    words = planned_in_words(sight, planned)
    return words if planned.at is None else timed(planned.at, words)


def likeness_line(sight: Sight, one: Likeness) -> str:
    """Return "Mogelijk gekend dossier: …", with how it ended and who had it (R-13)."""
    ref = Markup(f"<code>{escaped(one.ref)}</code>")
    closed = sight.on(one.closed_on) if one.closed_on is not None else None
    outcome = outcome_words(sight.view, one.outcome, sight.language) if one.outcome else None
    state = sight.plain("likeness-closed", on=closed) if closed else sight.plain("likeness-open")
    return sight.say(
        "likeness",
        ref=ref,
        state=state,
        outcome=f" ({outcome})" if outcome else "",
        worker=sight.plain("likeness-worker", worker=one.worker_name)
        if one.worker_name
        else _nobody(sight, one),
    )


def _nobody(sight: Sight, one: Likeness) -> str:
    is_open = one.closed_on is None
    return sight.plain("likeness-not-yet" if is_open else "likeness-nobody")


def likeness_label(sight: Sight, one: Likeness) -> str:
    """Return "Gekend: H2DP-9C · Bram" for a button."""
    who = one.worker_name or _nobody(sight, one)
    return sight.plain("press-known", ref=one.ref, worker=who)


def _joining_rows(sight: Sight, step: Step, look: Look | None) -> tuple[tuple[Key, ...], ...]:
    """Return a button for each open case that the report may be about: one tap joins it.

    A closed one begins anew, which asks for a worker too: it is asked about after that.
    """
    found = look.likenesses(sight.view.id) if look is not None else ()
    answer = next(iter(step.answers))
    return tuple(
        (
            press(
                likeness_label(sight, one),
                sight.intent(Verb.ANSWER, step=step.id, arg=answer, item=one.case),
            ),
        )
        for one in found[:JOINABLE_MAX]
        if one.closed_on is None
    )


def assign_rows(
    sight: Sight, step: Step, *, look: Look | None, roster: Roster | None
) -> tuple[tuple[Key, ...], ...]:
    """Return one tap per worker where the step has one answer and asks only for whom.

    Else, or without `look`, the step's answers. The one who knows the household comes first.
    """
    answers = tuple(step.answers.values())
    one_tap = len(answers) == 1 and any(f.kind is FieldKind.PERSON for f in answers[0].fields)
    if look is None or not one_tap:
        return in_rows(answer_keys(sight.view, step, sight.language))
    knows = {one.worker_name for one in look.likenesses(sight.view.id)}
    keys: list[Key] = []
    for worker in candidates(look, sight.view, knows=knows)[:CANDIDATES_MAX]:
        label = worker_label(sight, worker, look=look, roster=roster, knows=worker.name in knows)
        intent = sight.intent(Verb.ANSWER, step=step.id, arg=answers[0].id, person=worker.id)
        keys.append(press(label, intent))
    more = sight.intent(Verb.ANSWER, step=step.id, arg=answers[0].id)
    return (*in_rows(keys), (press(sight.plain("press-someone-else"), more),))


def candidates(look: Look, view: CaseView, *, knows: set[str | None]) -> tuple[Member, ...]:
    """Return who can get the case: workers, the one who knows the household first, then by name.

    Not who has it already.
    """
    workers = (
        one
        for one in look.people()
        if one.role is Role.WORKER and one.state == "active" and one.id != view.case.worker
    )
    return tuple(sorted(workers, key=lambda one: (one.name not in knows, one.name.casefold())))


def worker_label(
    sight: Sight, worker: Member, *, look: Look, roster: Roster | None, knows: bool = False
) -> str:
    """Return "An · 4 dossiers", with who knows the household and who is away today."""
    person = roster.person(worker.id) if roster is not None else None
    away = person is not None and not person.present_on(sight.today)
    load = look.load(worker.id)
    told = [sight.plain("is-away")] if away else []
    told += [sight.plain("knows-household")] if knows else []
    name = short_text(worker.name, _NAME_MAX)
    return " · ".join([name, *told, str(load) if told else sight.plain("load", n=load)])
