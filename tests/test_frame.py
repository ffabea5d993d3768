"""The frame itself: what may be in the repository, and that its guards can fail."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
ROOMS = ("bot", "scheduler", "storage")


@cache
def committed() -> tuple[Path, ...]:
    """Return every file that git keeps, as it stands now."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def text(path: Path) -> str:
    return path.read_text("utf-8", errors="replace")


def tree(path: Path) -> ast.Module:
    return ast.parse(text(path), str(path))


def python_files(*folders: str) -> Iterator[Path]:
    for path in committed():
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in folders:
            yield path


def calls(path: Path, name: str, but: str = "never") -> list[str]:
    """Return file:line of each call of something named `name`, but for those that end in `but`."""
    return [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and (getattr(node.func, "attr", None) or getattr(node.func, "id", None)) == name
        and not ast.unparse(node).endswith(but)
    ]


# What may stand in the code

DOOR = ("storage/database.py", "storage/sqlite.py", "storage/postgresql.py")
"""The one door to the memory, and the two engines behind it that run a unit whole."""


def test_only_the_door_commits():
    """Style, habit 1: every loss sits between two commits, so one place makes them."""
    found = [call for path in python_files(*ROOMS) for call in calls(path, "commit")]
    assert found, "the door itself commits, so something must be found"
    assert [call for call in found if not call.startswith(DOOR)] == []


def test_every_test_says_the_rule_that_it_proves():
    """Style, habit 10: each test's docstring is the rule."""
    silent = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in python_files("tests")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_no_test_is_skipped():
    """A test that does not run proves nothing: there is no skip and no expected failure."""
    words = ("skip", "skipif", "xfail", "importorskip", "skipTest")
    found = [
        call for path in python_files("tests") for word in words for call in calls(path, word)
    ]
    assert found == []


def test_no_test_waits_on_the_clock():
    """Style, habit 9: no sleep in tests, but where a real process or browser is waited for, and
    in the simulation, whose time is its own and passes in no time.
    """
    real = ("tests/kill/", "tests/browser/", "tests/bench/", "tests/simulation/", "tests/proofs/",
            "tests/bot/test_init.py")  # fmt: skip
    # sleep(0) only lets others run
    found = [
        call
        for path in python_files("tests")
        for call in calls(path, "sleep", but="sleep(0)")
        if not call.startswith(real)
    ]
    assert found == []


# What may stand in any committed file. The words are put together here, so that this file, too,
# holds none of them.

HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("crates", "io"),
        ("debian", "org"),
        ("docker", "io"),
        ("golang", "org"),
        ("rubygems", "org"),
    )
]
FORBIDDEN = {
    "the host of a package registry": re.compile("|".join(map(re.escape, HOSTS)), re.IGNORECASE),
    "a path of somebody's machine": re.compile(r"(?<![\w.-])/(?:root|work|home/\w+|Users/\w+)/"),
    "a bot's token": re.compile(
        # the tests' own say in themselves that they are canaries
        r"(?<![\w-])[0-9]{6,12}:(?![\w-]*canary)[\w-]{30,}",
        re.IGNORECASE,
    ),
    "a private key": re.compile("-----BEGIN " + "[A-Z ]*PRIVATE KEY"),
    "a mark of a merge": re.compile("^(?:<<<<<<<|>>>>>>>) ", re.MULTILINE),
}
EXAMPLES = {
    "the host of a package registry": f"--index-url https://{HOSTS[0]}/simple",
    "a path of somebody's machine": "see " + "/root" + "/notes.txt",
    "a bot's token": "KIER_TOKEN=110042" + ":" + "Zq7" * 12,
    "a private key": "-----BEGIN " + "RSA PRIVATE KEY-----",
    "a mark of a merge": "<<<<<<" + "< HEAD",
}


@pytest.mark.parametrize("kind", FORBIDDEN)
def test_no_committed_file_holds(kind: str):
    """No registry host, no machine's path, no token or key in any committed file (S25)."""
    assert FORBIDDEN[kind].search(EXAMPLES[kind]), "the guard can fail"
    found = [
        f"{path.relative_to(ROOT)}:{content.count(chr(10), 0, match.start()) + 1}"
        for path in committed()
        for content in [text(path)]
        for match in FORBIDDEN[kind].finditer(content)
    ]
    assert found == []


# Dependencies


def requirements() -> list[Requirement]:
    project = PYPROJECT["project"]
    extras = project["optional-dependencies"].values()
    return [Requirement(line) for lines in (project["dependencies"], *extras) for line in lines]


@cache
def locked() -> dict[str, tuple[str, int]]:
    """Return name → version and number of hashes, as requirements.lock says."""
    found: dict[str, tuple[str, int]] = {}
    name = ""
    for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines():
        if match := re.match(r"([a-z0-9.-]+)==(\S+)", line):
            name = match[1]
            found[name] = (match[2], 0)
        elif line.strip().startswith("--hash=sha256:"):
            found[name] = (found[name][0], found[name][1] + 1)
        else:
            assert line.strip().startswith("#"), f"neither a version, a hash nor a remark: {line}"
    return found


def test_every_locked_package_has_hashes():
    """S29: nothing is installed that was not seen before, the build back end included."""
    assert [name for name, (_, hashes) in locked().items() if not hashes] == []
    assert "setuptools" in locked()


def test_the_lock_is_in_step():
    """What pyproject.toml asks for is what requirements.lock gives; else run `make lock`."""
    wrong = [
        str(each)
        for each in requirements()
        if not each.specifier.contains(locked()[each.name.lower().replace(".", "-")][0])
    ]
    assert wrong == []


def test_every_dependency_says_why():
    """pyproject.toml is the lock's source: each dependency has its reason beside or above it."""
    lines = (ROOT / "pyproject.toml").read_text("utf-8").splitlines()
    silent = [
        line
        for above, line in pairwise(lines)
        if re.match(r'    "[a-z][\w.-]*(\[\w+\])?[<>=]=?[0-9]', line)
        and "#" not in line
        and not above.lstrip().startswith("#")
    ]
    assert [line for line in silent if Requirement(line.strip(' ",')).name not in PLAIN] == []


PLAIN = ("pytest", "pytest-asyncio", "mypy", "ruff", "types-pyyaml")
"""Their name says it."""


# Import contracts

CONTRACTS = {each["id"]: each for each in PYPROJECT["tool"]["importlinter"]["contracts"]}
# file, the line that it gets, and a file that may not be there otherwise
BREACHES: dict[str, tuple[str, ...]] = {
    "arrows": ("storage/zz.py", "import bot"),
    "pure": ("scheduler/zz.py", "import time"),
    "words-not-mind": ("storage/zz.py", "import scheduler.due"),
    "sql": ("bot/zz.py", "import sqlalchemy"),
    "telegram": ("bot/zz.py", "import telegram"),
    "metronome": ("bot/zz.py", "import apscheduler"),
    "page": ("bot/zz.py", "import nicegui"),
    "listening": ("bot/zz.py", "import uvicorn"),
    "making": ("bot/zz.py", "import matplotlib"),
    "makers-apart": ("bot/making/zz.py", "import bot.clock"),
    "screens": ("bot/views/zz.py", "import storage.errors"),
    "main-path": ("bot/handle/zz.py", "import bot.clock"),
    "gateway": ("bot/gateway.py", "import storage.errors"),
    "loops-apart": ("bot/poller.py", "import bot.sender", "bot/sender.py"),
    "tests": ("bot/zz.py", "import tests"),
}


def lint(rooms: Path, contract: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            str(Path(sys.executable).with_name("lint-imports")),
            str(ROOT / "pyproject.toml"),
            "--no-cache",
            "--contract",
            contract,
        ],
        cwd=rooms,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(rooms)},
    )


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the three rooms, to be spoilt."""
    copy = tmp_path_factory.mktemp("rooms")
    for room in ROOMS:
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
    for name in {name for breach in BREACHES.values() for name in (breach[0], *breach[2:])}:
        (copy / name).parent.mkdir(exist_ok=True)
        (copy / name).touch()
    return copy


def test_every_contract_is_tried():
    """A new import contract brings its own breach to the test below."""
    assert set(CONTRACTS) == set(BREACHES)


@pytest.mark.parametrize("contract", BREACHES)
def test_each_contract_can_fail(rooms: Path, contract: str):
    """Each import contract holds for the code as it is, and a single import breaks it."""
    assert lint(rooms, contract).returncode == 0
    name, breach = BREACHES[contract][:2]
    file = rooms / name
    before = file.read_text("utf-8")
    file.write_text(f"{before}\n{breach}\n")
    try:
        done = lint(rooms, contract)
    finally:
        file.write_text(before)
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{CONTRACTS[contract]['name']} BROKEN" in " ".join(done.stdout.split())


# Commands


def test_the_command_line_starts_light():
    """`kier --help` imports no database, messenger or page: each command brings its own."""
    heavy = "alembic sqlalchemy telegram nicegui apscheduler babel holidays pydantic"
    code = f"import bot.cli, sys; print([m for m in {heavy.split()} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def kier(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).with_name("kier")), *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"COLUMNS": "120"},
    )


def test_the_commands_have_their_fixed_names():
    """Issue, item 9: kier run, demo, rehearse, procedure check and show, invite, doctor."""
    words = set(kier("--help").stdout.split()) | set(kier("procedure", "--help").stdout.split())
    assert {"run", "demo", "rehearse", "procedure", "check", "show", "invite", "doctor"} <= words


def test_the_version_stands_in_one_place():
    """pyproject.toml says it; the command tells it."""
    assert kier("--version").stdout == f"kier {PYPROJECT['project']['version']}\n"


def make(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", *words], cwd=folder, capture_output=True, text=True, check=False, env=inherited
    )


def test_make_alone_lists_what_there_is():
    """Issue, item 9: the fixed targets, each with a line of what it does."""
    done = make(ROOT)
    listed = {line.split()[1] for line in done.stdout.splitlines()}
    assert {"install", "test", "check", "demo", "rehearse", "bench", "lock"} <= listed
    assert all(len(line.split()) > 2 for line in done.stdout.splitlines())


def test_make_without_a_python_says_so(tmp_path: Path):
    """Whoever lacks Python 3.11 reads what is needed and how to name it, not a trace."""
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    done = make(tmp_path, "install", "PYTHON=")
    assert done.returncode == 2
    assert "Kier needs Python 3.11, 3.12 or 3.13" in done.stderr
    assert not (tmp_path / ".venv").exists()


def test_ci_runs_the_test_command():
    """Issue, item 10: .ci/run can be run, stops at the first failure and ends with the tests."""
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    lines = script.read_text("utf-8").splitlines()
    assert "set -euo pipefail" in lines
    assert lines[-1] == "make check"
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
    check = (ROOT / "Makefile").read_text("utf-8").split("\ncheck:")[1].split("\n\n")[0]
    assert "pytest" in check.splitlines()[-1]
