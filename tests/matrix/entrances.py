"""Every way in, from the code's own registries: what is typed, pressed, sent, and told of groups.

Each entrance is tried twice, with the first case (or a person, a leave of its people) and with
what does not exist: who has no business there must not be able to tell the two apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection

from bot.conversations import dispatch, intake, member, note, notes, reporter, second_step
from bot.conversations.command_names import NAMES
from bot.conversations.intake import Draft
from bot.conversations.scene import Dialogue
from bot.handle.dialogues import to_state
from bot.screen import Intent, Verb, to_codes
from storage import buttons, drafts
from tests.matrix.cast import SERVICE, Cast, Kind
from tests.matrix.trial import Prepare
from tests.world import CHANNEL

ABSENT: Final = 999_999
"""A number that no person, leave or visit has."""
ABSENT_REF: Final = "ZZZZ-ZZ"
FOREIGN: Final = -1002099999999
"""A group that is not the team's."""
PHOTO: Final = [{"file_id": "AAA", "file_unique_id": "a", "width": 9, "height": 9, "file_size": 9}]
DOCUMENT: Final = {"file_id": "BBB", "file_unique_id": "b", "file_name": "x.pdf", "file_size": 9}


@dataclass(frozen=True, slots=True)
class Target:
    """What an entrance is tried with: the first case, or what is not there."""

    ref: str
    case: int
    person: int
    item: int


@dataclass(frozen=True, slots=True)
class Entrance:
    """One way in. `key` has its row in `rights`; `name` tells its variant too."""

    key: str
    name: str
    update: Callable[[Cast, Kind, Target], Prepare]
    kinds: frozenset[Kind] = frozenset(Kind)
    """Who can use it at all: a channel does not write in private."""
    guess: bool = False
    """A reference is typed: then the cost must not tell whether there is such a case (S21)."""

    def __str__(self) -> str:
        return self.name


PERSONS: Final = frozenset(Kind) - SERVICE.keys()


def entrances() -> Iterator[Entrance]:
    """Yield all of them."""
    yield from _commands()
    yield from _presses()
    yield from _dialogues()
    yield from _messages()
    yield from _links()
    yield from _groups()


def here(cast: Cast) -> Target:
    """Return the first case, its worker, and the numbers of what there is one of."""
    return Target(cast.ref, cast.case_id, cast.world.ids["Anneleen"], 1)


def nowhere(cast: Cast, kind: Kind) -> Target:
    """Return what does not exist for the team that is asked: a case of the other one."""
    is_theirs = kind is Kind.OTHER_COORDINATOR
    case = cast.other_case_id if is_theirs else cast.foreign_case_id
    return Target(ABSENT_REF, case, ABSENT, ABSENT)


# Commands: their own names and all translated ones, alone and with a reference


def command_names() -> frozenset[str]:
    """Return every command that any room knows."""
    own = {*dispatch.COMMANDS, *member.COMMANDS, *reporter.COMMANDS, "cancel"} - {"", "@"}
    return frozenset(own | NAMES.keys())


def _commands() -> Iterator[Entrance]:
    for name in sorted(command_names()):
        key = f"command {NAMES.get(name, name)}"
        yield _typed(key, f"/{name}", f"/{name}")
        yield _typed(key, f"/{name} REF", f"/{name} {{ref}}")


def _typed(key: str, name: str, words: str) -> Entrance:
    def update(cast: Cast, kind: Kind, target: Target) -> Prepare:
        return lambda _: _private(cast, kind, text=words.format(ref=target.ref))

    return Entrance(key, name, update, PERSONS, guess="{ref}" in words)


# Buttons: every verb, with every shape that its docstring names

_CASE: Final[Mapping[str, Any]] = {"case": "case"}
SHAPES: Final[Mapping[Verb, tuple[Mapping[str, Any], ...]]] = MappingProxyType(
    {
        Verb.ANSWER: (
            {"case": "case", "step": "call_day1", "arg": "not_reached"},
            {"case": "case", "step": "call_day1", "arg": "accepts_help"},
            {"case": "case", "step": "assign", "person": "person"},
        ),
        Verb.DATE: ({"case": "case", "step": "home_appointment", "arg": "2027-09-14"},),
        Verb.CONTACT: (_CASE, {"case": "case", "arg": "declines_help"}),
        Verb.DEVIATE: ({"case": "case", "step": "call_day1"},),
        Verb.LATER: ({"case": "case", "step": "call_day1"},),
        Verb.HAND_OVER: (_CASE, {"case": "case", "person": "person"}),
        Verb.EXTEND: ({"case": "case", "step": "call_day1"},),
        Verb.CHANGE: (_CASE, *({"case": "case", "arg": arg} for arg in ("phase", "hearing"))),
        Verb.TELL: ({"case": "case", "arg": "crisis"},),
        Verb.LIFT: ({"case": "case", "arg": "gate"}, {"case": "case", "arg": "crisis"}),
        Verb.CLOSE: (_CASE, {"case": "case", "arg": "averted"}),
        Verb.REOPEN: (_CASE,),
        Verb.NOTE: (_CASE,),
        Verb.VISIT: (
            {"case": "case"},
            *({"case": "case", "item": "item", "arg": arg} for arg in ("in", "out", "where")),
        ),
        Verb.SAMPLE: ({"case": "case", "step": "note_1"},),
        Verb.LEAFLET: ({}, {"arg": "remove"}, {"arg": "replace"}),
        Verb.CORRECT: ({"case": "case", "item": "item"},),
        Verb.TAKE_OVER: (_CASE,),
        Verb.CLAIM: (_CASE,),
        Verb.PART: ({"case": "case", "item": "item"},),
        Verb.CASE: (_CASE,),
        Verb.STEP: ({"case": "case", "step": "call_day1"},),
        Verb.MORE: (_CASE, {"case": "case", "step": "call_day1"}),
        Verb.DETAILS: (_CASE,),
        Verb.WHY: ({"case": "case", "step": "call_day1"},),
        Verb.HISTORY: (_CASE,),
        Verb.PROCEDURE: (_CASE, {}),
        Verb.EXPORT: (
            {"step": "what"},
            {"step": "case", "case": "case"},
            {"step": "make", "case": "case", "arg": "pdf"},
            {"step": "make", "arg": "csv 2027-07-01 2027-09-30"},
        ),
        Verb.WHO_SAW: (_CASE,),
        Verb.RETAIN: (_CASE, {"case": "case", "arg": "court"}),
        Verb.LIST: tuple(
            {"arg": arg} for arg in ("today", "cases", "status", "overdue", "team", "absent")
        ),
        Verb.FIGURES: ({"arg": "2027-Q3"}, {"arg": "2027-Q3", "item": 1}),
        Verb.PICK: ({"case": "case", "arg": "yes"}, {"step": "sure", "arg": "yes"}),
        Verb.DONE: (_CASE,),
        Verb.SKIP: (_CASE,),
        Verb.BACK: ({},),
        Verb.CANCEL: ({},),
        Verb.RESUME: ({},),
        Verb.DISCARD: ({},),
        Verb.REPORT: ({}, {"arg": "free"}, {"arg": "guided"}),
        Verb.CHANGE_LINE: ({"arg": "address"},),
        Verb.SEND: ({},),
        Verb.MY_REPORTS: ({},),
        Verb.ADD: (_CASE,),
        Verb.AFTERWARDS: ({"case": "case", "arg": "yes"},),
        Verb.ABOUT: ({},),
        Verb.SUPPORT: ({},),
        Verb.LANGUAGE: ({}, {"arg": "fr"}),
        Verb.CONFIRM_MEMBER: ({"person": "person"},),
        Verb.REFUSE_MEMBER: ({"person": "person"},),
        Verb.CONFIRM_GROUP: ({"arg": str(FOREIGN), "step": "yes"},),
        Verb.AWAY: ({}, {"person": "person"}),
        Verb.LEAVE_TEAM: ({"person": "person"},),
        Verb.MY_LEAVE: ({"person": "person"},),
        Verb.ABSENCE: ({"item": "item"},),
        Verb.CHANGE_AWAY: ({"item": "item", "arg": "to"}, {"item": "item", "arg": "stand_in"}),
        Verb.DROP_AWAY: ({"item": "item"},),
        Verb.WORKS: ({"person": "person"},),
        Verb.COVERED: ({"person": "person"},),
        Verb.HAND_ON: (
            {"item": "person"},
            {"item": "person", "case": "case"},
            {"item": "person", "case": "case", "person": "person"},
        ),
        Verb.ACCEPT_STAND_IN: ({"item": "item"},),
        Verb.REFUSE_STAND_IN: ({"item": "item"},),
        Verb.NOTHING: ({},),
    }
)


def _presses() -> Iterator[Entrance]:
    for verb, shapes in SHAPES.items():
        for number, shape in enumerate(shapes, 1):
            name = f"press {verb} {number}"
            yield Entrance(f"press {verb}", name, _pressing(verb, shape))
            if number == 1:
                yield Entrance(
                    "press of another's button", f"{name} of another", _stolen(verb, shape)
                )


def _intent(verb: Verb, shape: Mapping[str, Any], target: Target) -> Intent:
    """Return the intent of a shape: "case", "person" and "item" stand for the target's."""
    numbers = {"case": target.case, "person": target.person, "item": target.item}
    said = {
        key: numbers.get(str(value), value) if key in numbers else value
        for key, value in shape.items()
    }
    return Intent(verb=verb, **said)


def _pressing(verb: Verb, shape: Mapping[str, Any]) -> Callable[[Cast, Kind, Target], Prepare]:
    """Press a button of one's own: forged, or shown when one still had the right."""

    def update(cast: Cast, kind: Kind, target: Target) -> Prepare:
        owner = cast.person_id(kind)
        return lambda c: _press(c, cast, kind, _intent(verb, shape, target), owner)

    return update


def _stolen(verb: Verb, shape: Mapping[str, Any]) -> Callable[[Cast, Kind, Target], Prepare]:
    """Press the button that was shown to somebody else: its code was seen or forwarded (S4)."""

    def update(cast: Cast, kind: Kind, target: Target) -> Prepare:
        who = Kind.OTHER_WORKER if kind is not Kind.OTHER_WORKER else Kind.COORDINATOR
        owner = cast.person_id(who)
        return lambda c: _press(c, cast, kind, _intent(verb, shape, target), owner)

    return update


def _press(
    c: Connection, cast: Cast, kind: Kind, intent: Intent, owner: int | None
) -> dict[str, Any]:
    world = cast.world
    team_id = _team(cast, kind)
    (code,) = buttons.put_buttons(c, team_id, owner, [to_codes(intent)], world.now)
    body = world.pressed("Rita", code, chat_id=cast.user_id(kind))
    body["callback_query"]["from"] = cast.sender(kind)
    return body


# Dialogues: somebody is in the middle of one, and has lost (or never had) the right to it


def _dialogues() -> Iterator[Entrance]:
    kinds = {
        *dispatch.FORMS, *reporter.DIALOGUES, *member.DIALOGUES, note.KIND, notes.KIND,
        second_step.KIND,
    }  # fmt: skip
    for kind in sorted(kinds):
        for name, content in (("text", {"text": "morgen om 10 uur"}), ("file", {"photo": PHOTO})):
            yield Entrance(
                f"dialogue {kind}", f"dialogue {kind} {name}", _midway(kind, content), PERSONS
            )
        for verb in (Verb.DONE, Verb.SKIP, Verb.BACK, Verb.RESUME):
            yield Entrance(
                f"dialogue {kind}", f"dialogue {kind} {verb}", _midway(kind, verb), PERSONS
            )


def _midway(kind: str, then: Mapping[str, Any] | Verb) -> Callable[[Cast, Kind, Target], Prepare]:
    def update(cast: Cast, who: Kind, target: Target) -> Prepare:
        def prepare(c: Connection) -> Mapping[str, Any]:
            state = to_state(_dialogue(kind, cast, target))
            drafts.put_dialogue(c, _team(cast, who), cast.user_id(who), state, cast.world.now)
            if not isinstance(then, Verb):
                return _private(cast, who, **then)
            intent = Intent(verb=then, case=target.case)
            return _press(c, cast, who, intent, cast.person_id(who))

        return prepare

    return update


_ASKING: Final = {
    "code": "new", "report": intake.FREE, "earlier": "done_at", "leaving": "sure",
    "leaflet": "file",
}  # fmt: skip


def _dialogue(kind: str, cast: Cast, target: Target) -> Dialogue:
    """Return a conversation about the target, as its room begins it."""
    answers = {
        "answer": "accepts_help", "change": "hearing", "change_away": "to", "close": "averted",
        "contact": "wants_call", "leave_team": str(target.person), "lift": "crisis",
        "visit_time": "1",
    }  # fmt: skip
    values: dict[str, Mapping[str, Any]] = {
        "report": intake.to_values(Draft(procedure="ravels")),
        "away": {"who": target.person},
        "change_away": {"absence": target.item},
        "works": {"who": target.person, "_ticks": []},
    }
    return Dialogue(
        kind=kind,
        asking=_ASKING.get(kind, "text"),
        case=target.case,
        step="client_contact" if kind == "contact" else "call_day1",
        answer=answers.get(kind),
        values=values.get(kind, {}),
        began_at=cast.world.now,
    )


# Messages without a command


def _messages() -> Iterator[Entrance]:
    yield _sent("message text", text="Er belde iemand over de huur")
    yield _sent("message text", "message reference", text="{ref}")
    yield _sent("message text", "message number", text="{ref} 85.07.30-033.28")
    yield _sent("message file", "message photo", photo=PHOTO)
    yield _sent("message file", "message document", document=DOCUMENT, caption="{ref}")
    yield _sent("message file", "message voice", voice={"file_id": "C", "file_unique_id": "c"})
    yield _sent("message contact", contact={"phone_number": "0470123456", "first_name": "Mia"})
    yield _sent("message location", location={"latitude": 51.4, "longitude": 4.9})
    yield _sent(
        "message forwarded",
        text="/case {ref}",
        forward_origin={"type": "hidden_user", "sender_user_name": "X", "date": 1_800_000_000},
    )
    yield Entrance("message edited", "message edited", _edited, PERSONS)
    yield Entrance("message reply", "message reply", _reply, PERSONS)
    yield Entrance("message as a channel", "message as a channel", _as_channel)


def _sent(key: str, name: str = "", **content: Any) -> Entrance:
    def update(cast: Cast, kind: Kind, target: Target) -> Prepare:
        said = {
            field: value.format(ref=target.ref) if isinstance(value, str) else value
            for field, value in content.items()
        }
        return lambda _: _private(cast, kind, **said)

    return Entrance(key, name or key, update, PERSONS, guess="{ref}" in str(content))


def _edited(cast: Cast, kind: Kind, target: Target) -> Prepare:
    return lambda _: {
        "edited_message": _private(cast, kind, text=f"/case {target.ref}")["message"]
    }


def _reply(cast: Cast, kind: Kind, target: Target) -> Prepare:
    """Answer to a message with a question about the case, as if it stood in one's own chat."""

    def prepare(c: Connection) -> Mapping[str, Any]:
        chat, now = cast.user_id(kind), cast.world.now
        team = _team(cast, kind)
        prompt = buttons.put_prompt(c, team, target.case, None, "call_day1", "q", None, now)
        buttons.carried(c, prompt, chat, 555)
        body = _private(cast, kind, text="niet bereikt")
        body["message"]["reply_to_message"] = {
            "message_id": 555, "date": 1, "chat": {"id": chat, "type": "private"},
        }  # fmt: skip
        return body

    return prepare


def _as_channel(cast: Cast, kind: Kind, target: Target) -> Prepare:
    def prepare(_: Connection) -> Mapping[str, Any]:
        body = _private(cast, kind, text=f"/case {target.ref}")
        body["message"]["sender_chat"] = {"id": CHANNEL, "type": "channel", "title": "X"}
        return body

    return prepare


# Deep links


def _links() -> Iterator[Entrance]:
    for name, code in (("unknown", "A" * 32), ("odd", "../..")):
        yield _typed("link", f"link {name}", f"/start {code}")


# Groups: the team's channel and any other


def _groups() -> Iterator[Entrance]:
    contents: tuple[tuple[str, Mapping[str, Any]], ...] = (
        ("text", {"text": "Mia Verbeke, Dorpsstraat 12, 0470 12 34 56"}),
        ("command", {"text": "/case {ref}"}),
        ("status", {"text": "/status {ref}"}),
        ("link", {"text": "/start " + "A" * 32}),
        ("photo", {"photo": PHOTO}),
    )
    for place, chat in (("channel", CHANNEL), ("foreign group", FOREIGN)):
        for name, content in contents:
            yield Entrance(f"{place} message", f"{place} {name}", _in_group(chat, content))
        for verb in (Verb.CLAIM, Verb.DETAILS, Verb.CASE):
            yield Entrance(f"{place} press", f"{place} press {verb}", _press_in(chat, verb))
        for name in ("my_chat_member", "chat_member"):
            yield Entrance(f"{place} member", f"{place} {name}", _moved(chat, name))
    yield Entrance("channel migration", "channel migration", _migrated, frozenset({Kind.UNKNOWN}))
    yield Entrance("channel post", "channel post", _posted, frozenset({Kind.CHANNEL}))
    yield Entrance("unreadable", "unreadable", lambda *_: lambda _: {"message": 1},
                   frozenset({Kind.UNKNOWN}))  # fmt: skip


def _in_group(chat: int, content: Mapping[str, Any]) -> Callable[[Cast, Kind, Target], Prepare]:
    def update(cast: Cast, kind: Kind, target: Target) -> Prepare:
        said = {
            field: value.format(ref=target.ref) if isinstance(value, str) else value
            for field, value in content.items()
        }
        return lambda _: {"message": _grouped(cast, kind, chat, **said)}

    return update


def _grouped(cast: Cast, kind: Kind, chat: int, **content: Any) -> dict[str, Any]:
    body: dict[str, Any] = _private(cast, kind, **content)["message"]
    body["chat"] = {"id": chat, "type": "supergroup", "title": "T"}
    if kind is Kind.ANONYMOUS_ADMIN:
        body["sender_chat"] = {"id": chat, "type": "supergroup", "title": "T"}
    if kind is Kind.CHANNEL:
        body["sender_chat"] = {"id": -1001, "type": "channel", "title": "N"}
    return body


def _press_in(chat: int, verb: Verb) -> Callable[[Cast, Kind, Target], Prepare]:
    def update(cast: Cast, kind: Kind, target: Target) -> Prepare:
        def prepare(c: Connection) -> Mapping[str, Any]:
            body = _press(c, cast, kind, Intent(verb=verb, case=target.case), None)
            body["callback_query"]["message"]["chat"] = {"id": chat, "type": "supergroup"}
            return body

        return prepare

    return update


def _moved(chat: int, name: str) -> Callable[[Cast, Kind, Target], Prepare]:
    def update(cast: Cast, kind: Kind, target: Target) -> Prepare:
        who = {"id": 7, "is_bot": True, "first_name": "Kier"}
        change = {
            "chat": {"id": chat, "type": "supergroup", "title": "Team"},
            "from": cast.sender(kind),
            "date": int(cast.world.now.timestamp()),
            "old_chat_member": {
                "user": who if name == "my_chat_member" else cast.sender(kind),
                "status": "left",
            },
            "new_chat_member": {
                "user": who if name == "my_chat_member" else cast.sender(kind),
                "status": "administrator",
            },
        }
        return lambda _: {name: change}

    return update


def _migrated(cast: Cast, kind: Kind, target: Target) -> Prepare:
    def prepare(_: Connection) -> Mapping[str, Any]:
        body = _grouped(cast, kind, FOREIGN)
        return {"message": {**body, "migrate_to_chat_id": FOREIGN - 1}}

    return prepare


def _posted(cast: Cast, kind: Kind, target: Target) -> Prepare:
    chat = {"id": CHANNEL, "type": "channel", "title": "N"}
    return lambda _: {"channel_post": {"message_id": 5, "date": 1_800_000_000, "chat": chat}}


# What updates are made of


def _private(cast: Cast, kind: Kind, **content: Any) -> dict[str, Any]:
    body = cast.world.message("Rita", **content)
    body["from"] = cast.sender(kind)
    body["chat"] = {"id": cast.user_id(kind), "type": "private", "first_name": "X"}
    return {"message": body}


def _team(cast: Cast, kind: Kind) -> int:
    """Return whose bot it is that is talked to: each team has its own."""
    if kind is Kind.OTHER_COORDINATOR:
        return cast.neighbours.team_id
    return cast.world.team_id
