"""THE MAIN PATH: one stimulus inside the caller's transaction.

    update or due moment → who, what is meant → engine → history, dues, outbox

`main` says it from top to bottom, `told` what no update begins. `performing` gives an act to who
does it (`reports`, `casework`, `staff`, `leaves`, `visits`), `scribe` takes people's words down,
`looking` answers what a conversation may read, `posting` writes what leaves. Nothing here commits,
waits or reads a clock.
"""

from bot.handle.main import Handler

__all__ = ["Handler"]
