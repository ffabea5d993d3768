"""kill -9 of the real process in the middle of a burst, over real HTTP and a real disk."""

from __future__ import annotations

import asyncio
import random
import signal
from pathlib import Path

import pytest

from storage import cases, history, inbox, outbox, teams
from storage.database import Database
from storage.keys import Keyring
from tests.bot.clocks import START
from tests.kill.yard import EACH, KIER, PEOPLE, TOKEN, Yard, end, yard_at

ROUNDS = 2  # `make prove` plays many more


@pytest.mark.timeout(240)
@pytest.mark.parametrize("seed", [1])
async def test_killed_in_a_burst_each_update_has_its_effect_once(
    tmp_path: Path, seed: int
) -> None:
    """P1, P2, P3, P5: killed three times in bursts: Σ said = Σ done, one answer each, repeats
    marked and only where nobody could know."""
    dice = random.Random(seed)
    async with yard_at(tmp_path) as yard:
        process = await yard.start("-m", "tests.kill.echo_bot")
        for round_ in range(ROUNDS):
            before = sum(yard.heard().values())
            yard.burst(round_)
            await yard.until_heard(before + dice.randint(1, PEOPLE * EACH - 4))
            assert await end(process, signal.SIGKILL) == -signal.SIGKILL
            process = await yard.start("-m", "tests.kill.echo_bot")
            await yard.until(lambda: len(yard.heard()) == len(yard.said))
        assert await end(process, signal.SIGTERM) == 0
        heard = yard.heard()
        assert set(heard) == set(yard.said)
        repeats = sum(count - 1 for count in heard.values())
        assert max(heard.values()) <= 2
        # who was marked and not repeated had been claimed, and the call had not begun
        assert repeats <= yard.marked() <= ROUNDS * 8
    counts, states = await looked_at(tmp_path)
    assert counts == inbox.Counts(new=0, done=len(yard.said), refused=0, dead=0)
    assert states == {"sent": len(yard.said)}
    assert "Canary" not in (tmp_path / "log.txt").read_text()


STORY = (
    "Huurachterstal: {name} Verlinden, Kerkstraat {number} Weelde, 0470 00 01 {number}. "
    "2 maanden, 1.240 euro. Ik ben van woonmaatschappij De Heide."
)
NAMES = ("Marc", "Greta", "Ilse", "Els", "Piet", "Tom", "Rik", "Ann", "Jo", "Leo")


@pytest.mark.timeout(300)
async def test_kier_run_killed_in_bursts_of_reports_loses_none(tmp_path: Path) -> None:
    """P1, P2, P3: the real `kier run`: ten people report at once, it is killed while they write,
    and again while they send: ten receipts, ten cases, nothing lost and nothing doubled."""
    dice = random.Random(7)
    async with yard_at(tmp_path) as yard:

        def replies(person: int) -> list[str]:
            return [shown["text"] for shown in yard.sandbox.view(person) if shown["mine"]]

        def ready(words: str) -> int:
            return sum(any(words in text for text in replies(each)) for each in yard.people)

        process = await yard.start(*KIER)
        for number, person in enumerate(yard.people, 10):
            text = STORY.format(name=NAMES[number - 10], number=number)
            yard.sandbox.user_text(person, text)
        await yard.until(lambda: ready("Klopt dit?") >= dice.randint(1, 6))
        assert await end(process, signal.SIGKILL) == -signal.SIGKILL
        process = await yard.start(*KIER)
        await yard.until(lambda: ready("Klopt dit?") == PEOPLE)
        for person in yard.people:
            yard.sandbox.press_label(person, summary_of(yard, person), "✓ Verzenden")
        await yard.until(lambda: ready("Uw melding is ontvangen") >= dice.randint(1, 6))
        assert await end(process, signal.SIGKILL) == -signal.SIGKILL
        process = await yard.start(*KIER)
        await yard.until(lambda: ready("Uw melding is ontvangen") == PEOPLE)
        assert await end(process, signal.SIGTERM) == 0
    keys = Keyring.load(tmp_path / "data" / "kier.key")
    database = await Database.open(f"sqlite:///{tmp_path}/data/kier.sqlite", keys=keys)
    team_id = await database.write(lambda c: teams.put_team(c, "Echo", {}, START))
    counts = await database.read(lambda c: inbox.counts(c, team_id))
    found = await database.read(lambda c: cases.all_cases(c, team_id))
    assert counts == inbox.Counts(new=0, done=2 * PEOPLE, refused=0, dead=0)
    assert len(found) == PEOPLE
    assert await database.read(lambda c: history.verify(c, team_id)) == ()
    await database.close()


def summary_of(yard: Yard, person: int) -> int:
    """Return the newest message that asks whether the summary is right."""
    shown = [each for each in yard.sandbox.view(person) if "Klopt dit?" in each["text"]]
    return int(shown[-1]["message_id"])


async def looked_at(place: Path) -> tuple[inbox.Counts, dict[str, int]]:
    """Return what the database of a yard holds."""
    keys = Keyring.load(place / "data" / "kier.key")
    database = await Database.open(f"sqlite:///{place}/data/kier.sqlite", keys=keys)
    team_id = await database.write(lambda c: teams.put_team(c, "Echo", {}, START))
    counts = await database.read(lambda c: inbox.counts(c, team_id))
    states = await database.read(lambda c: outbox.counts(c, team_id))
    await database.close()
    return counts, states


@pytest.mark.timeout(240)
async def test_a_sigterm_in_a_burst_repeats_nothing(tmp_path: Path) -> None:
    """Bad_inputs 81: SIGTERM finishes what is under way: no message twice, none marked."""
    async with yard_at(tmp_path) as yard:
        process = await yard.start("-m", "tests.kill.echo_bot")
        yard.burst(0)
        await yard.until_heard(5)
        assert await end(process, signal.SIGTERM) == 0
        assert len(yard.heard()) < len(yard.said)
        process = await yard.start("-m", "tests.kill.echo_bot")
        await yard.until(lambda: len(yard.heard()) == len(yard.said))
        assert await end(process, signal.SIGINT) == 0
        assert set(yard.heard().values()) == {1}
        assert yard.marked() == 0


@pytest.mark.timeout(240)
async def test_a_second_process_is_refused(tmp_path: Path) -> None:
    """P15: a second `kier run` on the same database ends at once with a sentence, and does
    nothing."""
    async with yard_at(tmp_path) as yard:
        first = await yard.start("-m", "tests.kill.echo_bot")
        yard.burst(0)
        await yard.until_heard(1)
        second = await yard.start("-c", "from bot.cli import main; main()", "run")
        async with asyncio.timeout(60):
            assert await second.wait() == 2
        assert "Another kier process runs" in (tmp_path / "log.txt").read_text()
        await yard.until(lambda: len(yard.heard()) == len(yard.said))
        assert await end(first, signal.SIGTERM) == 0
        assert set(yard.heard().values()) == {1}


@pytest.mark.timeout(240)
async def test_stock_polling_loses_updates(tmp_path: Path) -> None:
    """The failing control of P2: the library's own polling, killed likewise, loses for good."""
    async with yard_at(tmp_path) as yard:
        process = await yard.start("-m", "tests.kill.stock_bot", yard.origin, TOKEN)
        yard.burst(0)
        await yard.until_heard(4)
        await end(process, signal.SIGKILL)
        process = await yard.start("-m", "tests.kill.stock_bot", yard.origin, TOKEN)
        yard.sandbox.user_text(yard.people[0], "the last")
        await yard.until(lambda: (yard.people[0], "the last") in yard.heard())
        await end(process, signal.SIGKILL)
        lost = set(yard.said) - set(yard.heard())
        assert lost
