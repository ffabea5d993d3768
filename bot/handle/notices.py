"""What all coordinators hear of, present or not: files, people erased, roles, codes (S22).

An account that was taken over, or a terminal left open, does not do these things unseen.
"""

from __future__ import annotations

from bot import acts
from bot.handle.office import Desk
from bot.handle.posting import Post
from bot.views.notices import Done, notice_screen
from bot.views.words import dated_moment_words


def exported(act: acts.Export) -> Done:
    """Return which it is: the file of one case always holds names."""
    return "exported-names" if act.with_names or act.what == "case" else "exported"


def tell_coordinators(
    desk: Desk,
    post: Post,
    done: Done,
    by: int | None,
    count: int = 0,
    *,
    member: int | None = None,
    but_not: int | None = None,
) -> None:
    """Queue it for each; `by` None: the command line. `member`: who came or went.

    Who did it hears too: it may have been somebody else; not so
    `but_not`, who has just read the same.
    """
    whom = desk.people[member] if member is not None else None
    for person in desk.people.values():
        if person.role != "coordinator" or person.state != "active" or person.user_id is None:
            continue
        if person.id == but_not:
            continue
        language = desk.member(person.id).language
        screen = notice_screen(
            done,
            language,
            by=None if by is None else desk.people[by].name,
            at=dated_moment_words(desk.now, desk.days, language, desk.now),
            count=count,
            member=whom.name if whom is not None else "–",
            role=whom.role if whom is not None else "worker",
        )
        post.screen(person.user_id, screen, person_id=person.id)
