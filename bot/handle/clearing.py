"""A report is taken out of its reporter's chat once it was sent, where the team wants that.

What they wrote, handed over and were asked: all messages since the draft was begun, as far as the
messenger lets a bot delete them. What came before, and the receipt, stays.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.conversations.scene import Scene
from bot.handle.office import Desk
from bot.handle.posting import DELETED_WITHIN, Post
from bot.incoming import PrivateMessage, read_update
from storage import inbox, outbox

SPARE: Final = timedelta(minutes=30)
"""A deletion may have to wait; one that would come too late is not begun."""


def clear_report(desk: Desk, post: Post, scene: Scene, kept: int | None) -> None:
    """Queue the deletions; `scene` is the one in which it was sent, `kept` the message pressed."""
    draft = scene.dialogue
    if not desk.office.team.clear_reports or draft is None or draft.began_at is None:
        return
    since = max(draft.began_at, desk.now - DELETED_WITHIN + SPARE)
    written = {
        update.message_id
        for raw in inbox.heard(desk.c, desk.team_id, scene.user_id, since)
        if isinstance(update := read_update(raw, bot_name=desk.office.bot_name), PrivateMessage)
    }
    asked = set(outbox.shown(desk.c, desk.team_id, scene.user_id, since))
    for message_id in sorted((written | asked) - {kept}):
        post.delete(scene.user_id, message_id)
