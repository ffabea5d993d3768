"""`kier handout`: one sheet per role, to hang on a partner's wall or lie on a colleague's desk."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from rich.console import Console
from rich.markup import escape

from bot.clock import SystemClock
from bot.command import AskedWrongly, ended
from bot.invite import bot_name_of
from bot.making import make
from bot.settings import Settings
from bot.team import Intake, Team
from bot.texts import plain, settled
from bot.whole_file import look_first, write_whole

Role = Literal["reporter", "worker", "coordinator"]


def main(
    settings: Settings, *, role: Role, language: str | None, out: Path, bot: str, force: bool
) -> int:
    """Write the PDF; exit status 0, 1 when it could not be written, 2 when asked wrongly."""
    console = Console(stderr=True, soft_wrap=True)

    def work() -> None:
        look_first(out, force=force)
        name = bot.removeprefix("@") or asyncio.run(bot_name_of(settings))
        if not name:
            raise AskedWrongly(
                "Telegram did not say the bot's name just now; give it: --bot ravels_bot."
            )
        tongue = settled(language, settings.team.language)
        values = sheet(role, settings.team, tongue, name, SystemClock().now())
        write_whole(out, make("handout", values), force=force)
        console.print(escape(f"{out}: one page for a {role}, with the way to @{name}."))

    return ended(console, work)


def sheet(
    role: Role, team: Team, language: str, bot_name: str, now: datetime
) -> Mapping[str, Any]:
    """Return what stands on the sheet, as `bot.making.handout` takes it."""

    def words(key: str, **values: str) -> str:
        return plain(language, f"handout-{role}-{key}", team=team.name, bot=bot_name, **values)

    invited = role != "reporter" or team.intake is Intake.INVITED
    first = plain(language, "handout-invited" if invited else "handout-open", bot=bot_name)
    commands = {"reporter": (), "worker": ("help-worker",),
                "coordinator": ("help-worker", "help-coordinator")}[role]  # fmt: skip
    said = [line for key in commands for line in plain(language, key).splitlines()]
    small = [plain(language, "handout-privacy")]
    if team.phone and role == "reporter":
        small.insert(0, plain(language, "handout-phone", phone=team.phone))
    return {
        "team": team.name,
        "title": words("title"),
        "lead": words("lead"),
        "steps": [first, *words("steps").splitlines()],
        "below": {"title": plain(language, "handout-type"), "lines": said},
        "small": small,
        "link": f"https://t.me/{bot_name}",
        "link_words": f"@{bot_name}",
        "language": language,
        "made_at": now.isoformat(),
    }
