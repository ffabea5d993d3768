"""Takes down people's own words, sealed, before the engine decides on codes and numbers alone."""

from __future__ import annotations

from bot import acts
from bot.conversations.outcome import Decided, Outcome
from bot.handle.keeping import Keeper, Kept
from bot.handle.looking import FILE_FIELD, Looking
from bot.handle.office import Desk
from scheduler import stimuli
from scheduler.case import Planned
from scheduler.decision import Refused
from storage import downloads, history


class Scribe:
    """What every act on a case needs: its texts stored, its stimulus decided, in one unit."""

    def __init__(self, desk: Desk, look: Looking, keeper: Keeper) -> None:
        """Write at `desk`."""
        self._desk, self._look, self._keeper = desk, look, keeper

    def text(self, case_id: int, field: str, text: str | None) -> int | None:
        """Return the number of a text, kept sealed under the case's key; None for no text."""
        if not text:
            return None
        self._look.forget(case_id)
        return history.put_personal(self._desk.c, case_id, field, text, self._desk.now)

    def planned(self, when: acts.When | None) -> Planned | None:
        """Return a date as the rules hold it: known since now."""
        if when is None:
            return None
        return Planned(day=when.day, at=when.at, known_at=self._desk.now)

    def fields(self, case_id: int, raw: acts.RawFields, by: int) -> stimuli.Fields:
        """Return an answer's fields with every text stored and its number in its place."""
        for name, text in raw.texts.items():
            self.text(case_id, f"answer.{name}", text)
        self.files(case_id, (raw.file_id,) if raw.file_id else (), by)
        items = []
        for item in raw.items:
            what = self.text(case_id, "item.what", item.what)
            assert what is not None, "an item without words"
            who = self.text(case_id, "item.who", item.who)
            items.append(stimuli.NewItem(what_ref=what, who_ref=who, day=item.day))
        return stimuli.Fields(
            to=raw.to,
            when=self.planned(raw.when),
            note_ref=self.text(case_id, "note", raw.note),
            reason_ref=self.text(case_id, "reason", raw.reason),
            ticks=raw.ticks,
            items=tuple(items),
            item=raw.item,
            participants_ref=self.text(case_id, "participants", raw.participants),
            choice=raw.choice,
            hearing=self.planned(raw.hearing),
            eviction=self.planned(raw.eviction),
            served=raw.served,
        )

    def files(self, case_id: int, files: tuple[str, ...], by: int) -> None:
        """Keep the messenger's ids of files, sealed like words, and have the files fetched."""
        desk = self._desk
        for file_id in files:
            kept = self.text(case_id, FILE_FIELD, file_id)
            if kept is not None:
                downloads.put(desk.c, desk.team_id, case_id, by, kept, desk.now)

    def decide(self, case_id: int, stimulus: stimuli.Stimulus, by: int) -> Outcome:
        """Return what the engine decided, kept already; a refusal leaves the case as it was."""
        kept = self._keeper.decide(case_id, stimulus, by=by)
        return kept if isinstance(kept, Refused) else decided(kept)


def decided(kept: Kept) -> Decided:
    """Return what a conversation may know of a decision that was kept."""
    return Decided(case=kept.case_id, decision=kept.decision, seq=kept.seq)
