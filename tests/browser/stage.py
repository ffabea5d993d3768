"""What a person does and sees on the demo's page. Labels are read where the bot reads them."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from bot.texts import plain
from scheduler.load import load_named

WAIT_MS = 15_000
END_S = 20.0
ROOT = Path(__file__).parents[2]
LANGUAGE = "nl-BE"
MOMENTS_MAX = 12
"""How often one jumps to the next moment before giving up on what should come."""

RAVELS = load_named("ravels", None)


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


def words(key: str) -> str:
    """Return a text of the bot's own."""
    return plain(LANGUAGE, key)


def label(step: str, answer: str) -> str:
    """Return the button of an answer, as the procedure words it."""
    return str(RAVELS.steps[step].answers[answer].text[LANGUAGE])


def title(step: str) -> str:
    """Return what the procedure calls a step."""
    return str(RAVELS.steps[step].title[LANGUAGE])


def report(page: Page) -> None:
    """Lies reports in one message, as the page proposes it."""
    page.click("#phone-reporter .start")
    page.click("#phone-reporter .chip")
    page.press("#phone-reporter textarea", "Enter")
    press(page, "reporter", words("reporter-button-send"))
    sees(page, "reporter", "Uw melding is ontvangen")


def answer(page: Page, part: str, step: str, chosen: str) -> None:
    """Tap the newest button with that answer, and see it become history."""
    press(page, part, label(step, chosen))
    past(page, f"{title(step)}: {label(step, chosen)}")


def until(page: Page, face: str) -> None:
    """Let time pass, moment by moment, until the clock says so."""
    clock = page.locator("#clock")
    for _ in range(MOMENTS_MAX):
        before = clock.text_content() or ""
        if before == face:
            return
        page.click("#move-next")
        expect(clock).not_to_have_text(before, timeout=WAIT_MS)
        expect(page.locator("#move-next")).to_be_enabled(timeout=WAIT_MS)
    expect(clock).to_have_text(face)


def past(page: Page, text: str) -> None:
    """See something in the case's history, which is always in view."""
    expect(page.locator("#case-past")).to_contain_text(text, timeout=WAIT_MS)


def colour(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))
