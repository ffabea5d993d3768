"""Leave, working days and the walk of a leaver: only for those whom they concern."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.acts import HandOn
from bot.conversations.scene import AbsenceLine
from bot.screen import Verb
from scheduler.stimuli import HandedOver
from tests.bot.conversations.casework import AN, BRAM, CASE, KARIN, LIES, Chat, Office


@pytest.fixture
def office() -> Office:
    """An has a case and leave, in which Bram stands in."""
    made = Office()
    made.reports()
    made.answers(KARIN, "assign", "assigned", to=AN.id)
    made.leave.append(
        AbsenceLine(
            id=1,
            person=AN.id,
            from_on=date(2027, 9, 14),
            to_on=date(2027, 9, 17),
            stand_in=BRAM.id,
            accepted=True,
        )
    )
    return made


PRESSES: list[tuple[Verb, dict[str, Any]]] = [
    (Verb.ABSENCE, {"item": 1}),
    (Verb.CHANGE_AWAY, {"item": 1, "arg": "to"}),
    (Verb.CHANGE_AWAY, {"item": 1, "arg": "back"}),
    (Verb.DROP_AWAY, {"item": 1}),
    (Verb.MY_LEAVE, {"person": AN.id}),
    (Verb.WORKS, {"person": AN.id}),
    (Verb.HAND_ON, {"item": AN.id}),
    (Verb.HAND_ON, {"item": AN.id, "case": CASE, "person": BRAM.id}),
]


@pytest.mark.parametrize(("verb", "parts"), PRESSES)
def test_a_colleagues_affairs_are_not_mine(
    office: Office, verb: Verb, parts: dict[str, Any]
) -> None:
    """Rows 25, 47: a worker, and a reporter, get the one refusal; An and Karin do not."""
    for who in (BRAM, LIES):
        chat = Chat(office, member=who)
        turn = chat.force(verb, **parts)
        assert turn.refused, who.name
        assert chat.acts == []
    for who in (AN, KARIN):
        assert not Chat(office, member=who).force(verb, **parts).refused, who.name


@pytest.mark.parametrize("item", [None, 0, 9, -1])
def test_a_leave_that_is_not_there(office: Office, item: int | None) -> None:
    """Row 46: gone, or never there: the one refusal."""
    for verb in (Verb.ABSENCE, Verb.CHANGE_AWAY, Verb.DROP_AWAY):
        assert Chat(office, member=KARIN).force(verb, item=item, arg="to").refused


def test_a_brief_is_for_who_stands_in_today(office: Office) -> None:
    """Not before the leave, not for anybody else: cases are shown to those who have them."""
    assert Chat(office, member=BRAM).force(Verb.COVERED, person=AN.id).refused
    office.now = office.now.replace(day=15)
    assert not Chat(office, member=BRAM).force(Verb.COVERED, person=AN.id).refused
    assert Chat(office, member=AN).force(Verb.COVERED, person=BRAM.id).refused


def test_the_walk_goes_on_where_a_case_was_handed_on_already(office: Office) -> None:
    """Row 48: an old button of a case that is somebody else's by now shows what comes next."""
    chat = Chat(office, member=AN)
    office.happens(HandedOver(by=AN.id, to=BRAM.id))
    turn = chat.force(Verb.HAND_ON, item=AN.id, case=CASE, person=BRAM.id)
    assert chat.acts == []
    assert turn.edit is not None
    assert "Wil je het team verlaten?" in turn.edit.html


def test_one_tap_hands_a_case_on(office: Office) -> None:
    """The proposed successor's button is the act."""
    chat = Chat(office, member=AN)
    chat.force(Verb.HAND_ON, item=AN.id)
    chat.press(Verb.HAND_ON, person=BRAM.id)
    assert chat.acts == [HandOn(case=CASE, to=BRAM.id, leaver=AN.id)]


@pytest.mark.parametrize("is_typed", [True, False])
def test_the_days_of_a_leave_are_said_back_once(office: Office, is_typed: bool) -> None:
    """Row 40: typed or tapped, the next question says from when on, and then until when."""
    chat = Chat(office, member=AN)
    chat.order("away")
    chat.say("di 21 sep") if is_typed else chat.tap("21")
    assert chat.last.html.count("di 21 sep") == 1
    chat.say("do 23 sep") if is_typed else chat.tap("do 23 sep")
    assert chat.last.html.startswith("Afwezigheid · di 21 sep – do 23 sep")
    assert chat.asking == "stand_in"


def test_two_leaves_on_one_day_are_one_too_many(office: Office) -> None:
    """What would overlap is not kept; the leave that is there is one tap away."""
    chat = Chat(office, member=AN)
    chat.order("away")
    chat.say("vr 17 sep")
    chat.say("di 21 sep")
    chat.press(Verb.PICK, person=BRAM.id)
    assert chat.acts == []
    assert "Er staat al verlof op een van die dagen" in chat.last.html
    chat.press(Verb.ABSENCE, item=1)
    assert "Verlof van An" in chat.last.html
