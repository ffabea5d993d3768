"""What is wrong with YAML, in the words of who writes a team or procedure file.

Pure. The library speaks of mappings, tokens and streams; nobody has to know these (bad_inputs 72).
"""

from __future__ import annotations

_QUOTES = 'put the text between quotation marks: "…"'
_COLUMNS = (
    "this line does not fit under those above it, or a quotation mark is not closed",
    "lines that belong together begin in the same column; close each quotation mark",
)
_PLAINLY = (
    ("\\t", "a tab stands here", "YAML wants spaces"),
    ("\t", "a tab stands here", "YAML wants spaces"),
    (
        "mapping values are not allowed",
        "a colon stands where none can: a second one in a line, or under a text",
        _QUOTES,
    ),
    ("did not find expected key", *_COLUMNS),
    ("expected <block end>", *_COLUMNS),
    ("could not find expected ':'", "a colon is missing after the key", "write `key: value`"),
    ("expected ',' or '}'", "a { is not closed, or a comma is missing", "write {nl-BE: …, en: …}"),
    ("expected ',' or ']'", "a [ is not closed, or a comma is missing", "write [one, two]"),
    ("did not find expected '-'", "this line is no part of the list above", "begin it with - "),
    ("unexpected end of stream", "a quotation mark is opened and not closed", _QUOTES),
    (
        "unknown escape character",
        "a \\ in this text means something to YAML",
        "write \\\\, or leave it out",
    ),
    ("cannot start any token", "no text can begin with this character", _QUOTES),
)
"""What the library says, what it means to an author, and the way out; the first that fits."""


def plainly(said: str) -> tuple[str, str]:
    """Return what is wrong and the way out, for what the library `said`."""
    for heard, reason, advice in _PLAINLY:
        if heard in said:
            return reason, advice
    return said, "a text with a colon or a # in it wants quotation marks"
