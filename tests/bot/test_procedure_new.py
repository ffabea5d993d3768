"""`kier procedure new` and `kier rehearse --watch`: from nothing to a procedure that is played."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from bot import rehearse_watch
from bot.cli import app
from bot.procedure_new import skeleton
from bot.texts import LANGUAGES
from scheduler.check import check
from scheduler.load import examples, load, load_named, shipped

STORIES = Path(__file__).parents[1] / "stories"


def kier(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(words), env={"COLUMNS": "500"})
    return done.exit_code, done.output


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, in which the commands are typed."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_skeleton_holds_as_it_stands(here: Path, language: str):
    """In each language: no problem, no warning, and a word about what each key is for."""
    status, printed = kier("procedure", "new", "our_round", "--language", language)
    assert (status, "our_round.yaml is written" in printed) == (0, True)
    text = (here / "our_round.yaml").read_text("utf-8")
    assert "$" not in text
    assert text.count(" # ") >= 15
    procedure = load(text, origin="our_round.yaml")
    assert (procedure.id, tuple(procedure.name)) == ("our_round", (language,))
    assert check(procedure, (language,)) == ()
    assert kier("procedure", "check", "our_round.yaml")[0] == 0


@pytest.mark.parametrize("seed", [*shipped(), *examples()])
def test_a_seed_is_copied_under_a_new_key(here: Path, seed: str):
    """The same steps and texts, the new key, version 1."""
    assert kier("procedure", "new", "ours", "--from", seed)[0] == 0
    copied, original = load_named(str(here / "ours.yaml")), load_named(seed)
    assert (copied.id, copied.version) == ("ours", 1)
    assert copied.steps == original.steps
    assert copied.name == original.name


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Our round",), "small letters"),
        (("ravels",), "choose another name"),
        (("vroegsignalering",), "choose another name"),
        (("ours", "--from", "ravles"), "ravels"),
        (("ours", "--language", "nl"), "known: en, fr, nl-BE"),
        (("../ours",), "small letters"),
    ],
)
def test_what_cannot_be_made_is_said(here: Path, words: tuple[str, ...], said: str):
    """Status 2, the way out, and no file."""
    status, printed = kier("procedure", "new", *words)
    assert (status, said in printed) == (2, True), printed
    assert list(here.iterdir()) == []


def test_a_file_that_is_there_is_not_overwritten(here: Path):
    """bad_inputs 82: what somebody wrote stays; status 1."""
    (here / "ours.yaml").write_text("mine")
    status, printed = kier("procedure", "new", "ours")
    assert (status, "already" in printed) == (1, True)
    assert (here / "ours.yaml").read_text() == "mine"


def test_the_skeletons_say_the_same_in_each_language():
    """One file in four languages: only its texts differ."""
    shapes = {str(shape(yaml.safe_load(skeleton("x", each)))) for each in LANGUAGES}
    assert len(shapes) == 1


def shape(value: object) -> object:
    match value:
        case dict():
            return {key: shape(each) for key, each in value.items()}
        case list():
            return [shape(each) for each in value]
        case _:
            return None


# Watching


class Stopwatch:
    """Plays the person at the keyboard: one deed at each pause, then Ctrl-C."""

    def __init__(self, *deeds):
        self.deeds = list(deeds)

    def __call__(self, seconds: float) -> None:
        if not self.deeds:
            raise KeyboardInterrupt
        self.deeds.pop(0)()


def nothing() -> None:
    """Let half a second pass."""


def test_stories_are_played_again_when_a_file_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """Played once; again when the procedure or the story changes, also broken; not otherwise."""
    story, rules = tmp_path / "m09.yaml", tmp_path / "procedures" / "early.yaml"
    rules.parent.mkdir()
    shutil.copy(STORIES / "procedures" / "early.yaml", rules)
    text = (STORIES / "m09-own-procedure.yaml").read_text("utf-8")
    story.write_text(text[: text.index("variant:")], "utf-8")
    told: list[str] = []

    def change(file: Path, old: str, new: str):
        def do() -> None:
            told.append(capsys.readouterr().out)
            whole = file.read_text("utf-8")
            assert old in whole
            file.write_text(whole.replace(old, new), "utf-8")

        return do

    pause = Stopwatch(
        nothing,
        change(rules, "due: 3 working days", "due: 14 working days"),
        nothing,
        change(story, "rehearsal:", "rehersal:"),
        nothing,
        change(story, "rehersal:", "rehearsal:"),
        change(rules, "due: 14 working days", "due: 3 working days"),
        nothing,
    )
    assert rehearse_watch.main([story], pause=pause) == 130
    told.append(capsys.readouterr().out)
    assert ["✓" in each for each in told] == [True, False, False, False, True]
    assert ["✗" in each for each in told] == [False, True, False, True, False]
    assert "rehersal" in told[2]
    assert told[0].count("✓") == 1
    assert "early.yaml" in told[1]
