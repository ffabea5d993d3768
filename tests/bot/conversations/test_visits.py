"""Safe visits: who may tap what, and what is typed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.acts import PlanVisit, TellVisit
from bot.conversations.scene import VisitView
from bot.screen import Verb
from tests.bot.conversations.casework import AN, BRAM, CASE, KARIN, Chat, Office, intents

VISIT = VisitView(
    id=1,
    case=CASE,
    step="visit_1",
    person=AN.id,
    name="An",
    state="alerted",
    in_at=Office().now,
    until=Office().now,
    alerted=frozenset({KARIN.id}),
)


def office(state: str | None = None, **more: object) -> Office:
    made = Office()
    made.team = replace(made.team, safe_visits=True)
    made.assigned()
    if state is not None:
        made.visits = [replace(VISIT, state=state, **more)]  # type: ignore[arg-type]
    return made


@pytest.mark.parametrize("arg", ["look", "safe", "where"])
def test_only_who_was_told_looks_into_it(arg: str):
    """The alert's buttons are for those it went to: nobody else sees the address."""
    chat = Chat(office("alerted"), member=BRAM)
    assert chat.force(Verb.VISIT, arg=arg, item=1, case=CASE).refused


@pytest.mark.parametrize("state", ["inside", "asked", "out", "safe"])
def test_the_address_goes_with_the_alert(state: str):
    """Once the worker is heard of, a tap says so, and shows no address any more."""
    turn = Chat(office(state), member=KARIN).force(Verb.VISIT, arg="where", item=1)
    assert turn.edit is not None
    assert "Kerkstraat" not in turn.edit.html
    assert turn.screens == ()


@pytest.mark.parametrize("arg", ["in", "out", "longer", "cancel", "other"])
def test_only_the_worker_says_in_and_out(arg: str):
    """S3: another's visit is nobody's to end."""
    chat = Chat(office("inside"), member=KARIN)
    assert chat.force(Verb.VISIT, arg=arg, item=1, case=CASE).refused


@pytest.mark.parametrize(
    ("state", "arg"), [("out", "out"), ("safe", "longer"), ("planned", "out"), ("inside", "in")]
)
def test_what_does_not_fit_shows_where_it_stands(state: str, arg: str):
    """An old button changes nothing; the message becomes what is true now."""
    turn = Chat(office(state)).force(Verb.VISIT, arg=arg, item=1, case=CASE)
    assert turn.act is None
    assert turn.edit is not None


def test_a_team_that_wants_none_has_none():
    """Off: an old button begins nothing; what is under way can still be ended."""
    made = office("inside")
    made.team = replace(made.team, safe_visits=False)
    chat = Chat(made)
    assert chat.force(Verb.VISIT, case=CASE, step="visit_1").refused
    ended = chat.force(Verb.VISIT, arg="out", item=1)
    assert ended.act == TellVisit(visit=1, what="out")


@pytest.mark.parametrize("step", ["call_day1", "note_1", "assign", "nowhere", None])
def test_only_a_visit_is_one(step: str | None):
    """Nobody goes in at a phone call."""
    assert Chat(office()).force(Verb.VISIT, case=CASE, step=step).refused


def test_a_visit_under_way_is_shown_not_begun_anew():
    """One tap on the prompt again: the visit that runs, with its *I am out*."""
    chat = Chat(office("inside"))
    chat.force(Verb.VISIT, case=CASE, step="visit_1")
    assert "out" in [intent.arg for intent in intents(chat.last)]


def test_a_colleagues_name_that_is_typed_is_the_colleague():
    """Then the bot knows who is inside, and who is not to be alerted."""
    chat = Chat(office())
    chat.force(Verb.VISIT, case=CASE, step="visit_1", arg="someone")
    assert chat.say("bram").act == PlanVisit(case=CASE, step="visit_1", person=BRAM.id)
    chat.force(Verb.VISIT, case=CASE, step="visit_1", arg="someone")
    assert chat.say("Els").act == PlanVisit(case=CASE, step="visit_1", name="Els")
