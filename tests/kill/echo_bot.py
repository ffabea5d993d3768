"""The real process with the simplest main path: each update is answered once, with its own text.

Started by the tests as `python -m tests.kill.echo_bot`, settings in the environment as for
`kier run`.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from datetime import datetime

from bot.assemble import Parts, serve
from bot.clock import Clock
from bot.hooks import Connection, Handled
from bot.outcomes import Me
from bot.settings import Settings, load_settings
from storage import outbox, teams
from storage.database import Database
from storage.inbox import InboxRow
from storage.outbox import OutgoingRow


async def echo(settings: Settings, database: Database, me: Me, clock: Clock) -> Parts:
    """Return a main path that queues the text of each message as its answer."""
    team_id = await database.write(lambda c: teams.put_team(c, "Echo", {}, clock.now()))

    def handle(c: Connection, row: InboxRow, now: datetime) -> Handled:
        message = json.loads(row.raw)["message"]
        if message["text"] == "raise":
            raise ValueError(message["text"])
        outbox.put(
            c,
            OutgoingRow(
                team_id=team_id,
                chat_id=message["chat"]["id"],
                kind="receipt",
                method="sendMessage",
                payload={"text": f"echo {message['text']}"},
                meta={},
            ),
            now,
        )
        return Handled()

    return Parts(
        team_id=team_id, handle=handle, fire=lambda c, now: None, on_dead=lambda c, row, now: None
    )


if __name__ == "__main__":
    sys.exit(asyncio.run(serve(load_settings(os.environ), assembly=echo)))
