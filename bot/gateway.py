"""The door to Telegram: the only file that imports its library. Knows no case, no table, no clock.

What Telegram answers is a value (`SendOutcome`, `FetchOutcome`), never an exception: a blocked
bot or a network that is down is what the world does, not a mistake. python-telegram-bot brings
the HTTP line, the encoding of calls and files and the classes of errors; its typed updates, its
polling and its persistence are not used (they lose updates: design, "The idea in one breath").

The token is part of every address. Nothing here puts an address, a body or an exception's text
into a log, a repr or a value; the loggers of the libraries below, which do, are silenced.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import httpx
from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    NetworkError,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest, HTTPXRequest, RequestData

from bot.outcomes import (
    UPDATES_MAX,
    Blocked,
    Fetched,
    FetchOutcome,
    Gone,
    Json,
    Me,
    Migrated,
    NotModified,
    ParseRejected,
    Rejected,
    RetryLater,
    SendOutcome,
    Sent,
    TakenOver,
    Tangled,
    TooOld,
    Trouble,
    Unauthorized,
    Unreachable,
    Unsure,
    Upload,
)

API_URL = "https://api.telegram.org"
READ_S = 20.0  # an answer later than this counts as unknown, though the message may have arrived
CONNECT_S = 5.0
UPLOAD_S = 60.0
POLL_GRACE_S = 10.0  # how much longer than the long poll itself we wait for its answer
IN_FLIGHT_MAX = 40  # connections: the sender's 30 and some for files and commands
RETRY_DEFAULT_S = 30.0  # a 429 that does not say how long (bad_inputs 66)
RETRY_LONGEST_S = 3600.0
ANSWER_BYTES_MAX = 64 * 1024 * 1024  # 100 updates are far below; more is not Telegram
FILE_BYTES_MAX = 20 * 1024 * 1024  # what a bot may download

TOKEN = re.compile(r"\d{6,12}:[A-Za-z0-9_-]{30,}")  # threats S17


class Gateway:
    """One bot at one server. Open until `close()`; safe for many calls at once."""

    def __init__(self, token: str, api_url: str = API_URL) -> None:
        silence_libraries()
        origin = api_url.rstrip("/")
        self._origin = origin
        self._calls = _Line(origin, connections=IN_FLIGHT_MAX)
        self._polls = _PollLine(origin, connections=2)
        self._bot: Bot = Bot(
            token,
            base_url=f"{origin}/bot",
            base_file_url=f"{origin}/file/bot",
            request=self._calls,
            get_updates_request=self._polls,
        )
        self._file_url = f"{origin}/file/bot{token}/"

    def __repr__(self) -> str:
        return f"Gateway({self._origin!r})"

    async def close(self) -> None:
        """Close the connections."""
        await self._calls.shutdown()
        await self._polls.shutdown()

    async def send(
        self, method: str, payload: Json, files: Mapping[str, Upload] | None = None
    ) -> SendOutcome:
        """Call `method` with `payload` (the Bot API's names); return what became of it.

        `files` replace fields of the payload of the same name. One attempt, no waiting: limits
        and repeats are the sender's.
        """
        fields: Json = dict(payload)
        for name, upload in (files or {}).items():
            fields[name] = InputFile(upload.content, filename=upload.name)
        try:
            result = await self._call(method, fields)
        except TelegramError as error:
            return _outcome(error, method, payload)
        except (KeyError, TypeError):  # 2xx without "result": not an answer of the Bot API
            return Unsure(code="no-result")
        return Sent(message_id=_message_id(result), result=result)

    async def fetch_updates(
        self,
        *,
        offset: int | None,
        timeout_s: int,
        allowed: tuple[str, ...],
        limit: int = UPDATES_MAX,
    ) -> FetchOutcome:
        """Return up to `limit` updates from `offset` on; waits `timeout_s` (≤ 50) for the first.

        Telegram forgets what is below `offset`: give it only after a commit.
        """
        fields: Json = {"timeout": timeout_s, "limit": limit, "allowed_updates": list(allowed)}
        if offset is not None:
            fields["offset"] = offset
        try:
            result = await self._call("getUpdates", fields, read_s=timeout_s + POLL_GRACE_S)
        except TelegramError as error:
            return _trouble(_outcome(error, "getUpdates", fields))
        except (KeyError, TypeError):
            return Unsure(code="no-result")
        if isinstance(result, Tangled):
            return result
        if not isinstance(result, list):
            return Unsure(code="no-list")
        return Fetched(updates=tuple(_as_bytes(each) for each in result))

    async def get_me(self) -> Me | Trouble:
        """Return who the bot is."""
        sent = await self.send("getMe", {})
        if not isinstance(sent, Sent):
            return _trouble(sent)
        match sent.result:
            case {"id": int(user_id), **rest}:
                name = rest.get("username")
                return Me(user_id=user_id, username=name if isinstance(name, str) else "")
            case _:
                return Unsure(code="no-user")

    async def get_webhook_url(self) -> str | Trouble:
        """Return the address that updates go to; empty when they are polled (threats S28)."""
        sent = await self.send("getWebhookInfo", {})
        if not isinstance(sent, Sent):
            return _trouble(sent)
        match sent.result:
            case {"url": str(url)}:
                return url
            case _:
                return ""

    async def set_webhook(self, url: str, *, secret: str, allowed: tuple[str, ...]) -> SendOutcome:
        """Let updates go to `url`, with the secret in a header; none that waits is dropped."""
        fields: Json = {"url": url, "secret_token": secret, "allowed_updates": list(allowed)}
        return await self.send("setWebhook", fields)

    async def delete_webhook(self) -> SendOutcome:
        """Let updates be polled again; none of those that wait is dropped."""
        return await self.send("deleteWebhook", {"drop_pending_updates": False})

    async def set_commands(
        self, commands: Mapping[str, str], *, language: str = "", scope: Json | None = None
    ) -> SendOutcome:
        """Set the list of commands (name → description) that Telegram shows, per language code."""
        listed = [{"command": name, "description": words} for name, words in commands.items()]
        fields: Json = {"commands": listed}
        if language:
            fields["language_code"] = language
        if scope is not None:
            fields["scope"] = scope
        return await self.send("setMyCommands", fields)

    async def download(
        self, file_id: str, *, bytes_max: int = FILE_BYTES_MAX
    ) -> bytes | Trouble | Blocked | Gone:
        """Return a file's content; `Rejected("too-big")` above `bytes_max`, never half a file."""
        sent = await self.send("getFile", {"file_id": file_id})
        if not isinstance(sent, Sent):
            return sent if isinstance(sent, Blocked | Gone) else _trouble(sent)
        match sent.result:
            case {"file_path": str(path)} if _plain_path(path):
                return await self._download_path(path, sent.result.get("file_size"), bytes_max)
            case _:
                return Rejected(code="no-path")

    async def _download_path(self, path: str, size: object, bytes_max: int) -> bytes | Trouble:
        if isinstance(size, int) and size > bytes_max:
            return Rejected(code="too-big")
        try:
            content = await self._calls.retrieve(self._file_url + path, read_timeout=UPLOAD_S)
        except TelegramError as error:
            return _trouble(_outcome(error, "getFile", {}))
        if len(content) > bytes_max:
            return Rejected(code="too-big")
        if isinstance(size, int) and len(content) != size:
            return Unsure(code="half-file")
        return content

    async def _call(self, method: str, fields: Json, *, read_s: float = READ_S) -> Any:
        return await self._bot.do_api_request(
            _endpoint(method), api_kwargs=fields, read_timeout=read_s
        )


# --- the line under it ---------------------------------------------------------------------------


class _NotSent(NetworkError):
    """The request did not leave, or a server said that it could not serve it."""


class _NotValid(TelegramError):
    """401 or 404."""


class _TooMany(TelegramError):
    """429. PTB's own class wants a number of seconds, which an answer may leave out, and warns."""

    def __init__(self, wait_s: float) -> None:
        super().__init__("429")
        self.wait_s = wait_s


class _Garbled(TelegramError):
    """An answer with a good status that is not the Bot API's JSON."""


class _Line(HTTPXRequest):
    """PTB's HTTP line, keeping apart what it lumps together: surely not sent, and unknown."""

    __slots__ = ()

    def __init__(self, origin: str, *, connections: int) -> None:
        local = urlsplit(origin).hostname in ("127.0.0.1", "localhost", "::1")
        super().__init__(
            connection_pool_size=connections,
            read_timeout=READ_S,
            write_timeout=READ_S,
            connect_timeout=CONNECT_S,
            pool_timeout=READ_S,
            media_write_timeout=UPLOAD_S,
            # a server on this machine is never behind the proxy of the environment
            httpx_kwargs={"trust_env": not local, "follow_redirects": False},
        )

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Return status and body; raises TelegramErrors that say whether the request left."""
        try:
            code, body = await super().do_request(
                url,
                method,
                request_data,
                read_timeout=read_timeout,
                write_timeout=write_timeout,
                connect_timeout=connect_timeout,
                pool_timeout=pool_timeout,
            )
        except NetworkError as error:
            if isinstance(error.__cause__, _BEFORE_SENDING):
                raise _NotSent(type(error.__cause__).__name__) from None
            raise
        if len(body) > ANSWER_BYTES_MAX:
            raise _Garbled("too-long")
        _raise_for(code, body)
        return code, body

    @staticmethod
    def parse_json_payload(payload: bytes) -> Json:
        """Return an answer's JSON object; raises without logging it, as PTB would."""
        try:
            answer = json.loads(payload)
        except (ValueError, RecursionError):
            raise _Garbled("no-json") from None
        if not isinstance(answer, dict):
            raise _Garbled("no-object")
        return answer


class _PollLine(_Line):
    """The line of `getUpdates`: cuts the answer into updates without parsing them.

    One update that does not parse must not keep the others from being stored (bad_inputs 3, 12).
    """

    __slots__ = ()

    @staticmethod
    def parse_json_payload(payload: bytes) -> Json:
        """Return {"result": [bytes, …]} of a good answer, parsed JSON of any other.

        What begins as a list of updates and is no JSON is {"result": Tangled}.
        """
        if (updates := split_updates(payload)) is not None:
            return {"ok": True, "result": updates}
        try:
            return _Line.parse_json_payload(payload)
        except _Garbled:
            head = _RESULT.search(payload)
            if head is None or _NOT_OK.search(payload, 0, head.end()):
                raise
            rest = payload[head.end() :].rstrip().removesuffix(b"}").rstrip().removesuffix(b"]")
            return {"ok": True, "result": Tangled(body=rest)}


# httpx raises these before the first byte of a request leaves
_BEFORE_SENDING = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


def _raise_for(code: int, body: bytes) -> None:
    """Raise for the statuses to which PTB gives one class, or a class that depends on the body."""
    if code in (401, 404):
        raise _NotValid(str(code))
    if code == 429:
        raise _TooMany(_retry_after_s(body))
    if code == 504:
        # a gateway that got no answer in time: Telegram behind it may have done it
        raise NetworkError("504")
    if code >= 500 or 300 <= code < 400 or code == 407:
        raise _NotSent(str(code))


def _retry_after_s(body: bytes) -> float:
    """Return how long a 429 asks to wait; the default when it does not say (bad_inputs 66)."""
    seconds: object = None
    try:
        match json.loads(body):
            case {"parameters": {"retry_after": found}}:
                seconds = found
            case _:
                pass
        wait_s = float(seconds) if isinstance(seconds, int | float | str) else RETRY_DEFAULT_S
    except (ValueError, RecursionError):
        wait_s = RETRY_DEFAULT_S
    if not 0 <= wait_s < float("inf"):
        wait_s = RETRY_DEFAULT_S
    return min(max(wait_s, 1.0), RETRY_LONGEST_S)


def split_updates(payload: bytes) -> list[bytes] | None:
    """Return the elements of the array `result` of a `{"ok": true, …}` answer, as they came.

    Looks at brackets and quotes only: depth and content of an update cannot harm it. None when
    the answer has no such array, or is cut off.
    """
    head = _RESULT.search(payload)
    if head is None or _NOT_OK.search(payload, 0, head.end()):
        return None
    found: list[bytes] = []
    depth, begin = 0, head.end()
    for mark in _MARKS.finditer(payload, head.end()):
        char = mark[0][:1]
        if mark[0] == b'"':
            return None  # a string without an end
        if char in b"[{":
            depth += 1
        elif char in b"]}":
            depth -= 1
        if (char == b"," and depth == 0) or depth < 0:
            piece = payload[begin : mark.start()].strip()
            if piece or found or char == b",":
                found.append(piece)
            begin = mark.end()
            if depth < 0:
                return found if payload[begin:].lstrip()[:1] in (b"}", b",") else None
    return None


_RESULT = re.compile(rb'\A\s*\{[^\[{]*?"result"\s*:\s*\[')
_NOT_OK = re.compile(rb'"ok"\s*:\s*false')
# a whole string (so that brackets in it do not count), a bracket or a comma
_MARKS = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[\]{},"]', re.DOTALL)


# --- errors to values ----------------------------------------------------------------------------


def _outcome(error: TelegramError, method: str, payload: Json) -> SendOutcome:
    """Return the value of an error. PTB's BadRequest is a NetworkError, so it is asked first."""
    match error:
        case BadRequest():
            return _bad_request(error.message.lower(), method)
        case ChatMigrated():
            return Migrated(new_chat_id=error.new_chat_id)
        case _TooMany():
            return RetryLater(seconds=error.wait_s, chat_only="chat_id" in payload)
        case Forbidden():
            return Blocked(code=_first(_BLOCKED, error.message.lower(), "forbidden"))
        case _NotValid():
            if error.message == "404" and method not in _EVERYWHERE:
                return Rejected(code="no-such-method")
            return Unauthorized()
        case Conflict():
            return TakenOver()
        case _NotSent():
            return Unreachable(code=error.message)
        case TimedOut():
            return Unsure(code="timed-out")
        case _Garbled():
            return Unsure(code=error.message)
        case NetworkError():
            return _other(error)
        case _:
            return Unsure(code=type(error).__name__)


def _other(error: NetworkError) -> SendOutcome:
    """Return what PTB calls a NetworkError: broken off under way, or a status it does not know."""
    if isinstance(error.__cause__, UnicodeError):
        return Rejected(code="not-text")  # half of a surrogate pair: it cannot be encoded
    if error.__cause__ is None and error.message != "504":
        return Rejected(code="status-4xx")  # 413 and the like: refused, with an answer
    return Unsure(code="broke-off")


def _bad_request(message: str, method: str) -> SendOutcome:
    if "message is not modified" in message or "topic_not_modified" in message:
        return NotModified()
    if "query is too old" in message or "query id is invalid" in message:
        return TooOld()
    if "can't parse entities" in message or "can't parse message text" in message:
        return ParseRejected()
    if method.startswith(("edit", "delete", "stop", "pin", "unpin")) and _any(_GONE, message):
        return Gone()
    if "user is deactivated" in message or "chat not found" in message:
        return Blocked(code="chat-not-found" if "chat not" in message else "deactivated")
    return Rejected(code=_first(_REJECTED, message, "bad-request"))


# What 400 and 403 say, to our codes. Wording: official server and the issues in telegram.md.
_GONE = (
    "message to edit not found",
    "message to delete not found",
    "message to pin not found",
    "message can't be edited",
    "message identifier is not specified",
    "message_id_invalid",
    "message not found",
)
_BLOCKED = {
    "blocked by the user": "blocked",
    "can't initiate conversation": "never-started",
    "user is deactivated": "deactivated",
    "kicked": "kicked",
    "not a member": "not-member",
    "chat was deleted": "chat-deleted",
    "send messages to bots": "bot",
}
_REJECTED = {
    "message can't be deleted": "too-old-to-delete",
    "not enough rights": "no-rights",
    "need administrator rights": "no-rights",
    "administrator rights": "no-rights",
    "have no rights": "no-rights",
    "message thread not found": "no-topic",
    "topic_id_invalid": "no-topic",
    "not a forum": "not-forum",
    "topic_closed": "topic-closed",
    "topic_deleted": "no-topic",
    "message is too long": "too-long",
    "caption is too long": "too-long",
    "text is empty": "empty",
    "file is too big": "too-big",
    "wrong file": "no-file",
    "wrong remote file": "no-file",
    "button_data_invalid": "bad-button",
    "replied message not found": "no-reply-target",
    "message to be replied not found": "no-reply-target",
}
# 404 to one of these can only mean the token; to another, that this server lacks the method
_EVERYWHERE = frozenset({"getMe", "getUpdates", "sendMessage", "answerCallbackQuery"})


def _first(codes: Mapping[str, str], message: str, otherwise: str) -> str:
    return next((code for words, code in codes.items() if words in message), otherwise)


def _any(words: tuple[str, ...], message: str) -> bool:
    return any(each in message for each in words)


def _trouble(outcome: SendOutcome) -> Trouble:
    """Return an outcome of a call that is about no chat; one that cannot be is a refusal."""
    match outcome:
        case RetryLater() | Unauthorized() | TakenOver() | Unsure() | Unreachable() | Rejected():
            return outcome
        case _:
            return Rejected(code=type(outcome).__name__.lower())


# --- small things --------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def _endpoint(method: str) -> str:
    """Return the name under which PTB sends `method` raw.

    It warns when a raw call has the name of one of its own methods; of "send__message" it makes
    "sendMessage" again without a word.
    """
    return re.sub(r"(?<!^)([A-Z])", lambda found: "__" + found[1].lower(), method)


def _message_id(result: Any) -> int | None:
    match result:
        case {"message_id": int(found)} | [{"message_id": int(found)}, *_]:
            return found
        case _:
            return None


def _as_bytes(update: object) -> bytes:
    return update if isinstance(update, bytes) else json.dumps(update).encode()


def _plain_path(path: str) -> bool:
    """Return whether a file's path cannot lead the request elsewhere."""
    return _PATH.fullmatch(path) is not None and ".." not in path


_PATH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./-]{0,250}")


def redact(text: str) -> str:
    """Return `text` with anything that looks like a bot's token taken out (threats S17)."""
    return TOKEN.sub("<token>", text)


def silence_libraries() -> None:
    """Keep the libraries under the gateway from logging addresses (with the token) and bodies."""
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
