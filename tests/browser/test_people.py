"""The page for everybody: by keyboard, on a telephone, by day and night, read aloud."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from bot.sandbox.page import SPOKEN
from bot.sandbox.page.words import words_of
from bot.texts import LANGUAGES
from tests.browser.stage import LANGUAGE, WAIT_MS, chat, colour, label, press, report, sees, words

Keep = Callable[[str], None]

TABS_MAX = 90
"""Presses of Tab until what is wanted has the focus."""

NAMELESS = re.compile(r"- (?:button|link|textbox|tab)(?!\w| \")")
"""A control without a name, in the tree that a screen reader is given."""

DIM = """() => {
  const parse = (css) => (css.match(/[\\d.]+/g) ?? []).map(Number);
  const over = (top, under) => {
    const alpha = top[3] ?? 1;
    return [0, 1, 2].map((n) => top[n] * alpha + under[n] * (1 - alpha));
  };
  const ground = (element) => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) {
      const colour = parse(getComputedStyle(each).backgroundColor);
      layers.push(colour);
      if ((colour[3] ?? 1) === 1) break;
    }
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255]);
  };
  const light = (colour) => colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }).reduce((sum, part, n) => sum + part * [0.2126, 0.7152, 0.0722][n], 0);
  const dim = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const said = walker.currentNode.data.trim(), element = walker.currentNode.parentElement;
    if (!said || !element.checkVisibility() || element.closest("script, style, [disabled]"))
      continue;
    const style = getComputedStyle(element), under = ground(element);
    if (style.color === "rgba(0, 0, 0, 0)" || parse(style.fontSize)[0] === 0) continue;
    const [one, other] = [light(over(parse(style.color), under)), light(under)];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const size = parseFloat(style.fontSize), bold = Number(style.fontWeight) >= 700;
    const enough = size >= 24 || (bold && size >= 18.66) ? 3 : 4.5;
    if (ratio < enough) dim.push(`${ratio.toFixed(2)} ${said.slice(0, 40)} ${element.className}`);
  }
  return [...new Set(dim)];
}"""
"""What text stands too dimly on its ground (WCAG 2.2, 1.4.3), as the browser draws it."""


def tab_to(page: Page, wanted: str, name: str = "") -> None:
    """Press Tab until the focus stands on what matches `wanted`, with `name` in its text."""
    for _ in range(TABS_MAX):
        page.keyboard.press("Tab")
        if page.evaluate(
            "([wanted, name]) => document.activeElement.matches(wanted)"
            " && document.activeElement.textContent.includes(name)",
            [wanted, name],
        ):
            return
    pytest.fail(f"{wanted} {name} is not reached by Tab")


def test_a_case_is_played_by_keyboard_alone(page: Page) -> None:
    """Without a mouse one starts, writes, gives, answers and moves the clock; focus stays."""
    tab_to(page, "#move-next")
    tab_to(page, "#phone-reporter .start")
    page.keyboard.press("Enter")
    sees(page, "reporter", "Dit is de meldlijn")
    expect(page.get_by_label("Schrijf als Lies")).to_be_focused()
    page.keyboard.type(words_of(LANGUAGE)["example"])
    page.keyboard.press("Enter")
    send = chat(page, "reporter").get_by_role("button", name=words("reporter-button-send"))
    expect(send).to_be_visible(timeout=WAIT_MS)
    page.locator("#log-reporter").focus()
    tab_to(page, "#log-reporter .key", words("reporter-button-send"))
    page.keyboard.press("Enter")
    sees(page, "karin", "Nieuwe melding")
    tab_to(page, "#log-karin .key", "An · ")
    page.keyboard.press("Enter")
    sees(page, "an", "Bel vandaag")
    page.locator("#log-an").focus()
    tab_to(page, "#log-an .key", label("call_day1", "not_reached"))
    page.keyboard.press("Enter")
    sees(page, "an", f"✓ {label('call_day1', 'not_reached')}")
    assert page.evaluate("document.activeElement.closest('#log-an') !== null")
    page.locator("#theme").focus()
    page.keyboard.press("Shift+Tab")
    expect(page.locator("#tour-start")).to_be_focused()
    page.locator("#move-next").focus()
    page.keyboard.press("Space")
    expect(page.locator("#clock")).to_have_text("di 14 sep 2027, 09:00", timeout=WAIT_MS)


def test_a_small_screen_shows_one_chat_at_a_time(page: Page, keep: Keep) -> None:
    """On a telephone one chat is shown; the others are tabs that count what is unread.

    The clock and the case's days stay in view, and nothing is wider than the screen.
    """
    report(page)
    press(page, "karin", "An · ")
    sees(page, "an", "Bel vandaag")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".phone:visible")).to_have_count(1)
    expect(page.locator("#tab-karin")).to_have_attribute("data-unread", re.compile("[1-9]"))
    for always in ("#clock .clock-hour", "#next-moment", "#case-past", ".phone.shown textarea"):
        expect(page.locator(always)).to_be_in_viewport(ratio=0.5)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    keep("small-light")
    page.click("#tab-karin")
    expect(page.locator("#tab-karin")).not_to_have_attribute("data-unread", "1")
    expect(page.locator("#phone-karin")).to_be_visible()
    expect(page.locator("#phone-reporter")).to_be_hidden()
    page.locator("#tab-karin").press("ArrowRight")
    expect(page.locator("#phone-channel")).to_be_visible()
    expect(page.locator("#tab-channel")).to_be_focused()
    expect(page.locator(".case-now")).to_be_hidden()
    page.get_by_role("button", name="Heel het dossier").click()
    expect(page.locator(".case-now")).to_be_visible()
    page.emulate_media(color_scheme="dark")
    keep("small-dark")


def test_a_middling_screen_brings_the_chosen_chat_in_view(page: Page, keep: Keep) -> None:
    """Between the two the telephones stand in a row that scrolls to the one that was chosen."""
    page.set_viewport_size({"width": 1024, "height": 768})
    expect(page.locator("#phone-channel")).not_to_be_in_viewport()
    page.click("#tab-channel")
    expect(page.locator("#phone-channel")).to_be_in_viewport(ratio=0.9)
    keep("middling")


def test_all_can_be_read_and_has_a_name_by_day_and_by_night(page: Page, keep: Keep) -> None:
    """Text stands out from its ground in both schemes; each control says what it is (WCAG AA)."""
    report(page)
    press(page, "karin", "An · ")
    sees(page, "an", "Bel vandaag")
    press(page, "an", words("press-details"))
    sees(page, "an", "Marc Verlinden")
    expect(chat(page, "an").get_by_role("img", name="beschermd")).to_be_visible()
    assert (
        re.findall(
            r"- (?:button|link|textbox|tab)(?!\w| \")", page.locator("body").aria_snapshot()
        )
        == []
    )
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((each) => each.id)")
    assert sorted(set(ids)) == sorted(ids)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    assert page.evaluate(DIM) == []
    day = colour(page)
    keep("wide-light")
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body.body--dark")).to_have_count(1)
    assert page.evaluate(DIM) == []
    assert colour(page) != day
    keep("wide-dark")
    page.click("#theme")
    expect(page.locator("body.body--dark")).to_have_count(0)
    assert colour(page) == day
    moving = "getComputedStyle(document.querySelector('.phone')).transitionDuration"
    assert page.evaluate(moving) in ("0s", "")


def test_each_language_is_read_aloud_as_itself() -> None:
    """A French page that says it is English is read aloud so that nobody understands it."""
    spoken = {language: SPOKEN[language.split("-")[0]] for language in LANGUAGES}
    assert spoken == {"nl-BE": "nl", "nl-NL": "nl", "en": "en-GB", "fr": "fr"}
