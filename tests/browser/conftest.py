"""The demo as a process of its own, a browser that has never been anywhere, and pictures kept.

What is kept of a run stands in `artefacts/screens`.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from tests.browser.stage import END_S, ROOT, WAIT_MS, elsewhere

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREENS = ROOT / "artefacts" / "screens"


@contextmanager
def demo(folder: Path, *more: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Start a demo that throws away in `folder`; yield its address and its process."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.sandbox.demo", "--port", "0", "--no-open", *more],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "COLUMNS": "200", "TMPDIR": str(folder)},
    )
    assert process.stdout is not None
    with process.stdout:
        first = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", first)
        assert found is not None, first + process.stdout.read()
        yield found[0], process
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait(END_S)


@pytest.fixture(scope="package")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the demo is shown that all these tests begin anew."""
    with demo(tmp_path_factory.mktemp("demo")) as (address, _):
        yield address


@pytest.fixture(scope="package")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A browser that has never been anywhere; its loop runs until the last of these tests."""
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("browser"),
            executable_path=CHROMIUM,
            args=ARGUMENTS,
            viewport={"width": 1600, "height": 1000},
        )
        context.set_default_timeout(WAIT_MS)
        yield context
        context.close()


@pytest.fixture
def page(browser: BrowserContext, address: str) -> Iterator[Page]:
    """The demo's page, begun anew, in which nothing goes wrong unseen."""
    wrong: list[str] = []
    page = browser.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("request", lambda request: wrong.extend(elsewhere(request.url)))
    page.goto(address)
    page.click("#reset")
    page.click("#reset-yes")
    expect(page.locator("#reset-yes")).to_have_count(0, timeout=WAIT_MS)
    expect(page.locator("#phone-reporter .start")).to_be_visible(timeout=WAIT_MS)
    expect(page.locator("#clock")).to_have_text("ma 13 sep 2027, 10:15", timeout=WAIT_MS)
    yield page
    page.close()
    assert wrong == []


@pytest.fixture
def keep(page: Page) -> Callable[[str], None]:
    """Keep a picture of the page as it is, under a name."""

    def kept(name: str) -> None:
        SCREENS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENS / f"{name}.png")

    return kept
