"""The arguments of one call, whatever their encoding: query, form, multipart or JSON."""

import json
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.state import Json, Upload, bad_request

# Everything else in a form is JSON where it can be read as JSON: ids, flags, markups, lists.
TEXT_FIELDS = frozenset(
    {
        "text",
        "caption",
        "title",
        "name",
        "description",
        "short_description",
        "parse_mode",
        "callback_query_id",
        "file_id",
        "photo",
        "document",
        "voice",
        "audio",
        "video",
        "url",
        "secret_token",
        "language_code",
        "action",
        "first_name",
        "last_name",
        "phone_number",
        "vcard",
        "icon_custom_emoji_id",
        "ip_address",
        "question",
        "emoji",
    }
)


@dataclass(frozen=True, slots=True)
class Params:
    """Values by name (decoded) and uploads by field name."""

    values: Json
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """Return a string; numbers are written out, other kinds count as missing."""
        value = self.values.get(name)
        if isinstance(value, str):
            return value
        return str(value) if isinstance(value, int | float) else default

    def integer(self, name: str, default: int = 0) -> int:
        """Return an integer; what is none counts as missing, as in the official server."""
        value = self.values.get(name)
        if isinstance(value, bool):
            return default
        try:
            return int(value) if isinstance(value, int | float | str) else default
        except (ValueError, OverflowError):
            return default

    def flag(self, name: str) -> bool:
        """Return a boolean: true, "True", "yes" and "1" are true."""
        value = self.values.get(name)
        return value is True or str(value).lower() in ("true", "yes", "1")

    def mapping(self, name: str, what: str) -> Json | None:
        """Return an object or None; raises ApiError where there is something else."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError:
                raise bad_request(f"can't parse {what} JSON object") from None
        if not isinstance(value, dict):
            raise bad_request(f"object expected as {what}")
        return value

    def sequence(self, name: str) -> list[Any] | None:
        """Return a list, or None if there is none or something else."""
        value = self.values.get(name)
        return value if isinstance(value, list) else None

    def chat_id(self) -> int:
        """Return `chat_id`; raises ApiError if it is missing or a name nobody has."""
        value = self.values.get("chat_id")
        if value is None or value == "":
            raise bad_request("chat_id is empty")
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise bad_request("chat identifier must be a valid Integer")
        try:
            return int(value)
        except ValueError:
            raise bad_request("chat not found") from None

    def chat_or_none(self) -> int | None:
        """Return `chat_id` if it is a number: for limits and faults, before it is judged."""
        value = self.values.get("chat_id")
        if isinstance(value, bool) or not isinstance(value, int | str):
            return None
        try:
            return int(value)
        except ValueError:
            return None


def decode(name: str, value: str) -> Any:
    """Return the value of a form field."""
    if name in TEXT_FIELDS:
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value
