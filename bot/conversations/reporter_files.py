"""What a reporter hands in: a photo or PDF is kept, with words or without; all else is answered.

Pictures that were sent together come one by one: the first is answered, the others are kept.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.acts import AddToReport
from bot.conversations import intake, own_reports
from bot.conversations.asking import (
    answered,
    ask,
    dialogue_of,
    free,
    new_draft,
    opened,
    own,
    tell,
)
from bot.conversations.intake import Draft
from bot.conversations.scene import Dialogue, Handed, Scene, Turn
from bot.file_bytes import FILE_BYTES_MAX
from bot.reading.phones import Phone, read_phone
from bot.reading.words import is_blank
from bot.texts import say

KEPT_MIMES: Final = frozenset({"application/pdf", "image/jpeg", "image/png"})
"""What is said to be one is looked at by its bytes later. HEIC is sent as a photo instead: of one
sent as a file nobody can take out where it was taken without decoding it (row 65)."""

ADDED_FILES_MAX: Final = 30
"""Files of one case that its reporters may come to (row 64)."""

ALBUM_LASTS: Final = timedelta(minutes=10)
"""How long after an album its report is still what is spoken of."""


def handed_in(handed: Handed, scene: Scene) -> Turn:
    """Keep a photo or PDF as a copy of the claim; anything else is answered and not kept."""
    number = _own_number(handed, scene)
    if number is not None:
        here = opened(scene)
        return answered(here, intake.with_said(here.draft, intake.REACH, number), scene)
    refusal = _refusal(handed)
    if refusal is not None:
        return tell(scene, refusal)
    assert handed.file_id is not None, "_refusal has seen it"
    file_id = f"{handed.kind}:{handed.file_id}"
    dialogue = scene.dialogue
    if dialogue is not None and dialogue.kind == own_reports.ADDING and dialogue.case is not None:
        return _added(handed, file_id, dialogue, scene)
    return _drafted(handed, file_id, scene)


def _own_number(handed: Handed, scene: Scene) -> str | None:
    """Return the number of somebody who shares their own contact, when that is what is asked."""
    dialogue = scene.dialogue
    if handed.contact_phone is None or intake.draft_of(dialogue) is None or dialogue is None:
        return None
    read = read_phone(handed.contact_phone, scene.team.country)
    return read.shown if dialogue.asking == intake.REACH and isinstance(read, Phone) else None


def _refusal(handed: Handed) -> str | None:
    if handed.kind not in ("photo", "document") or handed.file_id is None:
        return "reporter-contact" if handed.kind == "contact" else "reporter-text-only"
    if handed.kind == "document" and handed.mime not in KEPT_MIMES:
        return "reporter-file-kind"
    if handed.size == 0:
        return "reporter-file-empty"
    if handed.size is not None and handed.size > FILE_BYTES_MAX:
        return "reporter-file-large"
    return None


def _added(handed: Handed, file_id: str, dialogue: Dialogue, scene: Scene) -> Turn:
    """Add it to an own report; what belongs to the same album follows without a word."""
    assert dialogue.case is not None, "adding is about a case"
    view = scene.look.case(dialogue.case)
    more = handed.album is not None and dialogue.values.get("album") == handed.album
    if view is not None and len(view.files) >= ADDED_FILES_MAX:
        return Turn() if more else tell(scene, "reporter-files-full", max=ADDED_FILES_MAX)
    act = AddToReport(
        case=dialogue.case, what="file", text=handed.caption or None, file_id=file_id, more=more
    )
    return Turn(act=act, dialogue=own_reports.album(dialogue.case, handed.album, scene))


def _drafted(handed: Handed, file_id: str, scene: Scene) -> Turn:
    """Keep it with the draft; one that comes first begins a draft, or asks to which report."""
    draft = intake.draft_of(scene.dialogue)
    asking = scene.dialogue.asking if draft is not None and scene.dialogue else intake.FREE
    is_first = draft is None
    draft = draft or new_draft(scene)
    more = handed.album is not None and draft.album == handed.album
    if len(draft.files) >= intake.FILES_MAX:
        return Turn() if more else tell(scene, "reporter-files-full", max=intake.FILES_MAX)
    if file_id not in draft.files:
        draft = replace(draft, files=(*draft.files, file_id))
    draft = replace(draft, album=handed.album or "")
    if more and is_blank(handed.caption):
        return Turn(dialogue=dialogue_of(draft, asking, scene))
    is_own = any(view.case.closed_at is None for view in own(scene))
    if is_first and is_own and is_blank(handed.caption):
        return ask(draft, intake.WHICH, scene)
    return _asked_on(draft, asking, handed, scene, is_first=is_first)


def _asked_on(draft: Draft, asking: str, handed: Handed, scene: Scene, *, is_first: bool) -> Turn:
    key = "reporter-album-kept" if handed.album else "reporter-file-kept"
    note = say(scene.language, "reporter-file-begun" if is_first else key)
    if not is_blank(handed.caption):
        return free(draft, handed.caption, scene, notes=(note,))
    return ask(draft, asking, scene, notes=(note,))
