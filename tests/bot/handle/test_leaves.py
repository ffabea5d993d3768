"""Leave: what is wrong with it is told at once, stand-ins are briefed, who is back is told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.acts import HandOver
from bot.screen import Verb
from bot.texts import plain
from storage import people
from tests.bot.handle.test_topics import does
from tests.world import PERSONAL, World

TUESDAY = datetime(2027, 9, 14, 7, 1, tzinfo=UTC)
"""The opening of Tuesday 14 September, 9:00 in Ravels."""
MAES = "Huurachterstal van Piet Maes, Molenstraat 8, 2300 Turnhout"
PEETERS = "Huurachterstal van Jan Peeters, Kerkstraat 3, 2370 Arendonk"


def morning(day: int) -> datetime:
    """Return a minute after the opening of a day in September 2027."""
    return datetime(2027, 9, day, 7, 1, tzinfo=UTC)


async def goes_away(
    world: World, name: str = "An", first: int = 14, last: int = 17, stand_in: str = "Bram"
) -> None:
    """Let somebody enter leave of some days in September with a stand-in."""
    await world.says(name, "/away")
    if name == "Carla":
        await world.presses(name, Verb.PICK, person=world.ids["Carla"])
    await world.says(name, f"{first:02}/09/2027")
    await settle_date(world, name)
    await world.says(name, f"{last:02}/09/2027")
    await settle_date(world, name)
    await world.presses(name, Verb.PICK, person=world.ids[stand_in])


async def settle_date(world: World, name: str) -> None:
    """Say yes where a typed date is echoed before it counts."""
    dialogue = await world.dialogue(name)
    if dialogue is not None and "_echo" in dialogue["values"]:
        await world.presses(name, Verb.PICK, arg="yes")


async def covered(world: World, *, first: int = 14, last: int = 17) -> str:
    """Let An have a case and go away, and Bram accept; return the reference."""
    ref = await world.assigned()
    await world.presses("An", "Niet gesproken")
    await goes_away(world, first=first, last=last)
    await world.presses("Bram", Verb.ACCEPT_STAND_IN)
    return ref


async def leave_of(world: World) -> tuple[people.Absence, ...]:
    """Return the leave that is planned."""
    return await world.read(people.absences, team_id=world.team_id, from_on=date(2027, 9, 13))


@pytest.fixture
async def four(world: World) -> World:
    """The team with one worker more."""
    await world.joins("Dina", "worker")
    return world


# Chains and gaps


async def test_a_stand_in_who_is_there_needs_no_word(world: World) -> None:
    """Entered, asked, nothing more to say."""
    await goes_away(world)
    assert "Bram" in world.last("An")
    assert "Wie er dan is" not in world.last("An")


async def test_a_gap_is_told_at_once_and_can_be_changed(four: World) -> None:
    """Bram is away on Wednesday and Thursday: An reads on which days there is nobody, chooses Dina
    instead, Bram hears that he is not needed, and Dina is asked."""
    world = four
    await goes_away(world, "Bram", 15, 16, stand_in="Carla")
    await world.presses("Carla", Verb.REFUSE_STAND_IN)
    await goes_away(world)
    assert "wo 15 sep – do 16 sep: niemand, want Bram is er dan ook niet" in world.last("An")
    await world.presses("An", Verb.CHANGE_AWAY, arg="stand_in")
    await world.presses("An", Verb.PICK, person=world.ids["Dina"])
    assert "niet meer vervangen (di 14 sep – vr 17 sep)" in world.last("Bram")
    assert "vraagt of jij kunt vervangen" in world.last("Dina")
    assert "Dina is gevraagd" in world.last("An")
    assert "niemand" not in world.last("An")
    await world.presses("Bram", Verb.ACCEPT_STAND_IN)
    assert [
        one.accepted for one in await leave_of(world) if one.stand_in == world.ids["Dina"]
    ] == [False]


async def test_a_chain_is_told_at_once(four: World) -> None:
    """Bram is away and Dina stands in for him: An reads that it is Dina on those days, and the
    questions of those days do go to her."""
    world = four
    await world.assigned()
    await world.presses("An", "Niet gesproken")
    await goes_away(world, "Bram", 14, 14, stand_in="Dina")
    await world.presses("Dina", Verb.ACCEPT_STAND_IN)
    await goes_away(world)
    assert "di 14 sep: Dina, want Bram is er dan ook niet" in world.last("An")
    assert "wo 15 sep – vr 17 sep: Bram" in world.last("An")
    await world.presses("Bram", Verb.ACCEPT_STAND_IN)
    assert "di 14 sep: Dina" in world.last("Bram")
    await world.time_passes(to=morning(14))
    assert "12:00" in world.reads("Dina")
    assert "12:00" not in world.reads("Bram")


async def test_a_stand_in_who_does_not_work_then(world: World) -> None:
    """Bram works on Mondays and Tuesdays only: An is told which days are without anybody."""
    await works(world, "Bram", 0, 1)
    await goes_away(world)
    assert "wo 15 sep – vr 17 sep: niemand, want Bram werkt dan niet" in world.last("An")


async def test_ones_own_leave_breaks_a_promise(four: World) -> None:
    """Bram stands in for An and goes away himself: he reads at once what becomes of An's days."""
    world = four
    await goes_away(world)
    await world.presses("Bram", Verb.ACCEPT_STAND_IN)
    await goes_away(world, "Bram", 16, 17, stand_in="Dina")
    assert "Je vervangt dan An." in world.last("Bram")
    assert "do 16 sep – vr 17 sep: niemand" in world.last("Bram")


async def test_a_stand_in_who_refuses(world: World) -> None:
    """An and Carla hear of it and can ask another with one tap; the leave has no stand-in, and a
    late yes does not count."""
    await goes_away(world)
    _, yes = await world.button(world.user("Bram"), Verb.ACCEPT_STAND_IN)
    await world.presses("Bram", Verb.REFUSE_STAND_IN)
    assert "vervanger van An kan niet" in world.last("Carla")
    (leave,) = await leave_of(world)
    assert leave.stand_in is None
    await world.press("Bram", yes)
    (leave,) = await leave_of(world)
    assert leave.stand_in is None
    await world.presses("Carla", Verb.CHANGE_AWAY, arg="stand_in")
    await world.presses("Carla", Verb.PICK, person=world.ids["Bram"])
    (leave,) = await leave_of(world)
    assert (leave.stand_in, leave.accepted) == (world.ids["Bram"], False)


async def test_leave_that_does_not_take_place(world: World) -> None:
    """An drops the leave: it is gone, and Bram hears that he is not needed."""
    await goes_away(world)
    await world.presses("An", Verb.DROP_AWAY)
    assert await leave_of(world) == ()
    assert "niet meer vervangen" in world.last("Bram")
    await world.presses("Bram", Verb.ACCEPT_STAND_IN)
    assert await leave_of(world) == ()


async def test_leave_that_ends_sooner_and_later(world: World) -> None:
    """Sooner: the stand-in hears of it. Later: the further days are asked apart, and those that
    were promised stay promised."""
    await goes_away(world)
    await world.presses("Bram", Verb.ACCEPT_STAND_IN)
    await changes_end(world, 16)
    assert "is veranderd: di 14 sep – do 16 sep" in world.last("Bram")
    await changes_end(world, 20)
    assert "van vr 17 sep tot en met ma 20 sep" in world.last("Bram")
    found = [(one.from_on.day, one.to_on.day, one.accepted) for one in await leave_of(world)]
    assert found == [(14, 16, True), (17, 20, False)]


async def changes_end(world: World, last: int) -> None:
    """Let An choose another last day of the first leave."""
    await world.says("An", "/settings")
    await world.presses("An", Verb.MY_LEAVE)
    (leave, *_) = await leave_of(world)
    await world.presses("An", Verb.ABSENCE, item=leave.id)
    await world.presses("An", Verb.CHANGE_AWAY, arg="to")
    await world.says("An", f"{last}/09/2027")
    await settle_date(world, "An")


async def test_nobody_else_changes_ones_leave(world: World) -> None:
    """Row 47: Bram cannot open, change or drop An's leave; the one refusal, nothing changes."""
    await goes_away(world)
    before = await leave_of(world)
    for verb in (Verb.ABSENCE, Verb.CHANGE_AWAY, Verb.DROP_AWAY):
        _, callback = await any_button(world, "An", verb)
        await world.press("Bram", callback)
    assert await leave_of(world) == before


async def any_button(world: World, name: str, verb: Verb) -> tuple[int, str]:
    """Return a button that somebody was shown, going to where it is."""
    if verb is Verb.ABSENCE:
        await world.says(name, "/settings")
        await world.presses(name, Verb.MY_LEAVE)
    return await world.button(world.user(name), verb)


# Briefs and digests


async def test_the_stand_in_is_briefed_as_the_leave_begins(any_world: World) -> None:
    """One message at the opening of the first day, with where each case stands and its buttons;
    initials and no more; once, also after a restart."""
    world = any_world
    ref = await covered(world)
    assert "Je vervangt An tot en met" not in world.reads("Bram")
    await world.time_passes(to=morning(14))
    briefs = [each for each in world.chat("Bram") if "Je vervangt An tot en met" in each.text]
    assert len(briefs) == 1
    assert f"{ref} · M.V., Ravels" in briefs[0].text
    assert "Niet gesproken · An" in briefs[0].text
    assert [word for word in PERSONAL if word in briefs[0].html and word != "M.V."] == []
    assert ref in briefs[0].labels
    world.restart()
    await world.time_passes(to=morning(16))
    assert world.ever("Bram").count("Je vervangt An tot en met") == 1


async def test_a_brief_after_a_late_yes(world: World) -> None:
    """Bram says yes on the second day: he is briefed at once."""
    await world.assigned()
    await goes_away(world)
    await world.time_passes(to=morning(15))
    assert "Je vervangt An tot en met" not in world.reads("Bram")
    await world.presses("Bram", Verb.ACCEPT_STAND_IN)
    assert "Je vervangt An tot en met" in world.reads("Bram")


async def test_a_brief_late_rather_than_never(world: World) -> None:
    """The bot was away when the leave began: the brief comes with the next morning."""
    await covered(world)
    world.clock.at = datetime(2027, 9, 15, 4, tzinfo=UTC)
    world.restart()
    await world.time_passes(to=morning(15))
    assert world.ever("Bram").count("Je vervangt An tot en met") == 1


async def test_another_takes_over_in_the_middle(four: World) -> None:
    """Bram falls away on Wednesday and Dina stands in for him: she is briefed then."""
    world = four
    await covered(world)
    await world.time_passes(to=morning(14))
    await goes_away(world, "Bram", 15, 17, stand_in="Dina")
    await world.presses("Dina", Verb.ACCEPT_STAND_IN)
    await world.time_passes(to=morning(15))
    assert "Je vervangt An tot en met" in world.reads("Dina")


async def test_a_brief_of_many_cases_has_pages(world: World) -> None:
    """More cases than a page holds: turned in place, for the stand-in alone."""
    streets = ("Kerkstraat", "Molenstraat", "Schoolstraat", "Nieuwstraat", "Kapelstraat")
    names = ("Jan Peeters", "Piet Maes", "Els Claes", "Tom Smets", "Eva Wouters")
    for n in range(9):
        text = (
            f"Huurachterstal van {names[n % 5]}{'x' * n}, {streets[n % 5]} {n + 1}, 2370 Arendonk"
        )
        await world.reported(f"Rita{n}", text)
        case = (await world.cases())[-1]
        await does_hand_over(world, case.row.id, "An")
    await goes_away(world)
    await world.presses("Bram", Verb.ACCEPT_STAND_IN)
    await world.time_passes(to=morning(14))
    brief = next(each for each in world.chat("Bram") if "9 dossiers" in each.text)
    assert "1 van 2" in brief.labels
    callback = next(code for label, code in brief.buttons if label == "▸")
    await world.press("Bram", callback, message_id=brief.message_id)
    turned = next(each for each in world.chat("Bram") if "9 dossiers" in each.text)
    assert "2 van 2" in turned.labels
    await world.press("Carla", callback, message_id=brief.message_id)
    assert turned.text not in world.reads("Carla")


async def does_hand_over(world: World, case_id: int, to: str) -> None:
    """Let Carla give a case to somebody."""
    await does(world, HandOver(case=case_id, to=world.ids[to]))


async def test_a_digest_when_one_is_back(any_world: World) -> None:
    """An is back on Monday: one message says what Bram did meanwhile, per case; once."""
    world = any_world
    ref = await covered(world)
    await world.time_passes(to=morning(14))
    await world.presses("Bram", "Niet gesproken")
    await world.time_passes(to=morning(20))
    digests = [each for each in world.chat("An") if "Welkom terug, An." in each.text]
    assert len(digests) == 1
    assert f"{ref} · M.V., Ravels" in digests[0].text
    assert "Niet gesproken · Bram" in digests[0].text
    assert ref in digests[0].labels
    world.restart()
    await world.time_passes(to=morning(21))
    assert world.ever("An").count("Welkom terug") == 1


async def test_of_one_case_the_digest_tells_all(world: World) -> None:
    """What mattered most may have come first: with few cases nothing of them is left out."""
    await covered(world)
    await world.time_passes(to=morning(14))
    await world.presses("Bram", "Niet gesproken")
    await world.presses("Bram", "Niemand thuis")
    await world.presses("Bram", "Alles gedaan ✓")
    await world.time_passes(to=morning(17))
    await world.presses("Bram", Verb.ANSWER, step="visit_2", arg="let_in")
    await world.presses("Bram", Verb.ANSWER, step="contents", arg="phase_1")
    await world.time_passes(to=morning(20))
    [digest] = [each.text for each in world.chat("An") if "Welkom terug, An." in each.text]
    assert digest.count("\n•") >= 5
    assert "Niet gesproken · Bram" in digest
    assert "Binnengelaten · Bram" in digest
    assert "en eerder nog" not in digest


async def test_a_case_closed_meanwhile_is_told_once(world: World) -> None:
    """The digest names the outcome where it tells of it, and not a second time as what is next."""
    ref = await covered(world)
    await world.time_passes(to=morning(14))
    await world.says("Bram", f"/case {ref}")
    await world.presses("Bram", Verb.MORE)
    await world.presses("Bram", Verb.CLOSE)
    await world.presses("Bram", "Deur op een kier")
    await world.presses("Bram", Verb.SKIP)
    await world.time_passes(to=morning(20))
    [digest] = [each.text for each in world.chat("An") if "Welkom terug, An." in each.text]
    assert digest.lower().count("afgesloten") == 1


async def test_a_digest_waits_for_a_working_day_of_theirs(world: World) -> None:
    """An works from Wednesday to Friday: the digest comes on Wednesday."""
    await covered(world)
    await world.time_passes(to=morning(14))
    await works(world, "An", 2, 3, 4)
    await world.time_passes(to=morning(21))
    assert "Welkom terug" not in world.reads("An")
    await world.time_passes(to=morning(22))
    assert world.reads("An").count("Welkom terug") == 1


async def test_back_sooner(world: World) -> None:
    """An presses "back today" on Wednesday: the leave ended yesterday, Bram hears of it, An reads
    what happened, and the questions are An's again."""
    await covered(world)
    await world.time_passes(to=morning(14))
    await world.presses("Bram", "Niet gesproken")
    await world.time_passes(to=morning(15))
    await world.says("An", "/settings")
    await world.presses("An", Verb.MY_LEAVE)
    await world.presses("An", Verb.ABSENCE)
    await world.presses("An", Verb.CHANGE_AWAY, arg="back")
    assert "Welkom terug, An." in world.reads("An")
    assert "is veranderd: di 14 sep" in world.reads("Bram")


async def test_nothing_happened(world: World) -> None:
    """No case: no brief and no digest."""
    await goes_away(world)
    await world.presses("Bram", Verb.ACCEPT_STAND_IN)
    await world.time_passes(to=morning(21))
    assert "Welkom terug" not in world.reads("An")
    assert "Je vervangt An tot en met" not in world.reads("Bram")


async def test_who_left_meanwhile_is_not_welcomed_back(world: World) -> None:
    """An leaves the team during the leave: nothing more is sent to An."""
    await covered(world)
    await world.time_passes(to=morning(14))
    await world.says("Carla", "/team")
    await world.presses("Carla", Verb.LEAVE_TEAM, person=world.ids["An"])
    await world.presses("Carla", Verb.PICK, arg="yes")
    before = world.count("An")
    await world.time_passes(to=morning(20))
    assert world.count("An") == before


# Working days


async def works(world: World, name: str, *days: int, by: str | None = None) -> None:
    """Let somebody (or a coordinator for them) choose their working days."""
    who = by or name
    if by is None:
        await world.says(who, "/settings")
        await world.presses(who, Verb.WORKS)
    else:
        await world.says(who, "/team")
        await world.presses(who, Verb.MY_LEAVE, person=world.ids[name])
        await world.presses(who, Verb.WORKS, person=world.ids[name])
    for day in {0, 1, 2, 3, 4} - set(days):
        await world.presses(who, Verb.PICK, arg=str(day))
    await world.presses(who, Verb.DONE)


async def person(world: World, name: str) -> people.Person:
    found = await world.read(people.person_by_id, person_id=world.ids[name])
    assert found is not None
    return found


async def test_a_worker_chooses_working_days(world: World) -> None:
    """An works on Monday, Tuesday and Thursday: kept, Carla hears of it, and on Wednesday An has
    no morning list."""
    await works(world, "An", 0, 1, 3)
    assert (await person(world, "An")).works == (0, 1, 3)
    said = "An werkt nu op: maandag, dinsdag, donderdag."
    assert said in world.last("An")
    assert said in world.last("Carla")


async def test_a_coordinator_chooses_them_for_somebody(world: World) -> None:
    """Carla chooses An's days; An hears of it. All days again is no pattern at all."""
    await works(world, "An", 0, by="Carla")
    assert (await person(world, "An")).works == (0,)
    assert "An werkt nu op: maandag." in world.last("An")
    await world.says("An", "/settings")
    await world.presses("An", Verb.WORKS)
    await world.presses("An", Verb.DONE, arg="all")
    assert (await person(world, "An")).works is None


async def test_no_day_at_all_is_refused(world: World) -> None:
    """A pattern has a day at least."""
    await works(world, "An")
    assert "Minstens één dag" in world.last("An")
    assert (await person(world, "An")).works is None


async def test_nobody_chooses_a_colleagues_days(world: World) -> None:
    """Row 25: the button of somebody else's days is a coordinator's."""
    await world.says("Carla", "/team")
    await world.presses("Carla", Verb.MY_LEAVE, person=world.ids["An"])
    _, callback = await world.button(world.user("Carla"), Verb.WORKS, person=world.ids["An"])
    await world.press("Bram", callback)
    assert (await person(world, "An")).works is None


# Leaving, case by case


async def test_a_leaver_hands_the_cases_on_one_by_one(four: World) -> None:
    """An has three cases: the first goes to who is proposed, the second to somebody chosen, the
    third back to be assigned; then An leaves."""
    world = four
    await world.assigned()
    await world.assigned(name="Zoë", text=PEETERS)
    await world.assigned(name="Gust", text=MAES)
    await world.says("An", "/leave")
    await world.presses("An", "Dossiers één voor één")
    assert "hierna nog 2" in world.last("An")
    await world.presses("An", "Bram")
    await world.presses("An", "Iemand anders")
    await world.presses("An", "Dina")
    assert "dit is het laatste" in world.last("An")
    await world.presses("An", "Naar de coördinator")
    assert "Je ene open dossier gaat terug" in world.last("An")
    await world.presses("An", Verb.PICK, arg="yes")
    found = [one.case.worker for one in await world.cases()]
    assert found == [world.ids["Bram"], world.ids["Dina"], None]
    assert "Je bent uit het team" in world.last("An")


async def test_a_coordinator_walks_through_the_leavers_cases(world: World) -> None:
    """Carla marks An as left and goes through An's cases first."""
    await world.assigned()
    await world.says("Carla", "/team")
    await world.presses("Carla", Verb.LEAVE_TEAM, person=world.ids["An"])
    await world.presses("Carla", "Dossiers één voor één")
    await world.presses("Carla", "Bram")
    assert "Is An weg uit het team?" in world.last("Carla")
    await world.presses("Carla", Verb.PICK, arg="yes")
    assert (await world.case()).case.worker == world.ids["Bram"]
    assert (await person(world, "An")).state == "left"


async def test_nobody_walks_through_a_colleagues_cases(world: World) -> None:
    """Row 47: the buttons of An's walk do nothing in Bram's hands."""
    await world.assigned()
    await world.says("An", "/leave")
    await world.presses("An", "Dossiers één voor één")
    _, callback = await world.button(world.user("An"), "Bram")
    await world.press("Bram", callback)
    assert (await world.case()).case.worker == world.ids["An"]


async def test_a_walk_that_is_pressed_twice(world: World) -> None:
    """Row 48: the same button again hands nothing on a second time."""
    await world.assigned()
    await world.says("An", "/leave")
    await world.presses("An", "Dossiers één voor één")
    message_id, callback = await world.button(world.user("An"), "Bram")
    for _ in range(2):
        await world.press("An", callback, message_id=message_id)
    kinds: list[Any] = await world.kinds()
    assert kinds.count("WorkerSet") == 2
    assert (await world.case()).case.worker == world.ids["Bram"]


# An invitation


async def test_an_invitation_is_a_picture_too(world: World) -> None:
    """The link comes with its QR picture, which is as protected as the link."""
    await world.says("Carla", "/invite Fatima")
    await world.presses("Carla", Verb.PICK, arg="worker")
    picture = world.chat("Carla")[-1]
    assert picture.file is not None
    assert picture.file.content.startswith(b"\x89PNG")
    assert "uitnodiging voor Fatima" in picture.text
    assert picture.protected
    assert plain("nl-BE", "invite-qr", name="Fatima") == picture.text
