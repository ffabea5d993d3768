"""Where scenes are played: a fixed team, case and clock, in one language, nothing behind it.

Nothing of a database: the engine decides and the conversations answer, on values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.conversations.scene import CaseView, Member, Scene, Team
from bot.reading.words import discreet
from bot.screen import Screen
from bot.views.heads import Sight
from bot.views.messages import message_screen
from scheduler.decision import Decision, Kind
from scheduler.load import load_named
from scheduler.procedure import Procedure
from tests.bot.conversations import casework
from tests.bot.conversations.casework import AN, BRAM, CASE, KARIN, LIES, REF, Chat, Office, local

__all__ = ["AN", "BRAM", "CASE", "KARIN", "LIES", "REF", "Chat", "Stage", "local"]

Named = Callable[[str], str]

LONG: Final = "Wilhelmina van den Bossche-Vandeputte de la Motte Fouqué "


def as_it_is(text: str) -> str:
    return text


def very_long(text: str) -> str:
    """Return a name of 200 characters, spaces now and then."""
    return (f"{text} " + LONG * 4)[:200].strip()


def right_to_left(text: str) -> str:
    """Return an Arabic name with a Latin part, as people from Belgium write theirs."""
    return f"محمد عبد الرحمن ({text[:12]})"


def with_markup(text: str) -> str:
    """Return a name that would break a message of HTML that forgets to escape it."""
    return f"<b>&{text}"


@dataclass
class Stage(Office):
    """An office in one language. `own` makes what a person typed: pass all of it through that."""

    language: str = "nl-BE"
    own: Named = as_it_is
    procedure_of: Callable[[str], Procedure] = load_named

    def __post_init__(self) -> None:
        self.team = self._team()
        self.members = [self.of(one) for one in (KARIN, AN, BRAM, LIES)]

    def _team(self) -> Team:
        made = casework.a_team(self.language)
        return replace(
            made, procedures={name: self.procedure_of(name) for name in made.procedures}
        )

    def of(self, member: Member) -> Member:
        """Return one of the cast as this stage knows them: in its language."""
        return replace(member, name=self.own(member.name), language=self.language)

    def at(self, local_time: str) -> None:
        """Move the clock, as "2027-09-14 09:00", without anything happening."""
        self.now = local(local_time)

    def passes(self, local_time: str, id_: int = CASE) -> Decision:
        """Move the clock and let what is due happen."""
        self.now = local(local_time)
        return self.happens_time(id_)

    def new_view(self, name: str, id_: int, ref: str) -> CaseView:
        """Return the case before anything happened to it, its personal values made `own`."""
        view = super().new_view(name, id_, ref)
        values = {key: self.own(text) for key, text in view.values.items()}
        values["amount"] = "€ 1.240 · 2 maanden"
        return replace(
            view,
            values=values,
            short=discreet(values["client"], values["address"]),
            procedure=self.procedure_of(name),
        )

    def know(self, texts: dict[int, str], id_: int = CASE, *, field: str = "note") -> None:
        """Give texts to the ids of personal rows, all kept in this field."""
        super().know({ref: self.own(text) for ref, text in texts.items()}, id_)
        view = self.views[id_]
        fields = {**view.fields, **dict.fromkeys(texts, field)}
        self.views[id_] = replace(view, fields=fields)

    # looking

    def only(self, name: str) -> None:
        """Let the team have this procedure alone, as most teams do."""
        self.team = replace(self.team, procedures={name: self.procedure_of(name)})

    def stranger(self) -> Chat:
        """Return the chat of somebody whom the team does not know."""
        return Stranger(self, member=replace(self.of(LIES), name=self.own("Lies")))

    def chat(self, member: Member = AN, **more: Any) -> Chat:
        """Return the private chat of one of the cast."""
        return Chat(self, member=self.of(member), **more)

    def sight(self, member: Member = AN, id_: int = CASE) -> Sight:
        """Return the case as views want it."""
        return Sight(view=self.views[id_], team=self.team, language=self.language, now=self.now)

    def message(
        self, kind: Kind = Kind.PROMPT, *, to: Member | None = None, about: str | None = None
    ) -> Screen:
        """Return what the engine's latest decision tells, as it is read."""
        for message in self.sent:
            if message.kind is not kind or (to is not None and message.to != to.id):
                continue
            if about is not None and about not in (message.about, message.step):
                continue
            reader = next(one for one in self.members if one.id == message.to)
            return message_screen(
                message,
                self.view,
                reader,
                self.team,
                self.now,
                look=self,
                roster=self.roster,
            )
        told = [(m.kind.value, m.to, m.step, m.about) for m in self.sent]
        raise AssertionError(f"no {kind} about {about} to {to and to.name}: {told}")


class Stranger(Chat):
    """Somebody without a place in the team: their language is all that is known."""

    @property
    def scene(self) -> Scene:
        return replace(super().scene, member=None)
