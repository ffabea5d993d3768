"""What all coordinators hear of, present or not: files taken out, people erased (S22).

An account that was taken over, or a terminal left open, does not do these things unseen.
"""

from __future__ import annotations

from typing import Literal

from bot import acts
from bot.handle.office import Desk
from bot.handle.posting import Post
from bot.screen import Screen
from bot.texts import say
from bot.views.words import dated_moment_words

Done = Literal["exported", "exported-names", "exported-person", "erased"]


def exported(act: acts.Export) -> Done:
    """Return which it is: the file of one case always holds names."""
    return "exported-names" if act.with_names or act.what == "case" else "exported"


def tell_coordinators(desk: Desk, post: Post, done: Done, by: int | None, count: int) -> None:
    """Queue who did it (None: the command line), what, with how many cases, and when.

    It names no client and no case. Who did it hears too: it may have been somebody else.
    """
    for person in desk.people.values():
        if person.role != "coordinator" or person.state != "active" or person.user_id is None:
            continue
        language = desk.member(person.id).language
        html = say(
            language,
            f"notice-{done}",
            by="-" if by is None else desk.people[by].name,
            source="server" if by is None else "chat",
            n=count,
            at=dated_moment_words(desk.now, desk.days, language, desk.now),
        )
        post.screen(person.user_id, Screen(html=html), person_id=person.id)
