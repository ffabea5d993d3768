"""Small words: days, labels, texts of a procedure, lines that fit."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.words import utf16_len
from bot.screen import Intent, Verb
from bot.texts import Markup
from bot.views.words import (
    HTML_MAX,
    LABEL_MAX,
    day_words,
    fill,
    first_bold,
    fitted,
    in_rows,
    long_day_words,
    near_day_words,
    page_of,
    pick,
    press,
    short,
    unasked,
    year_day_words,
)

DAY = date(2027, 9, 14)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl-BE", "di 14 sep"),
        ("nl-NL", "di 14 sep"),
        ("en", "Tue 14 Sep"),
        ("fr", "mar 14 sept"),
    ],
)
def test_a_day_reads_as_its_language_writes_it(language, words):
    """Procedures 6: always number and date."""
    assert day_words(DAY, language) == words


def test_the_first_of_a_month_is_premier_in_french():
    """Nobody writes "1 octobre"."""
    first = date(2027, 10, 1)
    assert day_words(first, "fr") == "ven 1er oct"
    assert long_day_words(first, "fr") == "Vendredi 1er octobre"
    assert year_day_words(first, "fr") == "1er oct 2027"
    assert day_words(first, "nl-NL") == "vr 1 okt"


def test_a_title_within_a_sentence_asks_nothing():
    """A title that asks loses its mark in a sentence of ours; in French the space before too."""
    assert unasked("afsluiten?") == "afsluiten"
    assert unasked("clôturer\N{NO-BREAK SPACE}?") == "clôturer"


def test_another_year_is_said():
    """A closed case of last year shows its year."""
    assert day_words(date(2026, 11, 12), "nl-BE", today=DAY) == "do 12 nov 2026"


def test_near_days_have_names():
    """Today and tomorrow read by name, other days with their date."""
    assert near_day_words(DAY, DAY, "nl-BE") == "vandaag"
    assert near_day_words(date(2027, 9, 15), DAY, "en") == "tomorrow"
    assert near_day_words(date(2027, 9, 16), DAY, "nl-BE") == "do 16 sep"


@given(st.text(max_size=200))
def test_a_label_always_fits(text):
    """Row 87: whatever a translation brings, Telegram takes the label."""
    assert 0 < utf16_len(short(text)) <= LABEL_MAX


@given(st.lists(st.text(min_size=1, max_size=60), max_size=40))
def test_rows_keep_every_button_in_order(labels):
    """No button is lost or moved past another by the layout."""
    keys = [press(label, Intent(verb=Verb.NOTHING, arg=str(n))) for n, label in enumerate(labels)]
    rows = in_rows(keys)
    assert [key for row in rows for key in row] == keys
    assert all(0 < len(row) <= 2 for row in rows)


@given(st.lists(st.text(st.characters(exclude_characters="\n<>&"), max_size=300), max_size=80))
def test_a_screen_is_shortened_between_lines(parts):
    """4096 units at most, whole lines, and it is said that something was left out."""
    html = "\n".join(f"<b>{part}</b>" for part in parts)
    kept = fitted(html, "nl-BE")
    assert utf16_len(kept) <= HTML_MAX
    assert kept.count("<b>") == kept.count("</b>")
    assert kept == html or kept.endswith("… (ingekort)")


def test_a_placeholder_is_filled_and_escaped():
    """{client} of a procedure's text, however the name was typed."""
    text = {"nl-BE": "Bel {client} & {nobody} <nu>"}
    assert fill(text, "nl-BE", {"client": "<b>M.V."}) == "Bel &lt;b&gt;M.V. &amp;  &lt;nu&gt;"


def test_the_question_alone_is_bold():
    """screens.md: the first sentence is the question, the rest is help."""
    said = first_bold(Markup("Bel M.V. opnieuw vóór 12 uur. Leg uit waarom."))
    assert said == "<b>Bel M.V. opnieuw vóór 12 uur.</b> Leg uit waarom."
    asked = first_bold(Markup("Qui est là\u00a0? Touchez un nom."))
    assert asked == "<b>Qui est là\u00a0?</b> Touchez un nom."


def test_a_text_falls_back_to_another_language():
    """A team's own procedure in fewer languages: its sister language, else its first."""
    assert pick({"en": "Call"}, "nl-BE") == "Call"
    assert pick({"en": "Call", "nl-BE": "Bel"}, "nl-NL") == "Bel"
    assert pick({"nl-BE": "Bel", "en": "Call"}, "fr") == "Bel"
    assert pick({}, "fr") == ""


def test_a_page_too_far_is_the_last():
    """A list that became shorter shows its last page."""
    assert page_of(range(25), 9, size=10) == (range(20, 25), 3)
    assert page_of((), 3) == ((), 1)


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Que compte-t-on\u00a0?", "Que compte-t-on\u00a0?"),
        ("Objet\u202f:  Arriérés\n de loyer ", "Objet\u202f: Arriérés de loyer"),
        ("\u00a0 \u202f", "…"),
    ],
)
def test_a_label_keeps_its_marks_at_their_word(label: str, shown: str) -> None:
    """A French "?" stays with its word on a narrow button; any other gap is one space."""
    assert short(label) == shown
