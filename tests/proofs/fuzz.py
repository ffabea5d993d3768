"""A million changed updates read and meant, and twenty thousand through everything there is.

Nothing may raise. And whoever has no role may change no case, no role and no leave of the team,
whatever they send: that half of the twenty thousand comes from strangers, reporters of other
cases, people who left and senders that are no people; what they are shown names no client.
"""

from __future__ import annotations

import asyncio
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select

from bot.acts import Act
from bot.conversations.dispatch import converse, converse_group
from bot.conversations.scene import Dialogue, Incoming, Keep, Member, Pressed, Scene
from bot.handle import Handler
from bot.incoming import ButtonPress, GroupMessage, PrivateMessage, read_update, without_numbers_in
from bot.reading.words import clean
from bot.screen import Intent, Verb
from storage import people
from storage.database import Database
from storage.keys import Keyring
from storage.tables import absence, event, kase, person
from storage.tables import inbox as inbox_rows
from tests.bot.conversations.front_desk import (
    AN,
    KARIN,
    LIES,
    MONDAY,
    MemoryLook,
    case_view,
    roster,
    team,
)
from tests.proofs.figures import Figures, Tell
from tests.proofs.mutated import Json, Mutator
from tests.world import CHANNEL, KEYS, REPORT, World

NAME: Final = "Changed updates: read, meant, and handled"
PROMISES: Final = ("P2", "P8")

MEANT: Final = 1_000_000
HANDLED: Final = 20_000
BATCH: Final = 50
CASES: Final = 3
CANARY: Final = "Zwaluwveld"
"""The client's name in every case that the changed updates may not reach."""

CRASHED: Final = "updates whose reading or meaning raised"
BROKE: Final = "updates whose handling raised"
UNSETTLED: Final = "updates without an end"
CHANGED: Final = "cases, roles or leaves changed by who has no role"
SHOWN: Final = "messages that named a client to who has no role"
EXCLUDED: Final = (CRASHED, BROKE, UNSETTLED, CHANGED, SHOWN)

MEMBERS: Final[tuple[Member | None, ...]] = (None, LIES, AN, KARIN)


# Read and meant: no database, the person's dialogue goes on from one to the next


class Desk:
    """Four people of different roles, and what each is in the midst of."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._look = MemoryLook(
            cases=[case_view(1, "K7QM-4T", worker=AN.id), case_view(2, "T4QM-7K")],
            reported={LIES.id: [1]},
        )
        self._team = team("ravels", "eropaf")
        self._dialogues: dict[int, Dialogue | None] = {}
        self.acts: Counter[str] = Counter()

    def hear(self, raw: bytes) -> None:
        """Read an update and find what it means; raises what that raises."""
        update = read_update(raw, bot_name="kierbot")
        without_numbers_in(raw)
        who = self._random.randrange(len(MEMBERS))
        scene = self._scene(who)
        match update:
            case PrivateMessage(incoming=incoming):
                self._answer(who, incoming, scene)
            case ButtonPress():
                self._answer(who, Pressed(intent=self._intent()), scene)
            case GroupMessage(incoming=incoming):
                converse_group(incoming, scene, CHANNEL)
            case _:
                pass

    def _answer(self, who: int, incoming: Incoming, scene: Scene) -> None:
        turn = converse(incoming, scene)
        if not isinstance(turn.dialogue, Keep):
            self._dialogues[who] = turn.dialogue
        self._count(turn.act)
        for screen in turn.screens:
            assert clean(screen.html), "an empty message"

    def _count(self, act: Act | None) -> None:
        if act is not None:
            self.acts[type(act).__name__] += 1

    def _scene(self, who: int) -> Scene:
        member = MEMBERS[who]
        if self._random.random() < 0.02:
            self._dialogues.pop(who, None)
        return Scene(
            now=MONDAY,
            team=self._team,
            roster=roster(self._look),
            member=member,
            language=self._random.choice(("nl-BE", "nl-NL", "fr", "en")),
            dialogue=self._dialogues.get(who),
            look=self._look,
            user_id=440 + who,
            user_name="X",
        )

    def _intent(self) -> Intent:
        pick = self._random.choice
        return Intent(
            verb=pick(tuple(Verb)),
            case=pick((None, 1, 2, 99)),
            step=pick((None, "assign", "call_day1", "visit_1", "arrears", "summary", "no")),
            arg=pick((None, "", "yes", "no", "free", "guided", "arrears", "2027-09-14", "x", "1")),
            person=pick((None, 1, 2, 4, 99)),
            item=pick((None, 0, 1, 99)),
            page=pick((0, 1, 10**6)),
        )


def _meant(corpus: list[Json], scale: float, tell: Tell, total: int) -> Counter[str]:
    found: Counter[str] = Counter()
    mutator, desk = Mutator(corpus, seed=1), Desk(seed=2)
    for number in range(1, max(round(MEANT * scale), 1) + 1):
        raw = mutator.raw(mutator.update())
        found["updates read and meant"] += 1
        try:
            desk.hear(raw)
        except Exception as error:  # noqa: BLE001  this is what the proof looks for
            found[CRASHED] += 1
            found[f"raised: {type(error).__name__}"] += 1
        if number % 1000 == 0:
            tell(number, total)
    found["acts that they meant"] = sum(desk.acts.values())
    return found


def _naive(corpus: list[Json]) -> int:
    """Return how many updates a reader that trusts them raises on: the control."""
    mutator, raised = Mutator(corpus, seed=1), 0
    for update in mutator.updates(500):
        try:
            message = json.loads(mutator.raw(update))["message"]
            len(message["text"]), message["from"]["id"] + 0, message["chat"]["id"] + 0
        except Exception:  # noqa: BLE001  counted
            raised += 1
    return raised


# Handled: the whole bot, on a file


async def recorded(world: World) -> list[Json]:
    """Play what people do on a day, and return the updates of it; none names the canary."""
    await world.has_channel()
    await world.assigned()
    await world.says("Lies", "/report")
    await world.presses("Lies", Verb.REPORT, arg="guided")
    await world.says("Lies", "Jan Maes")
    await world.hands("Lies", photo=[{"file_id": "P1", "file_unique_id": "p", "file_size": 9}])
    await world.hands("An", voice={"file_id": "V1", "duration": 3, "file_unique_id": "v"})
    await world.hands("Lies", document={"file_id": "D1", "mime_type": "application/pdf"})
    own = {"phone_number": "+32470000112", "user_id": world.user("Lies"), "first_name": "Lies"}
    await world.hands("Lies", contact=own)
    await world.hands("Lies", sticker={"file_id": "S"}, forward_date=1)
    await world.presses("An", Verb.DETAILS)
    await world.says("An", "voicemail ingesproken", reply_to_message={"message_id": 3})
    await world.says_in(CHANNEL, "An", "wie neemt die van Weelde?", message_thread_id=4)
    for text in (
        "/status",
        "/cases",
        "/team",
        "/away",
        "/help",
        "/language",
        "/today",
        "/start x",
    ):
        await world.says("Carla", text)
        await world.says("Zoë", text)
    body = world.message("Rita", text="toch nummer 14")
    await world.update({"edited_message": {**body, "edit_date": body["date"] + 9}})
    await world.moves(-100_555, by="Zoë", old="left", new="member")
    await world.moves(CHANNEL, by="Bram", who="Bram", old="member", new="left")
    rows = await world.database.read(lambda c: c.scalars(select(inbox_rows.c.raw)).all())
    text = b"\n".join(rows).decode().replace(CANARY, "Maes")
    found = [json.loads(line) for line in text.split("\n")]
    return [*found, *(each for each in found if "callback_query" in each)]


def _crafted(update: Json, sender: Mapping[str, Any], callbacks: list[str], pick: Any) -> Json:
    """Return the update as one that this sender sent: who sends is Telegram's to say."""
    for part in update.values():
        if not isinstance(part, dict):
            continue
        if isinstance(part.get("from"), dict):
            part["from"] = dict(sender)
        part.pop("migrate_to_chat_id", None)
        part.pop("migrate_from_chat_id", None)
        chat = part.get("chat")
        if isinstance(chat, dict) and chat.get("type") == "private":
            chat["id"] = sender["id"]
        if "chat_instance" in part and pick.random() < 0.8:
            part["data"] = pick.choice(callbacks)
    return update


class Trial:
    """A team with cases of its own, and updates that come at it."""

    def __init__(self, world: World, corpus: list[Json], seed: int) -> None:
        self.world = world
        self._mutator = Mutator(corpus, seed)
        self._pick = random.Random(seed)
        self._callbacks = [
            callback
            for chat in world.phone.chats.values()
            for shown in chat.values()
            for _, callback in shown.buttons
            if callback is not None
        ]
        self.found: Counter[str] = Counter()

    async def batch(self, senders: list[Json] | None) -> None:
        """Let one batch come in and be answered; None: from anybody, as it was changed."""
        bodies = []
        for update in self._mutator.updates(BATCH):
            if senders is not None:
                sender = self._pick.choice(senders)
                update = _crafted(update, sender, self._callbacks, self._pick)
            bodies.append(self._mutator.raw(update))
        await self.world.sends_raw(*bodies)
        self.world.clock.go(30)
        self.found["updates handled"] += len(bodies)

    async def judge(self) -> None:
        """Count what raised, and what has no end."""
        counts = await self.world.inbox()
        self.found[UNSETTLED] += counts.new
        tried = select(inbox_rows.c.id).where(inbox_rows.c.attempts > 0)
        broke = await self.world.database.read(lambda c: c.scalars(tried).all())
        self.found[BROKE] += len(broke)
        self.found["refused or left aside"] += counts.refused
        self.found["dead letters"] += counts.dead


async def state_of(world: World, cases: list[int]) -> dict[str, list[str]]:
    """Return what nobody without a role may change."""

    def read(c: Any) -> dict[str, list[str]]:
        def all_of(query: Any) -> list[str]:
            return sorted(map(repr, c.execute(query).all()))

        return {
            "events": all_of(
                select(event.c.case_id, event.c.seq).where(event.c.case_id.in_(cases))
            ),
            "cases": all_of(select(kase.c.id, kase.c.state).where(kase.c.id.in_(cases))),
            "roles": all_of(
                select(person.c.id, person.c.role, person.c.state).where(
                    person.c.role != "reporter"
                )
            ),
            "leaves": all_of(select(absence)),
        }

    return await world.database.read(read)


async def prepared(database: Database) -> World:
    """Return a team whose cases are all about the canary, with everybody's prompts open."""
    world = await World.open(database)
    await world.joins("Eva", "worker")
    for number in range(CASES):
        text = REPORT.replace("Verbeke", f"{CANARY}{'abc'[number]}")
        text = text.replace("12 34 56", f"12 34 {number}6")
        await world.assigned("An", "Rita", text.replace("Dorpsstraat", f"Weg{number}straat"))
        await world.presses("An", Verb.DETAILS)
    for command in ("/team", "/status", "/cases"):
        await world.says("Carla", command)
    await world.write(people.leave, person_id=world.ids["Eva"], now=world.now)
    return world


SERVICE: Final = (1_087_968_824, 136_817_688, 777_000)


def no_role(world: World) -> list[Json]:
    """Return senders that are nobody, or somebody without a say in these cases."""
    names = ("Zoë", "Mo", "Eva", "Fatima")
    bots = [{"id": number, "is_bot": number != 777_000, "first_name": "G"} for number in SERVICE]
    return [*(world.sender_of(name) for name in names), *bots]


async def _from_nobody(
    database: Database, corpus: list[Json], count: int, handler: type[Handler] | None = None
) -> Counter[str]:
    world = await prepared(database)
    if handler is not None:
        world.handler = handler(world.handler.office)
        world.worker = world._new_worker()
    cases = [each.row.id for each in await world.cases()]
    before, seen = await state_of(world, cases), len(world.phone.sent)
    trial = Trial(world, corpus, seed=3)
    for _ in range(0, count, BATCH):
        await trial.batch(no_role(world))
    await trial.judge()
    after = await state_of(world, cases)
    lost_or_new = (set(after[key]) ^ set(before[key]) for key in before)
    trial.found[CHANGED] += sum(map(len, lost_or_new))
    ours = {world.user(name) for name in ("An", "Bram", "Carla", "Rita")}
    told = (html for chat, html in world.phone.sent[seen:] if chat not in ours)
    trial.found[SHOWN] += sum(CANARY in html for html in told)
    return trial.found


class Trusting(Handler):
    """The control: who presses a button is who it was shown to."""

    def _why_not(self, button: Any, person: Any, press: ButtonPress) -> str | None:
        return None if button is not None else "unknown_button"

    def _press(self, counter: Any, press: ButtonPress) -> Any:
        ours = next(one for one in counter.desk.people.values() if one.role == "worker")
        return super()._press(counter, replace(press, user_id=ours.user_id or 0))


async def _from_anybody(database: Database, corpus: list[Json], count: int) -> Counter[str]:
    world = await prepared(database)
    trial = Trial(world, corpus, seed=4)
    for _ in range(0, count, BATCH):
        await trial.batch(None)
    await trial.judge()
    return trial.found


async def _all(scale: float, tell: Tell) -> tuple[Counter[str], Counter[str]]:
    meant, handled = round(MEANT * scale), max(round(HANDLED * scale), 2 * BATCH)
    total = meant + handled
    with tempfile.TemporaryDirectory(prefix="kier-fuzz-") as folder:
        names = iter(range(9))

        async def opened() -> Database:
            url = f"sqlite:///{Path(folder) / f'{next(names)}.db'}"
            return await Database.open(url, keys=Keyring.load(KEYS))

        databases = [await opened() for _ in range(4)]
        corpus = await recorded(await World.open(databases[0]))
        found = _meant(corpus, scale, tell, total)
        found += await _from_nobody(databases[1], corpus, handled // 2)
        tell(meant + handled // 2, total)
        found += await _from_anybody(databases[2], corpus, handled // 2)
        tell(total, total)
        presses = [each for each in corpus if "callback_query" in each]
        blind = await _from_nobody(databases[3], presses, 4 * BATCH, Trusting)
        control = Counter(
            {
                "raised by a reader that trusts updates": _naive(corpus),
                "changed by presses that nobody judges": blind[CHANGED],
            }
        )
        for database in databases:
            await database.close()
    return found, control


def prove(scale: float, tell: Tell) -> Figures:
    """Read a million changed updates and handle twenty thousand (1.0)."""
    began = time.monotonic()
    found, control = asyncio.run(_all(scale, tell))
    return Figures(
        counts={name: count for name, count in found.items() if name not in EXCLUDED},
        bad={name: found[name] for name in EXCLUDED},
        control=dict(control),
        seconds=time.monotonic() - began,
    )
