"""`python -m tests.simulation`: many seeds, every point of a story, or one story to read.

python -m tests.simulation --seeds 10000 --from 0 --jobs 2 --json figures.json
python -m tests.simulation --every-point all
python -m tests.simulation --seed 4711          # tells the story of one seed
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from storage import sqlite
from tests.simulation.plan import Plan, plan_of
from tests.simulation.play import as_story, every_point, in_workers, play, shortest, total
from tests.simulation.simulation import Run
from tests.simulation.stories import STORIES

SHOWN_MAX = 3


def main() -> int:
    """Play what was asked for; exit status 1 when a promise was broken."""
    asked = _arguments()
    if os.environ.get("PYTHONHASHSEED") != "0":  # sets of words have an order of their own
        os.environ["PYTHONHASHSEED"] = "0"
        os.execv(sys.executable, [sys.executable, "-m", "tests.simulation", *sys.argv[1:]])
    out = Console(highlight=False)
    if asked.seed is not None:
        run = play(plan_of(asked.seed))
        out.print(as_story(run), markup=False)
        out.print(f"trace {run.digest}, {run.points} points, {run.figures}", markup=False)
        return 1 if run.wrong else 0
    plans, count = _plans(asked)
    begun = time.monotonic()
    runs = _played(plans, count, asked.jobs)
    figures = _figures(runs, time.monotonic() - begun, asked)
    out.print_json(json.dumps(figures))
    if asked.json is not None:
        asked.json.write_text(json.dumps(figures, indent=2) + "\n")
    failing = [run for run in runs if run.wrong]
    for run in failing[:SHOWN_MAX]:
        out.rule("the shortest story that shows it")
        out.print(as_story(shortest(run.plan)), markup=False)
    return 1 if failing else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--every-point", choices=("all", *STORIES))
    parser.add_argument("--seed", type=int, help="tell the story of one seed")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    return parser.parse_args()


def _plans(asked: argparse.Namespace) -> tuple[Iterable[Plan], int]:
    if asked.every_point is None:
        return (plan_of(asked.first + n) for n in range(asked.seeds)), asked.seeds
    names = list(STORIES) if asked.every_point == "all" else [asked.every_point]
    plans = [plan for name in names for plan in every_point(STORIES[name])]
    return plans, len(plans)


def _played(plans: Iterable[Plan], count: int, jobs: int) -> list[Run]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
               TimeElapsedColumn(), TimeRemainingColumn())  # fmt: skip
    runs = []
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("Playing stories", total=count)
        for run in in_workers(iter(plans), jobs):
            runs.append(run)
            broken = sum(bool(each.wrong) for each in runs)
            crashes = sum(each.crashes for each in runs)
            said = f"{crashes} crashes, {broken} broken"
            progress.update(task, advance=1, description=said)
    return runs


def _figures(runs: list[Run], seconds: float, asked: argparse.Namespace) -> dict[str, Any]:
    broken = Counter(wrong.partition(":")[0] for run in runs for wrong in run.wrong)
    struck: Counter[str] = Counter()
    for run in runs:
        struck.update(run.struck)
    failing = [
        {"seed": run.plan.seed, "crash_at": run.plan.crash_at, "wrong": run.wrong[:3]}
        for run in runs
        if run.wrong
    ]
    return {
        "what": asked.every_point or f"seeds {asked.first} to {asked.first + asked.seeds - 1}",
        "stories": len(runs),
        **{name: value for name, value in total(runs).items() if name != "seeds"},
        "faults": dict(sorted(struck.items())),
        "lost": broken["P1"] + broken["P2"] + broken["P4"],
        "doubled": broken["P3"] + broken["P5"],
        "broken": dict(broken),
        "failing": failing[:50],
        "seconds": round(seconds, 1),
        "stories a second": round(len(runs) / seconds, 2),
        "python": platform.python_version(),
        "sqlite": sqlite.driver().sqlite_version,
        "machine": f"{os.cpu_count()} cores, {platform.machine()}",
    }


if __name__ == "__main__":
    sys.exit(main())
