"""Is this household known? A report joins, is parted again, or begins anew (R-13)."""

from __future__ import annotations

from bot.screen import Verb
from storage import history
from tests.world import REPORT, World

SAME_PHONE = (
    "Huurachterstal bij M. Verbeeck in de Dorpsstraat 12, 2382 Ravels. Telefoon 0470/12.34.56."
)
SAME_NAME_ELSEWHERE = (
    "Huurachterstal van Mia Verbeke, Kerkstraat 99, 2300 Turnhout, 0499 88 77 66."
)


async def closes(world: World, ref: str) -> None:
    """Close the case as Carla does."""
    await world.says("Carla", f"/case {ref}")
    await world.presses("Carla", Verb.MORE)
    await world.presses("Carla", Verb.CLOSE, arg=None)
    await world.presses("Carla", Verb.CLOSE, arg="door_ajar")
    await world.presses("Carla", Verb.SKIP)


async def test_a_second_report_on_the_same_phone_joins(world: World) -> None:
    """R-13, row 38: the same folded phone as an open case: one case; worker and coordinator get
    one information each, no new assignment, and the clock runs on."""
    await world.assigned()
    begun = (await world.case()).case.episode
    asked = world.reads("Carla").count("Aan wie geef je")
    await world.reported("Ria", SAME_PHONE)
    assert len(await world.cases()) == 1
    assert world.reads("An").count("tweede melding") == 1
    assert world.reads("Carla").count("tweede melding") == 1
    assert world.reads("Carla").count("Aan wie geef je") == asked
    assert (await world.case()).case.episode == begun


async def test_the_second_reporter_learns_nothing_of_the_first(world: World) -> None:
    """Row 38, privacy: a receipt like any other, with no word of the other report or that the
    household is known."""
    await world.assigned()
    await world.reported("Ria", SAME_PHONE)
    read = world.reads("Ria")
    assert "Uw melding is ontvangen" in read
    for word in ("gekend", "tweede", "Rita", "An", "begeleider"):
        assert word not in read.split("Uw melding is ontvangen")[1].split()


async def test_the_same_name_with_another_address_stays_apart(world: World) -> None:
    """R-13: same name, other house number and municipality: two cases."""
    await world.assigned()
    await world.reported("Ria", SAME_NAME_ELSEWHERE)
    assert len(await world.cases()) == 2


async def test_a_joined_report_is_parted_again(world: World) -> None:
    """R-13: the coordinator can part them: a case of its own, with what that report said, and
    its own assignment."""
    ref = await world.assigned()
    await world.reported("Ria", SAME_PHONE)
    await world.says("Carla", f"/case {ref}")
    await world.presses("Carla", Verb.HISTORY)
    await world.presses("Carla", Verb.PART)
    assert len(await world.cases()) == 2
    own = await world.case(1)
    values = await world.read(history.personal, case_id=own.row.id)
    assert values["intake.phone"].text is not None
    assert "12 34 56" in values["intake.phone"].text or "123456" in values["intake.phone"].text
    assert own.row.ref in world.reads("Carla")
    assert "assign" in own.case.steps


async def test_a_closed_case_is_proposed_and_a_human_decides(world: World) -> None:
    """R-13: a closed case of the same household is shown at assign with how it ended; chosen as
    known it begins a new episode of the same number, and the report's own case is joined."""
    ref = await world.assigned()
    await closes(world, ref)
    await world.reported("Ria", REPORT)
    assert f"Mogelijk gekend dossier: {ref}" in world.reads("Carla")
    await world.presses("Carla", Verb.ANSWER, step="assign", person=world.ids["Bram"])
    await world.presses("Carla", Verb.PICK, arg="known")
    old, new = await world.case(0), await world.case(1)
    assert (old.case.state, old.case.worker) == ("open", world.ids["Bram"])
    assert old.case.episode is not None
    assert old.case.episode.number == 2
    assert (new.case.state, new.case.outcome) == ("closed", "joined")
    assert ref in world.last("Bram")


async def test_a_likeness_declined_is_a_new_file(world: World) -> None:
    """R-13: "new file" keeps them apart."""
    ref = await world.assigned()
    await closes(world, ref)
    other = await world.reported("Ria", REPORT)
    await world.presses("Carla", Verb.ANSWER, step="assign", person=world.ids["Bram"])
    await world.presses("Carla", Verb.PICK, arg="new")
    assert other in world.last("Bram")
    assert (await world.case(0)).case.state == "closed"
    assert (await world.case(1)).case.worker == world.ids["Bram"]


ALIKE = "Huurachterstal bij Jan Verbeke, Dorpsstraat 12, 2382 Ravels, 0499 88 77 66."
"""The same address and surname, another telephone: a likeness, which a human judges."""


async def test_a_likeness_without_a_worker_says_so_and_is_joined_by_one_tap(world: World) -> None:
    """R-13: a case that nobody has yet is called that, and the coordinator says by one tap that
    the new report is about it: nobody is asked for, the older question stays."""
    ref = await world.reported()
    other = await world.reported("Ria", ALIKE)
    read = world.last("Carla")
    assert f"Mogelijk gekend dossier: {ref}, nog open, nog niet toegewezen" in read
    await world.presses("Carla", f"Gekend: {ref} · nog niet toegewezen")
    assert f"hoort bij {ref}" in world.reads("Carla")
    old, new = await world.case(0), await world.case(1)
    assert (new.row.ref, new.case.state, new.case.outcome) == (other, "closed", "joined")
    assert (old.case.state, list(old.case.steps), old.case.worker) == ("open", ["assign"], None)
    await world.presses("Carla", Verb.ANSWER, step="assign", person=world.ids["An"])
    assert (await world.case(0)).case.worker == world.ids["An"]


async def test_a_likeness_with_a_worker_is_joined_by_one_tap(world: World) -> None:
    """R-13: the one who has the open case keeps it and hears of the second report."""
    ref = await world.assigned()
    await world.reported("Ria", ALIKE)
    await world.presses("Carla", f"Gekend: {ref} · An")
    assert (await world.case(1)).case.outcome == "joined"
    assert (await world.case(0)).case.worker == world.ids["An"]
    assert "tweede melding" in world.reads("An")


async def test_who_is_chosen_for_a_known_case_without_a_worker_gets_it(world: World) -> None:
    """R-13: chosen first, and known second: the choice is not lost with the joined report."""
    await world.reported()
    await world.reported("Ria", ALIKE)
    await world.presses("Carla", Verb.ANSWER, step="assign", person=world.ids["Bram"])
    await world.presses("Carla", Verb.PICK, arg="known")
    assert (await world.case(0)).case.worker == world.ids["Bram"]
    assert "call_day1" in (await world.case(0)).case.steps


async def test_two_reports_in_the_same_moment_are_one_household(any_world: World) -> None:
    """Row 38, R-13, P20: two reporters send at once: the second joins the first."""
    await any_world.drafted("Rita")
    await any_world.drafted("Ria", SAME_PHONE)
    presses = []
    for name in ("Rita", "Ria"):
        message_id, callback = await any_world.button(any_world.user(name), Verb.SEND)
        presses.append(any_world.pressed(name, callback, message_id=message_id))
    await any_world.stores(*presses)
    await any_world.settles()
    assert len(await any_world.cases()) == 1
