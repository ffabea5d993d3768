"""What every test shares: nothing of the machine that it runs on."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A developer's own KIER_… variables reach no test."""
    for name in [name for name in os.environ if name.startswith("KIER_")]:
        monkeypatch.delenv(name)
    yield
