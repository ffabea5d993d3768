"""The guided tour in a real browser: a rehearsal that ships, message by message."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from bot.sandbox.page.tour import read_tour
from tests.browser.stage import WAIT_MS, chat, report, sees

Keep = Callable[[str], None]

STORY, STOPS = read_tour()


def reached(page: Page, stop: int) -> None:
    expect(page.locator("#tour-count")).to_contain_text(f"{stop}/{len(STOPS)}", timeout=WAIT_MS)


def test_the_tour_is_played_to_its_end_by_keyboard(page: Page, keep: Keep) -> None:
    """Arrow, space and Escape lead through the story; then everything stands to be played on.

    Each stop says what happens and shows whose telephone it happens on.
    """
    page.emulate_media(reduced_motion="reduce")
    page.click("#tour-start")
    expect(page.locator("#tour")).to_be_visible(timeout=WAIT_MS)
    expect(page.locator("#tour-next")).to_be_focused(timeout=WAIT_MS)
    reached(page, 1)
    expect(page.locator("#phone-reporter")).to_have_class(re.compile("on-stage"))
    expect(page.locator("#move-next")).to_be_disabled()
    page.locator("#tour-next").evaluate("each => each.blur()")
    page.keyboard.press("Space")
    reached(page, 2)
    expect(page.locator("#tour-play")).to_have_text("Pauze")
    page.keyboard.press("Space")
    expect(page.locator("#tour-play")).to_have_text("Afspelen")
    for number, stop in enumerate(STOPS, start=2):
        reached(page, min(number, len(STOPS)))
        expect(page.locator("#tour-caption")).to_contain_text(STOPS[number - 1].caption("nl-BE"))
        finger = chat(page, "an").locator(".finger")
        if stop.entry is None:
            sees(page, "karin", "Nieuwe melding")
            keep("tour-2")
        if number == len(STOPS):
            break
        page.keyboard.press("ArrowRight")
        reached(page, number + 1)
        if number == 3:
            expect(finger).to_be_visible(timeout=WAIT_MS)
            keep("tour-4-finger")
        expect(page.locator("#tour-next")).to_have_attribute("data-busy", "no", timeout=WAIT_MS)
    expect(page.locator("#tour-next")).to_be_disabled(timeout=WAIT_MS)
    expect(page.locator("#clock")).to_have_text("vr 17 sep 2027, 11:16")
    expect(page.locator(".case-chip.closed")).to_be_visible()
    sees(page, "karin", "Deur op een kier")
    keep("tour-end")
    page.keyboard.press("Escape")
    expect(page.locator("#tour")).to_be_hidden()
    expect(page.locator("#tour-start")).to_be_focused()
    expect(page.locator("#move-next")).to_be_enabled(timeout=WAIT_MS)


def test_the_tour_asks_before_it_erases_what_was_played(page: Page) -> None:
    """Whoever has a case of their own is asked first, and can say no."""
    report(page)
    page.click("#tour-start")
    page.get_by_role("dialog").get_by_role("button", name="Nee").click()
    expect(page.locator("#tour")).to_be_hidden()
    sees(page, "reporter", "Uw melding is ontvangen")


def test_who_plays_along_is_told_and_keeps_what_was_played(page: Page) -> None:
    """A story that was played out of its way ends kindly, and everything stays as it is."""
    page.click("#tour-start")
    expect(page.locator("#tour")).to_be_visible(timeout=WAIT_MS)
    page.click("#tour-next")
    expect(page.locator("#tour-next")).to_have_attribute("data-busy", "no", timeout=WAIT_MS)
    chat(page, "channel").get_by_role("button", name="Ik neem het").click()
    sees(page, "channel", "An neemt het")
    page.click("#tour-next")
    expect(page.locator("#tour-caption")).to_contain_text("U speelde zelf mee", timeout=WAIT_MS)
    page.click("#tour-leave")
    sees(page, "an", "Bel vandaag")
