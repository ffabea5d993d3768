"""A message on the demo's page: what is not known is shown as its text, or named."""

from __future__ import annotations

import pytest

from bot.sandbox import entities as rich
from bot.sandbox.page.bubbles import dated, service_text, size_words
from bot.sandbox.page.words import words_of


@pytest.mark.parametrize(
    "entity",
    [
        {"type": "from_the_future", "shine": 3},
        {"type": "text_link"},
        {"type": "text_link", "url": "javascript:alert(1)"},
        {"type": "date_time"},
        {"type": "text_mention"},
        {},
    ],
)
def test_what_no_client_would_follow_or_know_is_its_text(entity):
    """A newer kind, or one that lacks what it needs, breaks no page and leads nowhere."""
    drawn = rich.to_html("<b> & more", [{**entity, "offset": 0, "length": 3}])
    assert "&lt;b&gt;" in drawn
    assert "href" not in drawn
    assert "javascript" not in drawn


def test_a_moment_says_its_day_and_time():
    """Who points at a moment reads it whole, in the team's zone; what it says stays as it is."""
    html = rich.to_html(
        "at noon", [{"type": "date_time", "unix_time": 7, "offset": 3, "length": 4}]
    )
    assert dated(html, lambda unix: f"day {unix}") == (
        'at <tg-time unix="7" title="day 7">noon</tg-time>'
    )


@pytest.mark.parametrize("language", ["nl-BE", "fr", "en"])
def test_a_service_line_is_said_in_words(language):
    """What happened to a group reads as a sentence, also what the page has no words for."""
    words = words_of(language)
    assert service_text({"service": "forum_topic_closed"}, words) == words["forum_topic_closed"]
    assert service_text({"service": "new_chat_members"}, words).startswith("Kier ")
    assert service_text({"service": "gift_shown"}, words) == "gift shown"


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 B"), (1023, "1023 B"), (2048, "2 kB"), (1_500_000, "1.4 MB")]
)
def test_a_files_size_is_read_as_people_say_it(count, said):
    """Bytes, kilobytes or megabytes: whichever is short."""
    assert size_words(count) == said
