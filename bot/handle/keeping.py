"""What the engine decided, kept: history, state, next due moment, open prompts, messages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.conversations.scene import CaseView
from bot.handle.afterwards import Afterwards
from bot.handle.calendars import Calendars
from bot.handle.channel import Channel
from bot.handle.handovers import HandOvers
from bot.handle.looking import Looking
from bot.handle.office import Desk
from bot.handle.posting import CHANNEL_QUESTION, NUDGE_QUESTION, Post
from bot.views.answered import answered_screen, over_screen, reminded_screen
from bot.views.messages import message_screen
from bot.views.prompts import DECISIVE, presenting_steps
from scheduler.agenda import Rules
from scheduler.case import Case, Question, StepState, is_over
from scheduler.decision import (
    AdditionMade,
    Decision,
    Event,
    Kind,
    Message,
    Refused,
    Restored,
    StepAnswered,
)
from scheduler.engine import decide
from scheduler.stimuli import Stimulus
from storage import buttons, cases, dues, history, outbox
from storage.buttons import Prompt

NEXT = "next"
"""The one due row of a case: its next moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A decision that is stored; `seq` is the history number of its first event."""

    case_id: int
    decision: Decision
    seq: int


class Keeper:
    """Lets the engine decide and keeps what follows, on one desk."""

    def __init__(self, desk: Desk, look: Looking, post: Post) -> None:
        """`pressed` is the message whose button is being handled: the conversation edits that."""
        self._desk, self._look, self._post = desk, look, post
        self._channel = Channel(desk, look, post)
        self._calendars = Calendars(desk, post)
        self._afterwards = Afterwards(desk, look, post)
        self._handovers = HandOvers(desk, post)
        self.pressed: tuple[int, int] | None = None

    def decide(
        self, case_id: int, stimulus: Stimulus, *, by: int | None, quiet: bool = False
    ) -> Kept | Refused:
        """Decide and keep; `quiet` sends no messages (the decision's own step was done already).

        Raises `Stale` when another unit changed the case meanwhile: the unit runs again.
        """
        stored = self._look.stored(case_id)
        return self._keep(
            case_id,
            stored.case,
            stored.row.version,
            stored.row.procedure_id,
            stimulus,
            by=by,
            quiet=quiet,
        )

    def begin(
        self, case_id: int, case: Case, procedure_id: int, stimulus: Stimulus, *, by: int
    ) -> Kept | Refused:
        """Decide and keep the first thing that happens to a case, its report."""
        return self._keep(case_id, case, 0, procedure_id, stimulus, by=by, quiet=False)

    def _keep(
        self,
        case_id: int,
        before: Case,
        version: int,
        procedure_id: int,
        stimulus: Stimulus,
        *,
        by: int | None,
        quiet: bool,
    ) -> Kept | Refused:
        desk = self._desk
        rules = Rules(
            procedure=desk.office.procedure(desk.c, procedure_id),
            days=desk.days,
            roster=desk.roster,
        )
        outcome = decide(before, stimulus, desk.now, rules)
        if isinstance(outcome, Refused):
            return outcome
        seq = history.append(desk.c, case_id, outcome.events, by, desk.now)
        if outcome.events:
            version = cases.save(desk.c, case_id, outcome.case, version)
        self._wake(case_id, outcome)
        self._look.kept(case_id, outcome.case, version)
        view = self._look.case(case_id)
        assert view is not None
        self._settle_prompts(view, before, outcome.case, outcome.events)
        self._channel.told(view, before)
        self._calendars.told(view, before)
        self._afterwards.ask(view, outcome.events)
        if not quiet:
            messages = self._handovers.told(view, outcome.events, outcome.messages)
            self._post.messages(view, messages)
            if any(isinstance(event, Restored) for event in outcome.events):
                self._ask_anew(view)
        return Kept(case_id=case_id, decision=outcome, seq=seq)

    def _ask_anew(self, view: CaseView) -> None:
        """Put what was asked before a wrong tap to those who were asked, with live buttons."""
        for state in view.case.steps.values():
            if state.asked_at is None or state.question is Question.WAITING or state.overtaken:
                continue
            prompts = buttons.open_prompts(self._desk.c, view.id, state.id)
            open_to = {p.person_id for p in prompts if p.question != NUDGE_QUESTION}
            for person in set(state.asked_to) - open_to:
                self._post.message(
                    view,
                    Message(
                        to=person,
                        kind=Kind.PROMPT,
                        step=state.id,
                        question=state.question,
                        due_at=state.due_at,
                        repeat="again",
                    ),
                )

    def _wake(self, case_id: int, outcome: Decision) -> None:
        wanted = []
        if outcome.wake_at is not None:
            wanted.append(dues.DueRow(key=NEXT, due_at=outcome.wake_at))
        dues.sync(self._desk.c, self._desk.team_id, case_id, wanted)

    # prompts that are answered, overtaken by another question, or somebody else's now

    def _settle_prompts(
        self, view: CaseView, before: Case, after: Case, events: Iterable[Event]
    ) -> None:
        answers = {e.step: e for e in events if isinstance(e, StepAnswered)}
        is_crisis_new = (before.crisis is None) is not (after.crisis is None)
        added = {e.what for e in events if isinstance(e, AdditionMade)}
        presenting = presenting_steps(view) if added & DECISIVE else frozenset()
        for id_, state in before.steps.items():
            now = after.steps.get(id_)
            if is_over(state, now):
                self._close(view, id_, answers.get(id_), None)
            elif now is not None:
                gone = set(state.asked_to) - set(now.asked_to)
                if gone:
                    self._close(view, id_, None, gone)
                if now.due_at != state.due_at or is_crisis_new or id_ in presenting:
                    self._show_anew(view, now)

    def _close(
        self, view: CaseView, step: str, answer: StepAnswered | None, whose: set[int] | None
    ) -> None:
        for prompt in buttons.open_prompts(self._desk.c, view.id, step):
            if whose is None or prompt.person_id in whose:
                buttons.close_prompt(self._desk.c, prompt.id, self._desk.now)
                self._retire(view, prompt, answer, moved=whose is not None)

    def _retire(
        self, view: CaseView, prompt: Prompt, answer: StepAnswered | None, *, moved: bool
    ) -> None:
        """Take the buttons from a prompt's message, or the message from the outbox."""
        if prompt.message_id is None or prompt.chat_id is None:
            outbox.cancel_prompt(self._desk.c, prompt.id, self._desk.now)
            return
        if self.pressed == (prompt.chat_id, prompt.message_id):
            return
        if prompt.question == CHANNEL_QUESTION:
            self._channel.taken(view, prompt)
            return
        if prompt.person_id is None:
            return
        member = self._desk.member(prompt.person_id)
        if answer is not None and prompt.question == NUDGE_QUESTION:
            # what was answered stands in full where it was asked
            screen = reminded_screen(view, prompt.step, member.language, self._desk.days)
            self._post.edit(
                prompt.chat_id, prompt.message_id, screen, person_id=member.id, case_id=view.id
            )
            return
        screen = (
            over_screen(view, member.language, moved=moved)
            if answer is None
            else answered_screen(
                view,
                self._desk.team(),
                member,
                self._desk.now,
                step=answer.step,
                answer=answer.answer,
                by=answer.by,
                by_name=self._desk.people[answer.by].name,
                done_at=answer.done_at,
                item=answer.fields.item,
            )
        )
        self._post.edit(
            prompt.chat_id, prompt.message_id, screen, person_id=member.id, case_id=view.id
        )

    def _show_anew(self, view: CaseView, state: StepState) -> None:
        """Show a new deadline, a crisis, or that the report was withdrawn, in prompts that stand.

        Nothing new is sent for it (procedures 1.2 and 4); each message of a crisis is marked.
        """
        for prompt in buttons.open_prompts(self._desk.c, view.id, state.id):
            if prompt.message_id is None or prompt.chat_id is None or prompt.person_id is None:
                continue
            message = Message(
                to=prompt.person_id,
                kind=Kind.NUDGE if prompt.question == NUDGE_QUESTION else Kind.PROMPT,
                step=state.id,
                question=state.question,
                due_at=state.due_at,
            )
            member = self._desk.member(prompt.person_id)
            screen = message_screen(
                message,
                view,
                member,
                self._desk.team(),
                self._desk.now,
                look=self._look,
                roster=self._desk.roster,
            )
            self._post.edit(
                prompt.chat_id,
                prompt.message_id,
                screen,
                person_id=member.id,
                case_id=view.id,
                prompt_id=prompt.id,
            )
