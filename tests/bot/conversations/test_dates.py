"""A date in conversation: two taps, or typed and said back; refused with an offer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.acts import When
from bot.conversations.dates import moment_label
from bot.screen import Press, Verb
from bot.texts import LANGUAGES, plain, say
from scheduler.procedure import Role
from tests.bot.conversations.casework import (
    AN,
    CASE,
    REF,
    Chat,
    Office,
    keys,
    labels,
    local,
)


@pytest.fixture
def office():
    office = Office()
    office.assigned()
    office.answers(AN, "call_day1", "accepts_help")
    return office


@pytest.fixture
def chat(office):
    chat = Chat(office)
    chat.order(f"case {REF}")
    return chat


def changes(chat, fact="hearing"):
    """An is asked for another date of the hearing."""
    chat.force(Verb.CHANGE, case=CASE, arg=fact)
    assert chat.asking == fact


def test_a_day_of_the_window_is_two_taps(chat):
    """Issue: W2 and W3 are on the prompt; a tap, and the time is the second."""
    assert labels(chat.last)[:3] == [
        "Werkdag 2 · di 14 sep",
        "Werkdag 3 · wo 15 sep",
        "Andere dag…",
    ]
    chat.press(Verb.DATE, "2027-09-15")
    assert "wo 15 sep: hoe laat?" in chat.last.html
    chat.tap("10:30")
    when = When(day=date(2027, 9, 15), at=local("2027-09-15 10:30"))
    assert chat.act.fields.when == when


def test_the_calendar_stays_in_the_message(chat):
    """Leafing, choosing and going back change one message; leaving it brings the question back."""
    chat.press(Verb.ANSWER, "")
    for label in ("okt ▸", "nov ▸", "◂ okt", "7", "Ander uur…", "Terug", "Terug"):
        chat.tap(label)
        assert (chat.turn.screens, chat.turn.edit is not None) == ((), True), label
    assert chat.dialogue is None
    assert chat.toasts[-1] == plain("nl-BE", "cancelled")
    assert labels(chat.last)[0] == "Werkdag 2 · di 14 sep"


def test_back_from_the_times_is_the_calendar(chat):
    """A wrong day costs one tap, and nothing is told."""
    chat.press(Verb.ANSWER, "")
    chat.tap("20")
    chat.tap("Terug")
    assert "•13" in labels(chat.last)
    chat.tap("Annuleren")
    assert (chat.acts, chat.dialogue) == ([], None)


def test_a_day_of_yesterdays_prompt_opens_the_calendar(office, chat):
    """A prompt is read days later: a day that is over is not taken, others are offered."""
    office.now = local("2027-09-16 10:00")
    chat.press(Verb.DATE, "2027-09-14")
    assert "•16" in labels(chat.last)
    assert "14" not in labels(chat.last)


def test_a_forged_day_is_refused(chat):
    """Row 46: what is no day of a dated step does nothing."""
    for parts in ({"arg": "14 sep"}, {"arg": None}, {"arg": "2027-09-14", "step": "call_day1"}):
        chat.force(Verb.DATE, case=CASE, **{"step": "home_appointment", **parts})
        assert chat.last.html == say("nl-BE", "refused")
    assert chat.dialogue is None


@pytest.mark.parametrize(
    "typed", ["do 7 okt 10:00", "jeu 7 oct 10h", "Thu 7 Oct 10am", "7/10 10u"]
)
def test_a_typed_date_counts_once_it_was_said_back(chat, typed):
    """Row 40: "do 7 okt 10:00 – klopt dit?", in whatever language it was typed."""
    changes(chat)
    chat.say(typed)
    assert "Genoteerd: <b>do 7 okt 10:00</b>" in chat.last.html
    chat.press(Verb.SKIP)
    assert chat.act.when == When(day=date(2027, 10, 7), at=local("2027-10-07 10:00"))


def test_the_last_question_asks_whether_it_is_right(chat):
    """Where nothing is asked after it, a typed date waits for a yes, tapped or typed."""
    chat.press(Verb.ANSWER, "")
    chat.say("morgen 14u")
    assert chat.acts == []
    assert chat.last.html.endswith("<b>di 14 sep 14:00</b> – klopt dit?")
    assert labels(chat.last)[:2] == ["✓ Ja", "Andere dag…"]
    chat.say("ja")
    assert chat.act.fields.when == When(day=date(2027, 9, 14), at=local("2027-09-14 14:00"))


def test_no_is_another_day(chat):
    """What was read wrongly is chosen or typed again; the first reading is gone."""
    chat.press(Verb.ANSWER, "")
    chat.say("morgen 14u")
    chat.tap("Andere dag…")
    chat.say("15 sep 9u")
    chat.press(Verb.PICK, "yes")
    assert chat.act.fields.when.day == date(2027, 9, 15)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("31-02 10:00", ["di 29 feb 2028 10:00", "wo 1 mrt 2028 10:00"]),
        ("29-02-2029 10:00", ["wo 28 feb 2029 10:00", "do 1 mrt 2029 10:00"]),
        ("wo 7 okt 2027 10:00", ["wo 6 okt 10:00", "do 7 okt 10:00"]),
        ("10-9-2027 10:00", ["Ja, vr 10 sep 10:00"]),
        ("26-3-2028 02:30", ["Ja, zo 26 mrt 2028 03:00"]),
        ("9999", None),
        ("7 okt 9999", None),
        ("klopt", None),
    ],
)
def test_what_is_no_date_is_refused_with_an_offer(chat, typed, offered):
    """Row 40: neighbours of what was typed, else the calendar; nothing is taken for it."""
    changes(chat)
    chat.say(typed)
    assert (chat.asking, chat.acts) == ("hearing", [])
    found = labels(chat.last)
    if offered is None:
        assert any("•13" in label for label in found) or "Andere dag…" in found
    else:
        assert [label for label in offered if label not in found] == []
        assert "Andere dag…" in found


def test_a_day_that_does_not_exist_is_named(chat):
    """screens.md: "31 feb bestaat niet. Bedoel je", with what was typed, shown literally."""
    changes(chat)
    chat.say("31 feb")
    assert "<code>31 feb</code> bestaat niet. Bedoel je:" in chat.last.html


def test_a_bad_hour_leaves_the_day_that_was_tapped(chat):
    """ "25:00" is no time; the day stays, and its times."""
    chat.press(Verb.DATE, "2027-09-15")
    chat.say("25:00")
    assert say("nl-BE", "ask-date-no-such-time") in chat.last.html
    assert "wo 15 sep: hoe laat?" in chat.last.html
    chat.say("do 16 sep 9u")  # or a whole date instead of it
    assert "<b>do 16 sep 09:00</b>" in chat.last.html


def test_a_closed_day_can_be_typed_and_is_said_to_be_closed(chat):
    """An appointment on a Saturday is the worker's to make, knowingly."""
    chat.press(Verb.ANSWER, "")
    chat.say("za 18 sep 10:00")
    assert "Genoteerd: <b>za 18 sep 10:00</b> (dan werkt het team niet)." in chat.last.html
    chat.press(Verb.SKIP)
    assert chat.act.fields.when.day == date(2027, 9, 18)


def test_a_label_of_the_calendar_says_what_it_is(chat):
    """The head and the closed days do nothing, and say so in the reader's words."""
    chat.press(Verb.ANSWER, "")
    nothing = [k.intent for k in keys(chat.last) if isinstance(k, Press)]
    closed = next(each for each in nothing if each.verb is Verb.NOTHING and each.arg)
    before = chat.dialogue
    chat.force(Verb.NOTHING, arg=closed.arg)
    assert chat.toasts[-1] == plain("nl-BE", "date-not-offered")
    chat.force(Verb.NOTHING)
    assert chat.toasts[-1] == plain("nl-BE", "nothing-pressed")
    assert chat.dialogue == before


def test_an_old_page_of_a_calendar_answers_nothing_else(chat):
    """Yesterday's calendar is still in the chat: its days are not taken for today's question."""
    chat.press(Verb.ANSWER, "")
    page = chat.last
    day = next(k.intent for k in keys(page) if isinstance(k, Press) and k.label == "22")
    chat.tap("Annuleren")
    chat.force(day.verb, arg=day.arg, step=day.step, case=day.case)
    assert chat.toasts[-1] == plain("nl-BE", "no-dialogue")
    changes(chat)
    before = chat.dialogue
    chat.force(day.verb, arg=day.arg, step=day.step, case=day.case)
    assert chat.toasts[-1] == plain("nl-BE", "no-dialogue")
    assert (chat.dialogue, chat.acts) == (before, [])


def test_the_calendar_goes_on_after_a_restart(office, chat):
    """Where a person is stands in the dialogue, and each button holds its own day."""
    chat.press(Verb.ANSWER, "")
    chat.tap("okt ▸")
    again = Chat(office, dialogue=chat.dialogue, screens=list(chat.screens))
    office.now += timedelta(days=1)
    again.tap("7")
    again.tap("16:30")
    again.press(Verb.SKIP)
    assert again.act.fields.when.at == local("2027-10-07 16:30")


def test_a_court_may_sit_on_any_day(chat):
    """Closed days are offered, dimmed, where the day is not ours to choose."""
    changes(chat)
    assert "·18·" in labels(chat.last)
    chat.tap("·18·")
    chat.tap("Uur nog niet bekend")
    chat.press(Verb.SKIP)
    assert chat.act.when == When(day=date(2027, 9, 18))


def test_when_something_was_done_lies_behind_us(office, chat):
    """Served: the calendar ends today."""
    changes(chat, "served")
    assert "14" not in labels(chat.last)
    assert not any("▸" in label for label in labels(chat.last))
    chat.tap("10")
    chat.press(Verb.SKIP)
    assert chat.act.served == date(2027, 9, 10)


def test_leave_ends_after_it_begins(office):
    """The last day is asked from the first one on."""
    chat = Chat(office)
    chat.order("away")
    chat.tap("20")
    assert labels(chat.last)[:2] == ["ma 20 sep", "di 21 sep"]
    chat.tap("Andere dag…")
    assert "17" not in labels(chat.last)
    chat.tap("24")
    assert chat.asking == "stand_in"


@pytest.mark.parametrize("language", LANGUAGES)
def test_weekdays_are_the_readers(office, language):
    """Each person reads their own calendar."""
    member = AN.__class__(
        id=AN.id, name="An", role=Role.WORKER, language=language, user_id=AN.user_id
    )
    chat = Chat(office, member=member)
    chat.force(Verb.CHANGE, case=CASE, arg="eviction")
    heads = {"nl-BE": "ma", "nl-NL": "ma", "en": "Mo", "fr": "lu"}
    assert heads[language] in labels(chat.last)
    assert moment_label("2027-10-07T10:00", chat.scene).endswith("10:00")
