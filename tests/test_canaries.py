"""The canaries: what the whole suite is watched for, and that the watch can see."""

from __future__ import annotations

import logging

import pytest

from bot.gateway import Gateway
from bot.sandbox import Sandbox, serve
from tests.canaries import WATCH
from tests.world import CHANNEL, MONDAY, Telephone

TOKEN = "7300700700:AAcanaryCanaryCanaryCanaryCanary0123"
NEW_TOKEN = "7300700701" + ":" + "Zq7" * 12


@pytest.mark.parametrize(
    "words",
    ["mevrouw Verbeke", "Dorpsstraat 12", "0470 12 34 56", "+32470123456", TOKEN, NEW_TOKEN],
)
@pytest.mark.parametrize("logger", ["kier.sender", "some.library"])
def test_a_log_record_with_a_canary_is_heard(logger: str, words: str) -> None:
    """P19: the control of the watch over all log records, at DEBUG and at WARNING."""
    logging.getLogger("kier").debug("heard %s", words)
    logging.getLogger(logger).warning("heard %s", words)
    assert len(WATCH.take()) == 2


@pytest.mark.parametrize("words", ["mevrouw Verbeke", "Kerkstraat 4", "0471 22 33 44"])
async def test_a_group_message_with_a_canary_is_seen(words: str) -> None:
    """P9: the control of the watch over all group messages; in private the same may be said."""
    telephone = Telephone()
    await telephone.send("sendMessage", {"chat_id": 5, "text": words}, None)
    assert WATCH.take() == []
    await telephone.send("sendMessage", {"chat_id": CHANNEL, "text": words}, None)
    assert len(WATCH.take()) == 1


async def test_a_call_over_http_is_seen() -> None:
    """P9: likewise at the sandbox's own server."""
    sandbox = Sandbox(clock=lambda: MONDAY, token=TOKEN)
    owner = sandbox.add_user("Carla")
    group = sandbox.add_group("Team", owner=owner, members=[owner])
    async with serve(sandbox) as origin:
        gateway = Gateway(TOKEN, origin)
        await gateway.send("sendMessage", {"chat_id": group, "text": "mevrouw Verbeke"})
        await gateway.close()
    assert len(WATCH.take()) == 1


async def test_what_a_logger_is_given_is_heard_whoever_handles_it() -> None:
    """P19: also where a test, or `kier run`, has put handlers of its own in place."""
    logger = logging.getLogger("kier.elsewhere")
    logger.propagate = False
    try:
        logger.debug("heard %s", "Dorpsstraat 12")
    finally:
        logger.propagate = True
    assert len(WATCH.take()) == 1
