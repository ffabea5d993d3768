"""What leaves: screens and messages become outbox rows, with their buttons and open prompts.

Everything written here commits together with what caused it; nothing is sent from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from bot.conversations.scene import CaseView
from bot.handle.looking import Looking
from bot.handle.office import Desk
from bot.hooks import FILLED
from bot.screen import Copy, Kept, Link, Made, Press, Screen, to_codes
from bot.texts import plain, settled
from bot.views.messages import message_screen
from bot.views.reports import receipt_screen
from scheduler.decision import Kind, Message
from storage import buttons, outbox

Lane = Literal[0, 1]

CHANNEL_QUESTION = "channel"
"""The question of a prompt that is an announcement in the team's channel."""

DELETED_WITHIN = timedelta(hours=48)
"""The messenger lets a bot delete no message that is older (S23)."""

_OF_THE_MESSAGE = ("protect_content", "message_thread_id")
"""What is said when a message is sent and holds for its edits too."""

TOAST_GLANCE_MAX = 80
"""Characters of a toast that can be read in the two seconds that it is shown."""

NUDGE_QUESTION = "nudge"
"""The question of a reminder: it is settled with the prompt that it reminds of."""

_ASKING = frozenset({Kind.PROMPT, Kind.NUDGE})


class Post:
    """Writes into the outbox in the unit of its desk: sent once that is committed (P5)."""

    def __init__(self, desk: Desk, look: Looking) -> None:
        """Write from `desk`. `answers_in`: what a group is told now goes to this topic of it."""
        self._desk, self._look = desk, look
        self.answers_in: tuple[int, int] | None = None

    # messages of the engine

    def messages(self, view: CaseView, messages: Iterable[Message]) -> None:
        """Queue what the engine says of a case; a prompt opens with its buttons (S4)."""
        for message in messages:
            self.message(view, message)

    def message(self, view: CaseView, message: Message) -> None:
        """Queue one message; who has no chat (never came in) has none to be told in."""
        person = self._desk.people[message.to]
        if person.user_id is None:
            return
        member = self._desk.member(person.id)
        team, now = self._desk.team(), self._desk.now
        if message.kind is Kind.RECEIPT:
            screen = receipt_screen(view, member, team, now)
        else:
            screen = message_screen(
                message,
                view,
                member,
                team,
                now,
                look=self._look,
                roster=self._desk.roster,
            )
        prompt_id = None
        if message.kind in _ASKING and message.step:
            is_nudge = message.kind is Kind.NUDGE
            question = NUDGE_QUESTION if is_nudge else message.question
            prompt_id = self.question(view.id, person.id, message.step, question)
        self.screen(
            person.user_id,
            screen,
            person_id=person.id,
            case_id=view.id,
            kind=message.kind.value,
            lane=0 if message.kind is Kind.RECEIPT else 1,
            meta=_meta(message),
            prompt_id=prompt_id,
        )

    def question(self, case_id: int, person_id: int | None, step: str, question: str) -> int:
        """Open a question, whose message follows, and return its number."""
        return buttons.put_prompt(
            self._desk.c,
            self._desk.team_id,
            case_id,
            person_id,
            step,
            question,
            None,
            self._desk.now,
        )

    # screens

    def screen(
        self,
        chat_id: int,
        screen: Screen,
        *,
        person_id: int | None = None,
        case_id: int | None = None,
        kind: outbox.Kind = "screen",
        lane: Lane = 0,
        meta: Mapping[str, Any] | None = None,
        prompt_id: int | None = None,
        not_before: datetime | None = None,
    ) -> int:
        """Queue a screen as a new message and return the outbox row's number.

        `chat_id` of a private chat is the person's user id; there is no other private chat.
        """
        payload = self._payload(screen, person_id, prompt_id)
        if self.answers_in is not None and self.answers_in[0] == chat_id:
            payload["message_thread_id"] = self.answers_in[1]
        if screen.protect:
            payload["protect_content"] = True
        codes = {**(meta or {}), **_forgotten(screen)}
        if screen.forget_after_s is not None:
            payload = self._empty(payload, person_id)
        if person_id is not None:
            codes["again_text"] = plain(self._language(person_id), "again")
        row = self._put(
            chat_id=chat_id,
            kind=kind,
            method="sendMessage",
            payload=payload,
            lane=lane,
            person_id=person_id,
            case_id=case_id,
            meta=codes,
            prompt_id=prompt_id,
            not_before=not_before,
        )
        for file in screen.files:
            self._file(chat_id, file, screen, person_id, case_id)
        for kept in screen.kept:
            self._kept(chat_id, kept, screen, person_id, case_id)
        self.made_for(chat_id, screen, person_id=person_id, case_id=case_id)
        return row

    def _empty(self, filled: dict[str, Any], person_id: int | None) -> dict[str, Any]:
        """Return a message that holds nothing yet, and with it what it is filled with when it is
        there (`reveal`).

        Of a message that may have arrived nobody knows the number, so nobody could take it away
        again; what may have arrived must therefore hold nothing personal (P17).
        """
        team = self._desk.office.team
        language = settled(None, team.language) if person_id is None else self._language(person_id)
        kept = {name: filled[name] for name in _OF_THE_MESSAGE if name in filled}
        return {**kept, "text": plain(language, "details-coming"), FILLED: filled}

    def reveal(self, row: outbox.Claimed, message_id: int) -> None:
        """Fill the message that has arrived; an edit may be tried as often as needed."""
        filled = {
            name: value
            for name, value in row.payload[FILLED].items()
            if name not in _OF_THE_MESSAGE
        }
        self._put(
            chat_id=row.chat_id,
            kind="edit",
            method="editMessageText",
            payload={**filled, "message_id": message_id},
            lane=0,
            person_id=row.person_id,
            case_id=row.case_id,
            meta={},
        )

    def made_for(
        self,
        chat_id: int,
        screen: Screen,
        *,
        person_id: int | None = None,
        case_id: int | None = None,
    ) -> None:
        """Queue the files that are made for a screen, where its text is there already."""
        for made in screen.made:
            self._made(chat_id, made, screen, person_id, case_id)

    def file(self, chat_id: int, made: Made, *, person_id: int, case_id: int) -> None:
        """Queue a file that comes by itself; its caption says what it is."""
        self._made(chat_id, made, Screen(html=""), person_id, case_id)

    def _file(
        self, chat_id: int, file: str, screen: Screen, person_id: int | None, case_id: int | None
    ) -> None:
        """Queue a file that the messenger knows already, protected and forgotten like its text."""
        kind, _, id_ = file.partition(":")
        field = kind if kind in ("photo", "voice", "audio") else "document"
        meta = _forgotten(screen)
        self._put(
            chat_id=chat_id,
            kind="screen",
            method=f"send{field.capitalize()}",
            payload={field: id_, "protect_content": screen.protect},
            lane=0,
            person_id=person_id,
            case_id=case_id,
            meta=meta,
        )

    def _kept(
        self, chat_id: int, kept: Kept, screen: Screen, person_id: int | None, case_id: int | None
    ) -> None:
        """Queue a file that is stored here: what is sent is what was stored, without EXIF."""
        field = kept.told if kept.told in ("photo", "voice", "audio") else "document"
        meta = {"files": {field: kept.number}, **_forgotten(screen)}
        self._put(
            chat_id=chat_id,
            kind="screen",
            method=f"send{field.capitalize()}",
            payload={"protect_content": screen.protect},
            lane=0,
            person_id=person_id,
            case_id=case_id,
            meta=meta,
        )

    def _made(
        self, chat_id: int, made: Made, screen: Screen, person_id: int | None, case_id: int | None
    ) -> None:
        """Queue a file as its values: the sender has it made when its turn comes."""
        field = "photo" if made.photo else "document"
        payload: dict[str, Any] = {field: making(made)}
        if made.caption:
            payload |= {"caption": made.caption, "parse_mode": "HTML"}
        if screen.protect:
            payload["protect_content"] = True
        meta = _forgotten(screen)
        self._put(
            chat_id=chat_id,
            kind="file",
            method=f"send{field.capitalize()}",
            payload=payload,
            lane=0,
            person_id=person_id,
            case_id=case_id,
            meta=meta,
        )

    def edit(
        self,
        chat_id: int,
        message_id: int,
        screen: Screen,
        *,
        person_id: int | None = None,
        case_id: int | None = None,
        prompt_id: int | None = None,
    ) -> None:
        """Queue the change of a message that is there; without rows it keeps no buttons."""
        payload = self._payload(screen, person_id, prompt_id)
        payload["message_id"] = message_id
        self._put(
            chat_id=chat_id,
            kind="edit",
            method="editMessageText",
            payload=payload,
            lane=0,
            person_id=person_id,
            case_id=case_id,
            meta={},
        )

    def toast(self, chat_id: int, query_id: str, text: str | None, *, alert: bool = False) -> None:
        """Queue the short answer to a press; at most 200 characters.

        `alert`: it stays until it is closed. So does what takes longer to read than it is shown.
        """
        payload: dict[str, Any] = {"callback_query_id": query_id}
        if text:
            stays = alert or len(text) > TOAST_GLANCE_MAX
            payload |= {"text": text[:200], "show_alert": stays}
        self._put(
            chat_id=chat_id,
            kind="answer",
            method="answerCallbackQuery",
            payload=payload,
            lane=0,
            meta={},
        )

    def call(
        self,
        chat_id: int,
        method: str,
        payload: Mapping[str, Any] | None = None,
        *,
        kind: outbox.Kind = "group",
        lane: Lane = 0,
        case_id: int | None = None,
        meta: Mapping[str, Any] | None = None,
        not_before: datetime | None = None,
    ) -> None:
        """Queue another call about a chat: leaving it, a topic of it."""
        self._put(
            chat_id=chat_id,
            kind=kind,
            method=method,
            payload=dict(payload or {}),
            lane=lane,
            case_id=case_id,
            meta=dict(meta or {}),
            not_before=not_before,
        )

    def delete(
        self,
        chat_id: int,
        message_id: int,
        at: datetime | None = None,
        *,
        shown: outbox.Claimed | None = None,
    ) -> None:
        """Queue the deletion of a message, perhaps for later.

        `shown`: what it was sent as, so that who was told what is known if it cannot be deleted.
        The deletion itself is of no case and no person: it is owed whoever leaves.
        """
        about = {}
        if shown is not None:
            case_id = shown.meta.get("details_of", shown.case_id)
            about = {"details_of": case_id, "to_person": shown.person_id}
        self._put(
            chat_id=chat_id,
            kind="delete",
            method="deleteMessage",
            payload={"message_id": message_id},
            lane=0,
            meta=about,
            not_before=at,
        )

    def forget_later(self, row: outbox.Claimed, message_id: int, seconds: int) -> None:
        """Delete a message of personal details after a while, durably (S23)."""
        at = self._desk.now + timedelta(seconds=seconds)
        self.delete(row.chat_id, message_id, at, shown=row)

    def _put(self, **values: Any) -> int:
        row = outbox.OutgoingRow(team_id=self._desk.team_id, **values)
        return outbox.put(self._desk.c, row, self._desk.now)

    def _language(self, person_id: int) -> str:
        return self._desk.member(person_id).language

    def _payload(
        self, screen: Screen, person_id: int | None, prompt_id: int | None
    ) -> dict[str, Any]:
        payload: dict[str, Any] = {
            "text": screen.html,
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }
        presses = [key for row in screen.rows for key in row if isinstance(key, Press)]
        callbacks = iter(
            buttons.put_buttons(
                self._desk.c,
                self._desk.team_id,
                person_id,
                [to_codes(key.intent) for key in presses],
                self._desk.now,
                prompt_id,
            )
        )
        keyboard = [[_drawn(key, callbacks) for key in row] for row in screen.rows if row]
        if keyboard:
            payload["reply_markup"] = {"inline_keyboard": keyboard}
        return payload


def _forgotten(screen: Screen) -> dict[str, int]:
    """Return in codes when a message is to be deleted, and which case's details it holds."""
    if screen.forget_after_s is None:
        return {}
    of = {} if screen.details_of is None else {"details_of": screen.details_of}
    return {"forget_after_s": screen.forget_after_s, **of}


def _drawn(key: Press | Copy | Link, callbacks: Iterator[str]) -> dict[str, Any]:
    match key:
        case Press():
            button = {"text": key.label, "callback_data": next(callbacks)}
            return {**button, "style": key.style} if key.style else button
        case Copy():
            return {"text": key.label, "copy_text": {"text": key.text}}
        case Link():
            return {"text": key.label, "url": key.url}


def making(made: Made) -> dict[str, Any]:
    """Return what stands in a payload's field until the sender has made the file."""
    return {"made": made.kind, "name": made.name, "values": dict(made.values)}


def _meta(message: Message) -> dict[str, Any]:
    """Return what may be read of a message without keys: codes only."""
    return {
        "kind": message.kind.value,
        "step": message.step,
        "about": message.about,
        "due_at": message.due_at.isoformat() if message.due_at else None,
        "marks": sorted(message.marks),
    }
