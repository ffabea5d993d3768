"""Coming in by a link, being confirmed, language, help, leaving."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.acts import ConfirmGroup, DecideMember, LeaveTeam, RedeemInvite, SetLanguage
from bot.conversations import member, reporter
from bot.conversations.outcome import Performed
from bot.conversations.scene import LANGUAGES, Handed, Turn
from bot.screen import Intent, Verb
from bot.texts import say
from bot.views import members
from scheduler.decision import Refused
from tests.bot.conversations.front_desk import (
    AN,
    KARIN,
    LIES,
    Chat,
    case_view,
    intents,
    labels,
    team,
)


def at_the_door(**changes: Any) -> Chat:
    return Chat(**{"converse": member.converse, **changes})


# Invitations


def test_deep_link_is_redeemed() -> None:
    """S7: the code of the link goes to the one who can look its hash up."""
    chat = at_the_door(member=None)
    chat.order("start", "abc-DEF_123")
    assert chat.acts == [RedeemInvite(code="abc-DEF_123")]


@pytest.mark.parametrize(
    "code", ["x" * 65, "x y", "<b>", "é", "abc;drop", "a" * 64 + "\n", "../..", "x=1"]
)
def test_links_of_the_wrong_shape_have_the_same_text(code: str) -> None:
    """Row 20: 65 signs, another alphabet, two words: as for any link that is not valid."""
    chat = at_the_door(member=None)
    chat.order("start", code)
    assert not chat.acts
    assert chat.last == members.link_invalid_screen("nl-BE")


@pytest.mark.parametrize("reason", ["used", "expired", "revoked", "not_yours", "unknown"])
def test_every_refused_link_has_the_same_text(reason: str) -> None:
    """Rows 20, 21: used, expired, revoked, another's: nobody learns which."""
    chat = at_the_door(member=None)
    turn = member.respond(RedeemInvite(code="x"), Refused(reason=reason), chat.scene)
    assert turn.screens == (members.link_invalid_screen("nl-BE"),)


def test_newcomer_waits_for_a_coordinator() -> None:
    """S7: rights are given by a person, not by the link."""
    chat = at_the_door(member=None)
    turn = member.respond(RedeemInvite(code="x"), Performed(values={"waiting": True}), chat.scene)
    assert "bevestigt nog dat u het bent" in turn.screens[0].html
    pending = at_the_door(member=replace(AN, state="pending"))
    pending.order("start")
    assert "bevestigt nog" in pending.last.html


def test_coordinator_link_from_the_command_line_needs_no_confirmation() -> None:
    """design.md §6: the first coordinator is in at once."""
    chat = at_the_door(member=KARIN)
    turn = member.respond(RedeemInvite(code="x"), Performed(values={"waiting": False}), chat.scene)
    assert "Welkom, Karin" in turn.screens[0].html


@pytest.mark.parametrize(
    ("verb", "accepted"), [(Verb.CONFIRM_MEMBER, True), (Verb.REFUSE_MEMBER, False)]
)
def test_coordinator_decides(verb: Verb, accepted: bool) -> None:
    """S5, S7: the coordinator sees the name as invited and as shown, and decides with one tap."""
    chat = at_the_door(member=KARIN)
    screen = members.confirm_member_screen(
        12, name="Bram", role="worker", user_name="<b>bram_the_man", language="nl-BE"
    )
    assert "Bram" in screen.html
    assert "&lt;b&gt;bram_the_man" in screen.html
    chat.screens.append(screen)
    chat.press(verb)
    assert chat.acts == [DecideMember(person=12, accepted=accepted)]


@pytest.mark.parametrize("person", [None, LIES, AN, replace(KARIN, state="left")])
@pytest.mark.parametrize(
    "intent",
    [
        Intent(verb=Verb.CONFIRM_MEMBER, person=12),
        Intent(verb=Verb.REFUSE_MEMBER, person=12),
        Intent(verb=Verb.CONFIRM_GROUP, step="yes", arg="-100"),
    ],
)
def test_only_coordinators_decide(person: Any, intent: Intent) -> None:
    """Rows 25, 47: worker, reporter, stranger, ex-coordinator: the one refusal text."""
    chat = at_the_door(member=person)
    chat.force(intent)
    assert not chat.acts
    assert chat.last.html == say("nl-BE", "refused")


def test_decision_is_shown_and_a_second_one_changes_nothing() -> None:
    """Row 48: two coordinators at once: the second is told."""
    chat = at_the_door(member=KARIN)
    act = DecideMember(person=12, accepted=True)
    done = Performed(values={"accepted": True, "name": "Bram", "role": "worker"})
    turn = member.respond(act, done, chat.scene)
    assert turn.edit is not None
    assert "Bram is nu begeleider" in turn.edit.html
    turn = member.respond(act, Refused(reason="taken"), chat.scene)
    assert turn.edit is not None
    assert "al beslist" in turn.edit.html


# The team's group


@pytest.mark.parametrize(("answer", "accepted"), [("yes", True), ("no", False)])
def test_coordinator_confirms_the_group(answer: str, accepted: bool) -> None:
    """design.md §6: a coordinator adds the bot and confirms in private."""
    chat = at_the_door(member=KARIN)
    chat.screens.append(members.confirm_group_screen(-100123, "Team <x>", "nl-BE"))
    assert "Team &lt;x&gt;" in chat.last.html
    intent = next(i for i in intents(chat.last) if i.step == answer)
    chat.force(intent)
    assert chat.acts == [ConfirmGroup(chat_id=-100123, accepted=accepted)]


@pytest.mark.parametrize("arg", [None, "", "abc", "-" + "9" * 30, "1.5"])
def test_group_button_without_a_chat_is_refused(arg: str | None) -> None:
    """Row 46: what we never stored does nothing."""
    chat = at_the_door(member=KARIN)
    chat.force(Intent(verb=Verb.CONFIRM_GROUP, step="yes", arg=arg))
    assert not chat.acts


# Language


def test_every_language_is_offered_in_its_own_words() -> None:
    """Row 87: whoever cannot read this one finds their own."""
    chat = at_the_door()
    chat.order("language")
    assert labels(chat.last) == [
        "Nederlands (België)",
        "Nederlands (Nederland)",
        "English",
        "Français",
    ]
    chat.press(Verb.LANGUAGE, "en")
    assert chat.acts == [SetLanguage(language="en")]


@pytest.mark.parametrize(
    ("typed", "chosen"), [("en", "en"), ("nl-nl", "nl-NL"), ("nl", "nl-BE"), ("FR", "fr")]
)
def test_language_can_be_named(typed: str, chosen: str) -> None:
    """design.md §3: switchable."""
    chat = at_the_door()
    chat.order("language", typed)
    assert chat.acts == [SetLanguage(language=chosen)]


@pytest.mark.parametrize("typed", ["xx-YY", "<b>", "klingon"])
def test_unknown_language_is_asked(typed: str) -> None:
    """Row 87."""
    chat = at_the_door()
    chat.order("language", typed)
    assert not chat.acts
    assert len(labels(chat.last)) == len(LANGUAGES)


def test_changing_language_in_mid_report_asks_the_same_in_the_new_one() -> None:
    """Row 87: changes in mid-dialogue; the draft goes on."""
    chat = Chat()
    chat.order("report")
    chat.press(Verb.REPORT, "guided")
    chat.press(Verb.SKIP)
    assert "Hoe heet de huurder?" in chat.last.html
    turn = member.respond(SetLanguage(language="en"), Performed(), chat.scene)
    assert turn.edit is not None
    assert "in English" in turn.edit.html
    assert "tenant" in turn.screens[0].html
    assert turn.dialogue == chat.dialogue


def test_stranger_who_changes_language_gets_the_welcome_in_it() -> None:
    """screens.md: the welcome's own button."""
    chat = at_the_door(member=None)
    turn = member.respond(SetLanguage(language="en"), Performed(), chat.scene)
    assert "reporting line" in turn.screens[0].html


# Help


@pytest.mark.parametrize("name", ["", "help", "start"])
@pytest.mark.parametrize("person", [None, LIES])
def test_reporter_and_stranger_get_the_reporters_help(name: str, person: Any) -> None:
    """Row 19: a bare slash is help; no team command is named to a reporter."""
    chat = at_the_door(member=person)
    chat.order(name)
    assert "meld" in chat.last.html
    assert "/status" not in chat.last.html


def test_stranger_of_an_invited_line_gets_no_help() -> None:
    """design.md §6: `intake: invited`."""
    chat = at_the_door(member=None, team=team(intake_open=False))
    chat.order("help")
    assert "uitgenodigd" in chat.last.html


def test_command_of_another_bot_is_ignored() -> None:
    """Row 19: `/status@otherbot`."""
    chat = at_the_door()
    assert chat.order("@") == Turn()


def test_settings_show_what_can_be_changed() -> None:
    """Everyone sees their language; team members their role."""
    chat = at_the_door(member=AN)
    chat.order("settings")
    assert "An" in chat.last.html
    assert "begeleider" in chat.last.html
    assert Intent(verb=Verb.AWAY) in intents(chat.last)
    chat = at_the_door(member=LIES)
    chat.order("settings")
    assert Intent(verb=Verb.AWAY) not in intents(chat.last)


# Leaving


def test_leaving_is_asked_twice() -> None:
    """procedures.md §1.4: each open case goes back to `assign`; the leaver hears how many."""
    chat = at_the_door(member=AN)
    chat.look.cases = [case_view(7, "K7QM-4T", worker=AN.id), case_view(8, "B4WX-1N", worker=2)]
    chat.order("leave")
    assert "2 open dossiers" in chat.last.html
    chat.press(Verb.PICK, "no")
    assert not chat.acts
    assert chat.dialogue is None
    chat.order("leave")
    chat.press(Verb.PICK, "yes")
    assert chat.acts == [LeaveTeam(person=AN.id)]
    assert chat.dialogue is None


def test_leaving_in_words() -> None:
    """Row 52: an answer typed where a button is; anything but yes stays."""
    chat = at_the_door(member=AN)
    chat.order("leave")
    chat.say("ja")
    assert chat.acts == [LeaveTeam(person=AN.id)]
    chat.order("leave")
    chat.say("hoe zat dat ook weer?")
    assert len(chat.acts) == 1
    assert chat.dialogue is None


def test_last_coordinator_cannot_leave() -> None:
    """Row 85: somebody must be able to lead the team."""
    chat = at_the_door(member=KARIN)
    turn = member.respond(
        LeaveTeam(person=KARIN.id), Refused(reason="last_coordinator"), chat.scene
    )
    assert turn.edit is not None
    assert "laatste coördinator" in turn.edit.html


@pytest.mark.parametrize("person", [None, LIES, replace(AN, state="left")])
def test_who_is_not_on_the_team_cannot_leave_it(person: Any) -> None:
    """Row 25."""
    chat = at_the_door(member=person)
    chat.order("leave")
    assert chat.dialogue is None
    assert not chat.acts


def test_files_at_the_door_are_not_kept() -> None:
    """Row 42."""
    chat = at_the_door()
    assert chat.hand(Handed(kind="photo", file_id="f")) == Turn()


def test_entrances_do_not_overlap() -> None:
    """CONVERSATION_API: the registry of entrances is unambiguous."""
    assert not member.VERBS & reporter.VERBS
    assert not member.COMMANDS & reporter.COMMANDS
    assert not member.DIALOGUES & reporter.DIALOGUES
