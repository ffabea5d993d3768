"""The channel with topics: one a case; without them, or when one is gone, nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot import acts
from bot.handle.counter import Counter
from bot.outcomes import Rejected, Sent
from bot.screen import Verb
from bot.team import Assignment
from storage import teams, topics
from tests.forum import Forum
from tests.world import BOT_ID, CHANNEL, PERSONAL, World

PEETERS = "Huurachterstal van Jan Peeters, Kerkstraat 3, 2370 Arendonk"
MAES = "Huurachterstal van Piet Maes, Molenstraat 8, 2300 Turnhout"


async def with_topics(world: World, **forum: Any) -> Forum:
    """Let the team have a channel with topics."""
    world.phone.forums[CHANNEL] = Forum(**forum)
    await world.has_channel()
    return world.phone.forums[CHANNEL]


async def does(world: World, act: acts.Act, by: str = "Carla") -> None:
    """Let somebody do something to a case that takes many buttons, and let all be sent."""

    await decides(world, act, by)
    await world.settles()


async def decides(world: World, act: acts.Act, by: str = "Carla") -> None:
    """Let somebody do it, and nothing be sent yet."""

    def unit(c: Any) -> None:
        Counter(c, world.handler.office, world.now).performer.perform(act, world.ids[by])

    await world.database.write(unit)


async def closes(world: World, number: int = 0) -> None:
    """Let Carla close a case."""
    case = await world.case(number)
    await does(world, acts.CloseCase(case=case.row.id, outcome="averted"))


async def place(world: World, number: int = 0) -> topics.Topic:
    """Return where the channel tells of a case."""
    case = await world.case(number)
    found = await world.read(topics.topic, case_id=case.row.id)
    assert found is not None
    return found


def lines(world: World, thread: int | None) -> list[str]:
    """Return what stands in a topic, or (None) in the group itself."""
    return [shown.text for shown in world.chat(CHANNEL) if shown.thread == thread]


async def test_a_case_has_a_topic_from_its_report_to_its_close(any_world: World) -> None:
    """the announcement, who takes it, the phase and the close stand in the case's own
    topic, which closes with it and opens again with it; nothing stands in the group itself."""
    world = any_world
    forum = await with_topics(world)
    ref = await world.reported()
    thread, topic = forum.of(ref)
    assert topic.name == f"{ref} · Ravels"
    assert "Wie neemt dit dossier?" in lines(world, thread)[0]
    await world.presses("An", Verb.CLAIM, chat_id=CHANNEL)
    assert lines(world, thread) == [f"{ref} · An neemt het · 10:20"]
    case_id = (await world.case()).row.id
    await does(world, acts.ChangeFact(case=case_id, fact="phase", phase="phase_2"))
    assert lines(world, thread)[-1] == f"{ref} · fase 1 → fase 2"
    await does(world, acts.HandOver(case=case_id, to=world.ids["Bram"]))
    assert "is nu bij Bram" in lines(world, thread)[-1]
    await closes(world)
    assert lines(world, thread)[-1] == f"{ref} · gesloten · ma 13 sep 10:20"
    assert topic.closed
    await does(world, acts.ReopenCase(case=case_id))
    assert not forum.of(ref)[1].closed
    assert lines(world, thread)[-1].startswith(f"{ref} · heropend")
    assert len(forum.topics) == 1
    assert lines(world, None) == []


async def test_a_topic_a_case(world: World) -> None:
    """Two cases have two topics, and each line stands in its own."""
    forum = await with_topics(world)
    first = await world.reported()
    second = await world.reported("Zoë", PEETERS)
    await world.presses("Bram", Verb.CLAIM, chat_id=CHANNEL)
    threads = [forum.of(ref)[0] for ref in (first, second)]
    assert ["neemt" in lines(world, thread)[0] for thread in threads] == [True, True]
    assert first in lines(world, threads[0])[0]
    assert f"{second} · Bram neemt het" in lines(world, threads[1])[0]


async def test_nothing_personal_is_in_a_topic_or_its_name(world: World) -> None:
    """P9: references, phase and municipality, in the names of topics too."""
    forum = await with_topics(world)
    await world.reported()
    await world.presses("An", Verb.CLAIM, chat_id=CHANNEL)
    await closes(world)
    said = world.ever(CHANNEL) + "".join(topic.name for topic in forum.topics.values())
    assert [word for word in PERSONAL if word in said] == []


async def test_without_topics_the_same_stands_in_the_group(world: World) -> None:
    """a group without topics reads the same lines, and is never asked for a topic."""
    await world.has_channel()
    ref = await world.reported()
    await world.presses("An", Verb.CLAIM, chat_id=CHANNEL)
    await closes(world)
    assert lines(world, None) == [
        f"{ref} · An neemt het · 10:20",
        f"{ref} · gesloten · ma 13 sep 10:20",
    ]
    assert not [method for method, _ in world.phone.calls if "ForumTopic" in method]


async def test_a_case_that_nobody_may_claim_has_a_topic_too(world: World) -> None:
    """where a coordinator assigns, the topic opens without a button and then says
    who has the case."""
    forum = await with_topics(world)
    office = world.handler.office
    office.team = replace(office.team, assignment=Assignment.COORDINATOR)
    ref = await world.assigned(to="Bram")
    thread, _ = forum.of(ref)
    assert world.chat(CHANNEL)[0].buttons == ()
    assert lines(world, thread)[-1] == f"{ref} · is voor Bram · 10:20"


async def test_a_crisis_has_no_topic_before_it_has_somebody(world: World) -> None:
    """Design 6: a crisis is never announced in the channel, topics or not."""
    await with_topics(world)
    await world.reported(
        text="Uithuiszetting op 15 september 2027 om 10:00 van Mia Verbeke, Dorpsstraat 12, "
        "2382 Ravels, 0470 12 34 56, huurachterstal."
    )
    assert world.count(CHANNEL) == 0


async def test_topics_are_switched_on_later(world: World) -> None:
    """an open case gets its topic with its next line; the old announcement still counts."""
    await world.has_channel()
    ref = await world.reported()
    world.phone.forums[CHANNEL] = Forum()
    await world.says_in(
        CHANNEL, "An", "dag", chat={"id": CHANNEL, "type": "supergroup", "is_forum": True}
    )
    await world.presses("An", Verb.CLAIM, chat_id=CHANNEL)
    assert f"{ref} · An neemt het" in lines(world, None)[0]
    await closes(world)
    thread, topic = world.phone.forums[CHANNEL].of(ref)
    assert "gesloten" in lines(world, thread)[-1]
    assert topic.closed


async def test_what_was_sent_tells_of_topics_too(world: World) -> None:
    """Telegram says with each message that the group is a forum: the next case has a topic."""
    await world.has_channel()
    world.phone.forums[CHANNEL] = Forum()
    await world.reported()
    ref = await world.reported("Zoë", PEETERS)
    assert lines(world, world.phone.forums[CHANNEL].of(ref)[0])


async def test_topics_are_switched_off_again(world: World) -> None:
    """what cannot go to its topic goes to the group; Carla hears of it once, in private."""
    await with_topics(world)
    ref = await world.reported()
    other = await world.reported("Zoë", PEETERS)
    for number in (0, 1):
        case = await world.case(number)
        await does(world, acts.HandOver(case=case.row.id, to=world.ids["An"]))
    del world.phone.forums[CHANNEL]
    for number in (0, 1):
        case = await world.case(number)
        await does(world, acts.HandOver(case=case.row.id, to=world.ids["Bram"]))
    await world.reported("Rita", MAES)
    plain = lines(world, None)
    assert [f"{each} · is nu bij Bram · ma 13 sep 10:20" in plain for each in (ref, other)] == [
        True,
        True,
    ]
    assert "Wie neemt dit dossier?" in plain[-1]
    assert world.reads("Carla").count("geen onderwerpen meer") == 1
    assert "failed" not in await world.outbox()


async def test_a_topic_that_was_deleted_by_hand(world: World) -> None:
    """the next line of that case goes to the group, Carla is told once, by reference; no
    second topic is made, and other cases keep theirs."""
    forum = await with_topics(world)
    ref = await world.assigned()
    thread, _ = forum.of(ref)
    del forum.topics[thread]
    case_id = (await world.case()).row.id
    await does(world, acts.HandOver(case=case_id, to=world.ids["Bram"]))
    await closes(world)
    assert [f"{ref} · is nu bij Bram" in lines(world, None)[0], len(lines(world, None))] == [
        True,
        2,
    ]
    assert world.reads("Carla").count(f"onderwerp van {ref} is er niet meer") == 1
    assert forum.topics == {}
    assert (await place(world)).state == "gone"


async def test_without_the_right_to_manage_topics(world: World) -> None:
    """no topic, the announcement stands in the group; Carla is told once. With the right,
    the next case has a topic."""
    forum = await with_topics(world, manages=False)
    first = await world.reported()
    await world.reported("Zoë", PEETERS)
    assert [first in lines(world, None)[0], len(lines(world, None))] == [True, 2]
    assert world.reads("Carla").count("Onderwerpen beheren") == 1
    assert [method for method, _ in world.phone.calls].count("createForumTopic") == 1
    forum.manages = True
    await world.moves(CHANNEL, by="Carla", old="member", new="administrator")
    ref = await world.reported("Rita", MAES)
    assert "Wie neemt" in lines(world, forum.of(ref)[0])[0]


async def test_a_topic_closed_by_somebody_else(world: World) -> None:
    """Row 55: closed by hand and closed to us: the line goes to the group, nothing is lost."""
    forum = await with_topics(world)
    ref = await world.assigned()
    _, topic = forum.of(ref)
    topic.closed, forum.manages = True, False
    case_id = (await world.case()).row.id
    await does(world, acts.HandOver(case=case_id, to=world.ids["Bram"]))
    assert "is nu bij Bram" in lines(world, None)[-1]
    assert "op slot" in world.last("Carla")


async def test_a_topic_that_is_closed_already_is_no_trouble(world: World) -> None:
    """ "Not modified" is as good as done."""
    forum = await with_topics(world)
    ref = await world.assigned()
    forum.of(ref)[1].closed = True
    before = world.count("Carla")
    await closes(world)
    assert forum.of(ref)[1].closed
    assert "onderwerp" not in "".join(each.text for each in world.chat("Carla")[before:])


async def test_a_server_that_has_no_topics(world: World) -> None:
    """The group says that it has topics, the server does not know the call: the group is used."""
    await with_topics(world)
    world.phone.refuse[CHANNEL] = [Rejected(code="no-such-method")]
    ref = await world.reported()
    await world.reported("Zoë", PEETERS)
    assert ref in lines(world, None)[0]
    assert world.reads("Carla").count("Onderwerpen maken lukt niet") == 1


async def test_a_server_that_answers_without_a_number(world: World) -> None:
    """What comes back for a topic is not what it should be: the group is used."""
    await with_topics(world)
    world.phone.forums[CHANNEL] = _Mute()
    ref = await world.reported()
    assert ref in lines(world, None)[0]


class _Mute(Forum):
    def call(self, method: str, payload: Any) -> Any:
        return Sent(result=True)


async def test_everything_is_decided_before_anything_is_sent(world: World) -> None:
    """A case that is reported, claimed and closed while the messenger is away: when it is back
    the topic is made first, all goes into it in order, and it is closed at the end."""
    forum = await with_topics(world)
    await world.drafted()
    message_id, callback = await world.button(world.user("Rita"), Verb.SEND)
    await world.stores(world.pressed("Rita", callback, message_id=message_id))
    await world.handles()
    case = await world.case()
    for act in (
        acts.HandOver(case=case.row.id, to=world.ids["An"]),
        acts.CloseCase(case=case.row.id, outcome="averted"),
    ):
        await decides(world, act)
    await world.settles()
    thread, topic = forum.of(case.row.ref)
    assert topic.closed
    assert [line.partition(" · ")[2][:6] for line in lines(world, thread)] == [
        "is voo",
        "gesloten"[:6],
    ]
    assert lines(world, None) == []


async def test_a_crash_between_the_topic_and_its_message(world: World) -> None:
    """P4: the topic was made and its number kept; a new process sends the announcement there."""
    forum = await with_topics(world)
    await world.drafted()
    message_id, callback = await world.button(world.user("Rita"), Verb.SEND)
    await world.stores(world.pressed("Rita", callback, message_id=message_id))
    await world.handles()
    while not forum.topics:
        world.sender.signal()
        await world.sender.run_once()
        await world.sender._tasks.drain()
        world.clock.go(1.0)
    await world.sender._settle_and_claim(0)
    world.restart()
    await world.settles()
    (thread,) = forum.topics
    assert len(lines(world, thread)) == 1
    assert lines(world, None) == []


async def test_what_is_typed_in_a_topic_is_answered_there(world: World) -> None:
    """Row 57: the request to delete something personal stands where it was typed."""
    forum = await with_topics(world)
    thread, _ = forum.of(await world.reported())
    await world.says_in(
        CHANNEL,
        "An",
        "bel haar op 0470 12 34 56",
        chat={"id": CHANNEL, "type": "supergroup", "is_forum": True},
        message_thread_id=thread,
        is_topic_message=True,
    )
    assert "verwijderen" in lines(world, thread)[-1]


@pytest.mark.parametrize("closed", ["kicked", "chat-deleted"])
async def test_a_group_that_is_gone_without_a_word(world: World, closed: str) -> None:
    """Row 55: the messenger refuses the announcement: Carla is told once, in private, and has the
    case to give."""
    await with_topics(world)
    world.phone.closed.add(CHANNEL)
    world.phone.closed_code = closed
    await world.reported()
    await world.reported("Zoë", PEETERS)
    assert world.reads("Carla").count("uit het kanaal") == 1
    assert await world.read(teams.flag, team_id=world.team_id, key="channel") is None


async def test_a_group_in_which_nobody_may_write(world: World) -> None:
    """Row 55: muted for all, of which bots are not told: Carla hears of it once, until it works
    again."""
    await world.has_channel()
    refusal = Rejected(code="no-rights")
    world.phone.refuse[CHANNEL] = [refusal, refusal]
    await world.reported()
    await world.reported("Zoë", PEETERS)
    assert world.reads("Carla").count("niet meer schrijven in het kanaal") == 1
    await world.reported("Rita", MAES)
    world.phone.refuse[CHANNEL] = [refusal]
    await closes(world)
    assert world.count(CHANNEL) == 1
    assert world.reads("Carla").count("niet meer schrijven in het kanaal") == 2


# The group becomes a supergroup


NEW = CHANNEL - 1


async def told(world: World, *, by_old: bool) -> None:
    """Let the old or the new group tell of the migration."""
    chat = {"id": CHANNEL if by_old else NEW, "type": "group" if by_old else "supergroup"}
    mark = {"migrate_to_chat_id": NEW} if by_old else {"migrate_from_chat_id": CHANNEL}
    await world.stores({"message": {**world.message("Carla"), "chat": chat, **mark}})
    await world.handles()


@pytest.mark.parametrize("order", ["old", "new", "old new", "new old", "old new old", "send"])
async def test_the_group_migrates_in_any_order(world: World, order: str) -> None:
    """Row 54: told by the old group, by the new one, by a refusal, twice, in either order: what
    waited is there once, and an open announcement is there again with a button that works."""
    await world.has_channel()
    first = await world.reported()
    await world.drafted("Zoë", PEETERS)
    message_id, callback = await world.button(world.user("Zoë"), Verb.SEND)
    await world.stores(world.pressed("Zoë", callback, message_id=message_id))
    await world.handles()
    world.phone.moved[CHANNEL] = NEW
    for who in order.split():
        if who == "send":
            await world.sends()
        else:
            await told(world, by_old=who == "old")
    await world.settles()
    for by_old in (True, False):
        await told(world, by_old=by_old)
    await world.settles()
    second = (await world.case(1)).row.ref
    assert sorted(line[:7] for line in (each.text for each in world.chat(NEW))) == sorted(
        [first[:7], second[:7]]
    )
    for _ in range(2):
        shown = next(each for each in world.chat(NEW) if each.buttons)
        await world.press("An", shown.buttons[0][1], chat_id=NEW, message_id=shown.message_id)
    assert all("An neemt het" in each.text for each in world.chat(NEW))
    assert world.count(NEW) == 2
    assert "failed" not in await world.outbox()


async def test_a_channel_that_comes_back_to_an_id_is_no_former_one(world: World) -> None:
    """An attack found it: what was announced there counted as out of reach, and was announced
    again without an end."""
    await world.has_channel()
    await world.reported()
    for old, new in ((CHANNEL, NEW), (NEW, CHANNEL)):
        chat = {"id": old, "type": "group"}
        mark = {"migrate_to_chat_id": new}
        await world.stores({"message": {**world.message("Carla"), "chat": chat, **mark}})
        await world.settles()
    assert 1 <= world.count(CHANNEL) <= 3
    shown = next(each for each in reversed(world.chat(CHANNEL)) if each.buttons)
    await world.press("An", shown.buttons[0][1], chat_id=CHANNEL, message_id=shown.message_id)
    assert (await world.case()).case.worker == world.ids["An"]


async def test_a_claim_pressed_in_the_old_group(world: World) -> None:
    """Row 54: pressed before the migration and heard after it: it counts, and the new group reads
    who has it."""
    await world.has_channel()
    await world.reported()
    message_id, callback = await world.button(CHANNEL, Verb.CLAIM)
    world.phone.moved[CHANNEL] = NEW
    await told(world, by_old=True)
    await world.stores(world.pressed("An", callback, chat_id=CHANNEL, message_id=message_id))
    await world.settles()
    assert (await world.case()).case.worker == world.ids["An"]
    assert [("An neemt het" in each.text) for each in world.chat(NEW)] == [True]


async def test_a_change_that_was_on_its_way_to_the_old_group(world: World) -> None:
    """Row 54: the old message cannot be changed any more: who took the case is said anew."""
    await world.has_channel()
    await world.reported()
    message_id, callback = await world.button(CHANNEL, Verb.CLAIM)
    await world.stores(world.pressed("An", callback, chat_id=CHANNEL, message_id=message_id))
    await world.handles()
    world.phone.moved[CHANNEL] = NEW
    await world.settles()
    assert [("An neemt het" in each.text) for each in world.chat(NEW)] == [True]


async def test_a_word_from_the_old_group_does_not_make_the_bot_leave_the_new_one(
    world: World,
) -> None:
    """Row 54: what is heard late from the old id is not a stranger's group; nor is the new id
    when it is heard of before the migration."""
    await world.has_channel()
    world.phone.moved[CHANNEL] = NEW
    bot = {"id": BOT_ID, "is_bot": True, "first_name": "Kier"}
    move: dict[str, Any] = {
        "chat": {"id": NEW, "type": "supergroup", "title": "Team"},
        "from": world.sender_of("An"),
        "date": int(world.now.timestamp()),
        "old_chat_member": {"user": bot, "status": "left"},
        "new_chat_member": {"user": bot, "status": "member"},
    }
    await world.stores({"my_chat_member": move})
    await told(world, by_old=True)
    await world.says_in(CHANNEL, "An", "dag")
    await world.settles()
    assert [chat for method, chat in world.phone.calls if method == "leaveChat"] == []


async def test_a_group_that_migrates_while_the_coordinator_is_asked(world: World) -> None:
    """Row 54: the group that Carla is asked about becomes a supergroup first: her yes counts."""
    await world.moves(CHANNEL, by="Carla", old="left", new="member", kind="group")
    await told(world, by_old=True)
    world.phone.moved[CHANNEL] = NEW
    await world.says_in(NEW, "An", "dag")
    await world.presses("Carla", Verb.CONFIRM_GROUP, step="yes")
    ref = await world.reported()
    assert ref in world.last(NEW)


async def test_topics_switched_on_make_a_supergroup(world: World) -> None:
    """Row 54: switching topics on migrates the group: the open announcement stands in
    a topic of its own afterwards, once."""
    await world.has_channel()
    ref = await world.reported()
    world.phone.moved[CHANNEL] = NEW
    world.phone.forums[NEW] = Forum()
    await told(world, by_old=True)
    await told(world, by_old=False)
    await world.settles()
    assert [ref in each.text for each in world.chat(NEW)] == [True]
    await world.presses("An", Verb.CLAIM, chat_id=NEW)
    await closes(world)
    assert world.phone.forums[NEW].of(ref)[1].closed
