"""From raw updates to what a person did: rows 1-8, 12-14, 19, 26, 42, 45, 46, 51, 58, S5-S10."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversations.scene import Handed, Ordered, Said
from bot.incoming import (
    RAW_BYTES_MAX,
    SERVICE_IDS,
    ButtonPress,
    Foreign,
    GroupMessage,
    Malformed,
    MemberChanged,
    Migrated,
    PrivateMessage,
    Update,
    read_update,
)

LIES: dict[str, Any] = {
    "id": 440,
    "is_bot": False,
    "first_name": "Lies",
    "last_name": "De Heide",
    "language_code": "nl",
}
BOT: dict[str, Any] = {"id": 1, "is_bot": True, "first_name": "Kier", "username": "kierbot"}
PRIVATE: dict[str, Any] = {"id": 440, "type": "private"}
GROUP: dict[str, Any] = {"id": -100, "type": "supergroup", "title": "Team"}
AT = 1_820_823_600  # 13 September 2027


def message(**changes: Any) -> dict[str, Any]:
    whole = {"message_id": 7, "date": AT, "chat": PRIVATE, "from": LIES, "text": "hallo"}
    whole.update(changes)
    return {key: value for key, value in whole.items() if value is not ...}


def read(kind: Any = "message", bot_name: Any = "kierbot", **changes: Any) -> Update:
    raw = json.dumps({"update_id": 5, kind: message(**changes)}).encode()
    return read_update(raw, bot_name=bot_name)


def private(kind: Any = "message", bot_name: Any = "kierbot", **changes: Any) -> Any:
    update = read(kind, bot_name, **changes)
    assert isinstance(update, PrivateMessage), update
    return update


def press(**changes: Any) -> Update:
    query: dict[str, Any] = {
        "id": "9",
        "from": LIES,
        "data": "abc",
        "message": message(**{"from": BOT}),
    }
    query.update(changes)
    query = {key: value for key, value in query.items() if value is not ...}
    return read_update(json.dumps({"update_id": 5, "callback_query": query}).encode())


# Shape


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "not_json"),
        (b"nonsense", "not_json"),
        (b"null", "not_an_update"),
        (b"[]", "not_an_update"),
        (b'"text"', "not_an_update"),
        (b"{}", "update_id"),
        (b'{"update_id": "5"}', "update_id"),
        (b'{"update_id": true}', "update_id"),
        (b'{"update_id": NaN}', "not_json"),
        (b'{"update_id": 1' + b"0" * 5000 + b"}", "not_json"),
        (b'{"update_id": 5, "message": null}', "message"),
        (b'{"update_id": 5, "message": []}', "message"),
        (b"\xff\xfe{", "not_json"),
    ],
)
def test_what_is_no_update_is_a_dead_letter(raw: bytes, code: str) -> None:
    """Rows 1, 2, 13: not JSON, empty, null, a list, no `update_id`, invalid UTF-8."""
    assert read_update(raw) == Malformed(code=code)


def test_message_without_date_is_a_dead_letter() -> None:
    """Row 3: a message without `date` blocks nothing."""
    assert read(date=...) == Malformed(code="date")
    assert read(date="yesterday") == Malformed(code="date")


@pytest.mark.parametrize("seconds", [0, -1, 10**18, 2**62])
def test_unbelievable_date_means_our_own_clock(seconds: int) -> None:
    """Row 4: 10^18, 0 and negative dates are none; the message itself counts."""
    assert private(date=seconds).date is None


def test_date_is_aware_utc() -> None:
    """Moments are aware and UTC."""
    assert private().date == datetime.fromtimestamp(AT, UTC)


@pytest.mark.parametrize("chat", [None, [], {"type": "private"}, {"id": "440", "type": "private"}])
def test_no_chat_is_a_dead_letter(chat: Any) -> None:
    """Row 5: `chat: null` parses in other libraries, and is no chat here."""
    assert isinstance(read(chat=chat), Malformed)


@pytest.mark.parametrize("lacking", ["id", "is_bot", "first_name"])
def test_sender_lacking_fields_is_a_dead_letter(lacking: str) -> None:
    """Row 6: every user has an id, a first name, and is a bot or not."""
    sender = {key: value for key, value in LIES.items() if key != lacking}
    assert isinstance(read(**{"from": sender}), Malformed)


def test_unknown_kinds_and_fields_are_left_alone() -> None:
    """Row 7: an unknown update kind is ignored and counted, unknown fields do not matter."""
    assert read_update(b'{"update_id": 5, "poll": {}}') == Foreign(why="unknown_kind")
    assert isinstance(read(new_field={"a": [1]}), PrivateMessage)


def test_unknown_chat_type_is_a_foreign_group() -> None:
    """Row 8: never taken for a private chat."""
    update = read(chat={"id": 3, "type": "hologram"})
    assert isinstance(update, GroupMessage)
    assert update.chat_kind == "unknown"


def test_size_and_depth_are_bounded() -> None:
    """Row 12: 2 MB and any depth are refused; 10,000 entities and depth 500 are read."""
    assert read(text="a" * RAW_BYTES_MAX) == Malformed(code="too_large")
    deep = b'{"update_id": 5, "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    assert read_update(deep) == Malformed(code="too_deep")
    nested: list[Any] = []
    for _ in range(500):
        nested = [nested]
    entities = [{"type": "bold", "offset": 0, "length": 1}] * 10_000
    assert private(entities=entities, odd=nested).incoming == Said(text="hallo")


def test_text_is_cleaned_before_anything_reads_it() -> None:
    """Row 13, 32: lone surrogates, NUL and marks that turn the text around never get in."""
    raw = b'{"update_id": 5, "message": ' + json.dumps(message()).encode() + b"}"
    raw = raw.replace(b"hallo", b"a\\ud800b\\u0000c\\u202ed")
    update = read_update(raw)
    assert isinstance(update, PrivateMessage)
    assert update.incoming == Said(text="abcd")


@pytest.mark.parametrize("user_id", [2**32 + 1, 2**52 + 1, 2**63 - 1])
def test_large_user_ids_are_kept_whole(user_id: int) -> None:
    """Row 14: 64 bits."""
    own = {**PRIVATE, "id": user_id}
    assert private(chat=own, **{"from": {**LIES, "id": user_id}}).user_id == user_id


@pytest.mark.parametrize("user_id", ["440", -1, 0, 2**63, 4.5, True, None])
def test_what_is_no_user_id_is_a_dead_letter(user_id: Any) -> None:
    """Row 14: strings, negative and larger than 64 bits."""
    assert isinstance(read(**{"from": {**LIES, "id": user_id}}), Malformed)


_KEYS = (
    *("update_id", "message", "edited_message", "callback_query", "my_chat_member", "chat"),
    *("from", "text", "id", "type", "date", "message_id", "data", "photo", "contact", "is_bot"),
)
_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=6)
    ),
    max_leaves=25,
)


@given(_JSON)
def test_nothing_raises(value: Any) -> None:
    """Rows 1-14: whatever JSON comes, the answer is a value."""
    whole = {"update_id": 1, **value} if isinstance(value, dict) else value
    update = read_update(json.dumps(whole).encode("utf-8", "surrogatepass"))
    assert type(update).__module__ == "bot.incoming"


# Who


def test_name_is_cleaned_and_never_empty_of_meaning() -> None:
    """S5, S13: the display name is a string to show, without marks and not longer than 128."""
    update = private(**{"from": {**LIES, "first_name": "L\u202eies\n", "last_name": "x" * 900}})
    assert update.user_name.startswith("Lies x")
    assert len(update.user_name) <= 128


@pytest.mark.parametrize("tag", ["nl-BE", "fr", "zh-hans", "xx-YY"])
def test_language_tag_is_kept(tag: str) -> None:
    """Row 87: any tag is handed on; which language it means is for the texts."""
    assert private(**{"from": {**LIES, "language_code": tag}}).language_code == tag


@pytest.mark.parametrize("tag", [None, 5, "", "<b>", "x" * 400])
def test_what_is_no_language_tag_is_none(tag: Any) -> None:
    """Row 87: a missing or odd tag is no error."""
    assert private(**{"from": {**LIES, "language_code": tag}}).language_code is None


@pytest.mark.parametrize("service", sorted(SERVICE_IDS))
def test_service_ids_are_never_a_person(service: int) -> None:
    """S6, row 58: anonymous admin, fake channel and Telegram itself."""
    sender = {**LIES, "id": service, "is_bot": service != 777_000}
    assert read(**{"from": sender}) == Foreign(why="no_person", chat_id=440)
    update = read(chat=GROUP, **{"from": sender})
    assert isinstance(update, GroupMessage)
    assert (update.user_id, update.anonymous) == (None, True)


@pytest.mark.parametrize(
    "extra", [{"sender_chat": GROUP}, {"via_bot": BOT}, {"from": BOT}, {"from": ...}]
)
def test_posts_that_nobody_signs_are_anonymous(extra: dict[str, Any]) -> None:
    """Row 58: a channel's post, another bot's, one made through a bot."""
    update = read(chat=GROUP, **extra)
    assert isinstance(update, GroupMessage)
    assert update.anonymous
    assert update.user_id is None


def test_channel_posts_are_foreign() -> None:
    """Row 58: a channel is nobody."""
    post = {"message_id": 1, "date": AT, "chat": {"id": -3, "type": "channel"}, "text": "x"}
    raw = json.dumps({"update_id": 5, "channel_post": post}).encode()
    assert read_update(raw) == Foreign(why="channel_post", chat_id=-3)


# Commands


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("/", "", ""),
        ("/ ", "", ""),
        ("/@kierbot", "", ""),
        ("/start", "start", ""),
        ("/STATUS", "status", ""),
        ("/status@KierBot", "status", ""),
        ("/start@otherbot abc", "@", ""),
        ("/case  K7QM-4T ", "case", "K7QM-4T"),
        ("/start x y", "start", "x y"),
        ("/case\nK7QM", "case", "K7QM"),
    ],
)
def test_commands(text: str, name: str, rest: str) -> None:
    """Row 19: help for a bare slash, any letter case, our own name; another bot's is ignored."""
    assert private(text=text).incoming == Ordered(name=name, rest=rest)


def test_commands_where_the_server_gives_the_bot_no_name() -> None:
    """telegram.md: some servers give no user name; in a private chat every command is ours."""
    assert private(bot_name=None, text="/status@whoever").incoming.name == "status"
    update = read(bot_name=None, chat=GROUP, text="/status@whoever")
    assert isinstance(update, GroupMessage)
    assert update.incoming == Ordered(name="@", rest="")


@pytest.mark.parametrize("text", ["/straat 12 is het adres?".replace(" ", "/"), "1/2", "//", "/é"])
def test_a_slash_alone_makes_no_command(text: str) -> None:
    """Row 19: what only begins with a slash is a text."""
    assert private(text=text).incoming == Said(text=text)


def test_commands_only_from_fresh_own_messages() -> None:
    """Row 26: not edited, forwarded, by an inline bot, in a caption; a reply is fresh."""
    assert private("edited_message", text="/status").incoming == Said(text="/status")
    assert private("edited_message", text="/status").edited
    marks: tuple[dict[str, Any], ...] = (
        {"forward_origin": {}},
        {"forward_date": AT},
        {"via_bot": BOT},
    )
    for mark in marks:
        update = private(text="/status", **mark)
        assert update.incoming == Said(text="/status")
        assert update.forwarded
    photo = private(text=..., photo=[{"file_id": "f"}], caption="/status").incoming
    assert photo == Handed(kind="photo", file_id="f", caption="/status")
    reply = private(text="/status", reply_to_message={"message_id": 3})
    assert reply.incoming == Ordered(name="status", rest="")
    assert reply.reply_to_message_id == 3


# What else is sent


@pytest.mark.parametrize(
    "kind",
    [
        *("voice", "sticker", "video_note", "location", "poll", "dice", "story", "paid_media"),
        *("video", "audio", "venue", "game", "checklist"),
    ],
)
def test_other_contents_have_their_kind(kind: str) -> None:
    """Row 42: the conversation says what it takes."""
    incoming = private(text=..., **{kind: {"file_id": "f", "file_size": 3}}).incoming
    assert isinstance(incoming, Handed)
    assert incoming.kind == kind


def test_unknown_content_is_other() -> None:
    """Rows 7, 42: what Telegram invents tomorrow is answered like a sticker."""
    assert private(text=..., hologram={"file_id": "f"}).incoming == Handed(kind="other")


def test_photo_is_its_largest_size() -> None:
    """S15: one picture comes in several sizes, the last is the largest."""
    sizes = [{"file_id": "small", "file_size": 1}, {"file_id": "large", "file_size": 9}]
    incoming = private(text=..., photo=sizes).incoming
    assert incoming == Handed(kind="photo", file_id="large", size=9)


def test_document_keeps_its_name_as_a_string_to_show() -> None:
    """Row 63, S16: a name is shown, never a path; no marks, no NUL, not long."""
    document = {
        "file_id": "f",
        "file_name": "../../e\u202etc\x00/x" + "y" * 5000,
        "mime_type": "application/pdf",
        "file_size": "lie",
    }
    incoming = private(text=..., document=document).incoming
    assert incoming.file_name.startswith("../../etc/x")
    assert len(incoming.file_name) <= 128
    assert (incoming.mime, incoming.size) == ("application/pdf", None)


@pytest.mark.parametrize(
    ("contact", "extra", "phone"),
    [
        ({"phone_number": "+32470000112", "user_id": 440}, {}, "+32470000112"),
        ({"phone_number": "+32470000112", "user_id": 441}, {}, None),
        ({"phone_number": "+32470000112"}, {}, None),
        ({"phone_number": "+32470000112", "user_id": 440}, {"forward_origin": {}}, None),
        ({"phone_number": "call me", "user_id": 440}, {}, None),
        ({"phone_number": None, "user_id": 440}, {}, None),
        (
            {"phone_number": "+32470000112", "user_id": 440, "vcard": "x" * 9999},
            {},
            "+32470000112",
        ),
        ("nonsense", {}, None),
    ],
)
def test_only_the_senders_own_contact_counts(contact: Any, extra: Any, phone: str | None) -> None:
    """Row 45, S10: another person's, forwarded, without user_id, with letters: refused."""
    assert private(text=..., contact=contact, **extra).incoming.contact_phone == phone


# Presses


def test_press() -> None:
    """S3: who presses is `from`, wherever the button stands."""
    update = press()
    assert isinstance(update, ButtonPress)
    assert (update.user_id, update.chat_id, update.message_id) == (440, 440, 7)
    assert (update.data, update.query_id, update.inaccessible) == ("abc", "9", False)


@pytest.mark.parametrize("data", ["", "x" * 65, "é", "\ud800", "a\n", None, 7, ...])
def test_data_that_we_never_sent_is_empty(data: Any) -> None:
    """Row 46: 65 bytes, random signs or none at all lead to the one refusal."""
    update = press(data=data)
    assert isinstance(update, ButtonPress)
    assert update.data == ""


@pytest.mark.parametrize(
    ("found", "message_id", "inaccessible"),
    [
        (..., None, True),
        (None, None, True),
        ({"chat": PRIVATE, "message_id": 7, "date": 0}, 7, True),
        ({"chat": None, "message_id": 7, "date": AT}, None, True),
        ({"chat": PRIVATE, "message_id": 7, "date": AT}, 7, False),
    ],
)
def test_press_without_its_message(found: Any, message_id: int | None, inaccessible: bool) -> None:
    """Row 51: the message is inaccessible, deleted, or was never there."""
    update = press(message=found, inline_message_id="i")
    assert isinstance(update, ButtonPress)
    assert (update.message_id, update.inaccessible) == (message_id, inaccessible)


def test_press_of_an_anonymous_admin_can_be_answered() -> None:
    """Row 47, S6: nobody pressed, and the waiting client gets its one refusal."""
    sender = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    assert press(**{"from": sender}) == Foreign(why="no_person", query_id="9")


@pytest.mark.parametrize("query_id", [..., 9, "", "x" * 65])
def test_press_without_query_id_is_a_dead_letter(query_id: Any) -> None:
    """Row 6: it could not even be answered."""
    assert press(id=query_id) == Malformed(code="query_id")


# Chats


def change(kind: str, **changes: Any) -> Update:
    content: dict[str, Any] = {
        "chat": GROUP,
        "from": LIES,
        "date": AT,
        "old_chat_member": {"user": BOT, "status": "left"},
        "new_chat_member": {"user": BOT, "status": "member"},
    }
    content.update(changes)
    return read_update(json.dumps({"update_id": 5, kind: content}).encode())


def test_member_changes() -> None:
    """Rows 53, 55, 56: who changed whose place, in which chat, from what to what."""
    assert change("my_chat_member") == MemberChanged(
        chat_id=-100,
        chat_kind="supergroup",
        title="Team",
        by_user_id=440,
        user_id=1,
        old="left",
        new="member",
        about_me=True,
    )
    other = change("chat_member")
    assert isinstance(other, MemberChanged)
    assert not other.about_me


def test_member_change_with_an_unknown_status_is_a_dead_letter() -> None:
    """Row 6: rights are never guessed."""
    new = {"user": BOT, "status": "emperor"}
    assert change("my_chat_member", new_chat_member=new) == Malformed(code="status")


def test_migration_is_told_from_both_sides() -> None:
    """Row 54: the old group tells its new id, and the new one its old."""
    moved = Migrated(chat_id=-5, new_chat_id=-100)
    old = {"id": -5, "type": "group"}
    assert read(chat=old, text=..., migrate_to_chat_id=-100) == moved
    assert read(chat=GROUP, text=..., migrate_from_chat_id=-5) == moved


def test_a_private_chat_is_its_persons_own() -> None:
    """S6: what says otherwise is no message: the answer would go to somebody else."""
    other = {**PRIVATE, "id": 441}
    assert read(chat=other) == Malformed(code="chat")
    assert press(message={**message(), "chat": other}) == Malformed(code="chat")


def test_a_private_chat_never_becomes_a_group() -> None:
    """Row 54: nobody moves the channel from a chat of their own."""
    update = read(text=..., migrate_from_chat_id=-100)
    assert not isinstance(update, Migrated)


def test_service_messages_are_foreign() -> None:
    """Row 7: "Lies pinned a message" is nothing that anybody said."""
    assert read(chat=GROUP, text=..., pinned_message={}) == Foreign(
        why="service_message", chat_id=-100
    )


def test_group_message_keeps_its_topic() -> None:
    """design.md §3: with topics switched on, each case has its own."""
    update = read(chat=GROUP, message_thread_id=12)
    assert isinstance(update, GroupMessage)
    assert (update.thread_id, update.text, update.user_id) == (12, "hallo", 440)
