"""Floods: token buckets, split texts, queues and fair lanes, on a clock that the test moves.

Rows 27, 29, 88; S20, P13.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handle.flood import BURST_S, PEOPLE_MAX, ROOMY_FACTOR, Bucket, Verdict
from bot.outcomes import Fetched
from bot.poller import FULL_S, Poller
from bot.team import Limits
from bot.worker import LANES_AT_ONCE
from storage import inbox
from tests.world import REPORT, TEAM, World

NOON = datetime(2027, 9, 13, 10, tzinfo=UTC)
FEW = Limits(messages_a_minute=5, overall_a_second=5)
MANY = "Dat zijn veel berichten"


def heard(bucket: Bucket, user_id: int, count: int, at: datetime = NOON, **more: bool) -> int:
    """Return how many of so many messages of one moment are heard."""
    verdicts = [bucket.weigh(user_id, at, **more) for _ in range(count)]
    return verdicts.count(Verdict.HEARD)


def another(number: int) -> str:
    """Return a report about another household."""
    here = REPORT.replace("Verbeke", f"Maes{'abcdef'[number]}")
    return here.replace("Dorpsstraat", "Kerkstraat").replace("12 34 56", f"12 34 {number}0")


def test_room_comes_back_evenly() -> None:
    """S20: five at once, then one each twelve seconds; no ban, however many came."""
    bucket = Bucket(FEW)
    assert heard(bucket, 1, 1000) == 5
    assert heard(bucket, 1, 5, NOON + timedelta(seconds=12)) == 1
    assert heard(bucket, 1, 1000, NOON + timedelta(minutes=2)) == 5


def test_one_notice_a_minute() -> None:
    """Row 27: of all that is over, one a minute is answered."""
    bucket = Bucket(FEW)
    verdicts = [bucket.weigh(1, NOON + timedelta(milliseconds=n)) for n in range(1000)]
    assert verdicts.count(Verdict.NOTICE) == 1
    assert bucket.weigh(1, NOON + timedelta(seconds=61)) is Verdict.HEARD


def test_one_person_takes_nothing_from_another() -> None:
    """P13: each has their own bucket."""
    bucket = Bucket(FEW)
    heard(bucket, 1, 1000)
    assert heard(bucket, 2, 5) == 5


def test_a_report_in_the_making_and_the_team_have_more_room() -> None:
    """S20: a frightened person writes a lot and a worker taps fast; without end it is not."""
    bucket = Bucket(Limits(messages_a_minute=5))
    assert heard(bucket, 1, 1000, roomy=True) == 5 + 5 * ROOMY_FACTOR


def test_a_crowd_of_strangers_shuts_out_no_worker() -> None:
    """S20: the overall bucket is for those without a role: a worker is heard in any crowd."""
    bucket = Bucket(FEW)
    crowd = sum(heard(bucket, user_id, 1) for user_id in range(100, 400))
    assert crowd == FEW.overall_a_second * BURST_S
    assert heard(bucket, 1, 5, of_team=True) == 5
    assert heard(bucket, 999, 5, NOON + timedelta(seconds=1)) == FEW.overall_a_second


def test_what_was_sent_over_an_hour_is_no_flood_when_it_comes_at_once() -> None:
    """P2: after an outage messages are weighed by when they were sent."""
    bucket = Bucket(FEW)
    moments = [NOON + timedelta(minutes=2 * n) for n in range(30)]
    assert all(bucket.weigh(1, at) is Verdict.HEARD for at in moments)


def test_it_forgets_whom_it_heard_longest_ago() -> None:
    """P13: a hundred thousand accounts do not fill the memory."""
    bucket = Bucket(Limits(overall_a_second=1000))
    for user_id in range(PEOPLE_MAX + 500):
        bucket.weigh(user_id, NOON)
    assert len(bucket._senders) == PEOPLE_MAX


@given(st.lists(st.integers(-3600, 3600), max_size=80))
def test_no_clock_makes_room(jumps: list[int]) -> None:
    """Row 75: whichever way the clock jumps, within a minute no more is heard than fits."""
    bucket, moments = Bucket(FEW), [NOON]
    for jump in jumps:
        moments.append(moments[-1] + timedelta(seconds=jump))
    count = [bucket.weigh(1, at) for at in moments].count(Verdict.HEARD)
    assert count <= 5 + 5 * ((max(moments) - NOON) / timedelta(minutes=1)) + 1e-6


async def test_what_is_over_is_refused_and_counted(world: World) -> None:
    """Row 27, P2: what came in = what was done + what was refused; one notice, nothing is lost."""
    world.restart(Bucket(FEW))
    await world.stores(*[{"message": world.message("Zoë", text="/about")} for _ in range(300)])
    await world.settles()
    counts = await world.inbox()
    assert (counts.done, counts.refused, counts.new, counts.dead) == (5, 295, 0, 0)
    assert world.reads("Zoë").count(MANY) == 1


async def test_a_flood_is_refused_by_the_dozen(world: World) -> None:
    """P13: what waits behind a message that is over costs no transaction of its own."""
    world.restart(Bucket(FEW))
    await world.stores(*[{"message": world.message("Zoë", text="/about")} for _ in range(300)])
    rounds = 0
    while (await world.worker.run_once()).count:
        rounds += 1
    assert rounds < 20


async def test_other_things_of_a_flooder_keep_their_turn(world: World) -> None:
    """P2: that somebody blocks the bot is heard in the midst of their flood."""
    world.restart(Bucket(FEW))
    flood = [{"message": world.message("Zoë", text="/about")} for _ in range(40)]
    chat = {"id": world.user("Zoë"), "type": "private", "first_name": "Zoë"}
    bot = {"id": 7, "is_bot": True, "first_name": "Kier"}
    change = {
        "chat": chat,
        "from": world.sender_of("Zoë"),
        "date": int(world.now.timestamp()),
        "old_chat_member": {"user": bot, "status": "member"},
        "new_chat_member": {"user": bot, "status": "kicked"},
    }
    await world.stores(*flood[:20], {"my_chat_member": change}, *flood[20:])
    await world.settles()
    counts = await world.inbox()
    assert counts.new == 0
    assert counts.done == 5 + 1


async def test_one_noisy_account_delays_nobody(world: World) -> None:
    """Row 88, P13: with a thousand messages of one person before theirs, forty others are handled
    within three rounds: each lane gives one a round."""
    world.restart(Bucket(FEW))
    await world.stores(*[{"message": world.message("Zoë", text="/about")} for _ in range(1000)])
    names = [f"P{n}" for n in range(40)]
    await world.stores(*[{"message": world.message(name, text="/about")} for name in names])
    for _ in range(-(-len(names) // (LANES_AT_ONCE - 1))):
        await world.worker.run_once()
    await world.sends()
    assert [name for name in names if not world.count(name)] == []


async def test_a_text_that_was_split_is_one(world: World) -> None:
    """Row 29, S20: forty pieces of one long text are one message: one answer, nothing refused."""
    world.restart(Bucket(FEW))
    await world.says("Rita", "/report")
    before = world.count("Rita")
    pieces = [REPORT, *[f"deel {n} " + "huur " * 740 for n in range(3)], "tot zover"]
    pieces[0] = pieces[0] + " " + "huur " * 700
    await world.stores(*[{"message": world.message("Rita", text=text)} for text in pieces])
    await world.settles()
    counts = await world.inbox()
    assert counts.refused == 0
    assert world.count("Rita") == before + 1
    dialogue = await world.dialogue("Rita")
    for part in ("Verbeke", "deel 0", "deel 2", "tot zover"):
        assert part in str(dialogue)


async def test_forty_pieces_are_no_flood(world: World) -> None:
    """Row 29: what is too long as a whole is asked to be shorter, once; nothing is cut."""
    world.restart(Bucket(FEW))
    await world.says("Rita", "/report")
    before = world.count("Rita")
    pieces = [{"message": world.message("Rita", text="huur " * 790)} for _ in range(40)]
    await world.stores(*pieces)
    await world.settles()
    assert (await world.inbox()).refused == 0
    assert world.count("Rita") <= before + 2


async def test_two_short_messages_stay_two(world: World) -> None:
    """Row 29, the control: who types two answers quickly gave two answers."""
    await world.says("Rita", "/report")
    before = world.count("Rita")
    await world.stores(*[{"message": world.message("Rita", text="huur")} for _ in range(2)])
    await world.settles()
    assert world.count("Rita") == before + 2


async def test_many_reports_of_one_person_wait(world: World) -> None:
    """S20: the sixth new case within an hour waits, its draft is kept, and who to call is told;
    an hour later it is sent. Who is on the team is held to nothing."""
    for n in range(5):
        await world.reported("Rita", another(n))
    await world.drafted("Rita", another(5))
    await world.presses("Rita", "Verzenden")
    assert len(await world.cases()) == 5
    assert "014 00 00 00" in world.reads("Rita")
    await world.time_passes(by=timedelta(minutes=61))
    await world.presses("Rita", "Verzenden")
    assert len(await world.cases()) == 6


async def test_the_limits_are_the_teams(world: World) -> None:
    """S20: a team file says its own."""
    other = await World.open(
        world.database, team=f"{TEAM.replace('Ravels', 'Weelde')}limits: {{reports_an_hour: 1}}\n"
    )
    await other.reported("Rita")
    assert await other.reported("Rita", REPORT.replace("Verbeke", "Maes")) == ""


@pytest.mark.parametrize("waiting", [2, 3])
async def test_a_full_queue_fetches_no_more(
    world: World, waiting: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S20: while so much waits, the rest stays with Telegram, which keeps it."""
    monkeypatch.setattr("bot.poller.QUEUE_MAX", 3)
    monkeypatch.setattr("bot.poller.UPDATES_MAX", waiting)
    polls = []

    class Telegram:
        async def fetch_updates(self, **asked: object) -> Fetched:
            polls.append(asked)
            bodies = [b'{"update_id": %d}' % (len(polls) * 10 + n) for n in range(waiting)]
            return Fetched(updates=tuple(bodies))

    from bot.loops import Stop

    poller = Poller(
        Telegram(),
        world.database,
        team_id=world.team_id,
        clock=world.clock,
        stop=Stop(),
        stored=lambda: None,
        conflict=lambda _: None,
    )
    await poller.run_once()
    assert await world.read(inbox.is_full, team_id=world.team_id, limit=waiting)
    ran = await poller.run_once()
    assert (len(polls), ran.wait_s) == ((2, 0.0) if waiting < 3 else (1, FULL_S))
    if waiting == 3:
        await world.handles()
        await poller.run_once()
        assert len(polls) == 2
