from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import pytest

from storage import buttons, drafts, teams
from tests.storage.conftest import NOW, Store
from tests.storage.test_outbox import put_case, put_worker

HOUR = timedelta(hours=1)


def put_prompt(store: Store, team_id: int, case_id: int, step: str = "phone_w1") -> int:
    return store.write(buttons.put_prompt, team_id, case_id, None, step, "ask", None, NOW)


def test_a_callback_is_random_and_fits(store: Store, team_id: int) -> None:
    """At least 96 random bits, 1-64 bytes, nothing in clear (S2)."""
    made = set(store.write(buttons.put_buttons, team_id, None, [{"do": "a"}] * 50, NOW))
    assert len(made) == 50
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", callback) for callback in made)


def test_a_press_means_what_was_put_in_its_own_team_only(store: Store, team_id: int) -> None:
    """An unknown callback, or another team's, means nothing, whatever it holds (S2, row 46)."""
    mia = put_worker(store, team_id, 1)
    prompt_id = put_prompt(store, team_id, put_case(store, team_id, mia))
    intent = {"answer": "not_reached", "case": 3}
    (callback,) = store.write(buttons.put_buttons, team_id, mia, [intent], NOW, prompt_id)
    found = store.read(buttons.button, team_id, callback)
    assert found == buttons.Button(
        id=callback,
        team_id=team_id,
        person_id=mia,
        prompt_id=prompt_id,
        intent=intent,
        created_at=NOW,
    )
    other = store.write(teams.put_team, f"other {team_id}", {}, NOW)
    assert store.read(buttons.button, other, callback) is None
    for sent in ("", "x" * 65, "x" * 10**6, "\0", "\ud800", "é", callback.lower(), "' OR 1=1 --"):
        assert store.read(buttons.button, team_id, sent) is None


def test_a_prompt_is_closed_once(store: Store, team_id: int) -> None:
    """An answer counts on an open prompt only; the second press finds it closed (S4, P6)."""
    prompt_id = put_prompt(store, team_id, put_case(store, team_id))
    found = store.read(buttons.prompt, prompt_id)
    assert found is not None and found.is_open

    async def press() -> list[bool]:
        unit = [(lambda c: buttons.close_prompt(c, prompt_id, NOW + HOUR)) for _ in range(8)]
        return await asyncio.gather(*map(store.database.write, unit))

    assert sorted(store.run(press())) == [False] * 7 + [True]
    found = store.read(buttons.prompt, prompt_id)
    assert found is not None and (found.is_open, found.closed_at) == (False, NOW + HOUR)


def test_the_prompts_of_a_step_are_closed_together(store: Store, team_id: int) -> None:
    """Closing a step gives every message that still shows its buttons; other steps stay open."""
    case_id = put_case(store, team_id)
    one, two = (put_prompt(store, team_id, case_id) for _ in range(2))
    other = put_prompt(store, team_id, case_id, "visit_1")
    assert [p.id for p in store.read(buttons.open_prompts, case_id)] == [one, two, other]
    assert [p.id for p in store.read(buttons.open_prompts, case_id, "visit_1")] == [other]
    closed = store.write(buttons.close_prompts, case_id, "phone_w1", NOW)
    assert [p.id for p in closed] == [one, two]
    assert store.write(buttons.close_prompts, case_id, "phone_w1", NOW) == ()
    assert [p.id for p in store.write(buttons.close_prompts, case_id, None, NOW)] == [other]


def test_what_waits_for_a_person_is_known(store: Store, team_id: int) -> None:
    """`/today` shows the open prompts of one person."""
    mia, tom = put_worker(store, team_id, 1), put_worker(store, team_id, 2)
    case_id = put_case(store, team_id, mia)
    mine = store.write(buttons.put_prompt, team_id, case_id, mia, "a", "ask", None, NOW)
    store.write(buttons.put_prompt, team_id, case_id, tom, "a", "ask", None, NOW)
    assert [p.id for p in store.read(buttons.open_prompts_of, mia)] == [mine]


def test_old_buttons_go_but_not_those_of_an_open_prompt(store: Store, team_id: int) -> None:
    """A button of an open prompt works after sixty days; others are purged (row 49)."""
    prompt_id = put_prompt(store, team_id, put_case(store, team_id))
    (kept,) = store.write(buttons.put_buttons, team_id, None, [{}], NOW, prompt_id)
    (old,) = store.write(buttons.put_buttons, team_id, None, [{}], NOW)
    (new,) = store.write(buttons.put_buttons, team_id, None, [{}], NOW + HOUR)
    assert store.write(buttons.purge_buttons, team_id, NOW + HOUR) == 1
    assert store.read(buttons.button, team_id, old) is None
    assert store.read(buttons.button, team_id, kept) and store.read(buttons.button, team_id, new)
    store.write(buttons.close_prompt, prompt_id, NOW)
    assert store.write(buttons.purge_buttons, team_id, NOW + HOUR) == 1


def test_a_conversation_survives_and_ends(store: Store, team_id: int) -> None:
    """Dialogue state is kept per person, replaced, found when stale, dropped (row 37)."""
    assert store.read(drafts.dialogue, team_id, 5) is None
    store.write(drafts.put_dialogue, team_id, 5, {"name": "Mia \0"}, NOW)
    store.write(drafts.put_dialogue, team_id, 5, {"name": "Mia", "step": 2}, NOW + HOUR)
    assert store.read(drafts.dialogue, team_id, 5) == {"name": "Mia", "step": 2}
    mine = [d for d in store.read(drafts.stale_dialogues, NOW + 2 * HOUR) if d.team_id == team_id]
    assert [(d.user_id, d.updated_at) for d in mine] == [(5, NOW + HOUR)]
    stale = store.read(drafts.stale_dialogues, NOW + HOUR)
    assert team_id not in {d.team_id for d in stale}
    store.write(drafts.drop_dialogue, team_id, 5)
    assert store.read(drafts.dialogue, team_id, 5) is None


@pytest.mark.parametrize("table", ["dialogue", "outbox", "inbox"])
def test_what_people_wrote_is_not_readable_in_the_database(
    store: Store, team_id: int, table: str
) -> None:
    """Raw updates, dialogue states and outgoing texts are sealed at rest (design, Data)."""
    from storage import inbox, outbox
    from tests.storage.test_outbox import row

    store.write(drafts.put_dialogue, team_id, 5, {"name": "Canary"}, NOW)
    store.write(inbox.store, team_id, [b'{"update_id": 1, "text": "Canary"}'], NOW)
    store.write(outbox.put, row(team_id, payload={"text": "Canary"}), NOW)
    column = {"dialogue": "state", "outbox": "payload", "inbox": "raw"}[table]
    raw = store.read(
        lambda c: c.exec_driver_sql(
            f"SELECT {column} FROM {table} WHERE team_id = {int(team_id)}"  # noqa: S608 - ours
        ).scalar()
    )
    assert len(bytes(raw)) > 50 and b"Canary" not in bytes(raw)
