"""Every sentence for people that is not a procedure's: Fluent files per language, read when asked.

Knows no case and no screen. A missing text is our mistake, never a person's: it raises.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cache, lru_cache
from html import escape
from importlib.resources import files
from typing import Any, Final

from fluent.runtime import FluentBundle, FluentResource

LANGUAGES: Final = ("nl-BE", "nl-NL", "en", "fr")
"""Languages a person can choose; the order is that of the screen."""

_FIRST: Final = "nl-BE"

_FAMILIES: Final = {"nl": "nl-BE", "en": "en", "fr": "fr"}


class Markup(str):
    """Text that is HTML already: `say` puts it in as it is."""

    __slots__ = ()


@lru_cache(maxsize=256)
def settled(language: str | None, team_language: str = _FIRST) -> str:
    """Return the language of `LANGUAGES` for a messenger's tag, else the team's own (row 87).

    Any tag is taken, also one that Telegram made up.
    """
    tag = (language or "").strip().replace("_", "-")
    exact = next((one for one in LANGUAGES if one.lower() == tag.lower()), None)
    if exact is not None:
        return exact
    family = tag[:2].lower()
    if family == team_language[:2].lower():
        return team_language
    return _FAMILIES.get(family, team_language)


def say(language: str, key: str, **values: Any) -> Markup:
    """Return the text as HTML. Values are escaped unless they are `Markup`; numbers stay numbers.

    Raises AssertionError for a key or a value that no text knows: our mistake.
    """
    return Markup(_format(language, key, {name: _safe(value) for name, value in values.items()}))


def plain(language: str, key: str, **values: Any) -> str:
    """Return the text unescaped, for what the messenger shows as it is: labels and toasts."""
    return _format(language, key, {name: _bare(value) for name, value in values.items()})


def escaped(text: str) -> Markup:
    """Return `text` as HTML that shows it literally; `Markup` stays as it is (row 30)."""
    return text if isinstance(text, Markup) else Markup(escape(text, quote=False))


def keys(language: str) -> frozenset[str]:
    """Return the keys that the language's own files hold."""
    return frozenset(_bundle(language)._messages)


def _safe(value: Any) -> Any:
    return escaped(value) if isinstance(value, str) else _bare(value)


def _bare(value: Any) -> Any:
    # A date would be written the way the machine likes it, not the team: views.words does that.
    assert not isinstance(value, (date, datetime)), f"{value!r} is no text yet"
    return value


def _format(language: str, key: str, values: dict[str, Any]) -> str:
    own = settled(language)
    bundle = _bundle(own)
    assert bundle.has_message(key), f"no text {key!r} in {own}"
    pattern = bundle.get_message(key).value
    assert pattern is not None, f"{key} in {own} has no text"
    text, errors = bundle.format_pattern(pattern, values)
    assert not errors, f"{key} in {own}: {errors}"
    return str(text)


@cache
def _bundle(language: str) -> FluentBundle:
    # Without isolating marks: they would stand in what people copy, and in labels' lengths.
    bundle = FluentBundle([language], use_isolating=False)
    for file in sorted((files(__name__) / language).iterdir(), key=lambda each: each.name):
        if file.name.endswith(".ftl"):
            bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle
