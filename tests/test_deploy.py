"""The image and its compose file hold what Kier needs, and let it do no more than it must."""

from __future__ import annotations

import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import KNOWN
from tests.audit import pinned

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
IMPORT = re.compile(r"^\s*(?:from|import) ([a-z0-9_]+)", re.MULTILINE | re.IGNORECASE)
OURS = {"bot", "scheduler", "storage"}


def instructions(word: str) -> list[str]:
    """Return what follows each such instruction, its lines joined."""
    joined = re.sub(r"\\\n\s*", " ", DOCKERFILE)
    return re.findall(rf"^{word} (.+)$", joined, re.M)


def test_what_runs_is_locked_as_everywhere() -> None:
    """deploy/requirements.lock is the part of the other that runs, with the same hashes."""
    whole = (ROOT / "requirements.lock").read_text()
    runs = (DEPLOY / "requirements.lock").read_text()
    assert set(pinned(runs)) <= set(pinned(whole))
    assert set(re.findall(r"sha256:[0-9a-f]{64}", runs)) <= set(
        re.findall(r"sha256:[0-9a-f]{64}", whole)
    )


def test_all_that_is_imported_is_in_it() -> None:
    """No module of what the image holds imports a package that only tests or the demo bring."""
    names = {_folded(name) for name, _ in pinned((DEPLOY / "requirements.lock").read_text())}
    known = packages_distributions()
    missing = {
        (path.name, module)
        for room in OURS
        for path in (ROOT / room).rglob("*.py")
        if "sandbox" not in path.parts
        for module in re.findall(
            r"^\s*(?:from|import) ([a-z0-9_]+)", path.read_text(), re.M | re.I
        )
        if module in known and module not in OURS and module not in sys.stdlib_module_names
        if not {_folded(each) for each in known[module]} & names
    }
    assert missing == set()


def _folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_what_is_copied_is_there_and_not_kept_out() -> None:
    """Each source of a COPY, and .dockerignore lets it through."""
    let_in = [line[1:] for line in (ROOT / ".dockerignore").read_text().split() if line[0] == "!"]
    for words in instructions("COPY"):
        *sources, _ = (word for word in words.split() if not word.startswith("--"))
        if "--from=" in words:
            continue
        for source in sources:
            assert (ROOT / source).exists(), source
            assert source in let_in, source


def test_the_image_serves_as_nobody_in_particular_and_says_how_it_is() -> None:
    """A user of its own, a look at its health, settings that Kier knows, no newest of anything."""
    assert instructions("USER") == ["kier"]
    assert "/healthz" in instructions("HEALTHCHECK")[0]
    assert all(re.search(r":\d", image) for image in instructions("FROM"))
    said = set(re.findall(r"\b(KIER_[A-Z_]+)=", DOCKERFILE))
    assert said <= set(KNOWN)
    assert {"KIER_TOKEN_FILE", "KIER_TEAM_FILE", "KIER_DATA_DIR"} <= said
    assert "KIER_TOKEN=" not in DOCKERFILE


@pytest.mark.parametrize("name", ["kier", "kier-postgresql"])
def test_a_container_can_write_its_data_and_nothing_else(name: str) -> None:
    """Read-only root, no capabilities, the token as a secret; no port is open."""
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert [each for each in service["volumes"] if not each.endswith(":ro")] == ["data:/data"]
    assert service["secrets"] == ["kier_token"]
    assert "ports" not in service
    assert set(service.get("environment", {})) <= set(KNOWN)
