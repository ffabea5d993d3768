"""`kier init`: the real command against a Bot API over HTTP, in a terminal and without one."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import pty
import select
import shlex
import stat
import subprocess
import sys
import termios
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import yaml
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.cli import app
from bot.init import read_hours
from bot.init_files import HOMES, environment_file, team_file, unit_file
from bot.sandbox import Fault, Sandbox, serve
from bot.team import Team, read_team
from storage import people, teams
from storage.database import Database
from storage.keys import Keyring

TOKEN = "7300700700:AAcanaryCanaryCanaryCanaryCanary0123"
KIER = (sys.executable, "-c", "from bot.cli import main; main()")
ROOT = Path(__file__).parents[2]
PATIENCE_S = 30.0
NAMED = ("--name", "OCMW Ravels", "--coordinator", "Karin")


@dataclass
class Town:
    """A machine with a token on it, and a Telegram."""

    place: Path
    sandbox: Sandbox
    origin: str

    @property
    def team(self) -> Path:
        return self.place / "team"

    @property
    def environment(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "KIER_API_URL": self.origin, "COLUMNS": "200"}

    async def init(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Call the command's function without a terminal; a process of its own takes seconds."""
        runner = CliRunner()
        arguments = ["init", "--dir", str(self.team), *words]
        done = await asyncio.to_thread(runner.invoke, app, arguments, env=self.environment)
        return subprocess.CompletedProcess(words, done.exit_code, done.stdout, done.stderr)

    async def process(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Call the command as a shell does, without a terminal."""
        process = await asyncio.create_subprocess_exec(
            *(*KIER, "init", "--dir", str(self.team), *words),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self.environment,
            cwd=ROOT,
        )
        out, err = await process.communicate()
        assert process.returncode is not None
        return subprocess.CompletedProcess(words, process.returncode, out.decode(), err.decode())

    def token_file(self, content: str = TOKEN + "\n", mode: int = 0o600) -> str:
        path = self.place / "token.txt"
        path.write_text(content)
        path.chmod(mode)
        return str(path)

    def read(self) -> Team:
        return read_team((self.team / "team.yaml").read_bytes(), self.team)


@pytest_asyncio.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A machine beside a Bot API server."""
    sandbox = Sandbox(clock=lambda: datetime(2027, 9, 14, 7, tzinfo=UTC), token=TOKEN)
    async with serve(sandbox) as origin:
        yield Town(tmp_path, sandbox, origin)


async def test_a_team_without_a_terminal(town: Town) -> None:
    """One command: files for their owner alone, a bot that can run, a coordinator's way in."""
    done = await town.process(*NAMED, "--token-file", town.token_file(), "--json")
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    assert TOKEN[12:] not in done.stdout + done.stderr
    assert made["bot"] == "kier_sandbox_bot"
    assert made["link"] == f"https://t.me/kier_sandbox_bot?start={made['code']}"
    assert all(each["well"] for each in made["findings"])
    assert {each["what"] for each in made["findings"]} >= {"Team", "Calendar", "Telegram"}
    team = town.read()
    assert (team.name, str(team.language), team.procedures) == (
        "OCMW Ravels",
        "nl-BE",
        ("ravels",),
    )
    for name in (*made["files"], "data/kier.key"):
        mode = stat.S_IMODE((town.team / name).stat().st_mode)
        assert mode == (0o700 if name == "kier" else 0o600), name
    assert await invited(town.team) == [("coordinator", "Karin")]


async def invited(folder: Path) -> list[tuple[str, str | None]]:
    keys = Keyring.load(folder / "data" / "kier.key")
    database = await Database.open(f"sqlite:///{folder}/data/kier.sqlite", keys=keys)
    try:
        team_id = (await database.read(teams.teams))[0].id
        found = await database.read(lambda c: people.invites(c, team_id))
        return [(each.role, each.name) for each in found]
    finally:
        await database.close()


async def test_what_it_wrote_runs(town: Town) -> None:
    """`./kier doctor` in the folder needs no setting of the shell's."""
    await town.init(*NAMED, "--token-file", town.token_file())
    script = (town.team / "kier").read_text()
    words = shlex.split(script.splitlines()[-1])
    assert words[0] == "exec" and words[1].endswith("/kier")
    # the tests run from the sources, which have no command `kier` of their own beside them
    command = shlex.join(KIER)
    (town.team / "kier").write_text(script.replace(shlex.quote(words[1]), command))
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    process = await asyncio.create_subprocess_exec(
        str(town.team / "kier"), "doctor", "--json", stdout=subprocess.PIPE, env=env, cwd="/"
    )
    out, _ = await process.communicate()
    assert process.returncode == 0
    assert f"{town.team}/data" in out.decode()


async def test_a_dutch_team_has_dutch_habits(town: Town) -> None:
    """The country decides what is usual; what was said counts more."""
    done = await town.init(
        *NAMED, "--country", "NL", "--hours", "mon-thu 9-12:30 13-17, fri 9-12",
        "--phone", "088 123 45 67", "--token-file", town.token_file(),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    team = town.read()
    assert (str(team.language), team.calendar.timezone) == ("nl-NL", "Europe/Amsterdam")
    assert (team.procedures, team.phone) == (("eropaf",), "088 123 45 67")
    assert [len(blocks) for blocks in team.calendar.hours] == [2, 2, 2, 2, 1, 0, 0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--country", "Belgium"), "--country: country: two capitals are needed"),
        (("--timezone", "Europe/Ravels"), "--timezone: timezone"),
        (("--language", "de"), "--language: language: write 'nl-BE'"),
        (("--hours", "someday 9-12"), "--hours: hours someday"),
        (("--hours", "mon 9-nine"), "--hours: hours mon"),
        (("--hours", ""), "--hours: hours"),
        (("--procedure", "ravells"), "--procedure: procedures ravells"),
        (("--assignment", "lottery"), "--assignment: assignment: write"),
        (("--phone", "call me"), "--phone: phone: a phone number"),
        (("--coordinator", " "), "--coordinator: a name is needed"),
        (("--name", "a\nb"), "--name: name: one line of text is needed"),
    ],
)
async def test_a_wrong_answer_is_said_and_nothing_is_written(
    town: Town, words: tuple[str, ...], said: str
) -> None:
    """bad_inputs 72: which option, and why; the folder stays empty."""
    done = await town.init(*NAMED, "--token-file", town.token_file(), *words)
    assert done.returncode == 2
    assert said in done.stdout
    assert list(town.team.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "mode", "said"),
    [
        ("123:abc", 0o600, "is not a bot's token"),
        (TOKEN, 0o644, "chmod 600"),
        ("", 0o600, "is empty"),
        (TOKEN.replace("canary", "other1"), 0o600, "Telegram does not know this token"),
    ],
)
async def test_a_token_that_is_none(town: Town, content: str, mode: int, said: str) -> None:
    """bad_inputs 73: seen before anything is written, and never printed."""
    done = await town.init(*NAMED, "--token-file", town.token_file(content, mode))
    assert done.returncode == 2
    assert said in done.stdout
    assert TOKEN[12:] not in done.stdout + done.stderr
    assert list(town.team.iterdir()) == []


async def test_telegram_is_away_meanwhile(town: Town) -> None:
    """The team is set up all the same; the doctor says that Telegram was not reached."""
    for _ in range(9):
        town.sandbox.faults.add(Fault(kind="server_error", status=502), method="getMe")
    done = await town.init(*NAMED, "--token-file", town.token_file(), "--json")
    assert done.returncode == 1
    made = json.loads(done.stdout)
    assert (made["link"], made["bot"]) == ("", "")
    assert [each["what"] for each in made["findings"] if not each["well"]] == ["Telegram"]
    assert town.read().name == "OCMW Ravels"


async def test_a_team_that_is_there_is_left_alone(town: Town) -> None:
    """bad_inputs 72 and 76: a second time, with another name, changes no byte."""
    await town.init(*NAMED, "--token-file", town.token_file())
    before = {path: path.read_bytes() for path in town.team.iterdir() if path.is_file()}
    done = await town.init("--name", "X", "--coordinator", "Y", "--token-file", town.token_file())
    assert done.returncode == 2
    assert "There is a team in" in done.stdout
    assert {path: path.read_bytes() for path in town.team.iterdir() if path.is_file()} == before


async def test_two_admins_at_once(town: Town) -> None:
    """The second one is told, and writes nothing."""
    town.team.mkdir()
    handle = os.open(town.team, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        done = await town.init(*NAMED, "--token-file", town.token_file())
    finally:
        os.close(handle)
    assert done.returncode == 2
    assert "Somebody else is setting up a team" in done.stdout
    assert list(town.team.iterdir()) == []


async def test_one_that_broke_off_is_begun_anew(town: Town) -> None:
    """What lies there without a team file is half of one: it is written over."""
    town.team.mkdir()
    for name in ("token", "environment", "kier", "kier.service"):
        (town.team / name).write_text("half")
    done = await town.init(*NAMED, "--token-file", town.token_file())
    assert done.returncode == 0, done.stdout
    assert (town.team / "token").read_text() == TOKEN + "\n"


async def test_without_a_terminal_what_cannot_be_guessed_must_be_said(town: Town) -> None:
    """The option is named."""
    for words, missing in (
        ((), "--name"),
        (("--name", "T"), "--token-file"),
        (("--name", "T", "--token-file", town.token_file()), "--coordinator"),
        ((*NAMED, "--country", "FR"), "--timezone"),
    ):
        done = await town.init(*words)
        assert done.returncode == 2
        assert f"Say {missing}:" in done.stdout


async def test_a_place_that_cannot_be(town: Town) -> None:
    """A file where the folder should be."""
    town.team.write_text("")
    done = await town.init(*NAMED, "--token-file", town.token_file())
    assert done.returncode == 2
    assert "name another" in done.stdout


async def test_in_a_terminal_it_asks_and_asks_again(town: Town) -> None:
    """Enter takes what is usual; a wrong answer is said at once; the token is not shown."""
    answers = [
        "", "OCMW Ravels",                        # a name is needed
        "belgië", "", "", "",                     # country again, then zone and language
        "mon-fri 9-25", "mon-fri 9-12 13-17",     # hours again
        "", "", "",                               # procedures, assignment, no telephone
        "nonsense", TOKEN,                        # the token again
        "Karin",
    ]  # fmt: skip
    shown, status = await asyncio.to_thread(typed, town, answers)
    assert status == 0, shown
    for words in ("two capitals are needed", "hours mon-fri", "is not a bot's token"):
        assert words in shown
    assert "closed soon, besides weekends:" in shown
    assert "the bot is @kier_sandbox_bot" in shown
    assert TOKEN[12:] not in shown
    assert town.read().phone is None
    assert (town.team / "token").read_text() == TOKEN + "\n"


def typed(town: Town, answers: list[str]) -> tuple[str, int]:
    """Answer each question in a terminal; return what stood on it, and the exit status."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        (*KIER, "init", "--dir", str(town.team)),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=town.environment | {"TERM": "dumb"},
        cwd=ROOT,
        start_new_session=True,
    )
    os.close(theirs)
    shown, left = "", list(answers)
    with suppress(OSError):  # EIO: the other end is closed
        while select.select([ours], [], [], PATIENCE_S)[0]:
            shown += os.read(ours, 4096).decode(errors="replace")
            if left and shown.endswith(": "):
                if shown.rpartition("\n")[2].startswith("The bot's token"):
                    _until_hidden(ours)
                os.write(ours, f"{left.pop(0)}\n".encode())
    process.kill()
    os.close(ours)
    return shown, process.wait()


def _until_hidden(terminal: int) -> None:
    """Wait until what is typed is not shown: what came before that is thrown away."""
    while termios.tcgetattr(terminal)[3] & termios.ECHO:
        time.sleep(0.01)


# What is written


@given(
    st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=40),
    st.sampled_from([None, "014 00 00 00"]),
)
def test_any_name_is_read_back_as_it_was(name: str, phone: str | None) -> None:
    """Quotes, colons, hashes, `No` and `1`: YAML gives them back."""
    answers: dict[str, Any] = {
        "name": name, "country": "NO", "timezone": "Europe/Oslo", "language": "en",
        "procedures": ["ravels"], "hours": {"mon-fri": ["09:00-17:00"]}, "assignment": "claim",
        "phone": phone,
    }  # fmt: skip
    team = read_team(team_file(answers).encode(), Path())
    assert (team.name, team.phone, team.calendar.country) == (name, phone, "NO")


def test_settings_with_odd_paths_are_read_back_by_a_shell() -> None:
    """A space or a quote in a path."""
    path = "/srv/Kier's team/a b"
    text = environment_file({"KIER_DATA_DIR": path})
    done = subprocess.run(
        ["/bin/sh", "-c", f'{text}\nprintf %s "$KIER_DATA_DIR"'], capture_output=True, check=True
    )
    assert done.stdout.decode() == path


@pytest.mark.parametrize(
    ("folder", "home"), [("/srv/kier", "yes"), (str(HOMES[0] / "an"), "read-only")]
)
def test_the_unit_is_as_hard_as_the_one_for_servers(folder: str, home: str) -> None:
    """What deploy/kier.service forbids, it forbids; a team in a home is seen and no more."""
    unit = unit_file(Path("/opt/kier/.venv/bin/kier"), Path(folder), "an").splitlines()
    there = (ROOT / "deploy" / "kier.service").read_text().splitlines()
    hard = [line for line in there[there.index("# What it cannot do") :] if line]
    of_accounts = {"PrivateUsers=yes", "ProtectHome=yes"}  # this one runs as somebody who logs in
    assert set(hard) - set(unit) <= of_accounts
    assert f"ProtectHome={home}" in unit
    assert f"ReadWritePaths={folder}" in unit


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("mon-fri 9-17", {"mon-fri": ["09:00-17:00"]}),
        ("mon-thu 9:00-12.30 13-17, fri 9-12",
         {"mon-thu": ["09:00-12:30", "13:00-17:00"], "fri": ["09:00-12:00"]}),
        ("MON 08:15-12:00", {"mon": ["08:15-12:00"]}),
        ("mon noon", {"mon": ["noon"]}),
    ],
)  # fmt: skip
def test_hours_as_people_type_them(text: str, hours: dict[str, list[str]]) -> None:
    """Short forms are written out; what is none is left for the team file to refuse."""
    assert read_hours(text) == hours
    assert yaml.safe_load(yaml.safe_dump(hours)) == hours
