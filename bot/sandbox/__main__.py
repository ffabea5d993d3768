"""`python -m bot.sandbox --port 8081 --token 123456:ABC`: the sandbox as a server of its own."""

import argparse
import asyncio
import contextlib

from bot.clock import SystemClock
from bot.sandbox import Limits, Sandbox, serve
from bot.sandbox.telegram import DEFAULT_TOKEN


def main() -> None:
    """Serve until interrupted; prints the origin in one line."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default=DEFAULT_TOKEN)
    parser.add_argument("--limits", action="store_true", help="answer 429 above Telegram's limits")
    chosen = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(run(chosen.host, chosen.port, chosen.token, enforce=chosen.limits))


async def run(host: str, port: int, token: str, *, enforce: bool) -> None:
    """Serve one bot on the wall clock for ever."""
    sandbox = Sandbox(clock=SystemClock().now, token=token, limits=Limits(enforce=enforce))
    async with serve(sandbox, host=host, port=port) as origin:
        print(f"Bot API sandbox at {origin}", flush=True)  # noqa: T201
        await asyncio.Event().wait()


if __name__ == "__main__":
    main()
