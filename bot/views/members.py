"""What members and newcomers see: help, language, invitations, the team's group. No case in it."""

from __future__ import annotations

from bot.conversations.scene import LANGUAGES, Member, Team
from bot.screen import Intent, Key, Press, Screen, Verb
from bot.texts import plain, say
from bot.views import words
from bot.views.reports import LANGUAGE_NAMES, language_button
from scheduler.procedure import Role


def help_screen(language: str) -> Screen:
    """Return what a reporter or stranger can ask; the team's own help is in its lists."""
    report = _press(language, "member-button-report", Intent(verb=Verb.REPORT))
    mine = _press(language, "reporter-button-mine", Intent(verb=Verb.MY_REPORTS))
    return Screen(
        html=say(language, "member-help"),
        rows=((report, mine), (language_button(language),)),
    )


def settings_screen(member: Member | None, team: Team, language: str) -> Screen:
    """Return name, role and language, and what can be changed of them."""
    rows: list[tuple[Key, ...]] = [(language_button(language),)]
    if member is None or member.role is Role.REPORTER:
        html = say(language, "member-settings-reporter", tongue=LANGUAGE_NAMES[language])
        return Screen(html=html, rows=tuple(rows))
    away = _press(language, "member-button-away", Intent(verb=Verb.AWAY))
    html = say(
        language,
        "member-settings",
        name=member.name,
        role=plain(language, f"role-{member.role.value}"),
        tongue=LANGUAGE_NAMES[language],
    )
    planned = _press(language, "press-my-leave", Intent(verb=Verb.MY_LEAVE))
    works = _press(language, "press-works", Intent(verb=Verb.WORKS))
    return Screen(html=html, rows=(*rows, (away,), (planned, works)))


def language_screen(language: str) -> Screen:
    """Return the four languages, each in its own words: who cannot read this one finds theirs."""
    keys = [
        words.press(LANGUAGE_NAMES[each], Intent(verb=Verb.LANGUAGE, arg=each))
        for each in LANGUAGES
    ]
    return Screen(html=say(language, "member-language"), rows=words.in_rows(keys, a_row=1))


# Invitations


def link_invalid_screen(language: str) -> Screen:
    """Return the one text for every link that does not count, whatever the reason (row 20)."""
    return Screen(html=say(language, "member-link-invalid"))


def waiting_screen(team: Team, language: str) -> Screen:
    """Return what a newcomer reads until a coordinator has confirmed them."""
    return Screen(html=say(language, "member-waiting", team=team.name))


def confirm_member_screen(
    invite: int, *, name: str, role: str, user_name: str, language: str
) -> Screen:
    """Return the coordinator's question whether the person who opened an invitation is right.

    `name` is what the coordinator wrote, `user_name` what the messenger shows: never an identity
    (S5), so both are shown. `invite` is the invitation's number; the person has none yet.
    """
    yes = Intent(verb=Verb.CONFIRM_MEMBER, person=invite)
    no = Intent(verb=Verb.REFUSE_MEMBER, person=invite)
    return Screen(
        html=say(
            language,
            "member-confirm",
            name=name,
            shown=user_name or "–",
            role=plain(language, f"role-{role}"),
        ),
        rows=(
            (
                _press(language, "member-button-confirm", yes, "success"),
                _press(language, "member-button-refuse", no, "danger"),
            ),
        ),
    )


def welcome_member_screen(member: Member, team: Team) -> Screen:
    """Return the first screen of somebody who has just been let in."""
    language = member.language
    role = plain(language, f"role-{member.role.value}")
    welcome = say(language, "member-welcome", name=member.name, role=role, team=team.name)
    if member.role is Role.REPORTER:
        screen = help_screen(language)
        return Screen(html=words.lines(welcome, screen.html), rows=screen.rows)
    return Screen(html=words.lines(welcome, say(language, "member-welcome-more")))


def declined_member_screen(team: Team, language: str) -> Screen:
    """Return what a newcomer reads whom the coordinator did not let in."""
    return Screen(
        html=words.lines(
            say(language, "member-declined", team=team.name),
            say(language, "reporter-phone-line", phone=team.phone) if team.phone else None,
        )
    )


def decided_member_screen(name: str, role: str, language: str, *, accepted: bool) -> Screen:
    """Return what the coordinator's question is edited into."""
    if not accepted:
        return Screen(html=say(language, "member-refused"))
    shown = plain(language, f"role-{role}")
    return Screen(html=say(language, "member-confirmed", name=name, role=shown))


# The team's group


def confirm_group_screen(chat_id: int, title: str, language: str) -> Screen:
    """Return the coordinator's question whether this chat is the team's channel (S11)."""
    keys = tuple(
        _press(
            language,
            f"member-button-group-{answer}",
            Intent(verb=Verb.CONFIRM_GROUP, step=answer, arg=str(chat_id)),
            "success" if answer == "yes" else "",
        )
        for answer in ("yes", "no")
    )
    return Screen(
        html=say(language, "member-group", title=title or "–"), rows=tuple((k,) for k in keys)
    )


def channel_lost_screen(why: str, language: str) -> Screen:
    """Return what coordinators are told when the channel cannot be used any more (row 55).

    `why`: removed, muted or demoted.
    """
    return Screen(html=say(language, f"member-channel-{why}"))


def left_group_screen(member: Member, language: str) -> Screen:
    """Return the question to the coordinator when a member left the group: roles stay (S8)."""
    leave = Intent(verb=Verb.LEAVE_TEAM, person=member.id)
    nothing = Intent(verb=Verb.NOTHING)
    return Screen(
        html=say(language, "member-left-group", name=member.name),
        rows=(
            (
                _press(language, "member-button-left-team", leave),
                _press(language, "member-button-still-there", nothing),
            ),
        ),
    )


def personal_in_group_screen(language: str) -> Screen:
    """Return the request to delete something personal; it quotes nothing of it (row 57)."""
    return Screen(html=say(language, "member-group-personal"))


def _press(language: str, key: str, intent: Intent, style: str = "") -> Press:
    return words.press(plain(language, key), intent, style)
