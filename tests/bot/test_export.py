"""`kier export`: files from the server, beside the bot, each noted before it is written."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pypdf
import pytest

from bot.acts import Export
from bot.export import Order, main
from bot.settings import Settings, load_settings
from storage import access
from storage.tables import access as lines
from tests.bot.places import environment, settings
from tests.world import PERSONAL, World, database, empty_file, file_url, world

__all__ = ["database", "empty_file", "environment", "file_url", "settings", "world"]

ROOT = Path(__file__).parents[2]
CASES = Export(what="cases", form="csv")


async def run(settings: Settings, order: Order) -> int:
    """Run the command as its own process would: beside the loop that serves the bot."""
    return await asyncio.to_thread(main, settings, order)


async def noted(world: World) -> list[tuple[int | None, str, int | None]]:
    """Return all lines of the access log that are about exports."""

    def read(c):
        rows = c.execute(lines.select().order_by(lines.c.seq))
        return [(r.person_id, r.what, r.case_id) for r in rows if r.what.startswith("export")]

    assert await world.read(access.verify_access, team_id=world.team_id) == ()
    return await world.database.read(read)


async def test_cases_go_to_a_file(world: World, settings: Settings, tmp_path: Path):
    """A table without names, mode 0600, noted as the server's own; the bot keeps its database."""
    ref = await world.assigned()
    out = tmp_path / "cases.csv"
    assert await run(settings, Order(act=CASES, out=out)) == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    told = out.read_bytes().decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(told), delimiter=";")
    assert (row["Nummer"], row["Gemeente"]) == (ref, "Ravels")
    assert [word for word in PERSONAL if word in told] == []
    assert await noted(world) == [(None, "export-cases", None)]
    await world.settles()
    assert "Iemand op de server exporteerde 1 dossier zonder namen" in world.last("Carla")
    await world.presses("An", "Niet gesproken")  # the bot goes on
    assert len(await world.answers()) == 2


async def test_a_sheet_with_names_in_french(world: World, settings: Settings, tmp_path: Path):
    """Names only when asked; noted by case, so that who asks `who saw` is told."""
    await world.assigned()
    act = Export(what="cases", form="xlsx", with_names=True)
    out = tmp_path / "cases.xlsx"
    assert await run(settings, Order(act=act, out=out, language="fr")) == 0
    sheet = openpyxl.load_workbook(out).worksheets[0]
    told = {cell.value: below.value for cell, below in zip(sheet[1], sheet[2], strict=True)}
    assert (told["Nom"], told["Suivi par"]) == ("Mia Verbeke", "An")
    stored = await world.case()
    assert await noted(world) == [(None, "export-names", stored.row.id)]
    await world.settles()
    assert "exporteerde 1 dossier met namen" in world.last("Carla")


async def test_attempts_and_a_case(world: World, settings: Settings, tmp_path: Path):
    """JSON for the delivery, with its codes; a case as PDF, by its number however it is typed."""
    ref = await world.assigned()
    await world.presses("An", "Niet gesproken")
    act = Export(what="attempts", form="json")
    more = (("municipality", "0344"), ("supplier", "X"))
    assert await run(settings, Order(act=act, out=tmp_path / "a.json", more=more)) == 0
    made = json.loads((tmp_path / "a.json").read_bytes())
    assert made["leveringen"][0]["gemeentecode"] == "0344"
    assert len(made["leveringen"][0]["vroegsignaalzaken"][0]["contactpogingen"]) == 1
    order = Order(act=Export(what="case"), out=tmp_path / "c.pdf", ref=ref.lower())
    assert await run(settings, order) == 0
    assert "Mia Verbeke" in pypdf.PdfReader(tmp_path / "c.pdf").pages[0].extract_text()
    stored = await world.case()
    assert (None, "export-case", stored.row.id) in await noted(world)


@pytest.mark.parametrize(
    ("order", "status", "said"),
    [
        (Order(act=Export(what="case"), out=Path("c.pdf"), ref="K7QM-4T"), 2, "no case K7QM-4T"),
        (Order(act=Export(what="case"), out=Path("c.pdf"), ref="'; --"), 2, "K7QM-4T"),
        (Order(act=CASES, out=Path("there")), 1, "--force"),
        (Order(act=CASES, out=Path("no/x.csv")), 1, "no directory"),
        (
            Order(act=Export(what="cases", form="csv", last=date(2020, 1, 1)), out=Path("x.csv")),
            2,
            "longer one",
        ),
    ],
)
async def test_what_cannot_be_says_why_and_what_next(
    world: World,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    order: Order,
    status: int,
    said: str,
):
    """Row 82: one sentence, no file, and nothing noted of what was not handed out."""
    await world.assigned()
    (tmp_path / "there").write_bytes(b"old")
    monkeypatch.chdir(tmp_path)
    assert await run(settings, order) == status
    assert said in capsys.readouterr().err
    assert (tmp_path / "there").read_bytes() == b"old"
    assert not (tmp_path / order.out).exists() or order.out == Path("there")
    assert await noted(world) == []


async def test_a_database_that_is_not_there_is_not_made(
    environment: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """A typing slip in a setting makes no empty database, and says where it looked."""
    elsewhere = {**environment, "KIER_DATABASE_URL": f"sqlite:///{tmp_path}/other.db"}
    assert await run(load_settings(elsewhere), Order(act=CASES, out=tmp_path / "x.csv")) == 2
    assert "other.db" in capsys.readouterr().err
    assert not (tmp_path / "other.db").exists()


async def test_the_line_is_there_before_the_file(
    world: World, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Row 82: cancelled half-way: no file, though it may be noted; never a file that is not."""

    def cancelled(handle: int) -> None:
        raise KeyboardInterrupt

    await world.assigned()
    monkeypatch.setattr(os, "fsync", cancelled)
    assert await run(settings, Order(act=CASES, out=tmp_path / "x.csv")) == 130
    assert not [name for name in os.listdir(tmp_path) if "x.csv" in name]
    assert await noted(world) == [(None, "export-cases", None)]


async def test_it_can_go_to_standard_output(
    world: World, environment: dict[str, str], tmp_path: Path
):
    """Row 82: `--out /dev/stdout`: the file and nothing else; the link itself stays what it is."""
    await world.assigned()
    await asyncio.to_thread(redirected_to, environment, tmp_path / "redirected.csv")


def redirected_to(environment: dict[str, str], redirected: Path) -> None:
    kier = [sys.executable, "-c", "from bot.cli import main; main()"]
    command = [*kier, "export", "cases", "--format", "csv", "--out", "/dev/stdout"]
    env = {"PATH": os.environ["PATH"], **environment}
    with redirected.open("wb") as file:
        done = subprocess.run(
            command, cwd=ROOT, env=env, stdout=file, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 0, done.stderr
    assert b"1 case" in done.stderr
    told = redirected.read_bytes()
    assert told.startswith(b"\xef\xbb\xbfNummer;")
    assert told.count(b"\r\n") == 2
    assert Path("/dev/stdout").is_symlink()
