"""A Bot API server of our own: the world of Telegram in memory, over real HTTP, with faults.

It must know nothing of Kier, and Kier must not depend on anything only found here. In short:

    from bot.sandbox import Fault, Limits, Sandbox, serve

    sandbox = Sandbox(clock=clock.now)              # aware UTC; one bot, token 123456:ABC
    async with serve(sandbox) as origin:            # real HTTP on 127.0.0.1, in this loop
        # bot side: KIER_API_URL=origin, KIER_TOKEN=sandbox.token
        an = sandbox.add_user("An", "Peeters", language_code="nl")
        team = sandbox.add_group("Team", topics=True, owner=an)
        sandbox.add_bot(team, by=an, admin=True)    # without admin: privacy mode, commands only
        sandbox.start(an, "invite-code")            # /start invite-code
        sandbox.user_text(an, "Dag")                # also photo, voice, document, contact, forward
        sandbox.view(an)[-1]["rows"]                # what a client shows
        query = sandbox.press_label(an, sandbox.view(an)[-1]["message_id"], "Verzenden")
        sandbox.queries[query].answer               # {"text": …, "show_alert": …} once answered
        sandbox.faults.add(Fault(kind="drop", delivered=True), method="sendMessage")
        sandbox.set_limits(Limits(enforce=True))    # 429; violations are recorded without, too
        sandbox.calls, sandbox.meter.violations     # what the bot did, and what was too fast

Acts stand in acts.py and places.py, bot methods in methods.py, faults in faults.py, limits in
limits.py, HTTP in server.py, the JSON control API (/sandbox/…) in control.py.
`await until(sandbox, condition)` waits for what a change brings,
`wait_change(sandbox, revision, seconds)` for any change.
`python -m bot.sandbox --port 8081` serves it alone.
"""

from bot.sandbox.acts import Sandbox
from bot.sandbox.control import until, wait_change
from bot.sandbox.faults import Fault, FaultPlan
from bot.sandbox.limits import Limits, Violation
from bot.sandbox.server import serve
from bot.sandbox.state import ActError, ApiError, Call

__all__ = [
    "ActError",
    "ApiError",
    "Call",
    "Fault",
    "FaultPlan",
    "Limits",
    "Sandbox",
    "Violation",
    "serve",
    "until",
    "wait_change",
]
