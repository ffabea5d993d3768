"""`kier procedure …`: the words that an author of procedures types; the rest is `bot.cli`'s.

Each command imports what it needs when it is called. Decides nothing itself.
"""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

procedure = typer.Typer(help="Write, check and try procedure files.", no_args_is_help=True)

Language = Annotated[str, typer.Option("--language", help="nl-BE, nl-NL, en or fr.")]

WRONG = 2
PLACES = ("KIER_DATA_DIR", "KIER_DATABASE_URL", "KIER_KEY_FILE", "KIER_BACKUP_KEY_FILE")
"""The settings that say where a bot's data are: with a copy, all of them are in the copy."""


class Form(StrEnum):
    """How a procedure is shown."""

    TABLE = "table"
    MERMAID = "mermaid"
    PNG = "png"
    SVG = "svg"


@procedure.command()
def new(
    name: Annotated[str, typer.Argument(help="Its key; the file is NAME.yaml.")],
    seed: Annotated[
        str | None, typer.Option("--from", help="Copy one that ships, an example or a file.")
    ] = None,
    language: Language = "nl-BE",
) -> None:
    """Write a procedure file to begin with: three steps, each line explained."""
    from bot import procedure_new

    raise typer.Exit(procedure_new.main(name, seed, language))


@procedure.command()
def check(file: Annotated[Path, typer.Argument(help="A procedure file.")]) -> None:
    """Say every problem of a procedure file, with its line."""
    from bot import procedure_table

    raise typer.Exit(procedure_table.check(file))


@procedure.command()
def show(
    name: Annotated[str, typer.Argument(help="A procedure that ships, or a file.")],
    language: Language = "en",
    as_: Annotated[
        Form, typer.Option("--as", help="A table, Mermaid's text, or a picture.")
    ] = Form.TABLE,
    out: Annotated[Path | None, typer.Option(help="File to write; needed for pictures.")] = None,
) -> None:
    """Print, per step, what comes when; or draw it."""
    if as_ is Form.TABLE:
        from bot import procedure_table

        raise typer.Exit(procedure_table.show(name, language))
    from bot import procedure_picture

    raise typer.Exit(procedure_picture.write(name, language, as_.value, out))


@procedure.command()
def diff(
    old: Annotated[str, typer.Argument(help="One that ships, an example, or a file.")],
    new_: Annotated[str, typer.Argument(metavar="NEW", help="What it is to become.")],
    language: Language = "en",
) -> None:
    """Say what changes for a case; status 0: nothing, 1: something, 2: a file is refused."""
    from bot import procedure_diff

    raise typer.Exit(procedure_diff.main(old, new_, language))


@procedure.command()
def schema() -> None:
    """Print the JSON Schema of procedure files, by which an editor helps while one writes."""
    from scheduler import schema as learned

    typer.echo(learned.as_text(), nl=False)


@procedure.command()
def replay(
    name: Annotated[
        str, typer.Argument(metavar="PROCEDURE", help="The new version: a file, mostly.")
    ],
    data: Annotated[
        Path | None, typer.Option("--data", help="A copy of the data directory; else the bot's.")
    ] = None,
) -> None:
    """Try a new version on the cases of a database; says by reference what differs."""
    from bot import procedure_replay
    from bot.settings import SettingsError, load_settings

    env = dict(os.environ)
    if data is not None:
        if not data.is_dir():
            typer.echo(f"There is no directory {data}: copy the data directory first.", err=True)
            raise typer.Exit(WRONG)
        env = {key: value for key, value in env.items() if key not in PLACES}
        env["KIER_DATA_DIR"] = str(data)
    try:
        settings = load_settings(env)
    except SettingsError as error:
        for problem in error.problems:
            typer.echo(problem, err=True)
        raise typer.Exit(WRONG) from None
    raise typer.Exit(procedure_replay.main(settings, name))
