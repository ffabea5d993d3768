"""What the environment and the team file may say, and what Kier refuses (bad_inputs 74)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import namedtuple
from datetime import date, time
from pathlib import Path

import pytest

from bot.settings import TELEGRAM_ORIGIN, Settings, SettingsError, load_settings
from bot.team import Assignment, Intake, Language, Retention
from bot.yaml_file import SIZE_MAX_BYTES

# has a token's form; put together here so that no file holds one
TOKEN = "110042" + ":" + "Zq7" * 12
SECRET = "Zq7Zq7"

TEAM = """\
name: OCMW Ravels
country: BE
timezone: Europe/Brussels
language: nl-BE
procedures: [own.yaml]
intake: invited
hours: {mon-thu: ["09:00-12:00", "13:00-17:00"], fri: ["09:00-12:30"]}
closed: [2027-11-02]
open: [2027-05-15]
half_days: {2027-12-24: ["09:00-12:00"]}
coordinators: [110042]
assignment: claim
phone: "014 00 00 00"
overrides:
  own: {call: {nudge: none}, note: {title: {en: a note}}}
retention: {after_closing_months: 12, unused_reports_weeks: 4}
"""
SMALL = "name: A\ncountry: NL\ntimezone: Europe/Amsterdam\nlanguage: en\nprocedures: [own.yaml]\n"


@pytest.fixture
def env(tmp_path: Path, own_procedure: str) -> dict[str, str]:
    """The least that Kier starts with."""
    (tmp_path / "own.yaml").write_text(own_procedure)
    (tmp_path / "team.yaml").write_text(SMALL)
    return {
        "KIER_TOKEN": TOKEN,
        "KIER_DATA_DIR": str(tmp_path / "data"),
        "KIER_TEAM_FILE": str(tmp_path / "team.yaml"),
    }


def problems(env: dict[str, str]) -> list[str]:
    """Return what is wrong; each is one line, and none gives a secret away (P19)."""
    with pytest.raises(SettingsError) as caught:
        load_settings(env)
    assert all(len(problem.splitlines()) == 1 for problem in caught.value.problems)
    assert SECRET not in str(caught.value)
    return list(caught.value.problems)


def problem(env: dict[str, str]) -> str:
    [only] = problems(env)
    return only


def team_problem(env: dict[str, str], old: str, new: str) -> str:
    content = SMALL + 'hours: {mon-fri: ["09:00-17:00"]}\n'
    assert old in content
    Path(env["KIER_TEAM_FILE"]).write_text(content.replace(old, new))
    return problem(env)


# What holds


def test_defaults(env: dict[str, str], tmp_path: Path):
    """Telegram's own origin, an SQLite file and a key in the data directory (issue, item 9)."""
    settings = load_settings(env)
    assert settings.api_url == TELEGRAM_ORIGIN
    assert settings.database_url == f"sqlite:///{tmp_path}/data/kier.sqlite"
    assert settings.key_file == tmp_path / "data" / "kier.key"
    assert settings.team_file == tmp_path / "team.yaml"
    assert settings.token.get_secret_value() == TOKEN


def test_the_data_directory_is_made_for_its_owner_only(env: dict[str, str]):
    """Nobody else on the machine reads the database (S25)."""
    assert load_settings(env).data_dir.stat().st_mode & 0o777 == 0o700


def test_the_data_directory_is_data_where_kier_was_started(
    env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Without KIER_DATA_DIR all is kept in ./data; an empty variable counts as not set."""
    monkeypatch.chdir(tmp_path)
    assert load_settings(env | {"KIER_DATA_DIR": ""}).data_dir == tmp_path / "data"


def test_team_defaults(env: dict[str, str]):
    """What a team leaves out has the TEAM default: Monday to Friday 09:00 to 17:00 (1.1)."""
    team = load_settings(env).team
    assert team.calendar.hours == (((time(9), time(17)),),) * 5 + ((),) * 2
    assert (team.intake, team.assignment) == (Intake.OPEN, Assignment.COORDINATOR)
    assert (team.coordinators, team.phone, dict(team.overrides)) == ((), None, {})
    assert team.retention == Retention(
        after_closing_months=6,
        unused_reports_weeks=6,
        inbox_days=7,
        outbox_days=30,
        access_log_months=24,
    )


def test_a_whole_team_file(env: dict[str, str], tmp_path: Path):
    """Every key of design 6 arrives, the team's own procedure as a path beside the file."""
    (tmp_path / "team.yaml").write_text(TEAM)
    team = load_settings(env).team
    morning, afternoon = (time(9), time(12)), (time(13), time(17))
    assert team.name == "OCMW Ravels"
    assert team.language is Language.NL_BE
    assert (team.calendar.country, team.calendar.timezone) == ("BE", "Europe/Brussels")
    assert team.calendar.hours[3:5] == ((morning, afternoon), ((time(9), time(12, 30)),))
    assert team.calendar.closed == {date(2027, 11, 2)}
    assert team.calendar.open == {date(2027, 5, 15)}
    assert team.calendar.half_days == ((date(2027, 12, 24), (morning,)),)
    assert team.procedures == (str(tmp_path / "own.yaml"),)
    assert (team.intake, team.assignment) == (Intake.INVITED, Assignment.CLAIM)
    assert (team.coordinators, team.phone) == ((110042,), "014 00 00 00")
    assert team.overrides["own"] == {
        "call": {"nudge": "none"},
        "note": {"title": {"en": "a note"}},
    }
    assert team.retention == Retention(after_closing_months=12, unused_reports_weeks=4)


def test_a_team_cannot_be_changed(env: dict[str, str], tmp_path: Path):
    """Settings are a value: nothing that runs can change them, not even deep inside."""
    (tmp_path / "team.yaml").write_text(TEAM)
    overrides = load_settings(env).team.overrides
    with pytest.raises(TypeError):
        overrides["own"]["call"]["nudge"] = "usual"


def test_no_repr_holds_a_secret(env: dict[str, str]):
    """Token and database password stay out of every log line that prints the settings (P19)."""
    url = f"postgresql://kier:{SECRET}@localhost/kier"
    settings = load_settings(env | {"KIER_DATABASE_URL": url})
    assert SECRET not in repr(settings) + str(settings)
    assert settings.database_url == url


@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_the_token_from_a_file(env: dict[str, str], tmp_path: Path, ending: str):
    """A file of its owner's (S25), as systemd hands secrets; one line break may follow."""
    del env["KIER_TOKEN"]
    env["KIER_TOKEN_FILE"] = secret_file(tmp_path / "token", TOKEN + ending)
    assert load_settings(env).token.get_secret_value() == TOKEN


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("sqlite:///{}/a.sqlite", "sqlite:///{}/a.sqlite"),
        ("sqlite+aiosqlite:///{}/a.sqlite", "sqlite:///{}/a.sqlite"),
        ("postgresql://u:p@localhost:5432/kier", "postgresql://u:p@localhost:5432/kier"),
        ("postgres://u@localhost/kier", "postgresql://u@localhost/kier"),
        ("postgresql+asyncpg:///kier?host=/run/pg", "postgresql:///kier?host=/run/pg"),
    ],
)
def test_databases_that_hold(env: dict[str, str], tmp_path: Path, given: str, meant: str):
    """People copy addresses with and without a driver; storage gets one form."""
    env["KIER_DATABASE_URL"] = given.replace("{}", str(tmp_path))
    assert load_settings(env).database_url == meant.replace("{}", str(tmp_path))


def test_another_api(env: dict[str, str]):
    """The sandbox, or a Bot API server of the team's own; the origin without /bot (design 6)."""
    env["KIER_API_URL"] = "http://127.0.0.1:8081/"
    assert load_settings(env).api_url == "http://127.0.0.1:8081"


# What does not: the environment


def test_all_problems_at_once():
    """Whoever sets Kier up mends everything in one go (issue, item 9)."""
    found = problems(
        {
            "KIER_DATA_DIR": "/dev/null",
            "KIER_API_URL": "telegram",
            "KIER_DATABASE_URL": "mysql://x",
            "KIER_TEAM_FILE": "/nowhere/team.yaml",
        }
    )
    assert [line.split(":")[0] for line in found] == [
        "KIER_DATA_DIR",
        "KIER_TOKEN",
        "KIER_API_URL",
        "KIER_DATABASE_URL",
        "KIER_TEAM_FILE",
    ]


def test_nothing_set(tmp_path: Path):
    """bad_inputs 74, token missing: the line says where to get one."""
    found = problems({"KIER_DATA_DIR": str(tmp_path)})
    assert [line.split(";")[0] for line in found] == [
        "KIER_TOKEN: is not set",
        "KIER_TEAM_FILE: is not set",
    ]


@pytest.mark.parametrize(
    ("token", "why"),
    [
        (TOKEN + "\n", "holds a line break"),
        (TOKEN[:9] + "\n" + TOKEN[9:], "holds a line break"),
        (" " + TOKEN, "begins or ends with a space"),
        ("YOUR_TOKEN", "the example of a manual"),
        ("<token>", "the example of a manual"),
        ("changeme", "the example of a manual"),
        ("123456:ABC-DEF" + "1234ghIkl-zyx57W2v1u123ew11", "the example of a manual"),
        ("123456789:" + "x" * 35, "the example of a manual"),
        ("bot" + TOKEN, "is not a bot's token"),
        (TOKEN[:20], "is not a bot's token"),
        (TOKEN.replace(":", ";"), "is not a bot's token"),
        (f"https://api.telegram.org/bot{TOKEN}", "is not a bot's token"),
    ],
)
def test_wrong_tokens(env: dict[str, str], token: str, why: str):
    """bad_inputs 74, token of a wrong form, with a newline, a placeholder; never printed."""
    assert why in problem(env | {"KIER_TOKEN": token})


def test_two_tokens(env: dict[str, str], tmp_path: Path):
    """Kier does not guess which one is meant."""
    env["KIER_TOKEN_FILE"] = secret_file(tmp_path / "token", TOKEN)
    assert problem(env) == "KIER_TOKEN, KIER_TOKEN_FILE: both are set; keep one of them"


SECRET_FILES = ["KIER_TOKEN_FILE", "KIER_KEY_FILE", "KIER_BACKUP_KEY_FILE"]


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o602])
@pytest.mark.parametrize("name", SECRET_FILES)
def test_secrets_open_to_others(env: dict[str, str], tmp_path: Path, name: str, mode: int):
    """bad_inputs 74, a world-readable file; S25. The line is the command that mends it."""
    file = tmp_path / "secret"
    file.write_text(TOKEN)
    file.chmod(mode)
    env.pop("KIER_TOKEN" if name == "KIER_TOKEN_FILE" else "", None)
    assert problem(env | {name: str(file)}).endswith(f"chmod 600 {file}")


@pytest.mark.parametrize("name", SECRET_FILES)
def test_secrets_that_are_no_files(env: dict[str, str], tmp_path: Path, name: str):
    """bad_inputs 74, a directory in place of a file; also empty, binary, too large, a device."""
    env.pop("KIER_TOKEN" if name == "KIER_TOKEN_FILE" else "", None)
    contents = {"empty": b"\n", "binary": b"\xff\xfe", "large": b"x" * 5000}
    for kind, content in contents.items():
        (tmp_path / kind).write_bytes(content)
        (tmp_path / kind).chmod(0o600)
    expected = {
        str(tmp_path): "is a directory, and a file is needed",
        str(tmp_path / "empty"): "is empty",
        str(tmp_path / "binary"): "does not hold text",
        str(tmp_path / "large"): "is too large to be what it should be",
        "/dev/null": "is not a plain file",
    }
    for path, why in expected.items():
        assert problem(env | {name: path}) == f"{name}: {path} {why}"


def test_a_token_file_that_is_not_there(env: dict[str, str], tmp_path: Path):
    """Nothing makes a token file but people."""
    del env["KIER_TOKEN"]
    env["KIER_TOKEN_FILE"] = str(tmp_path / "no")
    assert problem(env) == f"KIER_TOKEN_FILE: there is no file {tmp_path}/no"


def test_a_key_file_that_is_not_there(env: dict[str, str], tmp_path: Path):
    """It is made when the database is empty (design 6), so only its directory is looked at."""
    env["KIER_KEY_FILE"] = str(tmp_path / "kier.key")
    assert load_settings(env).key_file == tmp_path / "kier.key"
    env["KIER_KEY_FILE"] = str(tmp_path / "no" / "kier.key")
    assert problem(env).startswith(f"KIER_KEY_FILE: there is no directory {tmp_path}/no")


def test_where_backups_go(env: dict[str, str], tmp_path: Path):
    """In the data directory, or on another disk that is named; a place that is none is told."""
    found = load_settings(env)
    assert found.backup_dir == found.data_dir / "backups"
    assert found.backup_key_file == found.data_dir / "backup.key"
    env["KIER_BACKUP_DIR"] = str(tmp_path / "disk" / "kier")
    assert load_settings(env).backup_dir == tmp_path / "disk" / "kier"
    (tmp_path / "file").write_text("")
    env["KIER_BACKUP_DIR"] = str(tmp_path / "file")
    assert problem(env).startswith(f"KIER_BACKUP_DIR: {tmp_path}/file is a file")


def test_a_file_in_place_of_the_data_directory(env: dict[str, str], tmp_path: Path):
    """bad_inputs 74, the other way round."""
    (tmp_path / "data").write_text("")
    assert "is a file, and a directory is needed" in problem(env)


def test_a_data_directory_open_to_everybody(env: dict[str, str]):
    """S25: the key lies in it, closed itself, and could be replaced."""
    place = Path(env["KIER_DATA_DIR"])
    place.mkdir(parents=True, exist_ok=True)
    place.chmod(0o777)
    assert problems(env) == [
        f"KIER_DATA_DIR: everybody on this machine may write to {place}; chmod 700 {place}"
    ]
    place.chmod(0o750)
    load_settings(env)


def test_a_read_only_directory(env: dict[str, str], tmp_path: Path):
    """bad_inputs 74, read-only: found before the first report, not by it (P14)."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    # root may write everywhere but where the kernel itself makes the files
    path = closed if os.geteuid() else Path("/sys")
    assert f"KIER_DATA_DIR: {path} cannot be written to" in problem(
        env | {"KIER_DATA_DIR": str(path)}
    )


def test_no_space(env: dict[str, str], monkeypatch: pytest.MonkeyPatch):
    """bad_inputs 74, no space: Kier says so at start, with the figure."""
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 10**9, 3 * 2**20))
    assert "has 3 MB left and Kier needs 64" in problem(env)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("kier.sqlite", "is not a database that Kier knows"),
        ("mysql://u:Zq7Zq7@h/d", "is not a database that Kier knows"),
        ("postgresql://u:Zq7Zq7@h:99999/d", "is not a database that Kier knows"),
        ("postgresql://u:Zq7Zq7@[h/d", "is not a database that Kier knows"),
        ("postgresql://u:Zq7Zq7@h/d d", "is not a database that Kier knows"),
        ("postgresql://u:Zq7Zq7@h", "host or name of the database is missing"),
        ("postgresql:///kier", "host or name of the database is missing"),
        ("postgresql+psycopg2://u:Zq7Zq7@h/d", "leave out the driver"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("sqlite://kier.sqlite", "names no file"),
        ("sqlite:////", "is a directory, and a file is needed"),
        ("sqlite:////nowhere/at/all/kier.sqlite", "there is no directory /nowhere/at/all"),
    ],
)
def test_wrong_databases(env: dict[str, str], url: str, why: str):
    """bad_inputs 74, DB URL wrong; the password in it is never printed."""
    assert why in problems(env | {"KIER_DATABASE_URL": url})[0]


@pytest.mark.parametrize(
    "url",
    [
        "telegram",
        "ftp://h",
        "https://",
        "https://h:0x1",
        "https://h/bot",
        "https://u@h",
        "http://h h",
    ],
)
def test_wrong_origins(env: dict[str, str], url: str):
    """KIER_API_URL is an origin: scheme, host and port."""
    assert problem(env | {"KIER_API_URL": url}).startswith("KIER_API_URL: ")


def test_a_misspelt_setting(env: dict[str, str]):
    """bad_inputs 74, unknown key; variables that a container platform sets are let be."""
    env |= {"KIER_DATABSE_URL": "x", "KIER_SERVICE_HOST": "10.0.0.1"}
    assert (
        problem(env)
        == "KIER_DATABSE_URL: there is no such setting; did you mean KIER_DATABASE_URL?"
    )


# What does not: the team file


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("name: A", "name: ' '", "line 1: name: one line of text is needed"),
        (
            "hours",
            "intke: open\nhours",
            "line 6: intke: there is no such key; did you mean intake?",
        ),
        ("name: A", "name: 12", "line 1: name: text is needed; put it in quotes"),
        ("NL", "NO", 'line 2: country: put it in quotes: YAML reads NO as "no"'),
        ("NL", "Holland", "line 2: country: two capitals are needed, e.g. BE or NL"),
        ("NL", "XX", "line 2: country: 'XX' is not known"),
        ("Europe/Amsterdam", "Amsterdam", "line 3: timezone: 'Amsterdam' is not known"),
        ("language: en", "language: de", "line 4: language: write 'nl-BE', 'nl-NL', 'en' or 'fr'"),
        ("[own.yaml]", "own.yaml", "line 5: procedures: a list is needed"),
        ("[own.yaml]", "[]", "line 5: procedures: must not be empty"),
        (
            "[own.yaml]",
            "[no.yaml]",
            "line 5: procedures no.yaml, file: there is no procedure of that name",
        ),
        ("[own.yaml]", "[../x]", "line 5: procedures ../x, file: there is no procedure of that"),
        ("[own.yaml]", "[own.yaml, own.yaml]", "line 5: procedures own.yaml: stands there twice"),
        ("09:00-17:00", "22:00-06:00", "line 6: hours mon-fri: 22:00-06:00 does not end later"),
        ("09:00-17:00", "09:00-25:00", "line 6: hours mon-fri: '09:00-25:00' is not a block"),
        ('["09:00-17:00"]', "[12:00]", "line 6: hours mon-fri: 720 is not text"),
        ('["09:00-17:00"]', "[]", "line 6: hours: no weekday is open"),
        ("mon-fri", "mo-fr", "line 6: hours mo-fr: write a weekday or a range"),
        ("hours", "closed: ['2027-11-02']\nhours", "line 6: closed no. 1: a date is needed"),
        ("hours", "closed: [2027-11-02 10:00]\nhours", "line 6: closed no. 1: a date is needed"),
        (
            "hours",
            "half_days: {2027-12-24: 9}\nhours",
            "line 6: half_days 2027-12-24: 9 is not a list",
        ),
        ("hours", "coordinators: [-1]\nhours", "line 6: coordinators no. 1: must be greater"),
        (
            "hours",
            "coordinators: [4503599627370497]\nhours",
            "line 6: coordinators no. 1: must be",
        ),
        ("hours", "coordinators: [1, 1]\nhours", "line 6: coordinators 1: stands there twice"),
        ("hours", "phone: 014000000\nhours", "line 6: phone: text is needed; put it in quotes"),
        ("hours", "phone: bel ons\nhours", "line 6: phone: a phone number in quotes is needed"),
        ("hours", "overrides: {own: 1}\nhours", "line 6: overrides own: indented"),
        (
            "hours",
            "retention: {after_closing_months: 0}\nhours",
            "line 6: retention after_closing",
        ),
        (
            "hours",
            "retention: {inbox_days: 1}\nhours",
            "line 6: retention inbox_days: must be greater than or equal to 2",
        ),
        (
            "hours",
            "retention: {access_log_month: 24}\nhours",
            "line 6: retention access_log_month: there is no such key; did you mean access_log",
        ),
        ("hours", "token: Zq7Zq7\nhours", "line 6: token: there is no such key"),
        ("hours", "1: x\nhours", "line 6: no. 2: there is no such key"),
        ("name: A", "name: A\nname: B", "line 2: name stands here a second time"),
        ("name: A", "name: &a A", "line 1: an anchor (&) is not used here"),
        ("name: A", "\tname: A", "line 1: a tab stands here"),
    ],
)
def test_wrong_team_files(env: dict[str, str], old: str, new: str, why: str):
    """bad_inputs 72 and 74: unknown keys, wrong hours, zones and YAML's traps, with their line."""
    assert f"team.yaml, {why}" in team_problem(env, old, new)


def test_a_day_both_closed_and_open(env: dict[str, str]):
    """The line is that of the closed day."""
    days = "closed:\n  - 2027-11-01\n  - 2027-11-02\nopen: [2027-11-02]\nhours"
    assert team_problem(env, "hours", days).startswith("team.yaml, line 8: closed 2027-11-02")


def test_overrides_that_do_not_fit(env: dict[str, str], tmp_path: Path):
    """A team changes TEAM defaults only (procedures 5): each refusal has the team file's line."""
    overrides = """\
overrides:
  own:
    call: {due: 3 working days}
    cal: {due: 3 working days}
    note:
      due: W2 close
  ravels: {}
"""
    (tmp_path / "team.yaml").write_text(SMALL + overrides)
    found = problems(env)
    assert [line.split(":")[0] for line in found] == [f"team.yaml, line {n}" for n in (9, 11, 12)]
    assert "overrides own cal: there is no step 'cal'" in found[0]
    assert "overrides own note due: this time is the seed's, not the team's" in found[1]
    assert "overrides ravels: is not among procedures" in found[2]


def test_a_procedure_of_the_teams_own_that_is_wrong(
    env: dict[str, str], tmp_path: Path, own_procedure: str
):
    """bad_inputs 72: refused at start, with the line in the team file and in the procedure's."""
    (tmp_path / "own.yaml").write_text(own_procedure.replace("due: W3 close", "due: W3 midnight"))
    line = own_procedure.split("due: W3 close")[0].count("\n") + 1
    found = problems(env)
    assert f"team.yaml, line 5: procedures own.yaml, line {line}, steps.note.due" in "\n".join(
        found
    )


def test_the_example_of_the_design(env: dict[str, str], tmp_path: Path):
    """The team file that design 6 shows is one that holds."""
    example = TEAM.replace("[own.yaml]", "[ravels]").split("overrides:")[0] + (
        "overrides:\n"
        "  ravels: {visit_1: {nudge: false}, three_month_check: {active: true}}\n"
        "retention: {after_closing_months: 6, unused_reports_weeks: 6}\n"
    )
    (tmp_path / "team.yaml").write_text(example)
    assert load_settings(env).team.procedures == ("ravels",)


def test_all_that_is_wrong_in_a_team_file(env: dict[str, str], tmp_path: Path):
    """Shape and sense are looked at in one go, in the order of the file."""
    (tmp_path / "team.yaml").write_text("country: XX\nlanguage: 1\nhours: {mon: [9]}\nopen: 3\n")
    lines = [line.split(":")[0].split(" ")[-1] for line in problems(env)]
    assert lines == ["1", "1", "1", "1", "2", "3", "4"]


@pytest.mark.parametrize(
    "content", [b"", b"a", b"- a", b"42", b"\xff", b"a: \x00", b"[" * 100_000]
)
def test_files_that_are_no_team(env: dict[str, str], tmp_path: Path, content: bytes):
    """bad_inputs 72: empty, no mapping, no text, a bomb."""
    (tmp_path / "team.yaml").write_bytes(content)
    assert problem(env).startswith("team.yaml, line 1: ")


def test_a_large_team_file(env: dict[str, str], tmp_path: Path):
    """bad_inputs 72: never read as a whole."""
    (tmp_path / "team.yaml").write_bytes(b"#" * (SIZE_MAX_BYTES + 10))
    assert problem(env) == "team.yaml, line 1: larger than 64 kB"


@pytest.mark.parametrize("path", ["/dev/zero", "/"])
def test_a_team_file_that_is_no_file(env: dict[str, str], path: str):
    """bad_inputs 74: a directory in place of the file, or a device without end."""
    assert problem(env | {"KIER_TEAM_FILE": path}) == f"KIER_TEAM_FILE: {path} is not a file"


# At the command line


def test_exit_status_2_one_line_each_no_token(env: dict[str, str], tmp_path: Path):
    """All problems at once, one line each, exit status 2, no token printed (P19)."""
    del env["KIER_TEAM_FILE"]
    bad = env | {"KIER_TOKEN": TOKEN + "\n", "PATH": os.environ["PATH"]}
    for command in (["run"], ["invite", "--role", "worker", "--name", "An"], ["doctor"]):
        done = subprocess.run(
            [sys.executable, "-c", "from bot.cli import main; main()", *command],
            env=bad,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (2, "")
        assert [line.split(":")[0] for line in done.stderr.splitlines()] == [
            "KIER_TOKEN",
            "KIER_TEAM_FILE",
        ]
        assert SECRET not in done.stderr


def secret_file(path: Path, content: str) -> str:
    path.write_text(content, newline="")
    path.chmod(0o600)
    return str(path)


def test_settings_are_frozen(env: dict[str, str]):
    """A value: two readings of the same environment are equal, and neither can change."""
    settings = load_settings(env)
    assert settings == load_settings(env)
    with pytest.raises(AttributeError):
        settings.api_url = "x"  # type: ignore[misc]
    assert isinstance(settings, Settings)
