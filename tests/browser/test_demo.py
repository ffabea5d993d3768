"""`kier demo` in a real browser: one person plays all roles and the clock.

The demo runs as a process of its own, as somebody who types the command has it.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect, sync_playwright

from bot.sandbox import demo

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
WAIT_MS = 15_000
END_S = 20.0
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo puts what it throws away afterwards."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def playing(folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of a demo that runs, and its process."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.sandbox.demo", "--port", "0", "--no-open"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "COLUMNS": "200", "TMPDIR": str(folder)},
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+", first)
    assert found is not None, first
    yield found[0], process
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    process.wait(END_S)
    process.stdout.close()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A browser that has never been anywhere."""
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("browser"),
            executable_path=CHROMIUM,
            args=ARGUMENTS,
            viewport={"width": 1500, "height": 940},
        )
        context.set_default_timeout(WAIT_MS)
        yield context
        context.close()


@pytest.fixture
def page(browser: BrowserContext, playing: tuple[str, subprocess.Popen[str]]) -> Iterator[Page]:
    """The demo's page, begun anew, in which nothing goes wrong unseen."""
    wrong: list[str] = []
    page = browser.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: wrong.extend(elsewhere(request.url)))
    page.goto(playing[0])
    page.click("#reset")
    page.click("#reset-yes")
    expect(page.locator("#phone-reporter .start")).to_be_visible(timeout=WAIT_MS)
    expect(page.locator("#clock")).to_have_text("ma 13 sep 2027, 10:15", timeout=WAIT_MS)
    yield page
    page.close()
    assert wrong == []


def elsewhere(url: str) -> list[str]:
    """Return the address of a request that would leave this machine."""
    here = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
    return [] if url.startswith(here) else [url]


def chat(page: Page, part: str) -> Locator:
    return page.locator(f"#log-{part}")


def press(page: Page, part: str, label: str) -> None:
    chat(page, part).get_by_role("button", name=label).last.click()


def sees(page: Page, part: str, text: str) -> None:
    expect(chat(page, part)).to_contain_text(text, timeout=WAIT_MS)


def report(page: Page) -> None:
    """Lies reports in one message, as the page proposes it."""
    page.click("#phone-reporter .start")
    page.click("#phone-reporter .chip")
    page.press("#phone-reporter textarea", "Enter")
    press(page, "reporter", "✓ Verzenden")
    sees(page, "reporter", "Uw melding is ontvangen")


def test_a_case_is_played_from_report_to_the_next_day(page: Page) -> None:
    """One person plays all roles: report, claim, prompt, answer, a jump, the next prompt (P1).

    The channel learns who took it and nothing of the client, not even initials (design 3).
    """
    report(page)
    sees(page, "karin", "Nieuwe melding")
    press(page, "channel", "Ik neem het")
    sees(page, "channel", "An neemt het")
    sees(page, "an", "Bel vandaag")
    press(page, "an", "Niet gesproken")
    sees(page, "an", "✓ Niet gesproken")
    expect(page.locator("#timeline")).to_contain_text("Niet gesproken", timeout=WAIT_MS)
    expect(chat(page, "channel")).not_to_contain_text("M.V.")
    page.click("#move-next")
    expect(page.locator("#clock")).to_have_text("di 14 sep 2027, 09:00", timeout=WAIT_MS)
    sees(page, "an", "Werkdag 2 (di 14 sep)")
    expect(chat(page, "an").get_by_role("button", name="Niet gesproken")).to_have_count(1)


def test_silence_moves_time_until_the_worker_is_reminded(page: Page) -> None:
    """Nobody answers: the worker is nudged an hour before the deadline, nothing sooner (1.2)."""
    report(page)
    press(page, "karin", "An · geen dossiers")
    sees(page, "an", "Bel vandaag")
    page.click("#move-silence")
    expect(page.locator("#clock")).to_have_text("ma 13 sep 2027, 16:00", timeout=WAIT_MS)
    sees(page, "an", "Nog geen antwoord")


def test_everything_is_done_by_keyboard(page: Page) -> None:
    """A person without a mouse starts, writes and answers; focus stays in the chat."""
    page.locator("#phone-reporter .start").focus()
    page.keyboard.press("Enter")
    sees(page, "reporter", "Dit is de meldlijn")
    entry = page.get_by_label("Schrijf als Lies")
    entry.focus()
    page.keyboard.type("/about")
    page.keyboard.press("Enter")
    expect(chat(page, "reporter").locator(".bubble.out")).to_have_count(2, timeout=WAIT_MS)
    key = (
        chat(page, "an")
        .get_by_role("button", name="Team")
        .or_(chat(page, "an").get_by_role("button", name="Mijn dossiers"))
    )
    key.first.focus()
    page.keyboard.press("Enter")
    sees(page, "an", "Je hebt nu geen dossiers")


def test_a_small_screen_shows_one_chat_at_a_time(page: Page) -> None:
    """On a telephone one chat is shown; the others are tabs that count what is unread."""
    report(page)
    sees(page, "karin", "Nieuwe melding")
    page.set_viewport_size({"width": 390, "height": 800})
    expect(page.locator(".phone:visible")).to_have_count(1)
    expect(page.locator("#tab-karin")).to_have_attribute("data-unread", "1")
    page.click("#tab-karin")
    expect(page.locator("#tab-karin")).not_to_have_attribute("data-unread", "1")
    expect(page.locator("#phone-karin")).to_be_visible()
    expect(page.locator("#phone-reporter")).to_be_hidden()
    page.locator("#tab-karin").press("ArrowRight")
    expect(page.locator("#phone-channel")).to_be_visible()


def test_a_taken_port_is_refused_kindly(capsys: pytest.CaptureFixture[str]) -> None:
    """A port in use is no traceback: one sentence with its way out, exit status 2."""
    with socket.socket() as taken:
        taken.bind((demo.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert demo.main(port=port, open_page=False) == 2
    said = capsys.readouterr().out
    assert f"Port {port} is taken" in said
    assert "--port" in said


def test_a_missing_extra_is_said_with_its_way_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the demo extra the command says what to install, exit status 2."""
    monkeypatch.setattr(demo, "find_spec", lambda name: None if name == "nicegui" else name)
    assert demo.main(port=0, open_page=False) == 2
    said = capsys.readouterr().out
    assert "nicegui" in said
    assert "make install" in said


def test_ctrl_c_ends_it_with_the_page_still_open(
    page: Page, playing: tuple[str, subprocess.Popen[str]], folder: Path
) -> None:
    """Ctrl-C ends the demo in a few seconds, status 0, without a traceback, leaving no files."""
    _, process = playing
    assert process.stdout is not None
    process.send_signal(signal.SIGINT)
    assert process.wait(END_S) == 0
    assert "Traceback" not in process.stdout.read()
    assert list(folder.iterdir()) == []
