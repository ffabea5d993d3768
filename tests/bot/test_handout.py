"""One sheet per role and language: whole, on one page, with a code that a phone can read."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from bot import handout
from bot.conversations.scene import LANGUAGES
from bot.making import make
from bot.making.handout import Overfull
from bot.settings import Settings
from bot.team import Intake, Team, read_team
from bot.texts import plain
from tests.bot.places import environment, settings
from tests.world import MONDAY, TEAM, empty_file, file_url

__all__ = ["empty_file", "environment", "file_url", "settings"]

ROLES: tuple[handout.Role, ...] = ("reporter", "worker", "coordinator")
OURS = read_team(TEAM.encode(), Path())
LONG = replace(OURS, name="Openbaar Centrum voor Maatschappelijk Welzijn Sint-Katelijne-Waver")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("language", "team"),
    [*((language, OURS) for language in LANGUAGES), ("fr", LONG)],
    ids=[*LANGUAGES, "long-name"],
)
def test_a_sheet_is_whole_and_one_page(role: handout.Role, language: str, team: Team) -> None:
    """Whatever the language, and with a long name of a team."""
    values = handout.sheet(role, team, language, "ravels_bot", MONDAY)
    pages = pypdf.PdfReader(io.BytesIO(make("handout", values))).pages
    assert len(pages) == 1
    read = " ".join(pages[0].extract_text().split())
    for text in (*values["steps"], *values["below"]["lines"], *values["small"], "@ravels_bot"):
        assert " ".join(text.split()) in read
    assert len(pages[0].images) == 1


def test_who_is_invited_begins_with_the_invitation() -> None:
    """Where not everybody may report the code alone leads nowhere."""
    invited = replace(OURS, intake=Intake.INVITED)
    for team, key in ((OURS, "handout-open"), (invited, "handout-invited")):
        values = handout.sheet("reporter", team, "en", "ravels_bot", MONDAY)
        assert values["steps"][0] == plain("en", key, bot="ravels_bot")


def test_more_than_a_sheet_is_refused_and_not_cut() -> None:
    """A team's own words may be too many; half of them on a wall help nobody."""
    values = dict(handout.sheet("worker", OURS, "en", "ravels_bot", MONDAY))
    values["steps"] = ["A step that is told at some length, with all that belongs to it."] * 40
    with pytest.raises(Overfull):
        make("handout", values)


def test_it_is_written_once_and_says_what_is_missing(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not over another file; without the bot's name it says how to give it."""
    out = tmp_path / "sheet.pdf"

    def asked(bot: str) -> int:
        return handout.main(
            settings, role="reporter", language=None, out=out, bot=bot, force=False
        )

    assert asked("@ravels_bot") == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert asked("ravels_bot") == 1
    assert "--force" in capsys.readouterr().err
    out.unlink()
    assert asked("") == 2
    assert "--bot" in capsys.readouterr().err
    assert not out.exists()
