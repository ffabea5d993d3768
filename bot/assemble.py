"""The composition root: opens everything, joins it, starts the loops, stops them without a tear.

Decides nothing about cases or messages. `run` is what `kier run` calls; `serving` is the same bot
for the demo and for tests, which bring a clock and a server of their own.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.backup import BackupJob
from bot.clock import Clock, ShiftedClock, SystemClock
from bot.fetcher import Fetcher
from bot.gateway import Gateway
from bot.health.watch import Watch
from bot.hooks import (
    Attachment,
    Connection,
    Handle,
    OnBackupFailed,
    OnDead,
    OnFileRefused,
    OnOutOfBounds,
    OnUnreadable,
    SendHooks,
    nothing,
)
from bot.leader import Leader
from bot.logs import log_to_stderr
from bot.loops import (
    Alarm,
    Caught,
    Loops,
    Ran,
    Stop,
    caught,
    code_of,
    log_alarm,
    stop_on_signals,
)
from bot.outcomes import Me, Sent, Unauthorized
from bot.poller import POLL_S, Poller
from bot.retention import RetentionJob
from bot.sender import Sender
from bot.settings import Address, Settings, Webhook
from bot.worker import Worker
from scheduler.wake import SWEEP_S, Wake
from storage import dues, files
from storage.database import Database, lock_for_running
from storage.errors import DatabaseFailed, DatabaseRefused, KeysRefused, NotFound, Uncertain
from storage.keys import Keyring
from storage.outbox import Claimed
from storage.vitals import Vitals, vitals

if TYPE_CHECKING:  # they are heavy, and most bots open no port
    from bot.webhook import Receiver, Registration

log = logging.getLogger("kier")

EXIT_WRONG = 2  # settings, keys or a database that Kier cannot work with
WEBHOOK_LOOK_S = 3600.0  # threats S28
SWITCH_S = 0.0005
SET_BACK = timedelta(seconds=1)  # less is a clock that is being steered, not set
WHO_LONGEST_S = 30.0

Fire = Callable[[Connection, datetime], datetime | None]
"""Let a batch of due moments happen in one transaction; return the next one, perhaps past."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the loops serve: the main path of one team, or a test's own."""

    team_id: int
    handle: Handle
    fire: Fire
    on_dead: OnDead
    on_unreadable: OnUnreadable = nothing
    on_backup_failed: OnBackupFailed = nothing
    on_out_of_bounds: OnOutOfBounds = nothing
    on_file_refused: OnFileRefused = nothing
    hooks: SendHooks = field(default_factory=SendHooks)
    begin: Callable[[Connection, datetime], None] = nothing
    """What is written at a start, once it is certain that no other process acts."""
    commands: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Language code ("" for all others) → command → description, for Telegram's own list."""


Assembly = Callable[[Settings, Database, Me, Clock], Awaitable[Parts]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """The bot at work, for those who look at it while it runs."""

    stop: Stop
    clock: Clock
    database: Database
    gateway: Gateway
    sender: Sender
    wake: Wake
    me: Me
    team_id: int


class Refused(Exception):
    """Kier cannot start; `way_out` is one sentence without a secret in it."""

    def __init__(self, code: str, way_out: str) -> None:
        super().__init__(way_out)
        self.code = code
        self.way_out = way_out


def run(settings: Settings) -> int:
    """Serve until stopped by a signal; return the exit status (0, or 2: cannot work like this)."""
    log_to_stderr()
    # the writer's thread computes too: the loop is let in ten times as often as by default
    sys.setswitchinterval(SWITCH_S)
    try:
        return asyncio.run(serve(settings))
    except (DatabaseRefused, KeysRefused, Refused) as refused:
        print(refused.way_out, file=sys.stderr)  # noqa: T201  a sentence for whoever typed it
        return EXIT_WRONG


async def serve(settings: Settings, *, assembly: Assembly | None = None) -> int:
    """Serve until SIGTERM or SIGINT; return the exit status. Raises as `serving` does."""
    stop = Stop()
    stop_on_signals(stop)
    try:
        async with serving(settings, stop=stop, assembly=assembly):
            await stop.wait()
            log.info("stopping: %s", stop.reason)
    except Refused:
        if not stop.asked:
            raise
    return 0 if stop.reason in ("SIGTERM", "SIGINT") else EXIT_WRONG


@asynccontextmanager
async def serving(
    settings: Settings,
    *,
    stop: Stop | None = None,
    clock: Clock | None = None,
    assembly: Assembly | None = None,
    alarm: Alarm = log_alarm,
    poll_s: int = POLL_S,
    sweep_s: float = SWEEP_S,
) -> AsyncIterator[Running]:
    """Run the bot while the block runs; at its end finish what is under way and close everything.

    Raises `DatabaseRefused`, `KeysRefused` and `Refused` (the token is not valid, or the stop was
    asked before Telegram could be reached) before anything was served.
    """
    stop, clock = stop or Stop(), clock or SystemClock()
    async with AsyncExitStack() as opened:
        database = await _open_database(settings, opened)
        gateway = Gateway(settings.token.get_secret_value(), settings.api_url)
        opened.push_async_callback(gateway.close)
        me = await _who(gateway, stop)
        if settings.webhook is None:
            await _own_the_updates(gateway, alarm)
        parts = await _assembled(assembly or kier, settings, database, me, clock)
        leader = await _lead(database, parts, stop, clock, alarm, opened)
        await _show_commands(gateway, parts)
        bot = _join(
            database, gateway, parts, me, stop, clock, alarm, poll_s, sweep_s, leader,
            settings.webhook,
        )  # fmt: skip
        if leader is not None:
            bot.loops.add("leader", leader.run_once)
        keeping = RetentionJob(database, settings, parts.team_id, clock)
        bot.loops.add("retention", keeping.run_once)
        watch = Watch(database, settings, parts.team_id, clock, parts.on_out_of_bounds)
        bot.loops.add("health", watch.run_once)
        if settings.backup_dir is not None:
            job = BackupJob(database, settings, clock, parts.on_backup_failed)
            bot.loops.add("backup", job.run_once)
        opened.push_async_callback(bot.stopped)
        await _receive(settings, bot, opened)
        bot.start()
        await _show_health(settings, bot, leader, opened)
        log.info("ready as @%s", me.username or me.user_id)
        yield bot.running


async def _assembled(
    assembly: Assembly, settings: Settings, database: Database, me: Me, clock: Clock
) -> Parts:
    """Return the main path; a database that is full or locked by now is no stack trace."""
    try:
        return await assembly(settings, database, me, clock)
    except (DatabaseFailed, Uncertain) as failed:
        raise _not_working(failed) from None


def _not_working(failed: DatabaseFailed | Uncertain) -> Refused:
    code = failed.code if isinstance(failed, DatabaseFailed) else "uncertain"
    return Refused(
        "database", f"The database opened and then did not work ({code}); look at its disk."
    )


async def _lead(
    database: Database,
    parts: Parts,
    stop: Stop,
    clock: Clock,
    alarm: Alarm,
    opened: AsyncExitStack,
) -> Leader | None:
    """Take the team's lease where no lock file keeps a second process away (P15, row 77)."""
    leader = None
    try:
        if database.dialect == "postgresql":
            leader = Leader(database, parts.team_id, stop=stop, alarm=alarm)
            if not await leader.take():
                raise Refused(
                    "running",
                    "Another process serves this team on this database; stop it first (after a "
                    "crash: wait half a minute).",
                )
            opened.push_async_callback(_let_go, leader)
        await database.write(lambda c: parts.begin(c, clock.now()))
    except (DatabaseFailed, Uncertain) as failed:
        raise _not_working(failed) from None
    return leader


async def _let_go(leader: Leader) -> None:
    """Release the lease; when the database is away it runs out by itself."""
    released = await caught(leader.release())
    if isinstance(released, Caught):
        log.warning("stopped without the last word (%s)", code_of(released.error))


async def kier(settings: Settings, database: Database, me: Me, clock: Clock) -> Parts:
    """Return Kier's own main path, for the team of the settings."""
    from bot.handle import Handler
    from bot.handle.flood import Bucket
    from bot.handle.office import open_office

    def opened(c: Connection) -> Handler:
        office = open_office(c, settings.team, me.username or None, clock.now())
        return Handler(office, Bucket(settings.team.limits))

    handler = await database.write(opened)
    return Parts(
        team_id=handler.office.team_id,
        handle=handler.handle,
        fire=handler.fire,
        on_dead=handler.on_dead,
        on_unreadable=handler.on_unreadable,
        on_backup_failed=handler.on_backup_failed,
        on_out_of_bounds=handler.on_out_of_bounds,
        on_file_refused=handler.on_file_refused,
        begin=handler.begin,
        commands=command_lists(settings.team.language),
        hooks=SendHooks(
            on_failed=handler.on_failed,
            on_uncertain=handler.on_uncertain,
            on_sent=handler.on_sent,
            on_migrated=handler.on_migrated,
            attach=stored_files,
        ),
    )


def command_lists(team_language: str) -> Mapping[str, Mapping[str, str]]:
    """Return Telegram's own list of commands, by its language codes; "" for every other."""
    from bot.conversations.command_names import name_in
    from bot.texts import plain, settled

    def listed(language: str) -> dict[str, str]:
        return {
            name_in(language, name): plain(language, f"command-{name}") for name in COMMANDS_SHOWN
        }

    spoken = {code: listed(settled(code, team_language)) for code in ("nl", "en", "fr")}
    return {"": listed(team_language), **spoken}


COMMANDS_SHOWN = (
    "report",
    "reports",
    "today",
    "cases",
    "status",
    "away",
    "language",
    "help",
)
"""What Telegram's menu offers; the other commands are in `/help`, by role."""


def stored_files(c: Connection, row: Claimed) -> Mapping[str, Attachment]:
    """Return the files that `meta["files"]` names: field of the payload → number of the file.

    Raises `NotFound` for one that is not there or was erased.
    """
    found: dict[str, Attachment] = {}
    for name, number in row.meta.get("files", {}).items():
        file, content = files.file(c, number)
        if content is None:
            raise NotFound(f"file {number} was erased")
        found[name] = Attachment(name=file.name or "", content=content)
    return found


# --- opening -------------------------------------------------------------------------------------


async def _open_database(settings: Settings, opened: AsyncExitStack) -> Database:
    """Open the database, alone on it; make the key file where there is nothing to lose yet."""
    url = settings.database_url
    if url.startswith("sqlite"):
        # before anything is read: two processes must not both bring a schema up to date
        opened.callback(lock_for_running(_path(url)).release)
    keys, made = open_keys(settings)
    try:
        database = await Database.open(url, keys=keys)
    except DatabaseRefused as refused:
        # on PostgreSQL nothing tells whether another process works with the new key already
        is_ours = made and (url.startswith("sqlite") or refused.reason == "other_keys")
        if not is_ours:
            raise
        settings.key_file.unlink(missing_ok=True)
        if refused.reason == "other_keys":
            raise _no_keys(settings) from None
        raise
    opened.push_async_callback(database.close)
    for warning in database.warnings:
        log.warning("%s", warning)
    return database


def open_keys(settings: Settings) -> tuple[Keyring, bool]:
    """Return the keys, and whether they were made now (design 6: only for an empty database)."""
    if os.path.lexists(settings.key_file):
        return Keyring.load(settings.key_file), False
    if settings.database_url.startswith("sqlite") and _path(settings.database_url).exists():
        raise _no_keys(settings)
    return Keyring.create(settings.key_file), True


def _no_keys(settings: Settings) -> KeysRefused:
    return KeysRefused(
        "missing",
        f"The database was written with keys that are not at {settings.key_file}; "
        "put the key file back (it is kept apart from the backups).",
    )


def _path(url: str) -> Path:
    return Path(url.partition(":///")[2])


async def _who(gateway: Gateway, stop: Stop) -> Me:
    """Ask Telegram who the bot is until it answers; a network that is down is waited for."""
    wait_s = 1.0
    while True:
        me = await stop.unless(gateway.get_me())
        match me:
            case Me():
                return me
            case Unauthorized():
                raise Refused(
                    "token-refused",
                    "Telegram does not know this token; BotFather gives another (/token).",
                )
            case None:
                raise Refused("stopped", "Stopped before Telegram could be reached.")
            case _:
                log.warning(
                    "Telegram cannot be reached (%s); again in %.0f s", type(me).__name__, wait_s
                )
                await stop.rest(wait_s)
                wait_s = min(wait_s * 2, WHO_LONGEST_S)


async def _own_the_updates(gateway: Gateway, alarm: Alarm) -> None:
    """Take away a webhook, ours of before or somebody else's: updates are polled (threats S28)."""
    url = await gateway.get_webhook_url()
    if isinstance(url, str) and url:
        alarm("webhook-was-set")
        await gateway.delete_webhook()


async def _show_commands(gateway: Gateway, parts: Parts) -> None:
    for language, commands in parts.commands.items():
        outcome = await gateway.set_commands(commands, language=language)
        if not isinstance(outcome, Sent):
            log.warning("the list of commands was not taken (%s)", type(outcome).__name__)


async def _show_health(
    settings: Settings, bot: _Bot, leader: Leader | None, opened: AsyncExitStack
) -> None:
    """Open the page for monitors, where the settings ask for one."""
    if settings.health is None:
        return
    from bot.health.page import Probe, health_page

    running = bot.running

    def look(c: Connection) -> Vitals:
        return vitals(c, running.team_id, running.clock.now())

    probe = Probe(
        vitals=lambda: running.database.read(look),
        leads=leader.leads if leader is not None else lambda: True,
        telegram_s=bot.telegram_s,
    )
    try:
        port = await opened.enter_async_context(health_page(settings.health, probe))
    except OSError as error:
        raise _not_listening("KIER_HEALTH", settings.health, error) from None
    log.info("health on port %d", port)


async def _receive(settings: Settings, bot: _Bot, opened: AsyncExitStack) -> None:
    """Open the door for Telegram, where the settings ask for one; it is told of it after that."""
    if settings.webhook is None or bot.receiver is None:
        return
    from bot.listening import listening
    from bot.webhook import AT_ONCE

    address = settings.webhook.address
    try:
        port = await opened.enter_async_context(
            listening(bot.receiver.page(), address, at_once=AT_ONCE)
        )
    except OSError as error:
        raise _not_listening("KIER_WEBHOOK_LISTEN", address, error) from None
    log.info("receiving on port %d", port)


def _not_listening(name: str, address: Address, error: OSError) -> Refused:
    return Refused(
        "port",
        f"{name}: {address.host}:{address.port} cannot be listened on ({error.strerror}); "
        "name another port.",
    )


# --- joining -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bot:
    running: Running
    loops: Loops
    source: Poller | Registration
    """Where updates come from: asked for here, or brought."""
    receiver: Receiver | None = None

    def start(self) -> None:
        self.running.wake.start()
        self.loops.start()

    def telegram_s(self) -> float | None:
        """Return the seconds since Telegram last answered; None: not yet."""
        at = self.source.answered_at
        return None if at is None else self.running.clock.monotonic() - at

    async def stopped(self) -> None:
        """Finish what is under way, in the order in which one fills the other."""
        self.running.stop.ask("closed")
        await self.loops.drain()
        await self.running.wake.stop()
        drained = await caught(self.running.sender.drain())
        if isinstance(drained, Caught):  # it is as after a crash: the next start judges it
            log.warning("stopped without the last word (%s)", code_of(drained.error))


def _join(
    database: Database,
    gateway: Gateway,
    parts: Parts,
    me: Me,
    stop: Stop,
    clock: Clock,
    alarm: Alarm,
    poll_s: int,
    sweep_s: float,
    leader: Leader | None,
    webhook: Webhook | None,
) -> _Bot:
    sender = Sender(
        gateway,
        database,
        team_id=parts.team_id,
        clock=clock,
        hooks=parts.hooks,
        alarm=alarm,
        leads=leader.leads if leader is not None else lambda: True,
    )
    due = _Due(database, parts, clock, sender)
    wake = Wake(due.fire, now=clock.now, real_now=SystemClock().now, sweep_s=sweep_s, alarm=alarm)
    something_new = asyncio.Event()

    may_be_file = asyncio.Event()

    def handled(wake_at: datetime | None) -> None:
        wake.arm(wake_at)
        sender.signal()
        may_be_file.set()

    worker = Worker(
        database,
        team_id=parts.team_id,
        clock=clock,
        handle=parts.handle,
        on_dead=parts.on_dead,
        handled=handled,
        alarm=alarm,
    )
    fetcher = Fetcher(
        gateway,
        database,
        team_id=parts.team_id,
        clock=clock,
        refused=parts.on_file_refused,
        handled=sender.signal,
        leads=leader.leads if leader is not None else lambda: True,
    )
    if isinstance(clock, ShiftedClock):
        clock.on_jump(may_be_file.set)
        clock.on_jump(wake.rearm)
        clock.on_jump(sender.signal)
    loops = Loops(stop, alarm=alarm)
    source: Poller | Registration
    receiver = None
    if webhook is None:
        source = Poller(
            gateway,
            database,
            team_id=parts.team_id,
            clock=clock,
            stop=stop,
            stored=something_new.set,
            conflict=sender.pause,
            unreadable=parts.on_unreadable,
            alarm=alarm,
            poll_s=poll_s,
        )
        loops.add("poller", source.run_once)
        loops.add("webhook", _Watch(gateway, alarm).run_once)
    else:
        from bot.webhook import Receiver, Registration

        receiver = Receiver(
            database,
            team_id=parts.team_id,
            clock=clock,
            stored=something_new.set,
            unreadable=parts.on_unreadable,
        )
        source = Registration(gateway, receiver, webhook.url, clock=clock, alarm=alarm)
        loops.add("webhook", source.run_once)
    loops.add("worker", worker.run_once, wake=something_new)
    loops.add("sender", sender.run_once, wake=sender.wake)
    loops.add("fetcher", fetcher.run_once, wake=may_be_file)
    running = Running(
        stop=stop,
        clock=clock,
        database=database,
        gateway=gateway,
        sender=sender,
        wake=wake,
        me=me,
        team_id=parts.team_id,
    )
    return _Bot(running=running, loops=loops, source=source, receiver=receiver)


@dataclass(slots=True)
class _Due:
    """What the metronome calls: one batch, one transaction, then the sender."""

    database: Database
    parts: Parts
    clock: Clock
    sender: Sender
    began: datetime | None = None
    """When the monotonic seconds began, by the wall clock as it stood at the last firing."""

    async def fire(self) -> datetime | None:
        began = self.clock.now() - timedelta(seconds=self.clock.monotonic())
        set_back = self.began is None or began < self.began - SET_BACK
        upcoming = await self.database.write(partial(self._unit, set_back=set_back))
        self.began = began
        self.sender.signal()
        return upcoming

    def _unit(self, c: Connection, *, set_back: bool) -> datetime | None:
        now = self.clock.now()
        if set_back:
            dues.clock_set_back(c, self.parts.team_id, now)
        return self.parts.fire(c, now)


@dataclass(slots=True)
class _Watch:
    """Whether somebody else has set a webhook; the first look was at the start."""

    gateway: Gateway
    alarm: Alarm
    began: bool = False

    async def run_once(self) -> Ran:
        if self.began:
            await _own_the_updates(self.gateway, self.alarm)
        self.began = True
        return Ran(wait_s=WEBHOOK_LOOK_S)
