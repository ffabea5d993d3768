"""The control API over HTTP, for the page and for tests in other processes.

All JSON: {"ok": true, "result": …}; refusals are 400 {"ok": false, "description": …}.
`?bot=<id>` picks another sandbox.

    GET  /sandbox/state                      bot, people, chats, webhook, pending, revision
    GET  /sandbox/changes?since=N&timeout=S  waits until the revision is above N
    GET  /sandbox/chats/<id>?deleted=1       the chat as a client draws it (World.view)
    POST /sandbox/acts/<act> {arguments}     any act of acts.Sandbox named in ACTS, by its own
                                             argument names; `content` as base64: `content_b64`
    POST /sandbox/updates <any JSON>         raw injection
    POST /sandbox/raw <any bytes>            the same as text, JSON or not
    POST /sandbox/body <any bytes>           the whole answer to the next getUpdates
    GET  /sandbox/calls?since=N              every call of the bot
    GET  /sandbox/violations                 calls above the limits, enforced or not
    POST /sandbox/faults {kind, …}           Fault's fields, and method, times, after, chat_id
                                             or rate and seed;  DELETE: none any more
    POST /sandbox/limits {enforce, …}        the fields of Limits
    GET  /sandbox/files/<file_id>            the bytes of a file
    GET  /sandbox/queries/<id>               how the bot answered a press, null if not yet
"""

import asyncio
import base64
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.acts import Sandbox
from bot.sandbox.faults import Fault
from bot.sandbox.limits import Limits
from bot.sandbox.state import ActError, ApiError, Json

WAIT_S_MAX = 60.0
ACTS = frozenset(
    {
        "add_user",
        "add_group",
        "add_channel",
        "start",
        "user_text",
        "user_photo",
        "user_voice",
        "user_document",
        "user_contact",
        "user_content",
        "user_forward",
        "user_edit",
        "user_delete",
        "user_button_text",
        "anonymous_text",
        "channel_text",
        "channel_post",
        "press",
        "press_label",
        "block",
        "unblock",
        "deactivate",
        "add_bot",
        "remove_bot",
        "set_bot",
        "add_member",
        "remove_member",
        "set_member",
        "rename_user",
        "migrate",
        "set_topics",
        "add_topic",
        "close_topic",
        "reopen_topic",
        "delete_topic",
        "delete_group",
        "reset_update_ids",
        "redeliver",
    }
)


def control_routes(sandboxes: list[Sandbox]) -> list[Route]:
    """Return the routes of /sandbox/."""

    def picked(request: Request) -> Sandbox:
        wanted = request.query_params.get("bot")
        for sandbox in sandboxes:
            if wanted is None or str(sandbox.me.user_id) == wanted:
                return sandbox
        raise ActError(f"no bot {wanted}")

    def route(path: str, handle: "Handler", method: str) -> Route:
        async def endpoint(request: Request) -> Response:
            try:
                return await handle(picked(request), request)
            except (ActError, ApiError) as error:
                return refusal(str(error))
            except (KeyError, TypeError, ValueError) as error:
                return refusal(f"{type(error).__name__}: {error}")

        return Route(path, endpoint, methods=[method])

    return [
        route("/sandbox/state", state, "GET"),
        route("/sandbox/changes", changes, "GET"),
        route("/sandbox/chats/{chat_id:path}", chat, "GET"),
        route("/sandbox/acts/{act}", act, "POST"),
        route("/sandbox/updates", inject, "POST"),
        route("/sandbox/raw", inject_raw, "POST"),
        route("/sandbox/body", inject_body, "POST"),
        route("/sandbox/calls", calls, "GET"),
        route("/sandbox/violations", violations, "GET"),
        route("/sandbox/faults", add_fault, "POST"),
        route("/sandbox/faults", clear_faults, "DELETE"),
        route("/sandbox/limits", set_limits, "POST"),
        route("/sandbox/files/{file_id}", file, "GET"),
        route("/sandbox/queries/{query_id}", query, "GET"),
    ]


Handler = Callable[[Sandbox, Request], Awaitable[Response]]


def refusal(text: str) -> Response:
    """Return a 400 that says why."""
    return JSONResponse({"ok": False, "description": text}, 400)


def good(result: Any = None) -> Response:
    """Return a result. Lone surrogates survive, as the Bot API's JSON lets them."""
    body = json.dumps({"ok": True, "result": result}, default=str).encode()
    return Response(body, media_type="application/json")


async def state(sandbox: Sandbox, request: Request) -> Response:
    """Return an overview of the world."""
    return good(overview(sandbox))


def overview(sandbox: Sandbox) -> Json:
    """Return who and what there is."""
    return {
        "revision": sandbox.revision,
        "bot": sandbox.me.api(),
        "date": int(sandbox.clock().timestamp()),
        "people": [asdict(person) for person in sandbox.people.values()],
        "chats": [
            {
                **sandbox.chat_api(chat),
                "members": [asdict(member) for member in chat.members.values()],
                "topics": [asdict(topic) for topic in chat.topics.values()],
                "migrated_to": chat.migrated_to,
                "keyboard": chat.keyboard,
                "messages": len(chat.messages),
            }
            for chat in sandbox.chats.values()
        ],
        "webhook": sandbox.webhook.get("url", ""),
        "polling": sandbox.polling,
        "pending": len(sandbox.updates.waiting),
        "next_update_id": sandbox.updates.next_id,
    }


async def changes(sandbox: Sandbox, request: Request) -> Response:
    """Return the revision, once it is above `since` or the time is over."""
    since = int(request.query_params.get("since", -1))
    wait_s = min(float(request.query_params.get("timeout", 25)), WAIT_S_MAX)
    return good({"revision": await wait_change(sandbox, since, wait_s)})


async def wait_change(sandbox: Sandbox, since: int, wait_s: float) -> int:
    """Wait until the sandbox's revision is above `since`, at most `wait_s`; return it."""
    changed = asyncio.Event()
    unsubscribe = sandbox.subscribe(changed.set)
    try:
        if sandbox.revision <= since:
            await asyncio.wait_for(changed.wait(), wait_s)
    except TimeoutError:
        pass  # nothing changed: the caller sees it by the number
    finally:
        unsubscribe()
    return sandbox.revision


async def until(sandbox: Sandbox, happened: Callable[[], bool], wait_s: float = 5.0) -> None:
    """Wait until `happened()` after some change; raises TimeoutError after `wait_s`."""
    async with asyncio.timeout(wait_s):
        while not happened():
            await wait_change(sandbox, sandbox.revision, wait_s)


async def chat(sandbox: Sandbox, request: Request) -> Response:
    """Return the messages of a chat."""
    deleted = request.query_params.get("deleted", "") in ("1", "true")
    return good(sandbox.view(int(request.path_params["chat_id"]), deleted=deleted))


async def act(sandbox: Sandbox, request: Request) -> Response:
    """Do one act."""
    name = request.path_params["act"]
    if name not in ACTS:
        raise ActError(f"no act {name}")
    given = json.loads(await request.body() or b"{}")
    if not isinstance(given, dict):
        raise ActError("arguments must be an object")
    if "content_b64" in given:
        given["content"] = base64.b64decode(given.pop("content_b64"), validate=True)
    result: Any = getattr(sandbox, name)(**given)
    return good(result)


async def inject(sandbox: Sandbox, request: Request) -> Response:
    """Queue any JSON as an update."""
    return good({"update_id": sandbox.inject(json.loads(await request.body()))})


async def inject_raw(sandbox: Sandbox, request: Request) -> Response:
    """Queue any bytes in place of an update; `?update_id=` if it has one to confirm."""
    given = request.query_params.get("update_id")
    taken = sandbox.inject_raw(await request.body(), int(given) if given else None)
    return good({"update_id": taken})


async def inject_body(sandbox: Sandbox, request: Request) -> Response:
    """Let the next getUpdates be answered with these bytes."""
    sandbox.inject_body(await request.body())
    return good()


async def calls(sandbox: Sandbox, request: Request) -> Response:
    """Return the bot's calls from number `since` on."""
    since = int(request.query_params.get("since", 0))
    return good([asdict(each) for each in sandbox.calls[since:]])


async def violations(sandbox: Sandbox, request: Request) -> Response:
    """Return every call above the limits."""
    return good([asdict(each) for each in sandbox.meter.violations])


async def add_fault(sandbox: Sandbox, request: Request) -> Response:
    """Arm a fault."""
    given = json.loads(await request.body())
    plan = {k: given.pop(k) for k in ("method", "times", "after", "chat_id") if k in given}
    rate, seed = given.pop("rate", None), given.pop("seed", 0)
    if rate is None:
        sandbox.faults.add(Fault(**given), **plan)
    else:
        sandbox.faults.at_rate(
            Fault(**given), rate=float(rate), seed=seed, method=plan.get("method", "*")
        )
    return good()


async def clear_faults(sandbox: Sandbox, request: Request) -> Response:
    """Disarm all faults."""
    sandbox.faults.clear()
    return good()


async def set_limits(sandbox: Sandbox, request: Request) -> Response:
    """Change the limits; what is not named gets its default."""
    sandbox.set_limits(Limits(**json.loads(await request.body())))
    return good(asdict(sandbox.meter.limits))


async def file(sandbox: Sandbox, request: Request) -> Response:
    """Return a file's bytes."""
    stored = sandbox.files.get(request.path_params["file_id"])
    if stored is None:
        raise ActError("no such file")
    return Response(stored.content, media_type=stored.mime or "application/octet-stream")


async def query(sandbox: Sandbox, request: Request) -> Response:
    """Return how the bot answered a press, null while it has not."""
    found = sandbox.queries.get(request.path_params["query_id"])
    if found is None:
        raise ActError("no such query")
    return good(found.answer)
