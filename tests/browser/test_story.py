"""The whole Ravels story on the demo's page, by clicking, with a picture of each day."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.stage import (
    WAIT_MS,
    answer,
    chat,
    label,
    past,
    press,
    report,
    sees,
    title,
    until,
    words,
)

Keep = Callable[[str], None]


def note(page: Page, step: str) -> None:
    """An wrote the note, with all that belongs on it."""
    press(page, "an", words("press-all-done"))
    past(page, f"{title(step)}: {label(step, 'done')}")


def test_the_whole_story_is_played_by_clicking(page: Page, keep: Keep) -> None:
    """Report, assignment, calls, visits and notes lead to a closed case, the door ajar (S4-S12).

    Each answer is one tap and stands in the case's history, which is in view all the time.
    """
    report(page)
    press(page, "karin", "An · ")
    sees(page, "an", "Bel vandaag")
    past(page, "Lies Janssens")
    keep("story-1-monday")
    answer(page, "an", "call_day1", "not_reached")
    until(page, "di 14 sep 2027, 09:00")
    sees(page, "an", "Bel opnieuw")
    answer(page, "an", "call_day2", "not_reached")
    sees(page, "an", "Ga onaangekondigd langs")
    answer(page, "an", "visit_1", "nobody_home")
    note(page, "note_1")
    keep("story-2-tuesday")
    until(page, "vr 17 sep 2027, 09:00")
    sees(page, "an", title("visit_2"))
    answer(page, "an", "visit_2", "door_not_opened")
    note(page, "note_2")
    expect(page.locator(".case-chip.closed")).to_be_visible(timeout=WAIT_MS)
    sees(page, "karin", "Deur op een kier")
    past(page, "Deur op een kier")
    sees(page, "channel", "gesloten")
    expect(chat(page, "channel")).not_to_contain_text("M.V.")
    keep("story-3-friday")


def test_photos_and_files_are_seen_and_saved(page: Page, keep: Keep) -> None:
    """A photo is seen in the chat, any other file has its name and size and is only saved."""
    report(page)
    upload = page.locator("#upload-reporter input[type=file]")
    upload.set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": PICTURE})
    picture = chat(page, "reporter").locator(".picture img")
    expect(picture).to_have_js_property("naturalWidth", 1, timeout=WAIT_MS)
    text = b"<script>1</script>" * 90
    upload.set_input_files({"name": "brief.html", "mimeType": "text/html", "buffer": text})
    file = chat(page, "reporter").locator("a.file")
    expect(file).to_contain_text("brief.html", timeout=WAIT_MS)
    expect(file).to_contain_text("2 kB")
    keep("files")
    answer = page.request.get(page.url + str(file.get_attribute("href")).lstrip("/"))
    assert answer.headers["content-disposition"] == "attachment"


def test_topics_are_switched_on_and_shown_one_at_a_time(page: Page, keep: Keep) -> None:
    """The team's group becomes one with topics under the hands: a topic a case, nothing lost."""
    page.fill("#phone-channel textarea", "Wie kent Weelde?")
    page.press("#phone-channel textarea", "Enter")
    sees(page, "channel", "Wie kent Weelde?")
    page.click("#topics")
    expect(page.locator("#topics")).to_have_attribute("aria-pressed", "true", timeout=WAIT_MS)
    sees(page, "channel", "supergroep")
    sees(page, "channel", "Wie kent Weelde?")
    report(page)
    expect(page.locator(".topic")).to_have_count(3, timeout=WAIT_MS)
    page.locator(".topic").last.click()
    expect(chat(page, "channel")).not_to_contain_text("Wie kent Weelde?")
    press(page, "channel", words("press-claim"))
    sees(page, "channel", "An neemt het")
    keep("topics")


def test_buttons_from_before_the_topics_can_still_be_pressed(page: Page) -> None:
    """What was announced in the group stands above, with its buttons: a press claims the case."""
    report(page)
    claim = chat(page, "channel").get_by_role("button", name=words("press-claim"))
    expect(claim).to_have_count(1, timeout=WAIT_MS)
    page.click("#topics")
    sees(page, "channel", "supergroep")
    expect(claim).to_have_count(2, timeout=WAIT_MS)  # and it is announced anew
    claim.first.click()
    sees(page, "channel", "An neemt het")


# one dark dot
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63646060f80f0001040100f7a3b7b00000000049454e44ae426082"
)
