"""What the loops bring and tell: moments that fall due, and what became of updates and messages.

Each is one unit in the caller's transaction, as an update is.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from bot.handle.backups import Backups
from bot.handle.counter import Counter
from bot.handle.keeping import Kept
from bot.handle.looking import VISIT
from bot.handle.missed import Missed
from bot.handle.morning import MORNING, Morning
from bot.handle.office import Office
from bot.hooks import FILLED, Connection
from bot.incoming import without_numbers_in
from bot.screen import Screen
from bot.texts import say
from scheduler.stimuli import TimePassed
from storage import dues, inbox, people
from storage.downloads import Download
from storage.inbox import InboxRow
from storage.outbox import Claimed

log = logging.getLogger("kier.handle")

DUE_BATCH: Final = 50
"""Due moments of one transaction."""
MISSED_AFTER: Final = timedelta(hours=1)
"""A moment handled so much later was missed: the bot, its machine or its database was away."""
_TO_CHANNEL: Final = frozenset({"group", "topic"})
"""Kinds of what goes to the team's channel."""


class Told:
    """The part of the main path that no person's update begins. Stateless but for its office."""

    def __init__(self, office: Office) -> None:
        """Work for the team of `office`."""
        self.office = office

    # time

    def fire(self, c: Connection, now: datetime) -> datetime | None:
        """Let a batch of due moments happen; return the next one, perhaps already past.

        What was missed is sent late rather than never; a person who would get many alerts and
        informations at once gets one summary (§1.2, "one summary where thirty would come").
        """
        counter = Counter(c, self.office, now)
        missed = Missed()
        for due in dues.claim(c, self.office.team_id, now, DUE_BATCH):
            code = dues.guarded(c, due, now, partial(self._fire_one, counter, missed, due))
            if code is not None:
                log.error("due %d of case %s: %s", due.id, due.case_id, code)
                counter = Counter(c, self.office, now)
        missed.send(counter.desk, counter.look, counter.post)
        return dues.next_due(c, self.office.team_id)

    def _fire_one(self, counter: Counter, missed: Missed, due: dues.Due) -> None:
        if due.case_id is None and due.key.startswith(VISIT):
            counter.visits.wake(int(due.key.removeprefix(VISIT)))
            return
        if due.case_id is None:
            assert due.key == MORNING, f"team due {due.key!r}"
            Morning(counter.desk, counter.look, counter.post).send()
            return
        kept = counter.keeper.decide(due.case_id, TimePassed(), by=None, quiet=True)
        assert isinstance(kept, Kept), "the passing of time is never refused"
        if counter.desk.now - due.due_at > MISSED_AFTER:
            missed.add(kept.case_id, kept.decision.messages)
            return
        view = counter.look.case(kept.case_id)
        assert view is not None
        counter.post.messages(view, kept.decision.messages)

    def begin(self, c: Connection, now: datetime) -> None:
        """Set the team's own due moments when they are not set yet; tell what must be told."""
        counter = Counter(c, self.office, now)
        Morning(counter.desk, counter.look, counter.post).arm()
        if not counter.channel.known():
            counter.channel.look_again()
        Backups(counter.desk, counter.post).put_back()

    # what became of it

    def on_dead(self, c: Connection, row: InboxRow, now: datetime) -> None:
        """An update could not be handled: the coordinators hear that there is one (P2)."""
        kept = without_numbers_in(row.raw)
        if kept is not row.raw:
            inbox.rewrite(c, row.id, kept)
        Counter(c, self.office, now).membership.alarm("dead-letter", number=row.id)

    def on_unreadable(self, c: Connection, count: int, now: datetime) -> None:
        """Updates came that are none: kept as dead letters, and the coordinators hear of it."""
        Counter(c, self.office, now).membership.alarm("dead-letters", number=count)

    def on_backup_failed(self, c: Connection, now: datetime) -> None:
        """No backup can be made: the coordinators hear of it (P16)."""
        counter = Counter(c, self.office, now)
        Backups(counter.desk, counter.post).failed()

    def on_out_of_bounds(self, c: Connection, code: str, since: datetime, now: datetime) -> None:
        """Something waits too long, or will soon go wrong: the coordinators hear of it, once."""
        Counter(c, self.office, now).membership.out_of_bounds(code, since)

    def on_file_refused(self, c: Connection, row: Download, code: str, now: datetime) -> None:
        """A file is not kept: who sent it hears why (rows 60-64)."""
        counter = Counter(c, self.office, now)
        view, sender = counter.look.case(row.case_id), counter.desk.people.get(row.person_id)
        if view is None or sender is None or sender.user_id is None:
            return
        language = counter.desk.member(sender.id).language
        screen = Screen(html=say(language, "file-refused", ref=view.ref, why=code))
        counter.post.screen(sender.user_id, screen, person_id=sender.id, case_id=view.id)

    def on_failed(self, c: Connection, row: Claimed, code: str, now: datetime) -> None:
        """A message was refused for good: a blocked chat is remembered, coordinators are told."""
        counter = Counter(c, self.office, now)
        membership = counter.membership
        if row.kind in _TO_CHANNEL:
            counter.channel.refused(row, code)
        if code == "blocked" and row.person_id is not None:
            people.set_person(c, row.person_id, chat_ok=False)
        if row.kind == "delete":
            # Beyond the messenger's 48 hours: a coordinator must know what is still there (P17).
            membership.not_deleted(row)
        if "visit" in row.meta:
            counter.visits.unheard(row)
        if code == "no-file":
            membership.file_refused(row)
        if row.kind == "file" and code.startswith("not-made"):
            membership.file_not_made(row.person_id)
        if row.kind in ("prompt", "nudge", "alert", "info", "receipt"):
            membership.undelivered(row.person_id, row.case_id, "undelivered")

    def on_uncertain(self, c: Connection, row: Claimed, now: datetime) -> None:
        """Twice nobody knows whether a message arrived: a coordinator must (P5)."""
        counter = Counter(c, self.office, now)
        if row.kind == "topic":
            counter.channel.doubtful(row)
            return
        counter.membership.undelivered(row.person_id, row.case_id, "perhaps-undelivered")

    def on_sent(self, c: Connection, row: Claimed, result: Any, now: datetime) -> None:
        """Take personal details away again, durably (S23, P17); learn of the channel's topics."""
        if row.kind in _TO_CHANNEL:
            Counter(c, self.office, now).channel.sent(row, result)
        seconds = row.meta.get("forget_after_s")
        message_id = result.get("message_id") if isinstance(result, dict) else None
        if not isinstance(message_id, int):
            return
        if row.case_id is not None and _has_left(c, row):
            # it was under way when they left (S9, P7)
            Counter(c, self.office, now).post.delete(row.chat_id, message_id, shown=row)
        elif isinstance(seconds, int):
            post = Counter(c, self.office, now).post
            if FILLED in row.payload:
                post.reveal(row, message_id)
            post.forget_later(row, message_id, seconds)

    def on_migrated(self, c: Connection, team_id: int, old: int, new: int, now: datetime) -> None:
        """The channel has another id: remembered in the same transaction (row 54)."""
        Counter(c, self.office, now).channel.moved(old, new)


def _has_left(c: Connection, row: Claimed) -> bool:
    person = people.person_by_id(c, row.person_id) if row.person_id is not None else None
    return person is not None and person.state == "left"
