"""Who may have a case as a file, and what a button keeps of what was chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.conversations.exporting import read_wanted
from bot.views.exports import Wanted
from tests.bot.conversations.casework import AN, BRAM, CASE, REF, Chat, Office


def test_who_was_only_asked_something_has_no_file():
    """A colleague with one question of the case sees its details, and takes nothing out."""
    office = Office()
    office.assigned()
    step = replace(office.view.case.steps["call_day1"], asked_to=(AN.id, BRAM.id))
    case = replace(office.view.case, steps={"call_day1": step})
    office.views[CASE] = replace(office.view, case=case)
    bram = Chat(office, member=BRAM)
    assert not bram.order(f"case {REF}").refused
    assert bram.order(f"export {REF}").refused
    assert not Chat(office, member=AN).order(f"export {REF}").refused


@pytest.mark.parametrize("names", [True, False])
@pytest.mark.parametrize("last", [date(2027, 9, 30), None])
def test_a_button_keeps_what_was_chosen(names: bool, last: date | None):
    """Form, period and names come back as they were written."""
    wanted = Wanted(form="csv", first=date(2027, 7, 1), last=last, with_names=names)
    assert read_wanted(wanted.written()) == wanted


@pytest.mark.parametrize("arg", ["", "pdf", "xlsx", "csv - -"])
def test_a_shorter_button_is_of_all_time(arg: str):
    """What is not said is no bound; a form that is none is wanted by nobody."""
    assert read_wanted(arg) == Wanted(form=arg.split(" ")[0])
