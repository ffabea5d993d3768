"""What the pages for people say, held against what is there: commands, paths, links, examples."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer.main
from typer.core import TyperGroup
from typer.testing import CliRunner

from bot.cli import app
from bot.conversations import dispatch, member, reporter
from bot.conversations.command_names import NAMES
from bot.rehearsal.story import ACTS, KINDS
from bot.rehearsal.story_file import read_stories
from bot.rehearse import play
from bot.settings import KNOWN
from bot.team import read_team

ROOT = Path(__file__).parents[1]
README = "README.md"
PAGES = (
    README,
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "scheduler/procedures/README.md",
    "deploy/README.md",
    "deploy/RUNBOOK.md",
    "deploy/DPIA.md",
)
ROOMS = ("bot", "deploy", "scheduler", "storage", "tests")
OURS = {"FILE", "NAME", "NEWEST", "my.yaml", "my-story.yaml", "early.yaml"}
"""Stand for a file of the reader's own."""


@cache
def page(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def section(title: str) -> str:
    """Return what stands in the README under a heading, up to the next of its rank."""
    rank = title.split()[0]
    found = re.search(rf"^{re.escape(title)}\n(.*?)(?=^{rank} |\Z)", page(README), re.M | re.S)
    assert found, f"the README has no {title!r}"
    return found[1]


def blocks(name: str, language: str) -> list[str]:
    """Return the fenced blocks of a language, without the indent of a list around them."""
    fences = re.finditer(rf"^( *)```{language}\n(.*?)^ *```$", page(name), re.M | re.S)
    return [re.sub(rf"^{each[1]}", "", each[2], flags=re.M) for each in fences]


def code(name: str) -> Iterator[str]:
    """Yield each line of shell and each span of code, without comments."""
    for block in blocks(name, "sh"):
        yield from (line.split(" #")[0].strip() for line in block.splitlines())
    prose = re.sub(r"^ *```.*?^ *```$", "", page(name), flags=re.M | re.S)
    yield from re.findall(r"`([^`\n]+)`", prose)


# Commands


def typed(name: str, program: str) -> list[list[str]]:
    """Return the words that follow a program's name, wherever the page says to type it."""
    found = [shlex.split(line) for line in code(name) if "…" not in line]
    return [words[1:] for words in found if words and words[0].rsplit("/", 1)[-1] == program]


@pytest.mark.parametrize("name", PAGES)
def test_commands_that_are_named_exist(name: str):
    """Whoever types what a page says has a command, with these options and words."""
    wrong = [" ".join(words) for words in typed(name, "kier") if not understood(words)]
    assert wrong == []


def understood(words: list[str]) -> bool:
    command = typer.main.get_command(app)
    while isinstance(command, TyperGroup) and words and words[0] in command.commands:
        command, words = command.commands[words[0]], words[1:]
    options = {name for each in command.params for name in (*each.opts, *each.secondary_opts)}
    if isinstance(command, TyperGroup):
        return words in ([], ["--help"], ["--version"])
    files = [word for word in words if word.endswith(".yaml")]
    return {word for word in words if word.startswith("--")} <= options and all(
        file in OURS or (ROOT / file).is_file() for file in files
    )


def test_a_command_that_is_not_there_is_noticed():
    """The guard can fail."""
    assert understood(["procedure", "show", "ravels"])
    assert not understood(["procedures", "show", "ravels"])
    assert not understood(["run", "--quickly"])
    assert not understood(["rehearse", "tests/stories/none.yaml"])


@pytest.mark.parametrize("name", PAGES)
def test_targets_that_are_named_exist(name: str):
    """`make …` on a page is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", page("Makefile"), re.M))
    named = {word for words in typed(name, "make") for word in words if word.isalpha()}
    assert named <= targets
    paths = re.findall(r"tests/[\w/]+", " ".join(" ".join(each) for each in typed(name, "make")))
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_target_is_explained():
    """CONTRIBUTING lists what `make` lists."""
    targets = set(re.findall(r"^([a-z]+):.*## ", page("Makefile"), re.M)) - {"help"}
    assert targets == {words[0] for words in typed("CONTRIBUTING.md", "make") if words}


def test_every_command_is_in_the_readme():
    """No command is left for people to find by accident."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    assert set(group.commands) <= {words[0] for words in typed(README, "kier") if words} | {"demo"}


def test_the_commands_of_the_chat_exist():
    """What the README says one can type to the bot, the bot knows."""
    rooms = {*member.COMMANDS, *reporter.COMMANDS, *dispatch.COMMANDS, "cancel"}
    known = rooms | {said for said, own in NAMES.items() if own in rooms}
    named = set(re.findall(r"(?<=[`\s(])/([a-z]+)\b", section("### What people type")))
    assert named
    assert named <= known


# Paths and links


@pytest.mark.parametrize("name", PAGES)
def test_paths_that_are_named_exist(name: str):
    """A path in a page leads to something."""
    spans = [span for span in code(name) if re.fullmatch(r"[\w.-]+/[\w./-]*(::\w+)?", span)]
    ours = [span.split("::")[0] for span in spans if span.split("/")[0] in ROOMS]
    assert [path for path in ours if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("name", PAGES)
def test_links_resolve(name: str):
    """A relative link leads to a file of the repository."""
    links = re.findall(r"\]\(([^)#\s]+)\)", page(name))
    wrong = [
        link
        for link in links
        if "://" not in link and not (ROOT / name).parent.joinpath(link).exists()
    ]
    assert wrong == []


# Promises


PROMISES = "## What it promises, and the proof"


def promises() -> list[str]:
    made = section(PROMISES).split("**Not promised:**")[0]
    return re.findall(r"^- (.*?)(?=^- |\Z)", made, re.M | re.S)


def proofs_in(text: str) -> list[tuple[str, str]]:
    return re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text)


@cache
def functions(path: str) -> frozenset[str]:
    nodes = ast.walk(ast.parse((ROOT / path).read_text("utf-8")))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in nodes if isinstance(node, kinds))


def test_every_promise_names_its_proof():
    """A promise that no test proves is not in the README."""
    assert promises()
    assert [promise for promise in promises() if not proofs_in(promise)] == []


def test_every_proof_exists():
    """What a promise names is a test that runs."""
    named = proofs_in(section(PROMISES))
    assert [f"{path}::{name}" for path, name in named if name not in functions(path)] == []
    prose = re.sub(r"\]\([^)]+\)", "]", section(PROMISES))  # links have a test of their own
    assert prose.count("tests/") == len(named), "each is written as file::test"


# Settings and examples


def test_every_setting_is_in_the_table():
    """The README's table and the settings that Kier reads are the same."""
    named = re.findall(r"^ *\| `(KIER_\w+)`", page(README), re.M)
    assert sorted(named) == sorted(KNOWN)


def yaml_of(name: str, first_key: str) -> str:
    found = [each for each in blocks(name, "yaml") if each.startswith(f"{first_key}:")]
    assert len(found) == 1
    return found[0]


def test_the_team_file_loads():
    """Who copies the README's team file has one that Kier takes."""
    team = read_team(yaml_of(README, "name").encode(), ROOT)
    assert (team.name, team.procedures) == ("OCMW Voorbeeld", ("ravels",))


STORY = yaml_of(README, "rehearsal")


async def test_the_rehearsal_holds():
    """Who copies the README's rehearsal sees it played to its end."""
    [story] = read_stories(STORY.encode(), folder=ROOT)
    assert await play(story) == []


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("expect: [{to: Lies, is: receipt}, ", "expect: ["),
        (", {to: Karin, is: prompt, step: assign}]", "]"),
        ("due: 2027-09-14 12:00", "due: 2027-09-14 11:00"),
        ("    expect: [{to: An, is: prompt, step: call_day2, due: 2027-09-14 12:00}]\n", ""),
        ("history: [call_day1]", "history: [call_day2]"),
    ],
)
async def test_a_rehearsal_is_strict(line: str, instead: str):
    """A message that no line expects, or another moment than the line's, fails the story."""
    assert line in STORY
    [story] = read_stories(STORY.replace(line, instead).encode(), folder=ROOT)
    assert await play(story) != []


def test_what_a_rehearsal_can_say_is_all_told():
    """Acts and kinds of message in the README are those that Kier plays."""
    told = section("## A procedure of your own")
    for kind, known in (("Acts", set(ACTS)), ("Messages", set(KINDS))):
        [words] = re.findall(rf"^- \*\*{kind}\*\*: (.*?)(?=^- )", told, re.M | re.S)
        named = set(re.findall(r"`([a-z_]+)`", words))
        assert known <= named, kind


# The page for authors: from nothing to a procedure that plays


AUTHORS = "scheduler/procedures/README.md"


def tutorial() -> Iterator[tuple[str, str]]:
    """Yield each block of the page's first part as (language, text), in its order."""
    part = page(AUTHORS).split("\n## From nothing")[1].split("\n## A whole file")[0]
    yield from re.findall(r"^```(\w+)\n(.*?)^```$", part, re.M | re.S)


def typed_here(command: str) -> tuple[int, str]:
    words = shlex.split(command)
    assert words[0] == "kier"
    done = CliRunner().invoke(app, words[1:], env={"COLUMNS": "300"})
    return done.exit_code, done.output


def test_an_author_comes_from_nothing_to_a_procedure_that_plays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Whoever does what the page says, word by word, has a procedure that holds and is played."""
    monkeypatch.chdir(tmp_path)
    file, run = tmp_path / "early.yaml", []
    for language, block in tutorial():
        if language == "sh":
            for command in block.splitlines():
                status, printed = typed_here(command)
                run.append(command)
                assert status == (1 if " diff " in command else 0), (command, printed)
        elif block.startswith("rehearsal:"):
            (tmp_path / "my-story.yaml").write_text(block, "utf-8")
        else:
            text = file.read_text("utf-8")
            assert text.count("first_step: call") == text.count("opens: call ") == 1
            text = text.replace("first_step: call", "first_step: letter")
            text = text.replace("opens: call ", "opens: letter ")
            file.write_text(text.replace("  call:\n", f"{block}\n  call:\n", 1), "utf-8")
    assert [command.split()[1] for command in run].count("procedure") == 5
    assert "kier rehearse my-story.yaml" in run


def test_a_step_that_the_author_forgot_to_open_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Where one hesitates, between the page's second part and its third: what to do is said."""
    monkeypatch.chdir(tmp_path)
    assert typed_here("kier procedure new early --language en")[0] == 0
    [letter] = [block for _, block in tutorial() if block.startswith("  letter:")]
    file = tmp_path / "early.yaml"
    file.write_text(
        file.read_text("utf-8").replace("  call:\n", f"{letter}\n  call:\n", 1), "utf-8"
    )
    status, printed = typed_here("kier procedure check early.yaml")
    assert status == 2
    assert "steps.letter: no start, answer, silence or date ever opens this step" in printed
    assert "let an answer open it" in printed
