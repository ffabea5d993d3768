"""What the main path says of backups, inside the caller's transaction: to coordinators, once."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversations.scene import Member
from bot.handle.office import Desk
from bot.handle.posting import Post
from bot.screen import Screen
from bot.views.backups import backup_failed_screen, restored_screen
from storage import teams
from storage.backup import RESTORED
from storage.columns import to_moment


class Backups:
    """Backups as the team hears of them, at one desk."""

    def __init__(self, desk: Desk, post: Post) -> None:
        """Work at `desk`."""
        self._desk, self._post = desk, post

    def failed(self) -> None:
        """No backup could be made; the caller sees to it that this is said once."""
        self._tell(lambda member: backup_failed_screen(member.language))

    def put_back(self) -> None:
        """Tell that a backup was put back, if that was not told yet."""
        desk = self._desk
        found = teams.flag(desk.c, desk.team_id, RESTORED)
        if found is None:
            return
        made_at = to_moment(found.value["made_at"])
        counts = {name: found.value[name] for name in ("again", "doubtful")}
        self._tell(
            lambda member: restored_screen(made_at, member.language, desk.days, desk.now, **counts)
        )
        teams.drop_flag(desk.c, desk.team_id, RESTORED)

    def _tell(self, screen_for: Callable[[Member], Screen]) -> None:
        desk = self._desk
        for person_id in desk.roster.coordinators(desk.days.day_of(desk.now)):
            chat_id = desk.people[person_id].user_id
            if chat_id is not None:
                screen = screen_for(desk.member(person_id))
                self._post.screen(chat_id, screen, person_id=person_id)
