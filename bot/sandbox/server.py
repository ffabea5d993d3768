"""The sandbox over HTTP: the Bot API at /bot<token>/<method>, files, and /sandbox/ for control.

    sandbox = Sandbox(clock=clock.now)
    async with serve(sandbox) as origin:  # http://127.0.0.1:<port>
        base_url, base_file_url = f"{origin}/bot", f"{origin}/file/bot"  # for telegram.Bot

Several sandboxes (one bot each) can share a server; /sandbox/ speaks to the first one, or to the
one named by `?bot=<id>`. What the routes of /sandbox/ take stands in control.py.
"""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.sandbox.acts import Sandbox
from bot.sandbox.control import control_routes
from bot.sandbox.faults import Fault
from bot.sandbox.here import HERE, OnlyHere
from bot.sandbox.methods import METHODS
from bot.sandbox.params import Params, decode
from bot.sandbox.state import ApiError, Call, Json, Upload, bad_request
from bot.sandbox.webhook import Courier, conflict, read_webhook

POLL_S_MAX = 50  # official server: LONG_POLL_MAX_TIMEOUT
FIELD_BYTES_MAX = 60_000_000
UPLOAD_BYTES_MAX = 50_000_000
TERMINATED = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
HOOKED = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the "
    "webhook first"
)


@asynccontextmanager
async def serve(*sandboxes: Sandbox, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """Serve in the running loop; yields the origin, such as http://127.0.0.1:40123.

    On leaving, all connections are cut. `port` 0 takes any free one.
    """
    assert sandboxes, "a server needs a sandbox"
    wires: dict[tuple[str, int], asyncio.Transport] = {}
    desks = {sandbox.token: Desk(sandbox, wires) for sandbox in sandboxes}
    # asyncio sets TCP_NODELAY only where the protocol is named; without it each answer takes 40 ms
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    served = application(desks, list(sandboxes))
    config = uvicorn.Config(
        OnlyHere(served) if host in HERE else served,
        http=wire_class(wires),
        ws="none",
        lifespan="off",
        access_log=False,  # a path holds the token
        log_config=None,
        log_level="critical",
        timeout_keep_alive=60,
    )
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listening])
    try:
        yield f"http://{host}:{listening.getsockname()[1]}"
    finally:
        await close(server, list(desks.values()), wires)
        listening.close()


async def close(
    server: uvicorn.Server,
    desks: list["Desk"],
    wires: dict[tuple[str, int], asyncio.Transport],
) -> None:
    """Cut everything at once: a test must not wait for polls to run out."""
    for listener in server.servers:
        listener.close()
    for desk in desks:
        await desk.stop()
    for wire in list(wires.values()):
        wire.abort()
    tasks = list(server.server_state.tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def wire_class(wires: dict[tuple[str, int], asyncio.Transport]) -> type[H11Protocol]:
    """Return a protocol that notes its transport by peer, so that a fault can cut it."""

    class Wire(H11Protocol):
        """HTTP/1.1 on a connection that can be found again."""

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            wires[transport.get_extra_info("peername")[:2]] = transport
            super().connection_made(transport)

        def connection_lost(self, exc: Exception | None) -> None:
            wires.pop(self.transport.get_extra_info("peername")[:2], None)
            super().connection_lost(exc)

    return Wire


def application(desks: dict[str, "Desk"], sandboxes: list[Sandbox]) -> Starlette:
    """Return the ASGI application of some bots."""

    async def method(request: Request) -> Response:
        token = request.path_params["token"]
        if token not in desks:
            return unknown_token(token)
        return await desks[token].call(request, request.path_params["method"])

    async def file(request: Request) -> Response:
        token = request.path_params["token"]
        if token not in desks:
            return unknown_token(token)
        return await desks[token].file(request, request.path_params["path"])

    async def lost(request: Request, error: Exception) -> Response:
        return refused(ApiError(404, "Not Found"))

    return Starlette(
        routes=[
            Route("/bot{token}/{method}", method, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", file, methods=["GET"]),
            *control_routes(sandboxes),
        ],
        exception_handlers={404: lost},
    )


class Desk:
    """Where one bot's calls come in: reads, records, judges, answers."""

    def __init__(self, sandbox: Sandbox, wires: dict[tuple[str, int], asyncio.Transport]) -> None:
        """Listen to the sandbox for updates to hand out."""
        self.sandbox = sandbox
        self.wires = wires
        self.poll: asyncio.Future[None] | None = None
        self.courier = Courier(sandbox, self.called_in_reply)
        self.unsubscribe = sandbox.subscribe(self.wake)

    async def stop(self) -> None:
        """Let go of the poll and the deliveries."""
        self.unsubscribe()
        if self.poll is not None and not self.poll.done():
            self.poll.set_result(None)
        await self.courier.stop()

    def wake(self) -> None:
        """Answer the poll that waits, or begin deliveries, if there is something."""
        updates = self.sandbox.updates
        some = updates.waiting or updates.again or updates.bodies
        if some and self.poll is not None and not self.poll.done():
            self.poll.set_result(None)
        self.courier.wake()

    # --- a call ---------------------------------------------------------------------------

    async def call(self, request: Request, name: str) -> Response:
        """Run one call through faults, limits and the method, and record it."""
        try:
            params = await read(request)
        except ApiError as error:
            return refused(error)
        method = name.lower()
        call = self.record(name, params)
        fault = self.sandbox.faults.take(method, params.chat_or_none())
        if fault is not None and fault.kind != "slow" and not fault.delivered:
            call.outcome, call.delivered = fault.kind, False
            self.sandbox.changed()
            return await self.struck(request, call, fault, None)
        try:
            body = await self.answer(request, method, params, call)
        except ApiError as error:
            call.outcome = "limited" if error.code == 429 else "error"
            call.status, call.description, call.delivered = error.code, error.description, False
            response = refused(error)
        else:
            response = Response(body, media_type="application/json")
        if fault is not None:
            call.outcome = fault.kind
        if method != "getupdates":
            self.sandbox.changed()
        return response if fault is None else await self.struck(request, call, fault, response)

    def record(self, name: str, params: Params) -> Call:
        """Note a call before it is judged. The bytes of uploads are noted by size."""
        sizes = {key: f"<{len(up.content)} bytes>" for key, up in params.uploads.items()}
        call = Call(
            number=len(self.sandbox.calls),
            method=name,
            payload={**params.values, **sizes},
            at=self.sandbox.clock(),
            tick=self.sandbox.monotonic(),
        )
        self.sandbox.calls.append(call)
        return call

    async def answer(self, request: Request, method: str, params: Params, call: Call) -> bytes:
        """Return the body of a good answer; raises ApiError."""
        if method == "getupdates":
            return await self.get_updates(request, params)
        if method in ("setwebhook", "deletewebhook"):
            return encoded(True, self.set_webhook(method, params))
        call.result = self.run(method, params)
        return encoded(call.result)

    def run(self, method: str, params: Params) -> Any:
        """Run one method within the limits; raises ApiError."""
        function = METHODS.get(method)
        if function is None or method in self.sandbox.missing:
            raise ApiError(404, "Not Found: method not found")
        sandbox = self.sandbox
        wait_s = sandbox.meter.check(method, params.chat_or_none(), sandbox.monotonic())
        if wait_s is not None:
            raise too_many(wait_s)
        try:
            return function(sandbox, params)
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
            # a field of a kind nobody expects, deep in a payload: Telegram says 400 to all of it
            raise bad_request(f"wrong parameters ({type(error).__name__})") from error

    async def called_in_reply(self, call: Json) -> None:
        """Run a call that came as the answer to a webhook; its outcome is only recorded."""
        params = Params({key: value for key, value in call.items() if key != "method"})
        noted = self.record(call["method"], params)
        try:
            noted.result = self.run(call["method"].lower(), params)
        except ApiError as error:
            noted.outcome, noted.status, noted.delivered = "error", error.code, False
            noted.description = error.description

    # --- updates --------------------------------------------------------------------------

    async def get_updates(self, request: Request, params: Params) -> bytes:
        """Return updates, waiting for the first one; raises ApiError 409."""
        updates = self.sandbox.updates
        if self.sandbox.webhook:
            raise conflict(HOOKED)
        offset = params.integer("offset")
        limit = min(max(params.integer("limit", 100), 1), 100)
        wait_s = min(max(params.integer("timeout"), 0), POLL_S_MAX)
        updates.allow(params.sequence("allowed_updates"))
        if updates.bodies:
            return updates.bodies.pop(0)
        found = updates.take(offset, limit)
        if not found and wait_s:
            await self.wait(request, wait_s)
            if updates.bodies:
                return updates.bodies.pop(0)
            found = updates.take(max(offset, 0), limit)
        return b'{"ok":true,"result":[' + b",".join(queued.raw for queued in found) + b"]}"

    async def wait(self, request: Request, wait_s: float) -> None:
        """Wait for an update; raises ApiError 409 when a second poll or a webhook ends it."""
        self.abort_poll(TERMINATED)
        poll = self.poll = asyncio.get_running_loop().create_future()
        self.sandbox.polling = True
        self.sandbox.changed()
        try:
            await until_gone(request, wait_s, poll)
            if poll.done():
                poll.result()
        finally:
            if self.poll is poll:
                self.poll = None
                self.sandbox.polling = False

    def abort_poll(self, text: str) -> None:
        """End the poll that waits with a 409."""
        if self.poll is not None and not self.poll.done():
            self.poll.set_exception(conflict(text))

    def set_webhook(self, method: str, params: Params) -> str:
        """Set or delete the webhook; returns the description. Raises ApiError."""
        hook = read_webhook(params) if method == "setwebhook" else {}
        before = self.sandbox.webhook
        if method == "setwebhook":
            self.sandbox.updates.allow(params.sequence("allowed_updates"))
        if params.flag("drop_pending_updates"):
            self.sandbox.updates.clear()
        if hook:
            self.abort_poll("terminated by setWebhook request")
        self.sandbox.webhook = hook
        self.sandbox.changed()
        if hook:
            return "Webhook is already set" if hook == before else "Webhook was set"
        return "Webhook was deleted" if before else "Webhook is already deleted"

    # --- files and faults -----------------------------------------------------------------

    async def file(self, request: Request, path: str) -> Response:
        """Return a file's bytes."""
        stored = self.sandbox.file_at(path)
        if stored is None:
            response = refused(ApiError(404, "Not Found"))
        else:
            response = Response(stored.content, media_type="application/octet-stream")
        fault = self.sandbox.faults.take("file", None)
        if fault is None:
            return response
        call = self.record("file", Params({"path": path}))
        call.outcome, call.delivered = fault.kind, False
        return await self.struck(request, call, fault, response)

    async def struck(
        self, request: Request, call: Call, fault: Fault, true: Response | None
    ) -> Response:
        """Return what the fault makes of an answer; `true` is the one that was ready, if any."""
        if fault.kind == "slow":
            await until_gone(request, fault.delay_s)
            assert true is not None
            return true
        if fault.kind in ("timeout", "drop"):
            if fault.kind == "timeout":
                await until_gone(request, fault.delay_s)
            call.status = 0
            return await self.cut(request)
        if fault.kind == "retry_after" and isinstance(fault.retry_after, int):
            chat_id = Params(call.payload).chat_or_none()
            self.sandbox.meter.told_to_wait(chat_id, fault.retry_after, self.sandbox.monotonic())
        response = faulty(fault, true)
        call.status, call.description = response.status_code, fault.description
        return response

    async def cut(self, request: Request) -> Response:
        """Close the connection without an answer."""
        assert request.client is not None
        wire = self.wires.get((request.client.host, request.client.port))
        if wire is not None:
            wire.abort()
            await disconnected(request)
        return Response()


async def until_gone(request: Request, wait_s: float, *others: asyncio.Future[None]) -> None:
    """Wait until the time is over, the client gave up or one of `others` is done."""
    gone = asyncio.get_running_loop().create_task(disconnected(request))  # ended below
    try:
        await asyncio.wait({gone, *others}, timeout=wait_s, return_when="FIRST_COMPLETED")
    finally:
        gone.cancel()


async def disconnected(request: Request) -> None:
    """Return when the client is gone; the body must have been read."""
    while (await request.receive())["type"] != "http.disconnect":
        continue


async def read(request: Request) -> Params:
    """Return the arguments of a call in any of the encodings; raises ApiError."""
    values: Json = {key: decode(key, value) for key, value in request.query_params.items()}
    uploads: dict[str, Upload] = {}
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        try:
            found = json.loads(await request.body() or b"{}")
        except (ValueError, RecursionError):
            raise bad_request("can't parse JSON object") from None
        if not isinstance(found, dict):
            raise bad_request("object expected as JSON body")
        return Params({**values, **found})
    if kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        async with request.form(max_part_size=FIELD_BYTES_MAX) as form:
            for key, value in form.multi_items():
                if isinstance(value, UploadFile):
                    uploads[key] = await uploaded(value)
                else:
                    values[key] = decode(key, value)
        return Params(values, uploads)
    await request.body()
    return Params(values)


async def uploaded(file: UploadFile) -> Upload:
    """Return an upload's bytes; raises ApiError 413 above 50 MB."""
    if file.size is not None and file.size > UPLOAD_BYTES_MAX:
        raise ApiError(413, "Request Entity Too Large")
    content = await file.read()
    return Upload(
        content=content,
        name=file.filename or "file",
        mime=file.content_type or "application/octet-stream",
    )


def encoded(result: Any, description: str = "") -> bytes:
    """Return the body of a good answer."""
    answer: Json = {"ok": True, "result": result}
    if description:
        answer["description"] = description
    return json.dumps(answer).encode()


def refused(error: ApiError) -> Response:
    """Return an error in Telegram's shape."""
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    headers = {}
    if error.parameters:
        body["parameters"] = error.parameters
        if "retry_after" in error.parameters:
            headers["Retry-After"] = str(error.parameters["retry_after"])
    return Response(
        json.dumps(body).encode(), error.code, headers=headers, media_type="application/json"
    )


def too_many(wait_s: int) -> ApiError:
    """Return a 429."""
    return ApiError(429, f"Too Many Requests: retry after {wait_s}", {"retry_after": wait_s})


def unknown_token(token: str) -> Response:
    """Return 401 for a token nobody has, 404 for what is none: as api.telegram.org does."""
    number, colon, _ = token.partition(":")
    known_form = bool(colon) and number.isdigit()
    return refused(ApiError(401, "Unauthorized") if known_form else ApiError(404, "Not Found"))


def faulty(fault: Fault, true: Response | None) -> Response:
    """Return the answer of a fault that does answer."""
    match fault.kind:
        case "retry_after":
            body: Json = {
                "ok": False,
                "error_code": 429,
                "description": f"Too Many Requests: retry after {fault.retry_after}",
            }
            if fault.retry_after is not None:
                body["parameters"] = {"retry_after": fault.retry_after}
            return Response(json.dumps(body).encode(), 429, media_type="application/json")
        case "server_error":
            if fault.status >= 502:
                page = f"<html><head><title>{fault.status}</title></head><body>nginx</body></html>"
                return Response(page, fault.status, media_type="text/html")
            return refused(ApiError(fault.status, fault.description or "Internal Server Error"))
        case "html":
            page = "<!DOCTYPE html><html><body>Please sign in to this network</body></html>"
            return Response(page, media_type="text/html")
        case "not_ok":
            said = fault.description or "Bad Request: something went wrong"
            body = {"ok": False, "error_code": 400, "description": said}
            return Response(json.dumps(body).encode(), media_type="application/json")
        case "truncated":
            whole = bytes(true.body) if true is not None else encoded({"message_id": 1})
            return Response(whole[: len(whole) // 2], media_type="application/json")
        case "empty":
            return Response(status_code=204)
        case "unauthorized":
            return refused(ApiError(401, fault.description or "Unauthorized"))
        case "forbidden":
            said = fault.description or "bot was blocked by the user"
            return refused(ApiError(403, f"Forbidden: {said}"))
        case "bad_request":
            said = fault.description or "chat not found"
            return refused(ApiError(400, f"Bad Request: {said}"))
        case "not_found":
            return refused(ApiError(404, fault.description or "Not Found"))
        case "conflict":
            return refused(conflict(fault.description or TERMINATED))
        case "timeout" | "drop" | "slow":
            raise AssertionError(f"{fault.kind} gives no answer of its own")
