"""Every screen of every role in every language: as it reads, and within Telegram's limits.

`pytest tests/screens --update` writes the golden files anew; read what changed before you keep it.
"""

from __future__ import annotations

import difflib
import pkgutil
import re
import sys
from importlib import import_module
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Final

import pytest

from bot import texts, views
from tests.screens.catalogue import Scene, catalogue, screens, toasts
from tests.screens.drawing import drawn
from tests.screens.limits import TOAST_MAX, check, whole
from tests.screens.stage import (
    Named,
    Stage,
    right_to_left,
    very_long,
    with_markup,
)
from tests.screens.stretched import longer_procedure, longer_texts

LANGUAGES: Final = texts.LANGUAGES
LONGEST: Final = "fr"
GOLDEN: Final = Path(__file__).parent / "golden"
SCENES: Final = catalogue()
MODULES: Final = tuple(sorted({one.module for one in SCENES}))
_HEAD: Final = re.compile(r"^━━ (\w+) ━━.*$", re.MULTILINE)


def golden_file(module: str, language: str) -> Path:
    return GOLDEN / language / f"{module}.txt"


def goldens(module: str, language: str) -> dict[str, str]:
    """Return a file's screens by name."""
    path = golden_file(module, language)
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    _, *parts = _HEAD.split(text)
    return {name: part.strip() for name, part in zip(parts[::2], parts[1::2], strict=True)}


def keep(scene: Scene, language: str, now: str) -> None:
    """Write one screen into its file, in the place that the scene has in its module."""
    known = {**goldens(scene.module, language), scene.name: now}
    path = golden_file(scene.module, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "\n".join(
        f"━━ {one.name} ━━ {' '.join(one.when.split())}\n\n{known[one.name]}\n"
        for one in SCENES
        if one.module == scene.module and one.name in known
    )
    path.write_text(text, encoding="utf-8")


def unlike(golden: str, now: str) -> str:
    """Return the difference, line by line."""
    compared = difflib.unified_diff(golden.split("\n"), now.split("\n"), "golden", "now", n=99)
    return "\n".join(compared)


@pytest.fixture(scope="session")
def update(pytestconfig: pytest.Config) -> bool:
    wanted = bool(pytestconfig.getoption("--update"))
    assert not (wanted and hasattr(pytestconfig, "workerinput")), (
        "--update wants one process: -n 0"
    )
    return wanted


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_a_screen_reads_as_its_golden(scene: Scene, language: str, update: bool) -> None:
    """What a person sees was read by a person, in this language; and Telegram takes it."""
    shown = scene.play(Stage(language=language))
    now = drawn(shown).strip()
    if update:
        keep(scene, language, now)
    golden = goldens(scene.module, language).get(scene.name)
    assert golden is not None, "no golden yet: pytest tests/screens --update, then read it"
    assert golden == now, unlike(golden, now)
    assert all(len(toast) <= TOAST_MAX for toast in toasts(shown))
    for screen in screens(shown):
        check(screen)
        whole(screen)


def fits(scene: Scene, stage: Stage) -> None:
    """Let the scene be played, and Telegram's limits be looked at."""
    for screen in screens(scene.play(stage)):
        check(screen)


@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_a_screen_fits_with_texts_half_as_long_again(scene: Scene) -> None:
    """A translation that is longer than ours breaks no screen (row 87)."""
    with longer_texts():
        fits(scene, Stage(language=LONGEST, procedure_of=longer_procedure))


@pytest.mark.parametrize("own", [very_long, right_to_left, with_markup], ids=lambda f: f.__name__)
@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_a_screen_takes_any_name(scene: Scene, own: Named) -> None:
    """Rows 12, 30: 200 characters, right to left, and <b>& in every personal field."""
    fits(scene, Stage(own=own))


def test_no_golden_is_left_over() -> None:
    """A screen that is no more has no golden, and no file is nobody's."""
    expected = {golden_file(module, language) for module in MODULES for language in LANGUAGES}
    assert set(GOLDEN.rglob("*.*")) == expected
    for path in expected:
        names = {one.name for one in SCENES if one.module == path.stem}
        assert set(goldens(path.stem, path.parent.name)) == names, path


def test_every_screen_has_a_scene() -> None:
    """Each function of the views that makes a screen is played by a scene: none goes unread."""
    makers = {
        (module.name, name): made.__code__
        for module in pkgutil.iter_modules(views.__path__, f"{views.__name__}.")
        for name, made in vars(import_module(module.name)).items()
        if isinstance(made, FunctionType)
        if made.__module__ == module.name and not name.startswith("_")
        if str(made.__annotations__.get("return")).startswith("Screen")
    }
    called: set[CodeType] = set()

    def seen(frame: FrameType, event: str, arg: object) -> None:
        if event == "call":
            called.add(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        for scene in SCENES:
            screens(scene.play(Stage()))
    finally:
        sys.setprofile(before)
    assert makers
    assert [place for place, code in makers.items() if code not in called] == []
