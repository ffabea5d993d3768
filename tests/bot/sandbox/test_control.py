"""The control API over HTTP and the command: what the page and other processes use."""

from __future__ import annotations

import asyncio
import base64
import os
import signal
import sys
from typing import Any

import httpx
import pytest

from bot.sandbox import Sandbox, serve, wait_change
from bot.sandbox.here import OnlyHere


async def act(http: httpx.AsyncClient, name: str, **given: Any) -> Any:
    """Return the result of an act that must go well."""
    response = await http.post(f"/sandbox/acts/{name}", json=given)
    assert response.status_code == 200, response.text
    return response.json()["result"]


async def test_a_story_by_control_api_alone(http, api, sandbox) -> None:
    """Make people and a group, write, be answered, press, see it all: over HTTP."""
    an = await act(http, "add_user", first_name="An", language_code="nl")
    team = await act(http, "add_group", title="Team", topics=True, owner=an)
    await act(http, "add_bot", chat_id=team, by=an, admin=True)
    await act(http, "start", user_id=an)
    picture = base64.b64encode(b"jpeg").decode()
    await act(http, "user_photo", user_id=an, content_b64=picture, caption="<claim>")
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    sent = await api.result("sendMessage", chat_id=an, text="?", reply_markup=markup)
    query = await act(http, "press", user_id=an, message_id=sent["message_id"], data="go")
    await api.result("answerCallbackQuery", callback_query_id=query, text="ok")
    drawn = (await http.get(f"/sandbox/chats/{an}")).json()["result"]
    assert [each["html"] for each in drawn] == [
        '<span class="bot_command">/start</span>',
        "&lt;claim&gt;",
        "?",
    ]
    file = await http.get(f"/sandbox/files/{drawn[1]['file']['file_id']}")
    assert (file.content, file.headers["content-type"]) == (b"jpeg", "image/jpeg")
    answer = (await http.get(f"/sandbox/queries/{query}")).json()["result"]
    assert answer == {"text": "ok", "show_alert": False}
    state = (await http.get("/sandbox/state")).json()["result"]
    assert state["revision"] == sandbox.revision
    assert {chat["id"] for chat in state["chats"]} == {an, team}
    calls = (await http.get("/sandbox/calls", params={"since": 1})).json()["result"]
    assert [call["method"] for call in calls] == ["answerCallbackQuery"]


async def test_acts_that_cannot_be_are_400_with_a_reason(http) -> None:
    """Unknown acts, people and arguments are refused in words, never a 500."""
    for name, given in (
        ("explode", {}),
        ("user_text", {"user_id": 1, "text": "x"}),
        ("user_text", {"nobody": 1}),
        ("__init__", {}),
        ("user_photo", {"user_id": 1, "content_b64": "%"}),
    ):
        response = await http.post(f"/sandbox/acts/{name}", json=given)
        assert response.status_code == 400
        assert response.json()["ok"] is False
        assert response.json()["description"]
    assert (await http.get("/sandbox/state", params={"bot": "9"})).status_code == 400


async def test_faults_limits_and_injection_by_http(http, api, sandbox, an) -> None:
    """Faults are armed and cleared, limits switched on, raw updates and bodies put in."""
    await http.post("/sandbox/faults", json={"kind": "forbidden", "method": "sendMessage"})
    assert (await api.error("sendMessage", chat_id=an, text="x"))[0] == 403
    await http.post("/sandbox/faults", json={"kind": "server_error", "rate": 1.0, "seed": 3})
    assert (await api.error("getMe"))[0] == 500
    await http.delete("/sandbox/faults")
    assert (await http.post("/sandbox/faults", json={"kind": "gremlin"})).status_code == 400
    await http.post("/sandbox/limits", json={"enforce": True, "chat_burst": 1})
    await api.result("sendMessage", chat_id=an, text="x")
    assert (await api.error("sendMessage", chat_id=an, text="x"))[0] == 429
    violations = (await http.get("/sandbox/violations")).json()["result"]
    assert [each["kind"] for each in violations] == ["chat"]
    await http.post("/sandbox/updates", json={"strange": {}})
    await http.post("/sandbox/raw", content=b"null")
    assert [
        update if update is None else update["strange"]
        for update in (await api.result("getUpdates"))
    ] == [{}, None]
    await http.post("/sandbox/body", content=b"<html>")
    assert (await api.post("getUpdates")).text == "<html>"


async def test_changes_can_be_waited_for(http, sandbox, an) -> None:
    """A wait ends with the next change, or with the same revision when its time is over."""
    seen = sandbox.revision
    waiting = asyncio.ensure_future(
        http.get("/sandbox/changes", params={"since": seen, "timeout": 5})
    )
    asyncio.get_running_loop().call_later(0.02, sandbox.user_text, an, "hello")
    answer = (await asyncio.wait_for(waiting, 2)).json()
    assert answer["result"]["revision"] > seen
    assert await wait_change(sandbox, sandbox.revision, 0.01) == sandbox.revision


async def test_several_bots_share_a_server(hands) -> None:
    """Each bot has a world of its own on one origin; control picks it by id."""
    worlds = [Sandbox(clock=lambda: hands.now, token=f"{number}:TOKEN") for number in (71, 72)]
    async with (
        serve(*worlds) as origin,
        httpx.AsyncClient(base_url=origin, trust_env=False) as client,
    ):
        for number in (71, 72):
            me = (await client.get(f"/bot{number}:TOKEN/getMe")).json()["result"]
            assert me["id"] == number
        await client.post("/sandbox/acts/add_user", params={"bot": "72"}, json={"first_name": "A"})
    assert [len(world.people) for world in worlds] == [1, 2]


async def test_leaving_cuts_polls_at_once(sandbox, hands) -> None:
    """Closing the server does not wait for a poll to run out, and frees the port."""
    async with serve(sandbox) as origin:
        client = httpx.AsyncClient(base_url=origin, timeout=60, trust_env=False)
        poll = asyncio.ensure_future(client.get(f"/bot{sandbox.token}/getUpdates?timeout=50"))
        await wait_change(sandbox, sandbox.revision, 2)
    with pytest.raises(httpx.TransportError):
        await asyncio.wait_for(poll, 2)
    await client.aclose()
    async with serve(sandbox, port=int(origin.rpartition(":")[2])) as again:
        assert again == origin


async def test_the_command_serves_until_interrupted() -> None:
    """`python -m bot.sandbox` prints its origin, serves the token it is given, ends on SIGINT."""
    command = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.sandbox", "--port", "0", "--token", "99:XY"),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": "."},
    )
    assert command.stdout is not None
    line = (await asyncio.wait_for(command.stdout.readline(), 20)).decode()
    async with httpx.AsyncClient(base_url=line.split()[-1], trust_env=False) as client:
        assert (await client.get("/bot99:XY/getMe")).json()["result"]["id"] == 99
    command.send_signal(signal.SIGINT)
    assert await asyncio.wait_for(command.wait(), 5) == 0


async def test_only_this_machines_own_pages_are_served(http) -> None:
    """Another site's page in the same browser, or a name made to mean 127.0.0.1: refused."""
    for name, value in (
        ("Host", "evil.example"),
        ("Host", "127.0.0.1.evil.example:80"),
        ("Host", ""),
        ("Origin", "http://evil.example"),
        ("Origin", "null"),
        ("Origin", "http://127.0.0.1@evil.example"),
    ):
        told = await http.post("/sandbox/acts/add_user", json={}, headers={name: value})
        assert told.status_code == 403, (name, value)
    for name, value in (("Host", "localhost:80"), ("Origin", "http://127.0.0.1:8080")):
        assert (await http.get("/sandbox/state", headers={name: value})).status_code == 200


async def test_another_sites_socket_is_closed_before_it_opens() -> None:
    """The page lives on its socket, which browsers let every site open."""
    opened: list[str] = []
    said: list[Any] = []

    async def page(scope: Any, receive: Any, send: Any) -> None:
        opened.append(scope["type"])

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        said.append(message)

    for origin in (b"http://evil.example", b"http://localhost:8080"):
        headers = [(b"host", b"localhost:8080"), (b"origin", origin)]
        await OnlyHere(page)({"type": "websocket", "headers": headers}, receive, send)
    assert opened == ["websocket"]
    assert said == [{"type": "websocket.close", "code": 1008}]
