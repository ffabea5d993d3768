"""Texts as Telegram reads them. Source: Bot API "Formatting options", server."""

from __future__ import annotations

import html
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox import entities as rich


@pytest.mark.parametrize(
    ("text", "plain", "kinds"),
    [
        ("<b>bold</b> &lt; x", "bold < x", [("bold", 0, 4)]),
        ("😀<i>i</i>", "😀i", [("italic", 2, 1)]),
        ("<b>a<u>b</u></b>", "ab", [("bold", 0, 2), ("underline", 1, 1)]),
        ("  <code> x </code>  ", "x", [("code", 0, 1)]),
        ("&nbsp;&amp;lt;&#64;&#x41;", "&nbsp;&lt;@A", []),
        ("<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", 0, 1)]),
        ('<span class="tg-spoiler">s</span>', "s", [("spoiler", 0, 1)]),
        ('<pre><code class="language-py">p</code></pre>', "p", [("pre", 0, 1)]),
        ('<tg-time unix="1789000000">soon</tg-time>', "soon", [("date_time", 0, 4)]),
        ("<b></b>x", "x", []),
        ("<a>x</a>", "x", []),
    ],
)
def test_html_becomes_text_and_entities(text, plain, kinds) -> None:
    """Tags become entities in UTF-16 units, four names are decoded, outer space goes."""
    read, entities = rich.parse(text, "HTML", None)
    assert read == plain
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == kinds


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<b>x", "Can't find end tag corresponding to start tag b"),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("é<i>x</b>", 'Unmatched end tag at byte offset 6, expected "</i>", found "</b>"'),
        ("<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<span class="red">x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_bad_html_is_refused_in_the_servers_words(text, words) -> None:
    """Whatever is not well formed is refused whole, with the byte offset (row 30)."""
    with pytest.raises(rich.EntityError) as raised:
        rich.parse(text, "HTML", None)
    assert str(raised.value) == words


@settings(max_examples=100)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
def test_escaped_text_comes_back_as_it_was(text) -> None:
    """What is escaped is shown literally, whatever it holds; only outer white space goes."""
    read, entities = rich.parse(html.escape(text, quote=False), "HTML", None)
    assert (read, entities) == (text.strip(), [])


SPAN = st.tuples(
    st.sampled_from(["bold", "italic", "underline"]), st.integers(0, 8), st.integers(1, 8)
)


@settings(max_examples=100)
@given(st.text("ab<&😀", min_size=1, max_size=9), st.lists(SPAN, max_size=4))
def test_drawn_html_is_always_well_formed(text, spans) -> None:
    """The page gets tags that nest, even for entities that overlap or run past the end."""
    entities: list[dict[str, Any]] = [
        {"type": kind, "offset": offset, "length": length} for kind, offset, length in spans
    ]
    read, _ = rich.parse_html(rich.to_html(text, entities))
    assert read == text


def test_telegram_finds_commands_links_and_names() -> None:
    """Commands, mentions, links, e-mail addresses and tags are entities of plain text too."""
    text = "/start@kier_bot zie https://kier.example/x, @an_p of an@ocmw.example #huur a/b"
    found = [
        (e["type"], text[e["offset"] : e["offset"] + e["length"]]) for e in rich.detected(text)
    ]
    assert found == [
        ("bot_command", "/start@kier_bot"),
        ("url", "https://kier.example/x"),
        ("mention", "@an_p"),
        ("email", "an@ocmw.example"),
        ("hashtag", "#huur"),
    ]


def test_markdown_is_refused() -> None:
    """The sandbox reads HTML only and says so, rather than show Markdown wrongly."""
    with pytest.raises(rich.EntityError, match="HTML only"):
        rich.parse("*x*", "MarkdownV2", None)
