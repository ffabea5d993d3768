"""Topics by the real gateway, over HTTP, on servers with Telegram's own rules and refusals."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.acts import HandOver
from bot.gateway import Gateway
from bot.sandbox import Sandbox, serve
from bot.screen import Verb
from storage import teams
from tests.bot.handle.test_topics import does
from tests.world import CHANNEL, World

GROUP = -4242


@asynccontextmanager
async def served(world: World, sandbox: Sandbox) -> AsyncIterator[None]:
    """Let what the team is sent go to a server of ours, where its people have pressed Start."""
    for name in ("An", "Bram", "Carla", "Rita"):
        sandbox.add_user(name, user_id=world.user(name))
        sandbox.start(world.user(name))
    async with serve(sandbox) as origin:
        gateway = Gateway(sandbox.token, origin)
        sender = world.phone
        world.sender._gateway = gateway
        yield
        await gateway.close()
        world.sender._gateway = sender


def sandbox_of(world: World, **settings: object) -> Sandbox:
    """Return a server on the team's clock."""
    return Sandbox(
        clock=lambda: world.clock.at,
        monotonic=lambda: world.clock.seconds,
        **settings,  # type: ignore[arg-type]
    )


async def channel_is(world: World, chat_id: int) -> None:
    """Let the group be the team's channel, as the bot finds it when it begins."""
    value = {"chat": chat_id}
    await world.write(
        teams.set_flag, team_id=world.team_id, key="channel", value=value, now=world.now
    )
    await world.write(world.handler.begin, now=world.now)
    await world.sends()


async def reports(world: World) -> str:
    """Let a report be written in the messenger in memory, and its effects go to the server."""
    gateway, world.sender._gateway = world.sender._gateway, world.phone
    await world.drafted()
    message_id, callback = await world.button(world.user("Rita"), Verb.SEND)
    await world.stores(world.pressed("Rita", callback, message_id=message_id))
    world.sender._gateway = gateway
    await world.settles()
    return (await world.case()).row.ref


async def claims(world: World, sandbox: Sandbox, chat_id: int) -> None:
    """Let An press the newest claim in a group."""
    shown = [each for each in sandbox.view(chat_id) if each["rows"]][-1]
    callback = shown["rows"][0][0]["callback_data"]
    await world.stores(
        world.pressed("An", callback, chat_id=chat_id, message_id=shown["message_id"])
    )
    await world.settles()


def texts(sandbox: Sandbox, chat_id: int, thread: int | None) -> list[str]:
    """Return what the bot wrote in a topic, or in the group itself."""
    return [
        each["text"]
        for each in sandbox.view(chat_id)
        if each["mine"] and each["text"] and each["thread_id"] == thread
    ]


def forum(world: World, sandbox: Sandbox, **rights: object) -> int:
    """Return a group with topics that the bot is an administrator of."""
    carla = world.user("Carla")
    sandbox.add_group("Team", topics=True, owner=carla, chat_id=CHANNEL)
    sandbox.add_bot(CHANNEL, carla, admin=True, **rights)  # type: ignore[arg-type]
    return CHANNEL


async def test_a_forum(world: World) -> None:
    """Telegram makes the topic; announcement and claim stand in it; deleted by hand, the next
    line stands in the group."""
    sandbox = sandbox_of(world)
    async with served(world, sandbox):
        await channel_is(world, forum(world, sandbox))
        ref = await reports(world)
        ((thread, topic),) = sandbox.chats[CHANNEL].topics.items()
        assert topic.name == f"{ref} · Ravels"
        await claims(world, sandbox, CHANNEL)
        assert texts(sandbox, CHANNEL, thread) == [f"{ref} · An neemt het · 10:20"]
        sandbox.delete_topic(CHANNEL, thread)
        await leaves_for_bram(world)
        assert "is nu bij Bram" in texts(sandbox, CHANNEL, None)[0]
        assert "is er niet meer" in sandbox.last(world.user("Carla"))["text"]


async def leaves_for_bram(world: World) -> None:
    """Let the case go to Bram."""
    case = await world.case()
    await does(world, HandOver(case=case.row.id, to=world.ids["Bram"]))


async def test_a_forum_that_is_none_any_more(world: World) -> None:
    """Topics are switched off: the thread is not found, the line stands in the group, once."""
    sandbox = sandbox_of(world)
    async with served(world, sandbox):
        await channel_is(world, forum(world, sandbox))
        await reports(world)
        await claims(world, sandbox, CHANNEL)
        sandbox.set_topics(CHANNEL, False)
        await leaves_for_bram(world)
        assert "is nu bij Bram" in texts(sandbox, CHANNEL, None)[0]
        assert "geen onderwerpen meer" in sandbox.last(world.user("Carla"))["text"]


async def test_a_forum_without_the_right(world: World) -> None:
    """An administrator without `can_manage_topics`: the group itself, and Carla is told."""
    sandbox = sandbox_of(world)
    async with served(world, sandbox):
        await channel_is(world, forum(world, sandbox, rights=["can_delete_messages"]))
        ref = await reports(world)
        assert ref in texts(sandbox, CHANNEL, None)[0]
        said = [each["text"] for each in sandbox.view(world.user("Carla")) if each["mine"]]
        assert sum("Onderwerpen beheren" in text for text in said) == 1


async def test_a_server_without_topics(world: World) -> None:
    """The server knows neither the calls nor `getChat`: announcements stand in the group."""
    missing = ("createForumTopic", "closeForumTopic", "reopenForumTopic", "getChat")
    sandbox = sandbox_of(world, missing=missing)
    async with served(world, sandbox):
        await channel_is(world, forum(world, sandbox))
        ref = await reports(world)
        await claims(world, sandbox, CHANNEL)
        assert texts(sandbox, CHANNEL, None) == [f"{ref} · An neemt het · 10:20"]


async def test_a_plain_group_that_migrates_in_mid_send(world: World) -> None:
    """Row 54: Telegram's own refusal carries the new id: one announcement there, and it works."""
    sandbox = sandbox_of(world)
    async with served(world, sandbox):
        carla = world.user("Carla")
        sandbox.add_group("Team", owner=carla, chat_id=GROUP, members=[world.user("An")])
        sandbox.add_bot(GROUP, carla)
        await channel_is(world, GROUP)
        new = sandbox.migrate(GROUP, carla)
        ref = await reports(world)
        await claims(world, sandbox, new)
        assert texts(sandbox, new, None) == [f"{ref} · An neemt het · 10:20"]
