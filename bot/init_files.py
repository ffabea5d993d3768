"""What `kier init` writes: the team file, the settings, a command with them, a unit for systemd.

Texts from values; touches no disk and asks nobody.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any, Final

import yaml

HOMES: Final = (Path("/home"), Path("/root"))
_TEAM: Final = """\
# What this team decides for itself. `./kier doctor` says what is wrong with it, line by line;
# every other key stands in the README. Kier reads it when it starts.
name: {name}
country: {country}
timezone: {timezone}
language: {language}
procedures: {procedures}
hours: {hours}
# closed: [2027-07-12]                        # besides the public holidays
# half_days: {{2027-12-24: ["09:00-12:00"]}}
assignment: {assignment}
{phone}
"""
_NO_PHONE: Final = '# phone: "014 00 00 00"    # what a reporter in a hurry is to call'


def team_file(answers: Mapping[str, Any]) -> str:
    """Return the team file of these answers, by the keys of `bot.team`."""
    phone = answers.get("phone")
    said = {key: _inline(value) for key, value in answers.items()}
    said["phone"] = _NO_PHONE if phone is None else f"phone: {_inline(phone)}"
    return _TEAM.format(**said)


def _inline(value: Any) -> str:
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10_000)
    return text.removesuffix("...\n").strip()


def environment_file(settings: Mapping[str, str]) -> str:
    """Return the settings as systemd and a shell both read them."""
    lines = [f"{name}={shlex.quote(value)}" for name, value in settings.items()]
    head = "# Where this team's Kier finds things. Every setting stands in the README."
    return "\n".join((head, *lines, ""))


def command_file(kier: Path) -> str:
    """Return a script that runs Kier's commands with the settings beside it."""
    return f"""\
#!/bin/sh
# Kier with this team's settings: ./kier doctor, ./kier run, ./kier invite …
set -eu
cd "$(dirname "$(readlink -f "$0")")"
set -a
. ./environment
set +a
exec {shlex.quote(str(kier))} "$@"
"""


def unit_file(kier: Path, folder: Path, user: str) -> str:
    """Return the unit for systemd: hardened, writing in `folder` alone."""
    text = resources.files("bot").joinpath("kier.service").read_text(encoding="utf-8")
    in_home = any(path.is_relative_to(home) for home in HOMES for path in (kier, folder))
    return text.format(
        kier=_escaped(kier),
        folder=_escaped(folder),
        user=user,
        # somebody's home is seen where Kier itself is in one, and written to nowhere else
        home="read-only" if in_home else "yes",
    )


def _escaped(path: Path) -> str:
    return str(path).replace("%", "%%").replace(" ", "\\x20")
