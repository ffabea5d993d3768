"""A coordinator's security code stands before files, and before who comes and goes (S22)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import acts
from bot.conversations.outcome import Outcome
from bot.handle.codes import Codes
from bot.handle.counter import Counter
from bot.handle.office import Desk
from bot.screen import Verb
from scheduler.decision import Refused
from storage import drafts, teams
from tests.world import CHANNEL, World

CODE = "274918"
OTHER = "905162"


async def has_code(world: World, name: str = "Carla", code: str = CODE) -> None:
    """Let somebody choose a code; it must be typed the next time."""
    await world.says(name, "/code")
    await world.says(name, code)
    await world.says(name, code)


async def asks_for_a_file(world: World, name: str = "Carla") -> None:
    """Go as far as the press that makes it."""
    await world.says(name, "/export")
    await world.presses(name, Verb.EXPORT, step="period", arg="xlsx - -")
    await world.presses(name, "Alles")
    await world.presses(name, "Maak het bestand")


def files(world: World, name: str = "Carla") -> int:
    return sum(shown.file is not None for shown in world.chat(name))


async def test_a_code_is_chosen_once_typed_twice_and_seen_by_nobody(world: World) -> None:
    """What was typed goes from the chat; nothing that is kept tells it."""
    await has_code(world)
    assert "veiligheidscode staat" in world.last("Carla")
    assert CODE not in world.ever("Carla")
    assert [method for method, chat in world.phone.calls if chat == world.user("Carla")].count(
        "deleteMessage"
    ) == 2
    flag = await world.read(teams.flag, team_id=world.team_id, key=f"code:{world.ids['Carla']}")
    assert flag is not None and CODE not in str(flag.value)
    kept = await world.read(drafts.dialogue, team_id=world.team_id, user_id=world.user("Carla"))
    assert kept is None


async def test_a_file_waits_for_the_code_and_comes_by_one_tap_more(world: World) -> None:
    """The press that wanted it is done again; for ten minutes it is asked no more."""
    await world.assigned()
    await has_code(world)
    await asks_for_a_file(world)
    assert "Je veiligheidscode?" in world.last("Carla")
    assert files(world) == 0
    await world.says("Carla", f"{CODE[:3]} {CODE[3:]}")
    assert "Tot vandaag 10:30" in world.last("Carla")
    await world.presses("Carla", "Ga verder")
    assert files(world) == 1
    await world.time_passes(by=timedelta(minutes=9))
    await asks_for_a_file(world)
    assert files(world) == 2
    await world.time_passes(by=timedelta(minutes=2))
    await asks_for_a_file(world)
    assert files(world) == 2
    assert "Je veiligheidscode?" in world.last("Carla")


async def test_without_a_code_nothing_is_asked(world: World) -> None:
    """Who has not chosen one works as before: the control of the tests above."""
    await world.assigned()
    await asks_for_a_file(world)
    assert files(world) == 1


async def test_who_comes_and_who_goes_waits_for_it_too(world: World) -> None:
    """Letting somebody in and taking somebody out; saying no is always possible."""
    await has_code(world)
    await world.says("Carla", "/team")
    await world.presses("Carla", Verb.LEAVE_TEAM, person=world.ids["Bram"])
    assert "Je veiligheidscode?" in world.last("Carla")
    await world.says("Carla", CODE)
    await world.presses("Carla", "Ga verder")
    await world.presses("Carla", Verb.PICK, arg="yes")
    assert "Bram" in world.last("Carla")
    await world.time_passes(by=timedelta(minutes=11))
    code = (await invited(world))[-1]
    await world.says("Dina", f"/start {code}")
    await world.presses("Carla", Verb.CONFIRM_MEMBER)
    assert "Je veiligheidscode?" in world.last("Carla")
    await world.presses("Carla", Verb.REFUSE_MEMBER)
    assert "Dina" in world.reads("Carla")


async def invited(world: World) -> list[str]:
    """Let Carla invite Dina, and return the words of the message with the link."""
    await world.says("Carla", "/invite Dina")
    await world.presses("Carla", Verb.PICK, arg="worker")
    text = next(one.text for one in reversed(world.chat("Carla")) if "/start" in one.text)
    return text.split()


async def test_five_wrong_ones_bar_for_an_hour_and_all_coordinators_hear(world: World) -> None:
    """Nothing counts then, the right one neither; a word in the log for each."""
    await world.joins("Dina", role="coordinator")
    await world.assigned()
    await has_code(world)
    await asks_for_a_file(world)
    for left in (4, 3, 2):
        await world.says("Carla", OTHER)
        assert f"Nog {left} pogingen" in world.last("Carla")
    await world.says("Carla", OTHER)
    assert "Nog één poging" in world.last("Carla")
    await world.says("Carla", OTHER)
    assert "tot vandaag 11:20 kan dit niet" in world.reads("Carla")
    assert "Vijf keer een foute veiligheidscode" in world.last("Dina")
    deleted = world.phone.calls.count(("deleteMessage", world.user("Carla")))
    await world.says("Carla", CODE)  # asked for by nobody now: it goes from the chat all the same
    assert world.phone.calls.count(("deleteMessage", world.user("Carla"))) == deleted + 1
    await asks_for_a_file(world)
    assert files(world) == 0
    assert "tot vandaag 11:20 kan dit niet" in world.last("Carla")
    await world.time_passes(by=timedelta(minutes=61))
    await asks_for_a_file(world)
    await world.says("Carla", CODE)
    await world.presses("Carla", "Ga verder")
    assert files(world) == 1


@pytest.mark.parametrize(
    "typed, said",
    [
        ("12345", "geen zes cijfers"),
        ("123456", "te makkelijk"),
        ("mijn code", "geen zes cijfers"),
    ],
)
async def test_what_is_no_code_is_asked_again(world: World, typed: str, said: str) -> None:
    """The reason, and the question once more."""
    await world.says("Carla", "/code")
    await world.says("Carla", typed)
    assert said in world.last("Carla") and "Kies een veiligheidscode" in world.last("Carla")


async def test_two_that_differ_begin_anew(world: World) -> None:
    """Nobody is shut out by a slip of the finger."""
    await world.says("Carla", "/code")
    await world.says("Carla", CODE)
    await world.says("Carla", OTHER)
    assert "niet twee keer dezelfde" in world.last("Carla")
    await world.says("Carla", OTHER)
    await world.says("Carla", OTHER)
    assert "veiligheidscode staat" in world.last("Carla")


async def test_another_code_wants_the_old_one_first(world: World) -> None:
    """Who has the chat alone cannot choose another."""
    await has_code(world)
    await world.says("Carla", "/code")
    assert "die je nu hebt" in world.last("Carla")
    await world.says("Carla", OTHER)
    assert "niet je code" in world.last("Carla")
    await world.says("Carla", CODE)
    await world.says("Carla", OTHER)
    await world.says("Carla", OTHER)
    await asks_for_a_file(world)
    await world.says("Carla", OTHER)
    assert "✓ Klopt" in world.last("Carla")


async def test_a_draft_is_not_lost_to_the_question(world: World) -> None:
    """What stands half-way is asked about first (row 37)."""
    await world.assigned()
    await has_code(world)
    await world.says("Carla", "/export")
    await world.presses("Carla", Verb.EXPORT, step="period", arg="xlsx - -")
    await world.presses("Carla", "Alles")
    await world.says("Carla", "/invite Dina")
    await world.presses("Carla", "Maak het bestand")
    assert "Weggooien" in str(world.chat("Carla")[-1].labels)


async def test_workers_have_none(world: World) -> None:
    """Not theirs: the one refusal."""
    await world.says("An", "/code")
    assert "Dat gaat niet" in world.last("An")


async def test_the_act_itself_is_refused_whatever_way_led_to_it(world: World) -> None:
    """The conversation asks; that nothing passes without is seen to where it is done."""
    await has_code(world)

    async def outcome(act: acts.Act) -> Outcome:
        return await world.database.write(
            lambda c: Counter(c, world.handler.office, world.now).performer.perform(
                act, world.ids["Carla"]
            )
        )

    assert await outcome(acts.Export(what="cases", form="csv")) == Refused(reason="needs_code")
    gone = acts.LeaveTeam(person=world.ids["An"])
    assert await outcome(gone) == Refused(reason="needs_code")
    assert await outcome(acts.SetCode(code=OTHER)) == Refused(reason="needs_code")


async def test_who_leaves_has_no_code_left(world: World) -> None:
    """And who comes back chooses one."""
    await world.joins("Dina", role="coordinator")
    await has_code(world, "Dina")
    await world.says("Dina", "/leave")
    await world.presses("Dina", Verb.PICK, arg="yes")
    state = await world.database.read(
        lambda c: Codes(Desk(c, world.handler.office, world.now)).state(world.ids["Dina"])
    )
    assert state == "none"


async def test_all_coordinators_hear_who_came_and_went(world: World) -> None:
    """S22: with whose word; who did it has just read the same."""
    await world.joins("Dina", role="coordinator")
    await world.says("Carla", "/team")
    await world.presses("Carla", Verb.LEAVE_TEAM, person=world.ids["Bram"])
    await world.presses("Carla", Verb.PICK, arg="yes")
    assert "Carla haalde Bram uit het team" in world.last("Dina")
    assert "haalde" not in world.reads("Carla")
    await world.says("An", "/leave")
    await world.presses("An", Verb.PICK, arg="yes")
    assert "An heeft het team verlaten" in world.last("Dina")


async def test_the_old_code_comes_first_while_it_holds_too(world: World) -> None:
    """S22: whoever shares the account in the ten minutes cannot choose a code of their own."""
    await has_code(world)
    await asks_for_a_file(world)
    await world.says("Carla", CODE)
    await world.says("Carla", "/code")
    assert "die je nu hebt" in world.last("Carla")
    await world.says("Carla", OTHER)
    assert "niet je code" in world.last("Carla")


async def test_who_guesses_slowly_is_noticed_too(world: World) -> None:
    """Two wrong ones every two hours: the fifth within the day bars, and so does the sixth."""
    await world.joins("Dina", role="coordinator")
    await has_code(world)
    for _ in range(2):
        await asks_for_a_file(world)
        await world.says("Carla", OTHER)
        await world.says("Carla", OTHER)
        await world.says("Carla", "/cancel")
        await world.time_passes(by=timedelta(hours=2))
    heard = world.ever("Dina").count("Vijf keer")
    for told in (1, 2):
        await asks_for_a_file(world)
        await world.says("Carla", OTHER)
        assert world.ever("Dina").count("Vijf keer") == heard + told
        await world.time_passes(by=timedelta(minutes=61))
    await asks_for_a_file(world)
    await world.says("Carla", CODE)
    await world.presses("Carla", "Ga verder")


async def test_another_group_becomes_the_channel_only_with_the_code(world: World) -> None:
    """S22: nobody sends the team's references elsewhere by an account alone, nor unseen."""
    await world.joins("Dina", role="coordinator")
    await world.has_channel()
    await has_code(world)
    await world.moves(-77, by="Carla", old="left", new="member")
    await world.presses("Carla", Verb.CONFIRM_GROUP, step="yes")
    assert "Je veiligheidscode?" in world.last("Carla")
    flag = await world.read(teams.flag, team_id=world.team_id, key="channel")
    assert flag is not None and flag.value == {"chat": CHANNEL}
    await world.says("Carla", CODE)
    await world.presses("Carla", "Ga verder")
    flag = await world.read(teams.flag, team_id=world.team_id, key="channel")
    assert flag is not None and flag.value == {"chat": -77}
    assert "een andere groep" in world.last("Dina")
