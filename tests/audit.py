"""`make audit`: whether a weakness is known in a version that requirements.lock names (S29).

uv asks OSV, which gathers the Python advisories. Exit status 0: none is known; 1: some are; 2: it
could not be looked up, which is no clean bill.
"""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from rich.console import Console

LOCK: Final = Path(__file__).parents[1] / "requirements.lock"
SERVICE: Final = "api.osv.dev"
NONE_KNOWN: Final = 0
KNOWN: Final = 1
NOT_LOOKED_UP: Final = 2
_PINNED: Final = re.compile(r"^(?P<name>[A-Za-z0-9_.-]+)==(?P<version>[^\\#; ]+)", re.MULTILINE)
_UV: Final = Path(sys.executable).with_name("uv")
_ANYWHERE: Final = '{ registry = "." }'
"""uv's lock says where each came from: here it is a folder, from which nothing is fetched."""


def pinned(lock: str) -> list[tuple[str, str]]:
    """Return (name, version) of all that a lock names, some in several versions."""
    return sorted({(found["name"], found["version"]) for found in _PINNED.finditer(lock)})


def audit(lock: str, *more: str) -> subprocess.CompletedProcess[str]:
    """Ask about each version of the lock; `more`: further words for `uv audit`.

    uv reads a lock of its own form only, so it gets one of the same versions.
    """
    with tempfile.TemporaryDirectory(prefix="kier-audit-") as name:
        place = Path(name)
        (place / "pyproject.toml").write_text(
            '[project]\nname = "locked"\nversion = "0"\nrequires-python = ">=3.11"\n'
        )
        (place / "uv.lock").write_text(_as_uv(pinned(lock)))
        words = (str(_UV), "audit", "--frozen", "--preview-features", "audit-command", *more)
        return subprocess.run(words, cwd=place, capture_output=True, text=True, check=False)


def _as_uv(all_: list[tuple[str, str]]) -> str:
    needs = ", ".join(
        f'{{ name = "{name}", version = "{version}", source = {_ANYWHERE} }}'
        for name, version in all_
    )
    tables = [
        'version = 1\nrequires-python = ">=3.11"\n',
        f"""[[package]]
name = "locked"
version = "0"
source = {{ virtual = "." }}
dependencies = [{needs}]
""",
        *(
            f'[[package]]\nname = "{name}"\nversion = "{version}"\nsource = {_ANYWHERE}\n'
            for name, version in all_
        ),
    ]
    return "\n".join(tables)


def main() -> int:
    """Audit our lock and say what came of it."""
    out = Console(stderr=True, soft_wrap=True, highlight=False)
    lock = LOCK.read_text()
    try:  # uv would try for half a minute
        socket.create_connection((SERVICE, 443), timeout=5).close()
    except OSError as error:
        out.print(f"NOT AUDITED: {SERVICE} cannot be reached from here ({type(error).__name__}).")
        return NOT_LOOKED_UP
    with out.status("Asking about each locked version"):
        done = audit(lock)
    if done.returncode == NONE_KNOWN:
        out.print(f"{len(pinned(lock))} locked versions: no known weakness.")
    elif done.returncode == KNOWN:
        out.print(done.stdout, markup=False)
        out.print("A locked version has a known weakness: raise it in pyproject.toml, make lock.")
    else:
        out.print(done.stderr, markup=False)
        out.print("NOT AUDITED: it could not be looked up.")
    return done.returncode if done.returncode in (NONE_KNOWN, KNOWN) else NOT_LOOKED_UP


if __name__ == "__main__":
    sys.exit(main())
