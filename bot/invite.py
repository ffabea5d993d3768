"""`kier invite`: a single-use way in, made on the server and trusted as such.

Works beside the running bot and before its first run. The code is shown once and kept as a hash.
"""

from __future__ import annotations

import asyncio
import io
import secrets
from datetime import datetime

import segno
from rich.console import Console
from rich.markup import escape

from bot.assemble import open_keys
from bot.clock import SystemClock
from bot.gateway import Gateway
from bot.handle.invitations import INVITE_BYTES, INVITE_VALID, code_hash, new_code
from bot.handle.office import open_office
from bot.hooks import Connection
from bot.outcomes import Me
from bot.settings import Settings
from storage import people
from storage.database import Database
from storage.errors import DatabaseRefused, KeysRefused

ASK_NAME_S = 5.0
"""How long Telegram may take to say the bot's own name; the invitation counts without it."""


def main(settings: Settings, *, role: people.Role, name: str) -> int:
    """Print the link, its QR and `/start CODE`; exit status 0, or 2 with the way out."""
    console = Console(soft_wrap=True)
    try:
        code, bot_name = asyncio.run(invited(settings, role, name, SystemClock().now()))
    except (DatabaseRefused, KeysRefused) as refused:
        console.print(escape(refused.way_out))
        return 2
    show(console, name, role, code, link_of(bot_name, code) if bot_name else "")
    return 0


def link_of(bot_name: str, code: str) -> str:
    """Return the address that opens the bot's chat with the invitation."""
    return f"https://t.me/{bot_name}?start={code}"


def show(console: Console, name: str, role: str, code: str, link: str) -> None:
    """Print an invitation; `link` is empty while the bot's own name is not known."""
    console.print(f"[bold]{escape(name)}[/] · {role} · valid for 48 hours, once")
    if link:
        console.print(escape(link))
        console.print(_qr(link), markup=False, highlight=False)
    else:
        console.print("Telegram did not say the bot's name just now; open its chat and send:")
    console.print(f"/start {code}", markup=False, highlight=False)


async def invited(
    settings: Settings, role: people.Role, name: str, now: datetime
) -> tuple[str, str]:
    """Invite somebody; return the code and the bot's own name, empty when not known just now.

    Makes key and database where there are none; raises `DatabaseRefused` and `KeysRefused`.
    """
    keys, _ = open_keys(settings)
    database = await Database.open(settings.database_url, keys=keys)
    try:
        bot_name = await bot_name_of(settings)
        code = new_code(secrets.token_bytes(INVITE_BYTES))

        def unit(c: Connection) -> None:
            office = open_office(c, settings.team, bot_name or None, now)
            people.put_invite(
                c,
                office.team_id,
                role,
                name,
                code_hash(code),
                now + INVITE_VALID,
                now,
                trusted=True,
            )

        await database.write(unit)
        return code, bot_name
    finally:
        await database.close()


async def bot_name_of(settings: Settings) -> str:
    """Return the bot's own name as Telegram says it; empty when it does not in a few seconds."""
    gateway = Gateway(settings.token.get_secret_value(), settings.api_url)
    try:
        me = await asyncio.wait_for(gateway.get_me(), ASK_NAME_S)
        return me.username if isinstance(me, Me) else ""
    except TimeoutError:
        return ""
    finally:
        await gateway.close()


def _qr(link: str) -> str:
    out = io.StringIO()
    segno.make(link, error="m").terminal(out, compact=True)
    return out.getvalue()
