"""Tests of the suite run as a proof: more of them, and counted."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.proofs.figures import Tell

_DONE: Final = re.compile(r"\[ *(\d+)%\]")


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of them: the names of those that passed, and of those that did not."""

    passed: tuple[str, ...]
    failed: tuple[str, ...]


def ran(*words: str, tell: Tell, env: Mapping[str, str] | None = None) -> Ran:
    """Run pytest with these words in a process of its own, on one core."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = (sys.executable, "-m", "pytest", "-q", "-n", "0", f"--junitxml={report}", *words)
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env={**os.environ, **(env or {})}
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                if (found := _DONE.search(line)) is not None:
                    tell(int(found[1]), 100)
        cases = list(ElementTree.parse(report).iter("testcase"))
    bad = [each for each in cases if any(part.tag in ("failure", "error") for part in each)]
    names = {id(each): f"{each.get('classname')}::{each.get('name')}" for each in cases}
    return Ran(
        passed=tuple(names[id(each)] for each in cases if each not in bad),
        failed=tuple(names[id(each)] for each in bad),
    )
