"""One transaction at the counter: desk, look, post, keeper and performer together."""

from __future__ import annotations

from datetime import datetime

from bot.handle.channel import Channel
from bot.handle.keeping import Keeper
from bot.handle.looking import Looking
from bot.handle.membership import Membership
from bot.handle.office import Desk, Office
from bot.handle.performing import Performer
from bot.handle.posting import Post
from bot.handle.visits import Visits
from bot.hooks import Connection


class Counter:
    """What one unit works with; opened for it and gone with it."""

    def __init__(self, c: Connection, office: Office, now: datetime) -> None:
        """Open for one unit at `now`."""
        self.desk = Desk(c, office, now)
        self.look = Looking(self.desk)
        self.post = Post(self.desk, self.look)
        self.keeper = Keeper(self.desk, self.look, self.post)
        self.performer = Performer(self.desk, self.look, self.post, self.keeper)
        self.membership = Membership(self.desk, self.look, self.post)
        self.channel = Channel(self.desk, self.look, self.post)
        self.visits = Visits(self.desk, self.look, self.post, self.keeper)
