"""Every screen of the bot, by name: which scenes there are, and where their goldens stand.

A scene is a function from a `Stage` to what a person is shown then. Its module is the heading in
the golden files, its docstring says when the screen comes.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Final, TypeAlias

from bot.conversations.scene import Turn
from bot.screen import Screen
from tests.screens import scenes as modules
from tests.screens.stage import Stage

Shown: TypeAlias = Screen | Turn | Iterable[Screen | Turn]
Play: TypeAlias = Callable[[Stage], Shown]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One screen. `module` names its golden file, `when` says when it comes."""

    module: str
    name: str
    when: str
    play: Play

    def __str__(self) -> str:
        return f"{self.module}-{self.name}"


def toasts(shown: Shown) -> tuple[str, ...]:
    """Return what is shown for a second."""
    turns = shown if isinstance(shown, list | tuple) else (shown,)
    return tuple(one.toast for one in turns if isinstance(one, Turn) and one.toast)


def screens(shown: Shown) -> tuple[Screen, ...]:
    """Return the messages alone."""
    return tuple(_screens(shown))


def _screens(shown: Shown) -> Iterator[Screen]:
    if isinstance(shown, Screen):
        yield shown
    elif isinstance(shown, Turn):
        yield from ([shown.edit] if shown.edit else [])
        yield from shown.screens
    else:
        for each in shown:
            yield from _screens(each)


_KNOWN: Final[dict[str, Scene]] = {}


def scene(play: Play) -> Play:
    """Mark a function as a scene: its name is the scene's."""
    module = play.__module__.rpartition(".")[2]
    name = play.__name__
    when = (play.__doc__ or "").strip()
    assert when, f"{module}.{name}: the docstring says when the screen comes"
    made = Scene(module=module, name=name, when=when, play=play)
    assert str(made) not in _KNOWN or _KNOWN[str(made)].play.__code__ == play.__code__, made
    _KNOWN[str(made)] = made
    return play


def catalogue() -> tuple[Scene, ...]:
    """Return all scenes, in the order of their modules and of the code."""
    for found in pkgutil.iter_modules(modules.__path__):
        import_module(f"{modules.__name__}.{found.name}")
    return tuple(sorted(_KNOWN.values(), key=lambda one: one.module))
