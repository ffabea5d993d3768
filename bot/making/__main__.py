"""The makers' own process: one line of JSON comes in, one file goes out, and it ends.

Writes nothing else to its output, and nothing of its values to its errors: they are personal.
"""

from __future__ import annotations

import json
import sys

from bot.making import make


def main() -> int:
    """Make what standard input asks for; the exit status is 0, or 1 with one word on errors."""
    asked = json.load(sys.stdin)
    try:
        made = make(asked["kind"], asked["values"])
    except Exception as error:  # noqa: BLE001  its text may hold what people said
        print(type(error).__name__, file=sys.stderr)  # noqa: T201  read by `bot.maker`
        return 1
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
