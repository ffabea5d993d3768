"""`kier demo` in a real browser: one person plays all roles and the clock.

The demo runs as a process of its own, as somebody who types the command has it.
"""

from __future__ import annotations

import signal
import socket
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from bot.sandbox import demo
from tests.browser.conftest import demo as started
from tests.browser.stage import END_S, WAIT_MS, chat, press, report, sees


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


def test_ctrl_c_ends_it_with_the_page_still_open(browser: BrowserContext, tmp_path: Path) -> None:
    """Ctrl-C ends the demo in a few seconds, status 0, without a traceback, leaving no files."""
    with started(tmp_path) as (address, process), browser.new_page() as page:
        page.goto(address)
        expect(page.locator("#phone-reporter .start")).to_be_visible(timeout=WAIT_MS)
        process.send_signal(signal.SIGINT)
        assert process.wait(END_S) == 0
        assert process.stdout is not None
        assert "Traceback" not in process.stdout.read()
        assert list(tmp_path.iterdir()) == []
