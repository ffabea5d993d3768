"""The doors: each verb and command has one room, and nothing that is pressed or typed breaks."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversations import converse, dispatch, group, member, reporter
from bot.conversations.command_names import NAMES
from bot.conversations.scene import Dialogue, Handed, Keep, Ordered, Pressed, Said
from bot.reading.words import utf16_len
from bot.screen import Intent, Verb
from bot.texts import say
from scheduler.stimuli import Closing
from tests.bot.conversations.casework import AN, BRAM, CASE, KARIN, LIES, Chat, Office

ROOMS = (set(dispatch.PRESSES), reporter.VERBS, member.VERBS, group.VERBS)
IN_DIALOGUE = {
    Verb.PICK,
    Verb.DONE,
    Verb.SKIP,
    Verb.BACK,
    Verb.CANCEL,
    Verb.RESUME,
    Verb.DISCARD,
}


def test_every_verb_has_exactly_one_room():
    """What a button means is decided in one place."""
    rooms = Counter(verb for room in ROOMS for verb in room)
    assert set(rooms) | IN_DIALOGUE == set(Verb)
    assert {verb for verb, n in rooms.items() if n > 1} == set()
    assert not set(rooms) & IN_DIALOGUE


def test_every_command_has_exactly_one_room():
    """`help` of a team member is its own; all other names belong to one room."""
    names = Counter([*dispatch.COMMANDS, *reporter.COMMANDS, *member.COMMANDS])
    assert {name for name, n in names.items() if n > 1} <= {"help"}


def test_every_command_said_in_dutch_or_french_is_one_of_ours():
    """/aujourdhui is /today: a translated name leads to a room, and hides no command of ours."""
    own = {*dispatch.COMMANDS, *reporter.COMMANDS, *member.COMMANDS, "cancel"}
    assert set(NAMES.values()) <= own
    assert set(NAMES) & own == set()
    assert [name for name in NAMES if not re.fullmatch(r"[a-z0-9_]{1,32}", name)] == []


@pytest.mark.parametrize(
    ("typed", "own"),
    [("vandaag", "today"), ("aujourdhui", "today"), ("DOSSIERS", "cases"), ("aide", "help")],
)
def test_a_command_in_dutch_or_french_does_the_same(typed, own):
    """What people type in their own language is understood."""
    chat = Chat(office())
    assert chat.order(typed).screens == chat.order(own).screens != ()


def test_every_dialogue_has_exactly_one_room():
    """A text goes on with the dialogue that is open, and with no other."""
    kinds = Counter([*dispatch.FORMS, "note", *reporter.DIALOGUES, *member.DIALOGUES])
    assert {kind for kind, n in kinds.items() if n > 1} == set()


@cache
def office():
    """Return a team with a Ravels case at work, a closed one, and an Eropaf case."""
    made = Office()
    made.assigned()
    made.answers(AN, "call_day1", "accepts_help")
    made.reports("eropaf", id_=8, ref="B4WX-1N")
    made.answers(KARIN, "crisis_check", "crisis", 8, to=BRAM.id)
    made.reports(id_=9, ref="T9CE-7V")
    made.happens(Closing(by=KARIN.id, outcome="other"), 9)
    return made


STEPS = ["call_day1", "home_appointment", "assign", "note_1", "speak_reporter", "zitting", None]
ARGS = ["", "yes", "no", "all", "known", "new", "gate", "crisis", "phase", "hearing", "2027-10-07"]
ARGS += [
    "2027-10-07T10:00",
    "2027-13-40",
    "withdrawn",
    "earlier",
    "accepts_help",
    "done",
    "status",
]
ARGS += ["wants_call", "moved", "assigned", "back", "en", "served", "free", "text", "'; DROP"]

intents = st.builds(
    Intent,
    verb=st.sampled_from(list(Verb)),
    case=st.sampled_from([None, CASE, 8, 9, 99, -1]),
    step=st.sampled_from(STEPS),
    arg=st.sampled_from([None, *ARGS]),
    person=st.sampled_from([None, 1, 2, 3, 4, 99]),
    item=st.sampled_from([None, 0, 1, 5, 10**9]),
    page=st.sampled_from([0, 1, 2, 7, 10**6]),
)
typed = st.one_of(
    st.text(max_size=80),
    st.sampled_from(["morgen 14u", "31 feb", "ja", "7.10", "vandaag", "<b>", "{client}", "0"]),
)
incoming = st.one_of(
    st.builds(Pressed, intent=intents),
    st.builds(Said, text=typed, reply_to_case=st.sampled_from([None, CASE, 99])),
    st.builds(Handed, kind=st.sampled_from(["photo", "voice", "sticker", "contact"])),
    st.builds(
        Ordered,
        name=st.sampled_from([*dispatch.COMMANDS, "start", "cancel", "STATUS", "xyz", ""]),
        rest=typed,
    ),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    person=st.sampled_from([KARIN, AN, BRAM, LIES]),
    said=st.lists(incoming, min_size=1, max_size=8),
)
def test_nothing_that_is_sent_breaks_a_conversation(person, said):
    """Rows 46 to 52: whatever is pressed, typed or handed in, in any order, gets an answer.

    Every screen fits and every dialogue can be stored as JSON, and read again.
    """
    chat = Chat(office(), member=person)
    for each in said:
        turn = chat.hear(each)
        for screen in chat.screens:
            assert 0 < utf16_len(screen.html) <= 4096
            assert all(0 < utf16_len(key.label) <= 40 for row in screen.rows for key in row)
        chat.screens.clear()
        if turn.toast is not None:
            assert 0 < utf16_len(turn.toast) <= 200
        if isinstance(turn.dialogue, Dialogue):
            assert json.loads(json.dumps(turn.dialogue.values)) == turn.dialogue.values


@settings(max_examples=150, deadline=None)
@given(intent=intents)
def test_a_reporter_never_acts_on_a_case_of_the_team(intent):
    """Row 47: a team's button in a reporter's hand has no effect on a case."""
    scene = Chat(office(), member=LIES).scene
    turn = converse(Pressed(intent=intent), scene)
    allowed = {"AddToReport", "FileReport", "SetLanguage", "AskSupport", "ConfirmGroup"}
    assert turn.act is None or type(turn.act).__name__ in allowed - {"ConfirmGroup"}


@pytest.mark.parametrize("verb", sorted(IN_DIALOGUE))
def test_an_old_question_says_that_it_is_over(verb):
    """Row 49: a button of a dialogue that ended changes nothing and says so."""
    chat = Chat(office())
    chat.force(verb)
    assert chat.toasts == [say("nl-BE", "no-dialogue")]
    assert isinstance(chat.turn.dialogue, Keep)


def test_commands_come_before_what_is_being_asked():
    """A command in the middle of a dialogue is a command; the question stays open."""
    chat = Chat(office())
    chat.force(Verb.ANSWER, case=CASE, step="home_appointment", arg="")
    chat.order("today")
    assert chat.asking == "when"
    chat.order("cancel")
    assert chat.dialogue is None


def test_a_worker_who_left_is_nobody():
    """Row 25: an ex-colleague's commands and buttons get what a stranger's get."""
    from dataclasses import replace

    chat = Chat(office(), member=replace(AN, state="left"))
    chat.order("today")
    assert chat.last.html == say("nl-BE", "refused")
    chat.force(Verb.CASE, case=CASE)
    assert chat.last.html == say("nl-BE", "refused")
