"""`python -m tests.proofs`: the experiments behind the promises, and the page of their figures.

python -m tests.proofs                      # all, in full: hours on two cores
python -m tests.proofs kills power          # some of them
python -m tests.proofs --scale 0.01         # a hundredth of each
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import traceback
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from tests.proofs.figures import Figures
from tests.proofs.page import PAGE, Entry, here, page

PROOFS = (
    "seeds", "outages", "crowd", "crash_points", "mutants", "kills", "power", "signals", "disk",
    "commit_cut", "restarts", "instances", "frozen_leader", "presses", "both", "restores",
    "engine_machine", "nights", "histories", "flips", "matrix", "vanish", "retention",
    "flood", "fuzz",
)  # fmt: skip
RESULTS = Path("artefacts/proofs")
"""What each proof found, a file each, so that a night that broke off need not be played again."""


def main() -> int:
    """Run what was asked for; exit status 1 when a promise was broken or a proof was blind."""
    asked = _arguments()
    if os.environ.get("PYTHONHASHSEED") != "0":  # sets of words have an order of their own
        os.environ["PYTHONHASHSEED"] = "0"
        os.execv(sys.executable, [sys.executable, "-m", "tests.proofs", *sys.argv[1:]])
    out = Console(stderr=True, highlight=False)
    RESULTS.mkdir(parents=True, exist_ok=True)
    found = [_run(name, asked.scale, out) for name in asked.proofs or PROOFS]
    for entry in found:
        path = RESULTS / f"{entry.proof}.json"
        path.write_text(json.dumps(asdict(entry), indent=2) + "\n")
    told = page([kept for name in PROOFS if (kept := _result(name)) is not None])
    if asked.scale == 1.0:
        PAGE.write_text(told)
    out.print(told, markup=False)
    return 0 if all(entry.holds for entry in found) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.proofs")
    parser.add_argument("proofs", nargs="*", metavar="PROOF", help=f"of {', '.join(PROOFS)}")
    parser.add_argument("--scale", type=float, default=1.0, help="1 is the full size")
    asked = parser.parse_args()
    if unknown := set(asked.proofs) - set(PROOFS):
        parser.error(
            f"no proof is called {', '.join(sorted(unknown))}; there are {', '.join(PROOFS)}"
        )
    return asked


def _run(name: str, scale: float, out: Console) -> Entry:
    """Run one proof under a bar; what it raises is a proof that does not hold."""
    module = import_module(f"tests.proofs.{name}")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
               TimeElapsedColumn(), TimeRemainingColumn())  # fmt: skip
    with Progress(*columns, console=out) as progress:
        task = progress.add_task(module.NAME, total=None)

        def tell(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        figures, broke = _outcome(lambda: module.prove(scale, tell), out)
    return Entry(
        proof=name,
        name=module.NAME,
        promises=module.PROMISES,
        figures=figures,
        broke=broke,
        scale=scale,
        where=here(),
    )


def _outcome(prove: Callable[[], Figures], out: Console) -> tuple[Figures, str | None]:
    try:
        return prove(), None
    except Exception as error:  # noqa: BLE001  the other proofs go on, and the page says that this one did not
        out.print(traceback.format_exc(), markup=False)
        return Figures(), type(error).__name__


def _result(name: str) -> Entry | None:
    """Return what this proof found last, or None when it never ran here."""
    path = RESULTS / f"{name}.json"
    return Entry.read(json.loads(path.read_text())) if path.exists() else None


if __name__ == "__main__":
    sys.exit(main())
