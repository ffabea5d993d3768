"""The failing control: python-telegram-bot's own polling, with a handler of 50 ms that answers.

Started by the tests as `python -m tests.kill.stock_bot ORIGIN TOKEN`.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from telegram.ext import Application, MessageHandler, filters


async def answer(update: Any, _: Any) -> None:
    """Answer after the time that a write to a disk and some work may take."""
    await asyncio.sleep(0.05)
    await update.message.reply_text(f"echo {update.message.text}")


def main(origin: str, token: str) -> None:
    """Poll until killed."""
    builder = Application.builder().token(token)
    application = builder.base_url(f"{origin}/bot").base_file_url(f"{origin}/file/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, answer))
    application.run_polling(stop_signals=None)


if __name__ == "__main__":
    main(*sys.argv[1:])
