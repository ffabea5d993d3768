"""What the environment and the team file say, checked before anything starts.

Opens no database and no connection. Plain values in, one frozen value or all problems out: a
settings library would read the process's environment by itself and put what it read, the token
too, into its error texts.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
import socket
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, urlsplit

from pydantic import SecretStr

from bot import yaml_file
from bot.team import Team, TeamError, read_team
from storage.disk import make_directory

TELEGRAM_ORIGIN = "https://api.telegram.org"
DATABASE_NAME = "kier.sqlite"
KEY_NAME = "kier.key"
BACKUPS_NAME = "backups"
BACKUP_KEY_NAME = "backup.key"

SPACE_MIN_BYTES = 64 * 1024 * 1024
"""Less is a disk that will be full within days; SQLite needs room for its log too."""

SECRET_MAX_BYTES = 4096
LOOPBACK = "127.0.0.1"
PORT_MAX = 65535
WEBHOOK_PORT = 8643
"""Behind the proxy, on this machine, where no other is named."""

KNOWN = (
    "KIER_TOKEN",
    "KIER_TOKEN_FILE",
    "KIER_API_URL",
    "KIER_DATABASE_URL",
    "KIER_DATA_DIR",
    "KIER_KEY_FILE",
    "KIER_BACKUP_DIR",
    "KIER_BACKUP_KEY_FILE",
    "KIER_TEAM_FILE",
    "KIER_HEALTH",
    "KIER_WEBHOOK_URL",
    "KIER_WEBHOOK_LISTEN",
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen; port 0 is any that is free."""

    host: str
    port: int

    @property
    def family(self) -> socket.AddressFamily:
        """Return the kind of address."""
        return socket.AF_INET6 if ":" in self.host else socket.AF_INET


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Where Telegram brings updates: the public address, and where the bot listens behind it."""

    url: str
    address: Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that `kier run` needs to know. All paths are absolute.

    `api_url` is an origin, without `/bot` and without a slash at its end. `database_url` begins
    with `sqlite:///` (an absolute path follows) or `postgresql://`; the driver is storage's
    affair. `key_file` and `backup_key_file` may not be there yet. `backup_dir` None: no backups
    are made (the demo, tests). `health` None: no page for monitors. `webhook` None: updates are
    polled, and no port is open.
    """

    token: SecretStr
    team: Team
    team_file: Path
    data_dir: Path
    key_file: Path
    database_url: str = field(repr=False)  # may hold a password
    api_url: str = TELEGRAM_ORIGIN
    backup_dir: Path | None = None
    backup_key_file: Path = Path(BACKUP_KEY_NAME)
    health: Address | None = None
    webhook: Webhook | None = None


class SettingsError(Exception):
    """Kier cannot start with these settings; each problem is one line with its way out."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        """Keep the problems; none of them holds a token, a key or a password."""
        self.problems = problems
        super().__init__("\n".join(problems))


def load_settings(env: Mapping[str, str]) -> Settings:
    """Return the settings that `env` holds; make the data directory (0700) when it is not there.

    An empty variable counts as not set. Raises `SettingsError` with all problems at once.
    """
    given = {name: value for name, value in env.items() if value}
    found: list[str] = [*_misspelt(given)]
    data_dir = _path(given.get("KIER_DATA_DIR") or "data")
    found += _directory_problems("KIER_DATA_DIR", data_dir, make=True)
    token = _token(given, found)
    api_url = _api_url(given.get("KIER_API_URL") or TELEGRAM_ORIGIN, found)
    database_url = _database_url(given.get("KIER_DATABASE_URL"), data_dir, found)
    key_file = _key_file(given, "KIER_KEY_FILE", data_dir / KEY_NAME, found)
    backup_key_file = _key_file(given, "KIER_BACKUP_KEY_FILE", data_dir / BACKUP_KEY_NAME, found)
    backup_dir = _backup_dir(given.get("KIER_BACKUP_DIR"), data_dir, found)
    health = _address("KIER_HEALTH", given.get("KIER_HEALTH"), found)
    webhook = _webhook(given, found)
    team_file, team = _team(given.get("KIER_TEAM_FILE"), found)
    if found or team is None or team_file is None:
        raise SettingsError(tuple(_one_line(problem) for problem in found))
    return Settings(
        token=SecretStr(token),
        team=team,
        team_file=team_file,
        data_dir=data_dir,
        key_file=key_file,
        database_url=database_url,
        api_url=api_url,
        backup_dir=backup_dir,
        backup_key_file=backup_key_file,
        health=health,
        webhook=webhook,
    )


def _misspelt(given: Iterable[str]) -> Iterator[str]:
    # only near misses: container platforms set KIER_… variables of their own
    for name in sorted(given):
        if name.startswith("KIER_") and name not in KNOWN:
            near = difflib.get_close_matches(name, KNOWN, n=1, cutoff=0.8)
            if near:
                yield f"{name}: there is no such setting; did you mean {near[0]}?"


# The token

_TOKEN = re.compile(r"[0-9]{6,12}:[A-Za-z0-9_-]{30,}")
# These two have a token's form; the words below do not.
_EXAMPLE = re.compile(r"123456:ABC-DEF|x{10}", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"your|token|change|example|placeholder|secret|<|\.\.\.", re.IGNORECASE)
_ASK = "BotFather in Telegram gives it (/newbot, or /token for a bot that is there)"


def _token(given: Mapping[str, str], found: list[str]) -> str:
    direct, file = given.get("KIER_TOKEN"), given.get("KIER_TOKEN_FILE")
    if direct and file:
        found.append("KIER_TOKEN, KIER_TOKEN_FILE: both are set; keep one of them")
        return ""
    if direct:
        return _checked_token("KIER_TOKEN", direct, found)
    if file:
        content = _secret_file("KIER_TOKEN_FILE", _path(file), found)
        # an editor ends a file with a line break; that much is no mistake
        token = content.removesuffix("\n").removesuffix("\r")
        return _checked_token("KIER_TOKEN_FILE", token, found) if content else ""
    found.append(f"KIER_TOKEN: is not set; {_ASK}")
    return ""


def _checked_token(name: str, token: str, found: list[str]) -> str:
    shaped = _TOKEN.fullmatch(token)
    if "\n" in token or "\r" in token:
        found.append(f"{name}: holds a line break; copy the token alone, on one line")
    elif token != token.strip():
        found.append(f"{name}: begins or ends with a space; copy the token alone")
    elif _EXAMPLE.search(token) or (not shaped and _PLACEHOLDER.search(token)):
        found.append(f"{name}: still holds the example of a manual; {_ASK}")
    elif not shaped:
        found.append(f"{name}: is not a bot's token (digits, a colon, 35 characters); {_ASK}")
    return token


# Files and directories


def _path(text: str) -> Path:
    return Path(os.path.abspath(os.path.expanduser(text)))


def _directory_problems(name: str, path: Path, *, make: bool = False) -> Iterator[str]:
    try:
        if make:
            make_directory(path)
        mode = path.stat().st_mode
        if not stat.S_ISDIR(mode):
            raise NotADirectoryError
        if make and mode & stat.S_IWOTH:
            # whoever may write here may put a key of their own in the place of Kier's
            yield f"{name}: everybody on this machine may write to {path}; chmod 700 {path}"
        with tempfile.TemporaryFile(dir=path):
            pass
        free = shutil.disk_usage(path).free
    except (FileExistsError, NotADirectoryError):
        yield f"{name}: {path} is a file, and a directory is needed; name another"
    except FileNotFoundError:
        yield f"{name}: there is no directory {path}, nor can it be made; make it, or name another"
    except OSError as error:
        yield f"{name}: {path} cannot be written to ({error.strerror}); give Kier's user the right"
    else:
        if free < SPACE_MIN_BYTES:
            yield (
                f"{name}: {path} has {free // 2**20} MB left and Kier needs "
                f"{SPACE_MIN_BYTES // 2**20}; make room, or name another directory"
            )


def _secret_file(name: str, path: Path, found: list[str]) -> str:
    """Return the file's text; empty, with a problem added, when it cannot be trusted or read."""
    before = len(found)
    content = ""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            found.append(f"{name}: {path} is a directory, and a file is needed")
        elif not stat.S_ISREG(mode):
            found.append(f"{name}: {path} is not a plain file")
        elif mode & (stat.S_IRWXG | stat.S_IRWXO):
            found.append(
                f"{name}: {path} is open to other users of this machine; chmod 600 {path}"
            )
        elif path.stat().st_size > SECRET_MAX_BYTES:
            found.append(f"{name}: {path} is too large to be what it should be")
        else:
            content = path.read_text("utf-8")
    except FileNotFoundError:
        found.append(f"{name}: there is no file {path}")
    except UnicodeDecodeError:
        found.append(f"{name}: {path} does not hold text")
    except OSError as error:
        found.append(f"{name}: {path} cannot be read ({error.strerror})")
    if len(found) == before and not content.strip():
        found.append(f"{name}: {path} is empty")
        return ""
    return content


def _key_file(given: Mapping[str, str], name: str, default: Path, found: list[str]) -> Path:
    text = given.get(name)
    path = _path(text) if text else default
    if os.path.lexists(path):
        _secret_file(name, path, found)
    elif path.parent != default.parent:
        found += _directory_problems(name, path.parent)
    return path


def _backup_dir(text: str | None, data_dir: Path, found: list[str]) -> Path:
    if not text:
        return data_dir / BACKUPS_NAME
    path = _path(text)
    found += _directory_problems("KIER_BACKUP_DIR", path, make=True)
    return path


# Addresses


def _split(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises for one that is no number or too large
    except ValueError:
        return None
    return parts if text.isprintable() and " " not in text else None


def _api_url(text: str, found: list[str]) -> str:
    parts = _split(text)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        found.append(f"KIER_API_URL: is not an address; write e.g. {TELEGRAM_ORIGIN}")
    elif parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        found.append(
            "KIER_API_URL: only scheme, host and port are needed, "
            f"without /bot or a token, e.g. {TELEGRAM_ORIGIN}"
        )
    return text.rstrip("/")


def _webhook(given: Mapping[str, str], found: list[str]) -> Webhook | None:
    """Return where Telegram brings updates; https, but for a server on this very machine."""
    url = given.get("KIER_WEBHOOK_URL")
    address = _address(
        "KIER_WEBHOOK_LISTEN", given.get("KIER_WEBHOOK_LISTEN", str(WEBHOOK_PORT)), found
    )
    if url is None:
        if "KIER_WEBHOOK_LISTEN" in given:
            found.append("KIER_WEBHOOK_LISTEN: needs KIER_WEBHOOK_URL, the public address")
        return None
    parts = _split(url)
    is_here = parts is not None and parts.hostname in (LOOPBACK, "localhost", "::1")
    if parts is None or not parts.hostname or not (parts.scheme == "https" or is_here):
        found.append("KIER_WEBHOOK_URL: write a public https address, e.g. https://kier.example")
    elif parts.query or parts.fragment or parts.username:
        found.append("KIER_WEBHOOK_URL: only scheme, host, port and path; the rest is made here")
    return Webhook(url=url, address=address) if address is not None else None


def _address(name: str, text: str | None, found: list[str]) -> Address | None:
    """Return where to listen: on this machine alone, unless a host is named."""
    if text is None:
        return None
    host, _, port = text.rpartition(":")
    if not (port.isascii() and port.isdigit() and int(port) <= PORT_MAX):
        found.append(f"{name}: is no port; write e.g. 8642, or 0.0.0.0:8642 in a container")
        return None
    return Address(host.strip("[]") or LOOPBACK, int(port))


_FORMS = "write sqlite:////absolute/path/kier.sqlite or postgresql://user:password@host/name"


def _database_url(text: str | None, data_dir: Path, found: list[str]) -> str:
    if text is None:
        return _sqlite_url(data_dir / DATABASE_NAME, data_dir, found)
    parts = _split(text)
    scheme = parts.scheme if parts else ""
    if parts is None or scheme.split("+")[0] not in ("sqlite", "postgresql", "postgres"):
        found.append(f"KIER_DATABASE_URL: is not a database that Kier knows; {_FORMS}")
    elif scheme in ("sqlite", "sqlite+aiosqlite"):
        name = parts.path.removeprefix("/")
        if parts.netloc or not name or name == ":memory:":
            found.append(f"KIER_DATABASE_URL: names no file, so nothing would be kept; {_FORMS}")
        else:
            return _sqlite_url(_path(name), data_dir, found)
    elif scheme in ("postgresql", "postgresql+asyncpg", "postgres"):
        if not (parts.hostname or "host" in parse_qs(parts.query)) or len(parts.path) < 2:
            found.append(f"KIER_DATABASE_URL: host or name of the database is missing; {_FORMS}")
        return "postgresql" + text[len(scheme) :]
    else:
        found.append(f"KIER_DATABASE_URL: leave out the driver after the plus sign; {_FORMS}")
    return text


def _sqlite_url(path: Path, data_dir: Path, found: list[str]) -> str:
    if path.is_dir():
        found.append(f"KIER_DATABASE_URL: {path} is a directory, and a file is needed")
    elif path.exists() and not os.access(path, os.R_OK | os.W_OK):
        found.append(
            f"KIER_DATABASE_URL: {path} cannot be written to; give Kier's user the right to"
        )
    if path.parent != data_dir:
        found += _directory_problems("KIER_DATABASE_URL", path.parent)
    return f"sqlite:///{path}"


# The team


def _team(text: str | None, found: list[str]) -> tuple[Path | None, Team | None]:
    if text is None:
        found.append(
            "KIER_TEAM_FILE: is not set; write a team file (see the README) and name it here"
        )
        return None, None
    path = _path(text)
    try:
        if path.exists() and not path.is_file():
            found.append(f"KIER_TEAM_FILE: {path} is not a file")
            return path, None
        with path.open("rb") as file:
            content = file.read(yaml_file.SIZE_MAX_BYTES + 1)
        return path, read_team(content, path.parent)
    except TeamError as error:
        found += [f"{path.name}, line {each.line}: {each.why}" for each in error.problems]
    except FileNotFoundError:
        found.append(f"KIER_TEAM_FILE: there is no file {path}")
    except OSError as error:
        found.append(f"KIER_TEAM_FILE: {path} cannot be read ({error.strerror})")
    return path, None


def _one_line(problem: str) -> str:
    return "".join(each if each.isprintable() else "?" for each in problem)
