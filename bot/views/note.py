"""The handwritten note: a text to copy, in the language of who receives it, and the leaflet.

The client reads it: polite, plain, and nothing of ours in it (R-44 … R-50, R-56, R-57).
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversations.scene import Team
from bot.screen import Copy, Intent, Key, Screen, Verb
from bot.texts import LANGUAGES, Markup, escaped, plain, say
from bot.views.heads import Sight, organisation_words, ref_words
from bot.views.reports import LANGUAGE_NAMES
from bot.views.words import COPIED_MAX, dotted, fill, filled, fitted, in_rows, lines, press, short
from scheduler.procedure import FieldKind, Step

LEAFLET = "leaflet"
"""The tick of a step at which the leaflet is left behind (R-50, R-67)."""


def note_lines(sight: Sight, step: Step) -> Iterator[str]:
    """Yield the text to copy by hand, where the step has one (R-44, R-56), and what is missing."""
    if step.sample:
        yield sight.say("sample")
        yield f"<i>{fill(step.sample, sight.language, sight.values())}</i>"
        if sight.team.phone is None:
            yield sight.say("note-no-phone")
    if sight.team.leaflet_lost and leaves_leaflet(step):
        yield sight.say("leaflet-again")


def note_keys(sight: Sight, step: Step) -> Iterator[Key]:
    """Yield the note in other languages, and the leaflet where the team has one."""
    if step.sample:
        text = sight.plain("press-other-language")
        yield press(text, sight.intent(Verb.SAMPLE, step=step.id))
    if sight.team.leaflet is not None and leaves_leaflet(step):
        yield press(sight.plain("press-leaflet"), sight.intent(Verb.LEAFLET))


def leaves_leaflet(step: Step) -> bool:
    """Return whether a leaflet is left behind at the step: its checklist or fields say so."""
    ticks = (field.choices for field in step.fields if field.kind is FieldKind.TICKS)
    return LEAFLET in step.checklist or any(LEAFLET in choices for choices in ticks)


def other_languages(sight: Sight, step: Step) -> tuple[str, ...]:
    """Return the languages of the note but the reader's own.

    Of the two kinds of Dutch only that of the country: they name another service.
    """
    foreign = {"BE": "nl-NL", "NL": "nl-BE"}.get(sight.team.country)
    return tuple(
        each for each in LANGUAGES if each in step.sample and each not in (sight.language, foreign)
    )


def sample_screen(sight: Sight, step: Step) -> Screen:
    """Return the note in every other language, each with a button that copies it if it fits."""
    values = dict(sight.values())
    parts: list[str] = [dotted(sight.say("note-languages"), ref_words(sight.view))]
    copies: list[Key] = []
    for language in other_languages(sight, step):
        name = LANGUAGE_NAMES[language].partition(" (")[0]
        values["organisation"] = organisation_words(sight.team, language)
        parts.append(f"<b>{escaped(name)}</b>\n<i>{fill(step.sample, language, values)}</i>")
        text = filled(step.sample, language, values)
        if len(text) <= COPIED_MAX:
            copies.append(Copy(label=short(sight.plain("press-copy-note", name=name)), text=text))
    no_phone = sight.say("note-no-phone") if sight.team.phone is None else None
    html = "\n\n".join([*parts, *([no_phone] if no_phone else [])])
    return Screen(html=fitted(html, sight.language), rows=in_rows(copies))


# The leaflet


def leaflet_screen(team: Team, language: str) -> Screen:
    """Return the leaflet as workers send or print it, with what a coordinator can do with it."""
    assert team.leaflet is not None, "a team without a leaflet"
    rows = ((_leaflet_key(language, "replace"), _leaflet_key(language, "remove")),)
    return Screen(html=say(language, "leaflet-is"), rows=rows, files=(team.leaflet,))


def _leaflet_key(language: str, arg: str) -> Key:
    label = plain(language, f"press-leaflet-{arg}")
    return press(label, Intent(verb=Verb.LEAFLET, arg=arg), "danger" if arg == "drop" else "")


def leaflet_drop_screen(language: str) -> Screen:
    """Return the question whether the leaflet is to go."""
    rows = ((_leaflet_key(language, "drop"), _leaflet_key(language, "keep")),)
    return Screen(html=f"<b>{say(language, 'leaflet-drop')}</b>", rows=rows)


def leaflet_ask_screen(language: str, notice: Markup | None = None) -> Screen:
    """Return the question for the file; `notice` says why the last one was none."""
    cancel = press(plain(language, "press-cancel"), Intent(verb=Verb.CANCEL))
    html = lines(notice, f"<b>{say(language, 'leaflet-ask')}</b>", say(language, "leaflet-kinds"))
    return Screen(html=html, rows=((cancel,),))


def leaflet_sent_screen(team: Team, language: str) -> Screen:
    """Return the leaflet for a worker."""
    assert team.leaflet is not None, "a team without a leaflet"
    return Screen(html=say(language, "leaflet-here"), files=(team.leaflet,))
