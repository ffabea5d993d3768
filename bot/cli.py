"""`kier …`: words typed in a terminal to the function that does them.

Each command imports what it needs when it is called, so that `kier --help` answers at once and a
broken extra cannot keep `kier run` from starting. Decides nothing itself.
"""

from __future__ import annotations

import os
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.settings import Settings

EXIT_WRONG = 2  # settings or a file that Kier cannot work with; the lines above say what and how

app = typer.Typer(
    name="kier",
    help="Prompts an outreach team on time, by a procedure that is a file.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # they print local variables, and one of these is the token
)
procedure = typer.Typer(help="Read and check procedure files.", no_args_is_help=True)
app.add_typer(procedure, name="procedure")

Force = Annotated[bool, typer.Option("--force", help="Put it in place of what is there.")]
Language = Annotated[
    str | None, typer.Option("--language", help="nl-BE, nl-NL, en or fr; else the team's.")
]


class Role(StrEnum):
    """Who can be invited; a reporter only where the team's intake is `invited`."""

    COORDINATOR = "coordinator"
    WORKER = "worker"
    REPORTER = "reporter"


class Form(StrEnum):
    """How a procedure is shown."""

    TABLE = "table"
    MERMAID = "mermaid"
    PNG = "png"
    SVG = "svg"


def main() -> None:
    """Run the command that was typed; the exit status is the command's."""
    app()


@app.callback(invoke_without_command=True)
def kier(
    show_version: Annotated[
        bool, typer.Option("--version", is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Prompts an outreach team on time, by a procedure that is a file."""
    if show_version:
        typer.echo(f"kier {version('kier')}")
        raise typer.Exit


@app.command()
def run() -> None:
    """Serve a team on Telegram until stopped. Settings come from the environment."""
    settings = _settings()
    from bot import assemble

    raise typer.Exit(assemble.run(settings))


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Port of the page, on this machine only.")] = 8080,
    open_page: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the page in the browser.")
    ] = True,
    language: Annotated[str, typer.Option(help="nl-BE, nl-NL, en or fr.")] = "nl-BE",
) -> None:
    """Play all roles in the browser, without Telegram."""
    from bot.sandbox import demo as sandbox

    raise typer.Exit(sandbox.main(port=port, open_page=open_page, language=language))


@app.command()
def rehearse(
    files: Annotated[list[Path], typer.Argument(help="Stories, one or more.")],
    database: Annotated[
        str | None, typer.Option(help="Where to play; an empty SQLite file when left out.")
    ] = None,
) -> None:
    """Play stories on the real engine and say line by line what held."""
    from bot import rehearse as rehearsal

    raise typer.Exit(rehearsal.main(files, database))


@procedure.command()
def check(file: Annotated[Path, typer.Argument(help="A procedure file.")]) -> None:
    """Say every problem of a procedure file, with its line."""
    from bot import procedure_table

    raise typer.Exit(procedure_table.check(file))


@procedure.command()
def show(
    name: Annotated[str, typer.Argument(help="A procedure that ships, or a file.")],
    language: Annotated[str, typer.Option(help="nl-BE, nl-NL, en or fr.")] = "en",
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


@app.command()
def invite(
    role: Annotated[Role, typer.Option(help="What the person may do.")],
    name: Annotated[str, typer.Option(help="How the team calls the person.")],
) -> None:
    """Print a link, valid once, by which a person joins the team."""
    settings = _settings()
    from bot import invite as invitation

    raise typer.Exit(invitation.main(settings, role=role.value, name=name))


@app.command()
def figures(
    period: Annotated[
        str, typer.Argument(help="2027-Q3, 2027, 2027-09 or 2027-07-01..2027-09-30; else now.")
    ] = "",
    png: Annotated[
        Path | None, typer.Option("--png", help="Also the charts; a second one gets -2.")
    ] = None,
    language: Language = None,
    force: Force = False,
) -> None:
    """Print what the reports of a period came to, each figure with what it counts."""
    settings = _settings()
    from bot import figures_table

    order = figures_table.Order(period=period, png=png, language=language, force=force)
    raise typer.Exit(figures_table.main(settings, order))


@app.command()
def doctor() -> None:
    """Say what Kier would run on and with, and what is wrong with it; sends nothing."""
    settings = _settings()
    from bot import doctor as visit

    raise typer.Exit(visit.main(settings))


def _settings() -> Settings:
    from bot.settings import SettingsError, load_settings

    try:
        return load_settings(os.environ)
    except SettingsError as error:
        for problem in error.problems:
            typer.echo(problem, err=True)
        raise typer.Exit(EXIT_WRONG) from None
