"""`kier …`: words typed in a terminal to the function that does them.

Each command imports what it needs when it is called, so that `kier --help` answers at once and a
broken extra cannot keep `kier run` from starting. Decides nothing itself.
"""

from __future__ import annotations

import os
from datetime import date, datetime
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.procedure_cli import procedure

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
app.add_typer(procedure, name="procedure")
export = typer.Typer(help="Write cases to a file, beside the running bot.", no_args_is_help=True)
app.add_typer(export, name="export")
person = typer.Typer(help="Hand over or erase what is known of a person.", no_args_is_help=True)
app.add_typer(person, name="person")

case = typer.Typer(help="Work on cases without a chat.", no_args_is_help=True)
app.add_typer(case, name="case")

DAY = ["%Y-%m-%d"]
From = Annotated[
    datetime | None, typer.Option("--from", formats=DAY, help="First day, e.g. 2027-07-01.")
]
To = Annotated[datetime | None, typer.Option("--to", formats=DAY, help="Last day, included.")]
Out = Annotated[Path, typer.Option("--out", help="The file; /dev/stdout passes it on.")]
Force = Annotated[bool, typer.Option("--force", help="Put it in place of what is there.")]
Language = Annotated[
    str | None, typer.Option("--language", help="nl-BE, nl-NL, en or fr; else the team's.")
]

By = Annotated[
    str | None, typer.Option("--by", help="Who you are on the team; else its one coordinator.")
]
Ref = Annotated[str, typer.Argument(help="The case's number, e.g. K7QM-4T.")]
Said = Annotated[
    list[str] | None, typer.Argument(help="name=text, as often as needed.", metavar="NAME=TEXT")
]

Refs = Annotated[
    list[str] | None, typer.Option("--ref", help="A case's number; may be said more than once.")
]
Name = Annotated[str, typer.Option("--name", help="First and last name.")]
Phone = Annotated[str, typer.Option("--phone", help="A telephone number, however written.")]
Address = Annotated[str, typer.Option("--address", help="Street, number and municipality.")]


class Role(StrEnum):
    """Who can be invited; a reporter only where the team's intake is `invited`."""

    COORDINATOR = "coordinator"
    WORKER = "worker"
    REPORTER = "reporter"


class Table(StrEnum):
    """How a table of cases is written."""

    XLSX = "xlsx"
    CSV = "csv"


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
    watch: Annotated[
        bool, typer.Option("--watch", help="Again at each change of a story or procedure file.")
    ] = False,
) -> None:
    """Play stories on the real engine and say line by line what held."""
    from bot import rehearse as rehearsal

    if watch:
        from bot import rehearse_watch

        raise typer.Exit(rehearse_watch.main(files, database))
    raise typer.Exit(rehearsal.main(files, database))


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
def handout(
    role: Annotated[Role, typer.Option(help="Whom the sheet is for.")],
    out: Out,
    language: Language = None,
    bot: Annotated[str, typer.Option(help="The bot's user name; else Telegram is asked.")] = "",
    force: Force = False,
) -> None:
    """Make one A4 page that says how to begin, with a QR code that leads to the bot."""
    settings = _settings()
    from bot import handout as sheet

    raise typer.Exit(
        sheet.main(settings, role=role.value, language=language, out=out, bot=bot, force=force)
    )


@export.command("cases")
def export_cases(
    out: Out,
    form: Annotated[Table, typer.Option("--format", help="Of the file.")] = Table.XLSX,
    from_: From = None,
    to: To = None,
    with_names: Annotated[
        bool, typer.Option("--with-names", help="Also names, addresses and phone numbers.")
    ] = False,
    language: Language = None,
    force: Force = False,
) -> None:
    """Write the cases reported in a period as a table; without names unless asked."""
    settings = _settings()
    from bot import export as exporting
    from bot.acts import Export

    act = Export(
        what="cases", form=form.value, first=_day(from_), last=_day(to), with_names=with_names
    )
    order = exporting.Order(act=act, out=out, force=force, language=language)
    raise typer.Exit(exporting.main(settings, order))


@export.command("attempts")
def export_attempts(
    out: Out,
    from_: From = None,
    to: To = None,
    municipality: Annotated[str, typer.Option(help="Its code at CBS, e.g. 0344.")] = "",
    supplier: Annotated[str, typer.Option(help="Code of who delivers.")] = "kier",
    force: Force = False,
) -> None:
    """Write the attempts to reach people as JSON, in the shape of VNG's DDAS model 0.9."""
    settings = _settings()
    from bot import export as exporting
    from bot.acts import Export

    act = Export(what="attempts", form="json", first=_day(from_), last=_day(to))
    more = (("municipality", municipality), ("supplier", supplier))
    order = exporting.Order(act=act, out=out, force=force, more=more)
    raise typer.Exit(exporting.main(settings, order))


@export.command("case")
def export_case(
    ref: Annotated[str, typer.Argument(help="The case's number, e.g. K7QM-4T.")],
    out: Out,
    language: Language = None,
    force: Force = False,
) -> None:
    """Write one case as PDF, to hand over: names, history, what people said."""
    settings = _settings()
    from bot import export as exporting
    from bot.acts import Export

    act = Export(what="case")
    order = exporting.Order(act=act, out=out, force=force, language=language, ref=ref)
    raise typer.Exit(exporting.main(settings, order))


@person.command("export")
def export_person(
    out: Out,
    ref: Refs = None,
    name: Name = "",
    phone: Phone = "",
    address: Address = "",
    language: Language = None,
    force: Force = False,
) -> None:
    """Write all that is known of a person as JSON, and beside it as a text to read."""
    settings = _settings()
    from bot import person as subject
    from bot.handle.subjects import Asked

    asked = Asked(refs=tuple(ref or ()), name=name, phone=phone, address=address)
    raise typer.Exit(subject.export(settings, asked, out, force=force, language=language))


@person.command("erase")
def erase_person(
    ref: Refs = None,
    name: Name = "",
    phone: Phone = "",
    address: Address = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do it; else it is only said.")] = False,
) -> None:
    """Say what is known of a person and would go; with --yes erase it for good."""
    settings = _settings()
    from bot import person as subject
    from bot.handle.subjects import Asked

    asked = Asked(refs=tuple(ref or ()), name=name, phone=phone, address=address)
    raise typer.Exit(subject.erase(settings, asked, yes=yes))


@person.command("forget-code")
def forget_code(
    name: Annotated[str, typer.Argument(help="How the team calls the coordinator.")],
) -> None:
    """Clear a coordinator's security code: they have forgotten it, or somebody else chose it."""
    settings = _settings()
    from bot import person as subject

    raise typer.Exit(subject.forget_code(settings, name))


def _day(typed: datetime | None) -> date | None:
    return typed.date() if typed is not None else None


@app.command()
def figures(
    period: Annotated[
        str, typer.Argument(help="2027-Q3, 2027, 2027-09 or 2027-07-01..2027-09-30; else now.")
    ] = "",
    png: Annotated[
        Path | None, typer.Option("--png", help="Also the charts; more get -2 and -3.")
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
def backup() -> None:
    """Make a backup now, beside the running bot; it makes one every hour by itself."""
    settings = _settings()
    from bot import backup as backing_up

    raise typer.Exit(backing_up.main(settings))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A backup, from the directory of the backups.")],
    force: Annotated[
        bool, typer.Option("--force", help="In place of what is there, which is moved aside.")
    ] = False,
) -> None:
    """Put a backup back, with the bot stopped; on SQLite or PostgreSQL, wherever it was made."""
    settings = _settings()
    from bot import restore as restoring

    raise typer.Exit(restoring.main(settings, file, force=force))


@app.command()
def verify(
    backup: Annotated[
        Path | None, typer.Option("--backup", help="Look at a backup, not at the database.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For a program to read.")] = False,
) -> None:
    """Say whether everything is as it was written: schema, histories, access log, states."""
    settings = _settings()
    from bot import verify as looking

    raise typer.Exit(looking.main(settings, backup=backup, as_json=as_json))


@app.command("rotate-key")
def rotate_key(
    as_json: Annotated[bool, typer.Option("--json", help="For a program to read.")] = False,
) -> None:
    """Seal everything under a new key, with the bot stopped; goes on where it was broken off."""
    settings = _settings()
    from bot import rotate

    raise typer.Exit(rotate.main(settings, as_json=as_json))


@app.command()
def today(by: By = None) -> None:
    """Print the morning list of a coordinator, or of the worker that is named."""
    settings = _settings()
    from bot import terminal

    raise typer.Exit(terminal.Terminal(settings, by).today())


@case.command("list")
def case_list(
    by: By = None, page: Annotated[int, typer.Option(min=1, help="Of a long list.")] = 1
) -> None:
    """Print the open cases: all of them for a coordinator, else one's own."""
    settings = _settings()
    from bot import terminal

    raise typer.Exit(terminal.Terminal(settings, by).list_cases(page))


@case.command("show")
def case_show(
    ref: Ref,
    by: By = None,
    details: Annotated[
        bool, typer.Option("--details", help="Also who it is about; noted in the access log.")
    ] = False,
) -> None:
    """Print where a case stands, what can be answered, and what happened."""
    settings = _settings()
    from bot import terminal

    raise typer.Exit(terminal.Terminal(settings, by).show(ref, details=details))


@case.command("answer")
def case_answer(
    ref: Ref,
    step: Annotated[str, typer.Argument(help="Id of the step, as `kier case show` names it.")],
    answer: Annotated[str, typer.Argument(help="Id of the answer, likewise.")],
    texts: Said = None,
    when: Annotated[str | None, typer.Option(help="2027-02-19, or 2027-02-19 10:00.")] = None,
    note: Annotated[str | None, typer.Option(help="A note in your own words.")] = None,
    reason: Annotated[str | None, typer.Option(help="Why, where that is asked.")] = None,
    to: Annotated[str | None, typer.Option(help="A member's name, to assign.")] = None,
    choice: Annotated[str | None, typer.Option(help="Id of what is chosen.")] = None,
    ticks: Annotated[list[str] | None, typer.Option("--tick", help="Id of what is done.")] = None,
    by: By = None,
) -> None:
    """Answer a step, as by its button."""
    said = _pairs(texts)
    settings = _settings()
    from bot import terminal

    answering = terminal.Answering(
        ref=ref, step=step, answer=answer, when=when, note=note, reason=reason, to=to,
        choice=choice, ticks=tuple(ticks or ()), texts=said,
    )  # fmt: skip
    raise typer.Exit(terminal.Terminal(settings, by).answer(answering))


@case.command("close")
def case_close(
    ref: Ref,
    outcome: Annotated[str, typer.Argument(help="Id of the outcome.")],
    note: Annotated[str | None, typer.Option(help="A note in your own words.")] = None,
    by: By = None,
) -> None:
    """Close a case."""
    settings = _settings()
    from bot import terminal

    raise typer.Exit(terminal.Terminal(settings, by).close(ref, outcome, note))


@case.command("new")
def case_new(
    fields: Said = None,
    procedure: Annotated[str | None, typer.Option(help="The team's first, else.")] = None,
    by: By = None,
) -> None:
    """Report a case: kind=arrears client=… address=… phone=… text=… hearing=2027-02-19."""
    said = _pairs(fields)
    settings = _settings()
    from bot import terminal

    raise typer.Exit(terminal.Terminal(settings, by).new(procedure, said))


def _pairs(typed: list[str] | None) -> dict[str, str]:
    found = {}
    for each in typed or ():
        name, equals, text = each.partition("=")
        if not equals or not name.strip():
            typer.echo(f"{each}: write name=text, in quotes where it holds a space", err=True)
            raise typer.Exit(EXIT_WRONG)
        found[name.strip()] = text.strip()
    return found


@app.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="For a program to read.")] = False,
) -> None:
    """Say what Kier would run on and with, and what is wrong with it; sends nothing."""
    settings = _settings()
    from bot import doctor as visit

    raise typer.Exit(visit.main(settings, as_json=as_json))


@app.command()
def init(
    folder: Annotated[Path, typer.Option("--dir", help="Where the team is to stand.")] = Path(),
    name: Annotated[str | None, typer.Option(help="Of the team.")] = None,
    country: Annotated[str | None, typer.Option(help="For its holidays: BE, NL …")] = None,
    timezone: Annotated[str | None, typer.Option(help="Europe/Brussels …")] = None,
    language: Annotated[str | None, typer.Option(help="nl-BE, nl-NL, en or fr.")] = None,
    hours: Annotated[str | None, typer.Option(help='"mon-thu 9-12:30 13-17, fri 9-12".')] = None,
    procedures: Annotated[
        list[str] | None, typer.Option("--procedure", help="One that ships, or a file.")
    ] = None,
    assignment: Annotated[str | None, typer.Option(help="Who gets a new case.")] = None,
    phone: Annotated[str | None, typer.Option(help="Of the team, for reporters.")] = None,
    token_file: Annotated[
        Path | None, typer.Option("--token-file", help="A file (0600) with BotFather's token.")
    ] = None,
    coordinator: Annotated[str | None, typer.Option(help="Name of the first one.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Ask nothing; answer as JSON.")] = False,
) -> None:
    """Set a team up in a folder: team file, settings, key, service file, first invitation."""
    from bot import init as setting_up

    said = setting_up.Said(
        folder=folder, name=name, country=country, timezone=timezone, language=language,
        hours=hours, procedures=None if procedures is None else tuple(procedures),
        assignment=assignment, phone=phone, token_file=token_file, coordinator=coordinator,
    )  # fmt: skip
    raise typer.Exit(setting_up.main(said, os.environ, as_json=as_json))


def _settings() -> Settings:
    from bot.settings import SettingsError, load_settings

    try:
        return load_settings(os.environ)
    except SettingsError as error:
        for problem in error.problems:
            typer.echo(problem, err=True)
        raise typer.Exit(EXIT_WRONG) from None
