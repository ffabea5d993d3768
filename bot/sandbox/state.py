"""What the sandbox's world is made of: people, chats, messages, files, calls. No rules."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Json = dict[str, Any]
ChatKind = Literal["private", "group", "supergroup", "channel"]
Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]

ADMIN_RIGHTS = (
    "can_be_edited",
    "can_manage_chat",
    "can_delete_messages",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
# The schema wants these too; nobody in the sandbox holds them.
RIGHTS_NOT_HELD = (
    "can_manage_video_chats",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)
SENDING = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
)


class ApiError(Exception):
    """A call that Telegram refuses; `str()` is its description, with the prefix."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        """Keep `code` (HTTP status as well) and `parameters` (retry_after, migrate_to_chat_id)."""
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(text: str) -> ApiError:
    """Return a 400 in Telegram's wording; `text` without the prefix."""
    return ApiError(400, f"Bad Request: {text}")


def forbidden(text: str) -> ApiError:
    """Return a 403 in Telegram's wording; `text` without the prefix."""
    return ApiError(403, f"Forbidden: {text}")


class ActError(Exception):
    """An act of the control API that cannot be: unknown person, no such button, bot not there."""


@dataclass(slots=True, kw_only=True)
class Person:
    """A user or a bot. `started` and `blocked` are about our bot."""

    user_id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    def api(self) -> Json:
        """Return the Bot API's User."""
        user: Json = {"id": self.user_id, "is_bot": self.is_bot, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            if getattr(self, name):
                user[name] = getattr(self, name)
        return user


@dataclass(slots=True, kw_only=True)
class Member:
    """Somebody's place in a group. `rights` are the admin rights held."""

    user_id: int
    status: Status = "member"
    rights: frozenset[str] = frozenset()
    muted: bool = False

    def api(self, user: Json) -> Json:
        """Return the Bot API's ChatMember."""
        member: Json = {"status": self.status, "user": user}
        if self.status == "administrator":
            rights = (*ADMIN_RIGHTS, *RIGHTS_NOT_HELD)
            member |= {right: right in self.rights for right in rights}
            member["is_anonymous"] = False
        elif self.status == "restricted":
            changing = ("change_info", "invite_users", "pin_messages", "manage_topics", "edit_tag")
            member |= dict.fromkeys(SENDING, not self.muted)
            member |= {f"can_{what}": False for what in changing}
            member |= {"is_member": True, "until_date": 0}
        elif self.status == "creator":
            member["is_anonymous"] = False
        elif self.status == "kicked":
            member["until_date"] = 0
        return member


@dataclass(slots=True, kw_only=True)
class Topic:
    """A forum topic; its thread id is the id of the message that opened it."""

    thread_id: int
    name: str
    icon_color: int
    closed: bool = False
    deleted: bool = False


@dataclass(slots=True, kw_only=True)
class Message:
    """A message as stored. `api` is what the bot sees; the rest is for the page and the tests."""

    message_id: int
    chat_id: int
    at: datetime
    by: int
    api: Json
    deleted: bool = False
    keyboard: Json | None = None  # a reply keyboard that came with it, not part of `api`
    versions: list[Json] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Chat:
    """A chat. For a private one `chat_id` is the user's id."""

    chat_id: int
    kind: ChatKind
    title: str = ""
    is_forum: bool = False
    deleted: bool = False
    migrated_to: int | None = None
    members: dict[int, Member] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    keyboard: Json | None = None
    next_id: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A file that Telegram keeps."""

    file_id: str
    unique_id: str
    path: str
    content: bytes
    name: str | None = None
    mime: str | None = None

    def api(self) -> Json:
        """Return the Bot API's File."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
            "file_path": self.path,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file in a request."""

    content: bytes
    name: str
    mime: str


@dataclass(slots=True, kw_only=True)
class Query:
    """A press on a button that waits for its answer. `born` is on the monotonic clock."""

    query_id: str
    user_id: int
    born: float
    answer: Json | None = None


@dataclass(slots=True, kw_only=True)
class Call:
    """One call of the bot. `outcome`: ok, error, limited, or the fault that struck it.

    `payload` is decoded (JSON fields are values). `delivered` says whether it took effect.
    `at` is the sandbox's clock, `tick` the monotonic clock.
    """

    number: int
    method: str
    payload: Json
    at: datetime
    tick: float
    outcome: str = "ok"
    status: int = 200
    delivered: bool = True
    description: str = ""
    result: Any = None
