"""Each fault as PTB's own Bot meets it. Rows 66-70 of bad_inputs.md begin here."""

from __future__ import annotations

from typing import Any

import pytest
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.sandbox import Fault, FaultPlan, until
from bot.sandbox.faults import FAULT_KINDS

MET: list[tuple[dict[str, Any], type[Exception], str]] = [
    ({"kind": "retry_after", "retry_after": 3}, RetryAfter, "Retry in 0:00:03"),
    ({"kind": "server_error", "status": 500}, NetworkError, "Internal Server Error"),
    ({"kind": "server_error", "status": 502}, NetworkError, "502"),
    ({"kind": "drop"}, NetworkError, "Server disconnected"),
    ({"kind": "timeout"}, TimedOut, "Timed out"),
    ({"kind": "slow", "delay_s": 5.0}, TimedOut, "Timed out"),
    ({"kind": "html"}, TelegramError, "Invalid server response"),
    ({"kind": "truncated"}, TelegramError, "Invalid server response"),
    ({"kind": "empty"}, TelegramError, "Invalid server response"),
    ({"kind": "not_ok"}, KeyError, "result"),
    ({"kind": "unauthorized"}, InvalidToken, "Unauthorized"),
    ({"kind": "forbidden"}, Forbidden, "bot was blocked by the user"),
    ({"kind": "bad_request", "description": "not enough rights"}, BadRequest, "rights"),
    ({"kind": "not_found"}, InvalidToken, "Not Found"),
    ({"kind": "conflict"}, Conflict, "terminated by other getUpdates"),
]


@pytest.mark.parametrize(("fault", "error", "text"), MET, ids=lambda value: str(value)[:40])
@pytest.mark.parametrize("delivered", [False, True])
async def test_a_fault_is_met_as_the_library_tells_it(
    ptb, sandbox, an, fault, error, text, delivered
) -> None:
    """Every fault strikes once, before or after delivery; the call after it goes well."""
    sandbox.faults.add(Fault(**fault, delivered=delivered), method="sendMessage")
    patience_s = 0.1 if error is TimedOut else 5
    with pytest.raises(error) as raised:
        await ptb.send_message(an, "hello", read_timeout=patience_s)
    assert text in str(raised.value)
    await until(sandbox, lambda: sandbox.calls[-1].outcome == fault["kind"])
    took_effect = delivered or fault["kind"] == "slow"
    assert [drawn["text"] for drawn in sandbox.view(an) if drawn["mine"]] == (
        ["hello"] if took_effect else []
    )
    [call] = [call for call in sandbox.calls if call.method == "sendMessage"]
    assert (call.outcome, call.delivered) == (fault["kind"], took_effect)
    await ptb.send_message(an, "again")
    assert sandbox.last(an)["text"] == "again"


def test_every_kind_is_met_above() -> None:
    """No kind of fault is left out of the table of the test above."""
    assert {fault["kind"] for fault, _, _ in MET} == set(FAULT_KINDS)


@pytest.mark.parametrize("given", [0, 3600, "soon", None])
async def test_retry_after_may_be_anything(api, sandbox, an, given) -> None:
    """429 comes with 0, an hour, a text or no retry_after at all (row 66)."""
    sandbox.faults.add(Fault(kind="retry_after", retry_after=given))
    answer = await api("sendMessage", chat_id=an, text="x")
    assert answer["error_code"] == 429
    assert answer.get("parameters", {}).get("retry_after") == given


async def test_a_fault_can_wait_for_a_chat_and_a_count(api, sandbox, an) -> None:
    """`chat_id`, `after` and `times` say which calls are struck; clear ends it."""
    bram = sandbox.add_user("Bram")
    sandbox.start(bram)
    sandbox.faults.add(Fault(kind="forbidden"), chat_id=bram, after=1, times=None)

    async def sent(chat_id: int) -> bool:
        return bool((await api("sendMessage", chat_id=chat_id, text="x"))["ok"])

    assert [await sent(bram), await sent(an), await sent(bram), await sent(bram)] == [
        True,
        True,
        False,
        False,
    ]
    sandbox.faults.clear()
    assert await sent(bram)


def test_a_seeded_rate_strikes_the_same_calls_again() -> None:
    """The same seed strikes the same calls, at about the rate; polls are spared by `*`."""

    def struck(seed: int) -> list[bool]:
        plan = FaultPlan()
        plan.at_rate(Fault(kind="server_error"), rate=0.3, seed=seed)
        return [plan.take("sendMessage", 1) is not None for _ in range(1000)]

    assert struck(7) == struck(7) != struck(8)
    assert 250 < sum(struck(7)) < 350
    plan = FaultPlan()
    plan.add(Fault(kind="drop"))
    assert plan.take("getUpdates", None) is None


async def test_a_poll_can_be_lost_before_or_after_it_confirmed(api, sandbox, an) -> None:
    """getUpdates lost after delivery has confirmed its offset; lost before, it has not."""
    sandbox.user_text(an, "one")
    [update] = await api.result("getUpdates")
    for delivered, left in ((False, 1), (True, 0)):
        sandbox.faults.add(Fault(kind="html", delivered=delivered), method="getUpdates")
        assert "<html>" in (await api.post("getUpdates", offset=update["update_id"] + 1)).text
        assert len(sandbox.updates.waiting) == left


def test_an_unknown_kind_is_refused() -> None:
    """A fault that does not exist cannot be armed by the control API."""
    with pytest.raises(ValueError, match="no such fault: gremlin"):
        Fault(kind="gremlin")  # type: ignore[arg-type]
