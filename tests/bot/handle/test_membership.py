"""Who comes in, who leaves, who stands in; and where the bot may stand."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.hooks import Handled
from bot.outcomes import Rejected
from bot.screen import Verb
from bot.texts import plain
from storage import dues, inbox, outbox, people, teams
from tests.world import CHANNEL, World

INVALID = plain("nl-BE", "member-link-invalid")
REFUSED = plain("nl-BE", "refused")


async def invites(world: World, name: str = "Fatima", role: str = "worker") -> str:
    """Let Carla invite somebody, and return the code."""
    await world.says("Carla", "/invite")
    for _ in range(4):
        dialogue = await world.dialogue("Carla")
        if dialogue is None:
            break
        if dialogue["asking"] == "name":
            await world.says("Carla", name)
        else:
            await world.presses("Carla", Verb.PICK, arg=role)
    found = re.search(r"/start ([A-Za-z0-9_-]+)", world.reads("Carla"))
    assert found is not None
    return found[1]


async def test_an_invitation_is_confirmed_before_it_gives_a_right(world: World) -> None:
    """S7: Fatima opens the link and waits; until Carla has confirmed her she can see nothing;
    then she is a worker and is told so."""
    ref = await world.reported()
    code = await invites(world)
    await world.says("Fatima", f"/start {code}")
    assert "bevestigt nog" in world.last("Fatima")
    await world.says("Fatima", f"/case {ref}")
    assert world.last("Fatima") == REFUSED
    assert "Iemand opende de uitnodiging voor Fatima" in world.last("Carla")
    await world.presses("Carla", Verb.CONFIRM_MEMBER)
    assert "Welkom, Fatima" in world.last("Fatima")
    person = await world.read(
        people.person_by_user, team_id=world.team_id, user_id=world.user("Fatima")
    )
    assert person is not None
    assert (person.role, person.state, person.name) == ("worker", "active", "Fatima")


async def test_an_invitation_works_once(world: World) -> None:
    """Row 21: used again, by the same person and by another: the one text, no right."""
    code = await invites(world)
    await world.says("Fatima", f"/start {code}")
    await world.presses("Carla", Verb.CONFIRM_MEMBER)
    for name in ("Gust", "Fatima"):
        await world.says(name, f"/start {code}")
        assert world.last(name) == INVALID
    assert len(await world.read(people.people, team_id=world.team_id)) == 4


async def test_two_people_open_the_same_link_at_once(any_world: World) -> None:
    """Row 21: exactly one wins; the coordinator is asked about one."""
    world = any_world
    code = await invites(world)
    await world.stores(
        {"message": world.message("Fatima", text=f"/start {code}")},
        {"message": world.message("Gust", text=f"/start {code}")},
    )
    await world.settles()
    answers = [world.last("Fatima"), world.last("Gust")]
    assert answers.count(INVALID) == 1
    assert world.reads("Carla").count("Iemand opende") == 1


@pytest.mark.parametrize(("late", "counts"), [(-1, True), (0, False), (1, False)])
async def test_an_invitation_expires_after_48_hours(world: World, late: int, counts: bool) -> None:
    """Row 21, S7: one second before its end it counts, at its end and after it does not."""
    code = await invites(world)
    await world.time_passes(by=timedelta(hours=48, seconds=late))
    await world.says("Fatima", f"/start {code}")
    assert (world.last("Fatima") != INVALID) is counts


async def test_links_that_are_none(world: World) -> None:
    """Rows 20, 21: unknown, too long, of other letters, with more words: one text for all."""
    for payload in ("A" * 32, "A" * 64, "A" * 65, "a" * 3000, "é€", "x y", "../..", "' OR 1=1"):
        await world.says("Zoë", f"/start {payload}")
        assert world.last("Zoë") == INVALID, payload
    assert await world.read(people.people, team_id=world.team_id) != ()


async def test_an_invitation_for_an_own_old_role(world: World) -> None:
    """Row 21: Bram, a worker already, opens a worker's link: refused, and it stays good for whom
    it was meant."""
    code = await invites(world)
    await world.says("Bram", f"/start {code}")
    assert world.last("Bram") == INVALID
    await world.says("Fatima", f"/start {code}")
    assert "bevestigt nog" in world.last("Fatima")


async def test_an_invitation_shown_in_the_channel_is_burnt(world: World) -> None:
    """Row 22: redeemed in the group: refused there, useless from then on, the coordinator told."""
    await world.has_channel()
    code = await invites(world)
    await world.says_in(CHANNEL, "Fatima", f"/start {code}")
    assert "vervallen" in world.last(CHANNEL)
    assert code not in world.last(CHANNEL)
    assert "telt niet meer" in world.last("Carla")
    await world.says("Fatima", f"/start {code}")
    assert world.last("Fatima") == INVALID


@pytest.mark.parametrize("words", ["Kom erbij: https://t.me/kier_bot?start={}", "{}", "/start {}"])
@pytest.mark.parametrize("anonymous", [False, True])
async def test_an_invitation_is_burnt_however_the_channel_saw_it(
    world: World, words: str, anonymous: bool
) -> None:
    """Row 22, S7: as a link, alone, or by an anonymous admin: everyone has read it."""
    await world.has_channel()
    code = await invites(world)
    text = words.format(code)
    message: dict[str, Any] = {
        "message_id": 9000,
        "date": int(world.now.timestamp()),
        "chat": {"id": CHANNEL, "type": "supergroup", "title": "Team"},
        "from": {"id": world.user("An"), "is_bot": False, "first_name": "An"},
        "text": text,
    }
    if anonymous:
        message["from"] = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
        message["sender_chat"] = message["chat"]
    await world.update({"message": message})
    assert "vervallen" in world.last(CHANNEL)
    assert "telt niet meer" in world.last("Carla")
    await world.says("Fatima", f"/start {code}")
    assert world.last("Fatima") == INVALID


async def test_a_revoked_invitation(world: World) -> None:
    """Row 21: the coordinator did not let the person in: the link is used up, nobody has a
    right, and a second decision changes nothing."""
    code = await invites(world)
    await world.says("Fatima", f"/start {code}")
    message_id, yes = await world.button(world.user("Carla"), Verb.CONFIRM_MEMBER)
    await world.presses("Carla", Verb.REFUSE_MEMBER)
    await world.press("Carla", yes, message_id=message_id)
    assert "al beslist" in world.reads("Carla")
    await world.says("Fatima", f"/start {code}")
    assert world.last("Fatima") == INVALID
    assert len(await world.read(people.people, team_id=world.team_id)) == 3


# Leaving


async def test_who_leaves_loses_every_right_and_the_cases_go_back(world: World) -> None:
    """1.4, S9, P7: An leaves: the open case is the coordinator's to assign at once, An's prompt
    has no button, nothing more is sent to An, and the new worker gets the open step."""
    ref = await world.assigned()
    await world.says("Carla", "/team")
    await world.presses("Carla", Verb.LEAVE_TEAM, person=world.ids["An"])
    await world.presses("Carla", Verb.PICK, arg="yes")
    assert (await world.case()).case.worker is None
    assert ref in world.reads("Carla")
    messages = world.count("An")
    await world.presses("Carla", Verb.ANSWER, step="assign", person=world.ids["Bram"])
    assert "uiterlijk vandaag 17:00" in world.reads("Bram")
    await world.time_passes(to=datetime(2027, 9, 14, 10, tzinfo=UTC))
    assert world.count("An") == messages
    for order in (f"/case {ref}", "/today", "/cases"):
        await world.says("An", order)
        assert ref not in world.last("An")


async def removed(world: World, name: str) -> None:
    """Let Carla remove somebody from the team."""
    await world.says("Carla", "/team")
    await world.presses("Carla", Verb.LEAVE_TEAM, person=world.ids[name])
    await world.presses("Carla", Verb.PICK, arg="yes")


async def test_what_who_leaves_was_sent_of_cases_goes_too(world: World) -> None:
    """S9: what An was sent about a case in the last 48 hours is deleted; the coordinator's and
    the reporter's messages stay."""
    ref = await world.assigned()
    prompt = next(shown for shown in world.chat("An") if ref in shown.text)
    reporter, coordinator = world.count("Rita"), world.count("Carla")
    await removed(world, "An")
    assert prompt.deleted
    assert world.count("Rita") == reporter
    assert world.count("Carla") > coordinator


async def test_what_who_leaves_asked_for_themselves_goes_too(world: World) -> None:
    """S9: details, lists and the screen of a case are taken out of the chat as well."""
    ref = await world.assigned()
    await world.presses("An", Verb.DETAILS)
    await world.says("An", f"/case {ref}")
    await world.says("An", "/cases")
    asked = [shown for shown in world.chat("An") if ref in shown.text]
    assert len(asked) >= 4
    await removed(world, "An")
    assert all(shown.deleted for shown in asked)


async def test_who_leaves_reads_the_farewell(world: World) -> None:
    """What was pressed is not deleted with the rest: it becomes the farewell."""
    ref = await world.assigned()
    await world.says("An", f"/case {ref}")
    await world.says("An", "/leave")
    await world.presses("An", Verb.PICK, arg="yes")
    assert not any(ref in shown.text for shown in world.chat("An") if not shown.deleted)
    assert not world.chat("An")[-1].deleted
    assert world.last("An") == plain("nl-BE", "member-leave-farewell")


async def test_what_is_too_old_to_be_deleted_is_not_tried(world: World) -> None:
    """S9, S23: after 48 hours the messenger refuses it; no deletion is queued that must fail."""
    ref = await world.assigned()
    first = next(shown for shown in world.chat("An") if ref in shown.text)
    await world.time_passes(by=timedelta(hours=49))
    later = [shown for shown in world.chat("An") if ref in shown.text and shown is not first]
    assert later
    await removed(world, "An")
    assert not first.deleted
    assert later[-1].deleted


async def test_a_conversation_of_who_leaves_is_over(world: World) -> None:
    """S9: An was writing a note when Carla removed them: the next words count for nothing."""
    await world.assigned()
    await world.says("An", "/away")
    assert await world.dialogue("An") is not None
    await removed(world, "An")
    assert await world.dialogue("An") is None
    await world.says("An", "14/09/2027")
    assert await world.dialogue("An") is None


async def test_a_message_under_way_when_somebody_leaves_is_deleted_on_arrival(
    world: World,
) -> None:
    """S9, P7: the call had begun when An was removed; the answer to it brings the deletion."""
    await world.assigned()
    await world.says("An", "/help")
    shown, case_id = world.chat("An")[-1], (await world.case()).row.id

    def arrives(c: Any) -> None:
        row = outbox.OutgoingRow(
            team_id=world.team_id, chat_id=world.user("An"), kind="prompt", method="sendMessage",
            payload={}, case_id=case_id, person_id=world.ids["An"], meta={},
        )  # fmt: skip
        outbox.put(c, row, world.now)
        (claimed,) = outbox.claim(c, world.team_id, world.now, 1)
        assert claimed.case_id == case_id
        people.leave(c, world.ids["An"], world.now)
        outbox.sent(c, claimed.id, shown.message_id, world.now)
        world.handler.on_sent(c, claimed, {"message_id": shown.message_id}, world.now)

    await world.write(arrives)
    await world.settles()
    assert shown.deleted


async def test_who_leaves_sets_the_next_moments_of_their_cases(world: World) -> None:
    """P4: the press that lets An go says when to wake next: the cases' moments are the
    coordinator's now, and no sweep need find them."""
    await world.assigned()
    await world.says("Carla", "/team")
    await world.presses("Carla", Verb.LEAVE_TEAM, person=world.ids["An"])
    message_id, yes = await world.button(world.user("Carla"), Verb.PICK, arg="yes")
    await world.stores(world.pressed("Carla", yes, message_id=message_id))

    def handle(c: Any) -> Handled:
        (row,) = inbox.next_lanes(c, world.team_id, 1)
        return world.handler.handle(c, row, world.now)

    handled = await world.write(handle)
    assert handled.wake_at is not None
    assert handled.wake_at == await world.read(dues.next_due, team_id=world.team_id)


async def test_the_last_coordinator_stays(world: World) -> None:
    """Row 85: the only coordinator cannot leave; nothing changes."""
    await world.says("Carla", "/leave")
    await world.presses("Carla", Verb.PICK, arg="yes")
    assert "laatste coördinator" in world.last("Carla")
    await world.says("Carla", "/status")
    assert world.last("Carla") != REFUSED


# Standing in


async def goes_away(world: World) -> None:
    """Let An be away from Tuesday to Friday with Bram as stand-in."""
    await world.says("An", "/away")
    await world.says("An", "14/09/2027")
    await world.says("An", "17/09/2027")
    await world.presses("An", Verb.PICK, person=world.ids["Bram"])


async def test_a_stand_in_accepts_and_gets_what_the_absent_one_would(world: World) -> None:
    """1.1: Bram accepts: An's prompts of those days go to Bram, An hears that he stands in."""
    await world.assigned()
    await world.presses("An", "Niet gesproken")
    await goes_away(world)
    await world.presses("Bram", Verb.ACCEPT_STAND_IN)
    assert "Bram vervangt je" in world.reads("An")
    await world.time_passes(to=datetime(2027, 9, 14, 7, 1, tzinfo=UTC))
    assert "12:00" in world.reads("Bram")
    assert (await world.case()).case.worker == world.ids["An"]
    await world.presses("Bram", "Niet gesproken")
    assert (await world.kinds()).count("StepAnswered") == 3


async def test_until_the_stand_in_accepts_it_goes_to_the_coordinator(world: World) -> None:
    """1.1: asked and not accepted is no stand-in."""
    await world.assigned()
    await world.presses("An", "Niet gesproken")
    await goes_away(world)
    before = world.count("Bram")
    await world.time_passes(to=datetime(2027, 9, 14, 7, 1, tzinfo=UTC))
    assert world.count("Bram") == before
    assert "12:00" in world.reads("Carla")


async def test_a_stand_in_who_cannot(world: World) -> None:
    """1.1: the refusal is told to the absent one and to the coordinator."""
    await goes_away(world)
    await world.presses("Bram", Verb.REFUSE_STAND_IN)
    assert "kan je niet vervangen" in world.reads("An")
    assert "vervanger van An kan niet" in world.reads("Carla")


async def test_somebody_else_cannot_accept_for_the_stand_in(world: World) -> None:
    """Row 47: the stand-in's button in other hands has no effect."""
    await goes_away(world)
    message_id, callback = await world.button(world.user("Bram"), Verb.ACCEPT_STAND_IN)
    await world.press("An", callback, message_id=message_id)
    absences = await world.read(
        people.absences, team_id=world.team_id, from_on=datetime(2027, 9, 14, tzinfo=UTC).date()
    )
    assert [each.accepted for each in absences] == [False]


# Groups


async def test_a_coordinators_group_is_asked_about_and_confirmed(world: World) -> None:
    """Design 6: Carla adds the bot: she is asked in private, and nothing is said in the group."""
    await world.moves(CHANNEL, by="Carla", old="left", new="member")
    assert "Team Ravels" in world.last("Carla")
    assert world.count(CHANNEL) == 0
    await world.presses("Carla", Verb.CONFIRM_GROUP, step="yes")
    flag = await world.read(teams.flag, team_id=world.team_id, key="channel")
    assert flag is not None
    assert flag.value == {"chat": CHANNEL}


async def test_a_coordinator_says_no_to_a_group(world: World) -> None:
    """S11: not confirmed: the bot leaves it."""
    await world.moves(CHANNEL, by="Carla", old="left", new="member")
    await world.presses("Carla", Verb.CONFIRM_GROUP, step="no")
    assert ("leaveChat", CHANNEL) in world.phone.calls
    assert await world.read(teams.flag, team_id=world.team_id, key="channel") is None


@pytest.mark.parametrize("by", ["Zoë", "Rita", "An"])
@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
async def test_any_other_group_is_left(world: World, by: str, kind: str) -> None:
    """Row 53, S11: added by a stranger, a reporter or a worker, as a member or an admin, to a
    group or a channel: the bot leaves and says nothing."""
    for new in ("member", "administrator"):
        await world.moves(-77, by=by, old="left", new=new, kind=kind)
    assert world.phone.calls == [("leaveChat", -77)] * 2


async def test_the_group_becomes_a_supergroup(world: World) -> None:
    """Row 54: the migration is told by the old group: the channel has the new id, and the next
    announcement goes there."""
    await world.has_channel()
    new = CHANNEL - 1
    chat = {"id": CHANNEL, "type": "group", "title": "Team"}
    body = {**world.message("Carla"), "chat": chat, "migrate_to_chat_id": new}
    await world.update({"message": body})
    ref = await world.reported()
    assert ref in world.last(new)
    await world.presses("An", Verb.CLAIM, chat_id=new)
    assert (await world.case()).case.worker == world.ids["An"]


async def test_the_group_migrates_while_something_is_being_sent_to_it(world: World) -> None:
    """Row 54: the messenger answers the sending with the new id: stored, and sent there at once;
    one announcement."""
    await world.has_channel()
    await world.drafted()
    message_id, callback = await world.button(world.user("Rita"), Verb.SEND)
    await world.stores(world.pressed("Rita", callback, message_id=message_id))
    await world.handles()
    new = CHANNEL - 1
    world.phone.moved[CHANNEL] = new
    await world.sends()
    assert world.count(new) == 1
    flag = await world.read(teams.flag, team_id=world.team_id, key="channel")
    assert flag is not None
    assert flag.value["chat"] == new


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("member", "kicked", "uit het kanaal"),
        ("member", "left", "uit het kanaal"),
        ("administrator", "member", "beheerder"),
        ("member", "restricted", "kanaal"),
    ],
)
async def test_the_bot_loses_its_place_in_the_channel(
    world: World, old: str, new: str, says: str
) -> None:
    """Row 55: kicked, removed, demoted, muted: the coordinator is told in private, and a report
    after it is not lost."""
    await world.has_channel()
    await world.moves(CHANNEL, by="Carla", old=old, new=new)
    assert says in world.last("Carla")
    await world.reported()
    assert "Aan wie geef je" in world.last("Carla")


async def test_a_member_leaves_the_group_and_keeps_the_role(world: World) -> None:
    """Row 56, S8: An leaves the channel: Carla is asked, An's role and case stay; An joins again
    under another user name and is An still."""
    ref = await world.assigned()
    await world.has_channel()
    await world.moves(CHANNEL, by="An", who="An", old="member", new="left")
    assert "An" in world.last("Carla")
    await world.moves(CHANNEL, by="An", who="An", old="left", new="member")
    await world.says("An", f"/case {ref}", **{"from": {**world.sender_of("An"), "username": "x"}})
    assert ref in world.last("An")


async def mornings(world: World, count: int) -> None:
    """Let so many days begin."""
    for _ in range(count):
        await world.time_passes(by=timedelta(days=1))


async def test_who_is_in_the_channel_is_looked_up_each_morning(world: World) -> None:
    """S9: an update that never came is noticed; told once, with the way to end their rights."""
    await world.has_channel()
    await mornings(world, 1)
    assert asked_of(world) == []
    world.phone.statuses[world.user("An")] = "kicked"
    await mornings(world, 1)
    assert "An" in asked_of(world) and len(asked_of(world)) == 1
    await mornings(world, 1)
    assert len(asked_of(world)) == 1
    await world.presses("Carla", Verb.LEAVE_TEAM, person=world.ids["An"])
    await world.presses("Carla", Verb.PICK, arg="yes")
    looked = world.phone.calls.count(("getChatMember", CHANNEL))
    await mornings(world, 1)
    assert world.phone.calls.count(("getChatMember", CHANNEL)) == looked + 2  # Bram and Carla


async def test_who_never_was_in_the_channel_has_not_left_it(world: World) -> None:
    """Roles come from the bot alone: nobody has to be in the group (S8)."""
    world.phone.statuses[world.user("Bram")] = "left"
    await world.has_channel()
    await mornings(world, 2)
    assert asked_of(world) == []


async def test_who_left_and_came_back_is_told_of_again(world: World) -> None:
    """Each time once, by the update or by the look of the morning."""
    await world.has_channel()
    await mornings(world, 1)
    await world.moves(CHANNEL, by="An", who="An", old="member", new="left")
    assert len(asked_of(world)) == 1
    world.phone.statuses[world.user("An")] = "left"
    await mornings(world, 1)
    assert len(asked_of(world)) == 1
    del world.phone.statuses[world.user("An")]
    await mornings(world, 1)
    world.phone.statuses[world.user("An")] = "left"
    await mornings(world, 1)
    assert len(asked_of(world)) == 2


def asked_of(world: World) -> list[str]:
    """Return of whom Carla was asked whether they left the team."""
    label = plain("nl-BE", "member-button-left-team")
    asked = (shown for shown in world.chat("Carla") if label in shown.labels)
    return [name for shown in asked for name in ("An", "Bram") if f"{name} " in shown.text]


async def test_a_stranger_leaves_or_joins_the_group(world: World) -> None:
    """Row 56, S8: a stranger's coming and going in the group gives nothing and tells nothing."""
    await world.has_channel()
    messages = world.count("Carla")
    for old, new in (("left", "member"), ("member", "administrator"), ("member", "kicked")):
        await world.moves(CHANNEL, by="Zoë", who="Zoë", old=old, new=new)
    assert world.count("Carla") == messages
    await world.says("Zoë", "/cases")
    assert world.last("Zoë") == REFUSED


@pytest.mark.parametrize(
    "text",
    [
        "Iemand gaat naar mevrouw Mia Verbeke in de Dorpsstraat 12?",
        "bel haar op 0470 12 34 56",
        "rijksregisternummer 85.07.30-033.28",
    ],
)
async def test_something_personal_typed_in_the_channel(world: World, text: str) -> None:
    """Row 57, P9: not stored in any table that is kept, and its writer is asked to delete it;
    the request quotes nothing."""
    await world.has_channel()
    await world.says_in(CHANNEL, "An", text)
    assert "Wil je dat bericht verwijderen" in world.last(CHANNEL)
    everything = await world.everything()
    kept = "".join(row for table, rows in everything.items() if table != "inbox" for row in rows)
    for word in ("Verbeke", "Dorpsstraat", "0470", "85.07.30"):
        assert word not in kept
        assert word not in world.last(CHANNEL)


async def test_ordinary_talk_in_the_channel_is_left_alone(world: World) -> None:
    """Row 57: a plain sentence and a colleague's name: nothing is said."""
    await world.has_channel()
    for text in ("goeiemorgen allemaal", "An, neem jij hem?", "ok 👍"):
        await world.says_in(CHANNEL, "Bram", text)
    assert world.count(CHANNEL) == 0


@pytest.mark.parametrize("kind", ["anonymous", "channel", "bot", "via"])
async def test_posts_of_nobody_in_particular(world: World, kind: str) -> None:
    """Row 58, S6: posts as a channel or anonymous admin, by or through another bot: ignored."""
    await world.has_channel()
    extra: dict[str, Any] = {
        "anonymous": {
            "from": {"id": 1_087_968_824, "is_bot": True, "first_name": "Group"},
            "sender_chat": {"id": CHANNEL, "type": "supergroup"},
        },
        "channel": {
            "from": {"id": 136_817_688, "is_bot": True, "first_name": "Channel"},
            "sender_chat": {"id": -1009, "type": "channel"},
        },
        "bot": {"from": {"id": 55, "is_bot": True, "first_name": "Other"}},
        "via": {"via_bot": {"id": 55, "is_bot": True, "first_name": "Other"}},
    }[kind]
    await world.says_in(CHANNEL, "An", "/status", **extra)
    await world.says_in(CHANNEL, "An", "Mia Verbeke, Dorpsstraat 12, 0470 12 34 56", **extra)
    assert world.count(CHANNEL) == 0
    assert (await world.inbox()).dead == 0


async def test_a_message_in_a_group_that_is_not_ours_makes_the_bot_leave(world: World) -> None:
    """Design 6, rows 8, 53: added while it was down, or the news was lost: the first message in
    a group that nobody was asked about makes it leave, a coordinator's too."""
    await world.says_in(-77, "Zoë", "hallo")
    await world.says_in(-78, "Carla", "hallo")
    assert world.phone.calls == [("leaveChat", -77), ("leaveChat", -78)]


async def test_a_group_that_is_being_asked_about_is_not_left(world: World) -> None:
    """Design 6: until the coordinator has decided the bot stays, says nothing, and asks once."""
    await world.moves(CHANNEL, by="Carla", old="left", new="member")
    for n in range(5):
        await world.says_in(CHANNEL, "Carla", f"bericht {n}")
    assert world.count("Carla") == 1
    assert ("leaveChat", CHANNEL) not in world.phone.calls


async def test_something_personal_in_the_channel_is_taken_away(world: World) -> None:
    """Row 57: where the bot may, it takes the message away itself."""
    await world.has_channel()
    await world.says_in(CHANNEL, "An", "Mia Verbeke, Dorpsstraat 12, 0470 12 34 56")
    assert ("deleteMessage", CHANNEL) in world.phone.calls


async def test_what_may_not_be_taken_away_there_is_told_to_the_coordinators(world: World) -> None:
    """Row 57: the bot is no administrator: who is, or who wrote it, can delete it."""
    await world.has_channel()
    world.phone.deletes = Rejected(code="too-old-to-delete")
    await world.says_in(CHANNEL, "An", "Mia Verbeke, Dorpsstraat 12, 0470 12 34 56")
    assert "ik mag daar niets weghalen" in world.last("Carla")
    assert "48 uur" not in world.reads("Carla")
    assert not any(word in world.reads("Carla") for word in ("Verbeke", "Dorpsstraat", "0470"))
