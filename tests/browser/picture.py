"""Takes the picture of the demo that stands in the README: `make picture`.

English, by day, in the middle of the story: the worker was not reached on the first day, did not
answer by noon on the second, and the coordinator was told.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect, sync_playwright

from scheduler.load import load_named
from tests.browser.conftest import ARGUMENTS, CHROMIUM, demo
from tests.browser.stage import ROOT, WAIT_MS, chat, until

LANGUAGE = "en"
SIZE = {"width": 1360, "height": 850}
WIDTH = 1600
"""Pixels of the picture: a README shows it at some 900, where a wider page could not be read."""
PLACE = ROOT / "deploy" / "demo.png"


LOOK: Any = {
    "viewport": SIZE,
    "color_scheme": "light",
    "device_scale_factor": WIDTH / SIZE["width"],
}


def label(step: str, answer: str) -> str:
    """Return the button of an answer, as the procedure words it."""
    return str(load_named("ravels").steps[step].answers[answer].text[LANGUAGE])


def tap(page: Page, part: str, name: str) -> None:
    """Tap the newest button that reads so."""
    chat(page, part).get_by_role("button", name=name).last.click()


def play(page: Page) -> None:
    """Play until the picture is worth taking."""
    page.click("#phone-reporter .start")
    page.click("#phone-reporter .chip")
    page.press("#phone-reporter textarea", "Enter")
    tap(page, "reporter", "✓")
    expect(chat(page, "channel").get_by_role("button")).to_be_visible(timeout=WAIT_MS)
    tap(page, "channel", "")
    expect(page.locator("#case-past")).to_contain_text("An", timeout=WAIT_MS)
    tap(page, "an", label("call_day1", "not_reached"))
    expect(page.locator("#case-past")).to_contain_text(label("call_day1", "not_reached"))
    until(page, "Tue 14 Sep 2027, 12:00")
    page.evaluate("document.activeElement.blur()")
    page.mouse.move(1, 1)
    page.wait_for_timeout(WAIT_MS / 20)  # what was said last is drawn


def main(place: Path = PLACE) -> None:
    """Write the picture to `place`."""
    with (
        tempfile.TemporaryDirectory() as folder,
        demo(Path(folder), "--language", LANGUAGE) as (address, _),
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS) as browser,
        browser.new_page(**LOOK) as page,
    ):
        page.set_default_timeout(WAIT_MS)
        page.goto(address)
        play(page)
        page.screenshot(path=place)
    sys.stdout.write(f"{place.relative_to(ROOT) if place.is_relative_to(ROOT) else place}\n")


if __name__ == "__main__":
    main(*(Path(each) for each in sys.argv[1:2]))
