"""`kier init`: from a token to a folder in which a team can work, each answer checked at once.

What was not said on the command line is asked in a terminal; without one it is what is usual, or
an error that names the option. Nothing is written before everything is known, and never over a
team that is there.
"""

from __future__ import annotations

import asyncio
import fcntl
import getpass
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml
from rich.console import Console
from rich.markup import escape
from rich.prompt import Prompt

from bot import doctor, invite
from bot.clock import SystemClock
from bot.command import NOT_DONE, AskedWrongly, ended
from bot.gateway import Gateway
from bot.init_files import command_file, environment_file, team_file, unit_file
from bot.outcomes import Me, Unauthorized
from bot.settings import TELEGRAM_ORIGIN, Settings, SettingsError, load_settings
from bot.team import DEFAULT_HOURS, Assignment, Language, TeamError, read_team
from bot.whole_file import write_whole
from scheduler.load import shipped
from scheduler.workdays import Workdays
from storage.disk import make_directory

TEAM_NAME: Final = "team.yaml"
TOKEN_NAME: Final = "token"
ENVIRONMENT_NAME: Final = "environment"
COMMAND_NAME: Final = "kier"
UNIT_NAME: Final = "kier.service"
ASK_TELEGRAM_S: Final = 15.0

_HABITS: Final[Mapping[str, Mapping[str, Any]]] = {
    "BE": {"timezone": "Europe/Brussels", "language": "nl-BE", "procedures": ["ravels"]},
    "NL": {"timezone": "Europe/Amsterdam", "language": "nl-NL", "procedures": ["eropaf"]},
}
"""What is usual in a country."""
_NEUTRAL: Final[Mapping[str, Any]] = {
    "name": "-", "country": "BE", "timezone": "UTC", "language": "en", "procedures": ["ravels"],
}  # fmt: skip
"""What stands in for an answer that is not there yet, while another is looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said on the command line; None: to be asked."""

    folder: Path
    name: str | None = None
    country: str | None = None
    timezone: str | None = None
    language: str | None = None
    hours: str | None = None
    procedures: tuple[str, ...] | None = None
    assignment: str | None = None
    phone: str | None = None
    token_file: Path | None = None
    coordinator: str | None = None


@dataclass(slots=True, kw_only=True)
class Made:
    """What came of it. `code` is the first coordinator's way in, `link` the same as an address."""

    folder: str
    files: list[str] = field(default_factory=list)
    bot: str = ""
    closed_days: list[str] = field(default_factory=list)
    coordinator: str = ""
    code: str = ""
    link: str = ""
    findings: list[dict[str, Any]] = field(default_factory=list)


def main(said: Said, env: Mapping[str, str], *, as_json: bool) -> int:
    """Set a team up; exit status 0, 1 when Kier could not run like this, 2 when asked wrongly."""
    console = Console(soft_wrap=True, stderr=as_json)
    asks = sys.stdin.isatty() and not as_json

    def work() -> int:
        with _alone(said.folder):
            made = _Setup(said, env, console, asks=asks).made()
        if as_json:
            print(json.dumps(asdict(made), ensure_ascii=False, indent=2))  # noqa: T201  the answer
        else:
            _show(made, console)
        return 0 if all(each["well"] for each in made.findings) else NOT_DONE

    return ended(console, work, stopped="Stopped; nothing was set up.")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep a second one away from the folder while we are at it."""
    try:
        make_directory(folder)
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise AskedWrongly(f"{folder} cannot be used ({error.strerror}); name another.") from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise AskedWrongly(f"Somebody else is setting up a team in {folder} just now.") from None
    finally:
        os.close(handle)


class _Setup:
    """One team being set up in one folder."""

    def __init__(
        self, said: Said, env: Mapping[str, str], console: Console, *, asks: bool
    ) -> None:
        self._said, self._console, self._asks = said, console, asks
        self._folder = said.folder.resolve()
        self._api_url = env.get("KIER_API_URL") or TELEGRAM_ORIGIN
        self._answers: dict[str, Any] = {}
        self._made = Made(folder=str(self._folder))

    def made(self) -> Made:
        """Ask, check, write, invite; return what there is now."""
        if os.path.lexists(self._folder / TEAM_NAME):
            raise AskedWrongly(
                f"There is a team in {self._folder} already. `./kier doctor` there says how it "
                "does, `./kier invite` lets somebody in; for another team name another --dir."
            )
        self._team()
        token = self._token()
        coordinator = self._answer(
            "coordinator", self._said.coordinator, "First coordinator's name", None, _named
        )
        settings = self._written(token)
        self._invite(settings, coordinator)
        self._made.findings = [asdict(each) for each in asyncio.run(doctor.look(settings))]
        return self._made

    # the team

    def _team(self) -> None:
        said = self._said
        self._ask("name", said.name, "Name of the team", None)
        self._ask("country", said.country, "Country (two capitals)", "BE")
        usual = _HABITS.get(self._answers["country"], {})
        self._ask("timezone", said.timezone, "Time zone", usual.get("timezone"))
        languages = ", ".join(Language)
        self._ask("language", said.language, f"Language ({languages})", usual.get("language"))
        self._hours()
        procedures = None if said.procedures is None else ",".join(said.procedures)
        known = f"Procedures ({', '.join(shipped())}, or files)"
        first = ", ".join(usual.get("procedures", ()))
        self._ask("procedures", procedures, known, first or None, read=_listed)
        ways = f"Who gets a new case ({', '.join(Assignment)})"
        self._ask("assignment", said.assignment, ways, str(Assignment.CLAIM))
        if said.phone is not None or self._asks:
            phone = "Telephone of the team, for reporters in a hurry (Enter: none)"
            self._ask("phone", said.phone, phone, "")

    def _hours(self) -> None:
        usual = ", ".join(f"{days} {' '.join(blocks)}" for days, blocks in DEFAULT_HOURS.items())
        self._ask("hours", self._said.hours, "Hours", usual, read=read_hours)
        days = Workdays(read_team(_text(self._answers), self._folder).calendar)
        today = days.day_of(SystemClock().now())
        self._made.closed_days = [str(day) for day in doctor.closed_days(days, today)]
        shown = ", ".join(f"{date.fromisoformat(day):%a %d %b}" for day in self._made.closed_days)
        self._say(f"  closed soon, besides weekends: {shown or 'no day'}")

    def _ask(
        self,
        key: str,
        said: str | None,
        words: str,
        usual: str | None,
        *,
        read: Callable[[str], Any] = str.strip,
    ) -> None:
        """Take one answer into the team, when the team file would take it."""

        def checked(text: str) -> Any:
            value = read(text)
            if key == "phone" and not value:
                return None
            problem = self._problem(key, value)
            if problem is not None:
                raise ValueError(problem)
            return value

        self._answers[key] = self._answer(key, said, words, usual, checked)

    def _problem(self, key: str, value: Any) -> str | None:
        try:
            read_team(_text({**self._answers, key: value}), self._folder)
        except TeamError as error:
            return "; ".join(problem.why for problem in error.problems)
        return None

    def _answer(
        self,
        key: str,
        said: str | None,
        words: str,
        usual: str | None,
        checked: Callable[[str], Any],
    ) -> Any:
        """Return what was said, or is asked until it is right, or is usual."""
        option = f"--{key.removesuffix('s') if key == 'procedures' else key}"
        if said is None and not self._asks:
            said = usual
            if said is None:
                raise AskedWrongly(f"Say {option}: there is no terminal in which to ask for it.")
        while True:
            text = said
            if text is None:
                text = Prompt.ask(escape(words), console=self._console, default=usual or "")
            try:
                return checked(text)
            except ValueError as error:
                if said is not None:
                    raise AskedWrongly(f"{option}: {error}") from None
                self._say(f"  [red]{escape(str(error))}[/]")

    # the token

    def _token(self) -> str:
        """Return a token that Telegram knows, or could not be asked about just now."""
        path = self._said.token_file
        if path is None and not self._asks:
            raise AskedWrongly("Say --token-file: a file (chmod 600) with the token of BotFather.")
        while True:
            if path is None:
                token = Prompt.ask(
                    "The bot's token (BotFather, /newbot; it is not shown)",
                    console=self._console,
                    password=True,
                ).strip()
                problems = _token_problems({"KIER_TOKEN": token}, self._folder)
            else:
                problems = _token_problems({"KIER_TOKEN_FILE": str(path)}, self._folder)
                token = "" if problems else path.read_text().strip()
            if not problems:
                problem = self._refused(token)
                if problem is None:
                    return token
                problems = [problem]
            if path is not None:
                raise AskedWrongly("; ".join(problems))
            self._say(f"  [red]{escape('; '.join(problems))}[/]")

    def _refused(self, token: str) -> str | None:
        me = asyncio.run(_who(token, self._api_url))
        if isinstance(me, Unauthorized):
            return "Telegram does not know this token; BotFather gives another (/token)."
        if isinstance(me, Me):
            self._made.bot = me.username
            self._say(f"  the bot is @{escape(me.username)}")
        else:
            self._say("  [yellow]Telegram could not be asked just now; ./kier doctor will[/]")
        return None

    # what is written

    def _written(self, token: str) -> Settings:
        folder, kier = self._folder, _own_command()
        settings = {
            "KIER_TOKEN_FILE": str(folder / TOKEN_NAME),
            "KIER_TEAM_FILE": str(folder / TEAM_NAME),
            "KIER_DATA_DIR": str(folder / "data"),
        }
        if self._api_url != TELEGRAM_ORIGIN:
            settings["KIER_API_URL"] = self._api_url
        for name, text in (
            (TOKEN_NAME, token + "\n"),
            (ENVIRONMENT_NAME, environment_file(settings)),
            (COMMAND_NAME, command_file(kier)),
            (UNIT_NAME, unit_file(kier, folder, getpass.getuser())),
            (TEAM_NAME, team_file(self._answers)),  # the last: with it there is a team
        ):
            write_whole(folder / name, text.encode(), force=name != TEAM_NAME)
            self._made.files.append(name)
        (folder / COMMAND_NAME).chmod(0o700)
        try:
            return load_settings(settings)
        except SettingsError as error:
            raise AskedWrongly("; ".join(error.problems)) from None

    def _invite(self, settings: Settings, name: str) -> None:
        now = SystemClock().now()
        code, bot_name = asyncio.run(invite.invited(settings, "coordinator", name, now))
        self._made.coordinator, self._made.code = name, code
        self._made.link = invite.link_of(bot_name, code) if bot_name else ""

    def _say(self, words: str) -> None:
        if self._asks:
            self._console.print(words)


def _show(made: Made, console: Console) -> None:
    console.print(f"\n[bold]A team stands in {escape(made.folder)}[/]: {', '.join(made.files)}")
    doctor.show([doctor.Finding(**each) for each in made.findings], console)
    console.print()
    invite.show(console, made.coordinator, "coordinator", made.code, made.link)
    console.print(
        f"\nNow: cd {escape(made.folder)} && ./kier run. As a service: the first lines of "
        f"{UNIT_NAME}. Keep a copy of data/kier.key elsewhere: without it nobody reads a name."
    )


def read_hours(text: str) -> dict[str, list[str]]:
    """Return `mon-thu 9-12:30 13-17, fri 9-12` as the team file writes hours."""
    found: dict[str, list[str]] = {}
    for part in text.split(","):
        days, *blocks = part.split() or [""]
        found[days.lower()] = [_block(each) for each in blocks]
    return found


def _block(text: str) -> str:
    """Return `9-12:30` as `09:00-12:30`; anything else as it is, to be told what is wrong."""
    ends = re.fullmatch(r"(\d{1,2})(?:[:.](\d\d))?-(\d{1,2})(?:[:.](\d\d))?", text)
    if ends is None:
        return text
    return f"{int(ends[1]):02}:{ends[2] or '00'}-{int(ends[3]):02}:{ends[4] or '00'}"


def _listed(text: str) -> list[str]:
    return [each.strip() for each in text.split(",") if each.strip()]


def _named(text: str) -> str:
    name = " ".join(text.split())
    if not name or not name.isprintable() or len(name) > 80:
        raise ValueError("a name is needed, in one line")
    return name


def _text(answers: Mapping[str, Any]) -> bytes:
    """Return a team file of what is known so far."""
    said = {key: value for key, value in answers.items() if value is not None}
    return yaml.safe_dump({**_NEUTRAL, **said}, allow_unicode=True).encode()


def _token_problems(env: Mapping[str, str], folder: Path) -> list[str]:
    """Return what the settings say is wrong with a token, or the file that holds it."""
    try:
        load_settings({**env, "KIER_DATA_DIR": str(folder)})
    except SettingsError as error:
        return [problem for problem in error.problems if problem.startswith("KIER_TOKEN")]
    return []


async def _who(token: str, api_url: str) -> object:
    gateway = Gateway(token, api_url)
    try:
        async with asyncio.timeout(ASK_TELEGRAM_S):
            return await gateway.get_me()
    except TimeoutError:
        return None
    finally:
        await gateway.close()


def _own_command() -> Path:
    """Return where the command `kier` of this installation is."""
    beside = Path(sys.executable).with_name("kier")
    found = beside if beside.exists() else Path(shutil.which("kier") or beside)
    return found.absolute()
