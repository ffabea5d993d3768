"""From an update, or a due moment, to its effect: one unit each, committed by the caller."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from bot import acts
from bot.conversations import converse, converse_group, respond
from bot.conversations.access import case_for
from bot.conversations.group import is_personal
from bot.conversations.intake import KIND as INTAKE
from bot.conversations.numbers import without_numbers
from bot.conversations.outcome import Outcome
from bot.conversations.scene import (
    KEEP,
    Dialogue,
    Incoming,
    Keep,
    Member,
    Pressed,
    Said,
    Scene,
    Turn,
)
from bot.handle.clearing import clear_report
from bot.handle.counter import Counter
from bot.handle.dialogues import from_state, to_state
from bot.handle.flood import Bucket, Verdict
from bot.handle.lane import sent_at, sweep, whole
from bot.handle.looking import GUESSES_MAX, GUESSES_WITHIN
from bot.handle.office import Office
from bot.handle.told import Told
from bot.hooks import NOT_FOR_YOU, Connection, Handled
from bot.incoming import (
    ButtonPress,
    Foreign,
    GroupMessage,
    Malformed,
    MemberChanged,
    Migrated,
    PrivateMessage,
    read_update,
    without_numbers_in,
)
from bot.screen import Screen, Verb, from_codes
from bot.texts import plain, say, settled
from bot.views.answered import answered_toast
from scheduler.decision import Refused
from storage import access, buttons, drafts, dues, inbox, outbox, people
from storage.buttons import Button
from storage.inbox import InboxRow


class Handler(Told):
    """The main path of one team. Stateless but for its office."""

    def __init__(self, office: Office, bucket: Bucket | None = None) -> None:
        """Work for the team of `office`; without a bucket everything is heard (rehearsals)."""
        super().__init__(office)
        self._bucket = bucket

    # updates

    def handle(self, c: Connection, row: InboxRow, now: datetime) -> Handled:
        """Let a stored update take effect; what it set in motion is in the same transaction.

        The earliest moment is asked of the rows: one act may move those of several cases.
        """
        handled = self._handle(c, row, now)
        return replace(handled, wake_at=dues.next_due(c, self.office.team_id))

    def _handle(self, c: Connection, row: InboxRow, now: datetime) -> Handled:
        counter = Counter(c, self.office, now)
        update = read_update(row.raw, bot_name=self.office.bot_name)
        scrubbed = without_numbers_in(row.raw)
        if scrubbed is not row.raw:
            inbox.rewrite(c, row.id, scrubbed)
        if isinstance(update, GroupMessage | ButtonPress | MemberChanged) and update.is_forum:
            counter.channel.heard(update.chat_id or 0, is_forum=True)
        if isinstance(update, PrivateMessage):
            update = whole(c, row, update, now, bot_name=self.office.bot_name)
        if isinstance(update, PrivateMessage | ButtonPress):
            over = self._weigh(counter, row, update)
            if over is not None:
                return over
        match update:
            case PrivateMessage():
                return self._private(counter, update)
            case ButtonPress():
                return self._press(counter, update)
            case GroupMessage():
                return self._group(counter, update)
            case MemberChanged():
                return counter.membership.changed(update)
            case Migrated():
                outbox.migrate_chat(c, self.office.team_id, update.chat_id, update.new_chat_id)
                self.on_migrated(c, self.office.team_id, update.chat_id, update.new_chat_id, now)
                return Handled()
            case Foreign():
                if update.query_id is not None:
                    counter.post.toast(update.chat_id or 0, update.query_id, None)
                return Handled(refused=update.why)
            case Malformed():
                return Handled(dead=update.code)
            case _:
                assert_never(update)

    def _weigh(
        self, counter: Counter, row: InboxRow, update: PrivateMessage | ButtonPress
    ) -> Handled | None:
        """Return the refusal of what is over a person's bucket, and of what waits behind it."""
        if self._bucket is None:
            return None
        desk = counter.desk
        person = desk.by_user(update.user_id)
        of_team = person is not None and person.role != "reporter"
        roomy = of_team or self._is_drafting(counter, update.user_id)
        verdict = self._bucket.weigh(
            update.user_id,
            sent_at(update, desk.now),
            roomy=roomy,
            of_team=of_team,
        )
        if verdict is Verdict.HEARD:
            return None
        sweep(desk.c, row, self._bucket, desk.now, roomy=roomy, name=self.office.bot_name)
        if verdict is Verdict.NOTICE:
            language = self._language(person, update.language_code)
            screen = Screen(html=say(language, "flood"))
            person_id = person.id if person else None
            counter.post.screen(update.user_id, screen, person_id=person_id, kind="confirm")
        return Handled(refused="flood")

    def _is_drafting(self, counter: Counter, user_id: int) -> bool:
        state = drafts.dialogue(counter.desk.c, self.office.team_id, user_id)
        return state is not None and state.get("kind") == INTAKE

    def _language(self, person: people.Person | None, code: str | None) -> str:
        return settled((person.language if person else None) or code, self.office.team.language)

    def _private(self, counter: Counter, update: PrivateMessage) -> Handled:
        incoming = self._with_reply(counter, update)
        if update.edited:
            # What was taken down stays; an edit is heard as a message of its own (row 43, S30).
            return self._edited(counter, update)
        return self._converse(
            counter,
            incoming,
            update.user_id,
            update.user_name,
            update.language_code,
            message_id=None,
            chat_id=update.chat_id,
            said_in=update.message_id,
        )

    def _with_reply(self, counter: Counter, update: PrivateMessage) -> Incoming:
        incoming = update.incoming
        if not isinstance(incoming, Said) or update.reply_to_message_id is None:
            return incoming
        prompt = buttons.prompt_of_message(
            counter.desk.c, self.office.team_id, update.chat_id, update.reply_to_message_id
        )
        if prompt is None:
            return incoming
        return Said(text=incoming.text, reply_to_case=prompt.case_id, reply_to_step=prompt.step)

    def _edited(self, counter: Counter, update: PrivateMessage) -> Handled:
        """Add a reporter's changed words to their report; the first ones stay (row 43, S30)."""
        person = counter.desk.by_user(update.user_id)
        language = self._language(person, update.language_code)
        scene = self._scene(counter, update.user_id, update.user_name, person, language)
        own = counter.look.reports_of(person.id) if person is not None else ()
        incoming = without_numbers(update.incoming, scene.dialogue)
        if incoming is not update.incoming:
            warning = Screen(html=say(language, "number-left-out"))
            counter.post.screen(update.chat_id, warning, person_id=person.id if person else None)
            counter.post.delete(update.chat_id, update.message_id)
        text = incoming.text if isinstance(incoming, Said) else ""
        if own and scene.dialogue is None and text and person is not None:
            reporter = person.role == "reporter"
            if reporter and own[0].case.closed_at is None:
                turn = Turn(act=acts.AddToReport(case=own[0].id, what="text", text=text))
                return self._carry_out(counter, turn, scene, chat_id=update.chat_id)
        screen = Screen(html=say(language, "edited"))
        person_id = person.id if person else None
        counter.post.screen(update.chat_id, screen, person_id=person_id, kind="confirm")
        return Handled(refused="edited")

    def _press(self, counter: Counter, press: ButtonPress) -> Handled:
        """Judge a press by who pressed, at each press (S3), then hear what it means."""
        chat_id = press.chat_id if press.chat_id is not None else press.user_id
        button = buttons.button(counter.desk.c, self.office.team_id, press.data)
        person = counter.desk.by_user(press.user_id)
        language = self._language(person, press.language_code)
        refused = self._why_not(button, person, press)
        if button is None or refused is not None:
            if person is not None and button is not None:
                self._refused(counter, person.id, from_codes(button.intent).case)
            counter.post.toast(chat_id, press.query_id, plain(language, "refused-short"))
            return Handled(refused=refused or "unknown_button")
        scene = self._scene(
            counter, press.user_id, press.user_name, person, language, dialogue=False
        )
        stale = self._stale(counter, button, scene)
        if stale is not None:
            counter.post.toast(chat_id, press.query_id, stale, alert=True)
            return Handled(refused="answered_already")
        pressed = Pressed(intent=from_codes(button.intent))
        is_claim = pressed.intent.verb is Verb.CLAIM
        if press.chat_kind in ("group", "supergroup") or is_claim:
            # a claim whose message the messenger does not tell is one in the channel (row 51)
            where = press.chat_id if press.chat_id is not None else counter.desk.channel()
            return self._press_in_group(counter, pressed, press, person, language, where)
        if press.message_id is not None:
            counter.keeper.pressed = (chat_id, press.message_id)
        return self._converse(
            counter,
            pressed,
            press.user_id,
            press.user_name,
            press.language_code,
            chat_id=chat_id,
            message_id=None if press.inaccessible else press.message_id,
            query_id=press.query_id,
        )

    def _why_not(
        self, button: Button | None, person: people.Person | None, press: ButtonPress
    ) -> str | None:
        """Return why a press does not count: one text and one cost for each (design 6)."""
        if button is None:
            return "unknown_button"
        if button.person_id is None:
            # Shown to nobody in particular: in the channel (roles judge it), or to a stranger.
            return None
        return None if person is not None and person.id == button.person_id else "not_yours"

    def _stale(self, counter: Counter, button: Button, scene: Scene) -> str | None:
        """Return what to say of a button whose question is closed; nothing changes (S4)."""
        if button.prompt_id is None:
            return None
        prompt = buttons.prompt(counter.desk.c, button.prompt_id)
        if prompt is None or prompt.is_open or not _answers(button):
            return None
        # what was answered is told to those alone who may see the case
        view = case_for(scene, prompt.case_id)
        known = None
        if view is not None and scene.member is not None:
            known = answered_toast(
                view,
                counter.look.history(view.id),
                prompt.step,
                reader=scene.member,
                people={one.id: one.name for one in counter.desk.people.values()},
                team=scene.team,
                now=scene.now,
            )
        return known or plain(scene.language, "already-answered")

    def _press_in_group(
        self,
        counter: Counter,
        pressed: Pressed,
        press: ButtonPress,
        person: people.Person | None,
        language: str,
        chat_id: int | None,
    ) -> Handled:
        is_former = counter.channel.is_former(chat_id)
        if chat_id is None or not (chat_id == counter.desk.channel() or is_former):
            short = plain(language, "refused-short")
            counter.post.toast(chat_id or press.user_id, press.query_id, short)
            return Handled(refused="foreign_group")
        scene = self._scene(
            counter, press.user_id, press.user_name, person, language, dialogue=False
        )
        turn = converse_group(pressed, scene, chat_id)
        return self._carry_out(
            counter,
            turn,
            scene,
            chat_id=chat_id,
            message_id=press.message_id,
            query_id=press.query_id,
            in_group=True,
        )

    def _group(self, counter: Counter, message: GroupMessage) -> Handled:
        """Nothing said in a group is stored; in the team's channel the bot may ask to delete."""
        burnt = counter.membership.shown_in_group(message.text)
        if message.chat_id != counter.desk.channel():
            return counter.membership.in_foreign_group(message)
        if message.in_topic and message.thread_id is not None:
            counter.post.answers_in = (message.chat_id, message.thread_id)
        if burnt:
            counter.membership.remove_personal(message.chat_id, message.message_id)
            told = Screen(html=say(self.office.team.language, "member-group-invite"))
            counter.post.screen(message.chat_id, told)
            return Handled(refused="invite_shown")
        if message.anonymous or message.user_id is None:
            return Handled(refused="no_person")
        person = counter.desk.by_user(message.user_id)
        language = self.office.team.language
        scene = self._scene(
            counter, message.user_id, message.user_name, person, language, dialogue=False
        )
        if is_personal(message.incoming, scene):
            counter.membership.remove_personal(message.chat_id, message.message_id)
        turn = converse_group(message.incoming, scene, message.chat_id)
        return self._carry_out(counter, turn, scene, chat_id=message.chat_id, in_group=True)

    # conversations

    def _scene(
        self,
        counter: Counter,
        user_id: int,
        user_name: str,
        person: people.Person | None,
        language: str,
        *,
        dialogue: bool = True,
    ) -> Scene:
        desk = counter.desk
        state = drafts.dialogue(desk.c, desk.team_id, user_id) if dialogue else None
        return Scene(
            now=desk.now,
            team=desk.team(),
            roster=desk.roster,
            member=desk.member(person.id) if person else None,
            language=language,
            dialogue=from_state(state) if state else None,
            look=counter.look,
            user_id=user_id,
            user_name=user_name,
        )

    def _converse(
        self,
        counter: Counter,
        incoming: Incoming,
        user_id: int,
        user_name: str,
        language_code: str | None,
        *,
        chat_id: int,
        message_id: int | None,
        query_id: str | None = None,
        said_in: int | None = None,
    ) -> Handled:
        person = counter.desk.by_user(user_id)
        if person is not None and not person.chat_ok:
            counter.membership.is_back(person)
        if person is not None and not person.name:
            counter.membership.introduced(person, user_name)
        language = self._language(person, language_code)
        if person is not None and person.language is None:
            counter.membership.speaks(person, language)
        scene = self._scene(counter, user_id, user_name, person, language)
        turn = converse(incoming, scene)
        if turn.takes_away and said_in is not None:
            counter.post.delete(chat_id, said_in)
        self._log_access(counter, incoming, turn, scene)
        return self._carry_out(
            counter, turn, scene, chat_id=chat_id, message_id=message_id, query_id=query_id
        )

    def _log_access(self, counter: Counter, incoming: Incoming, turn: Turn, scene: Scene) -> None:
        """Write down who is shown personal details, in the unit that shows them (privacy)."""
        is_shown = any(screen.protect for screen in turn.screens)
        if isinstance(incoming, Pressed) and is_shown and scene.member is not None:
            self._log(counter, scene.member.id, "details", incoming.intent.case)
        if turn.refused and scene.member is not None:
            case_id = incoming.intent.case if isinstance(incoming, Pressed) else None
            self._refused(counter, scene.member.id, case_id)

    def _refused(self, counter: Counter, person_id: int, case_id: int | None) -> None:
        """Write it down; who is refused too often is told to the coordinators, once (S21)."""
        self._log(counter, person_id, access.REFUSED, case_id)
        since = counter.desk.now - GUESSES_WITHIN
        if access.misses(counter.desk.c, person_id, since) == GUESSES_MAX:
            name = counter.desk.people[person_id].name
            counter.membership.alarm("guessing", name=name, number=GUESSES_MAX)

    def _log(self, counter: Counter, person_id: int, what: str, case_id: int | None) -> None:
        desk = counter.desk
        access.log(desk.c, desk.team_id, person_id, what, case_id, desk.now)

    def _carry_out(
        self,
        counter: Counter,
        turn: Turn,
        scene: Scene,
        *,
        chat_id: int,
        message_id: int | None = None,
        query_id: str | None = None,
        in_group: bool = False,
    ) -> Handled:
        """Do what a conversation wants: keep the dialogue, show screens, perform the act.

        `in_group`: of what comes of an act nothing is shown there but a toast to who pressed; the
        channel's own announcement is `keeping`'s (P9).
        """
        if not in_group:
            self._remember(counter, scene, turn.dialogue)
        edit, toast = turn.edit, turn.toast
        screens = list(turn.screens)
        refused = NOT_FOR_YOU if turn.refused else None
        if turn.act is not None:
            outcome, member = self._perform(counter, turn.act, scene)
            if isinstance(outcome, Refused):
                refused = outcome.reason
            elif isinstance(turn.act, acts.FileReport):
                clear_report(counter.desk, counter.post, scene, message_id)
            after = self._after(counter, scene, turn, member)
            answer = respond(turn.act, outcome, after)
            assert answer.act is None, "a response performs nothing"
            if not in_group:
                self._remember(counter, after, answer.dialogue)
            toast = answer.toast or toast
            if not in_group:
                edit = answer.edit or edit
                screens += answer.screens
            scene = after
        # who has just left is nobody of ours: the farewell reaches them all the same
        is_ours = counter.desk.by_user(scene.user_id) is not None
        person_id = scene.member.id if scene.member is not None and is_ours else None
        self._show(counter, screens, edit, chat_id, message_id, person_id)
        if query_id is not None:
            counter.post.toast(chat_id, query_id, toast)
        return Handled(refused=refused)

    def _show(
        self,
        counter: Counter,
        screens: list[Screen],
        edit: Screen | None,
        chat_id: int,
        message_id: int | None,
        person_id: int | None,
    ) -> None:
        if edit is not None and message_id is not None:
            c, team_id = counter.desk.c, self.office.team_id
            prompt = buttons.prompt_of_message(c, team_id, chat_id, message_id)
            # what takes a prompt's place for a while is over when the prompt is
            of = prompt.id if prompt is not None and prompt.is_open else None
            counter.post.edit(chat_id, message_id, edit, person_id=person_id, prompt_id=of)
            counter.post.made_for(chat_id, edit, person_id=person_id)
        elif edit is not None:
            screens.insert(0, edit)
        for screen in screens:
            counter.post.screen(chat_id, screen, person_id=person_id, kind="confirm")

    def _remember(self, counter: Counter, scene: Scene, dialogue: Dialogue | Keep | None) -> None:
        desk = counter.desk
        if isinstance(dialogue, Keep):
            return
        if dialogue is None:
            drafts.drop_dialogue(desk.c, desk.team_id, scene.user_id)
        else:
            state = to_state(dialogue)
            drafts.put_dialogue(desk.c, desk.team_id, scene.user_id, state, desk.now)

    def _perform(
        self, counter: Counter, act: acts.Act, scene: Scene
    ) -> tuple[Outcome, Member | None]:
        """Perform an act; a stranger who reports or asks becomes a reporter first."""
        if isinstance(act, acts.RedeemInvite):
            return counter.membership.redeem(act.code, scene), scene.member
        member = scene.member or counter.membership.newcomer(scene)
        outcome = counter.performer.perform(act, member.id)
        if not isinstance(outcome, Refused):
            counter.membership.tell_others(act, outcome, member)
        return outcome, member

    def _after(self, counter: Counter, scene: Scene, turn: Turn, member: Member | None) -> Scene:
        """Return the scene as it is after an act: people and cases may have changed."""
        desk = counter.desk
        now_known = desk.by_user(scene.user_id)
        fresh = desk.member(now_known.id) if now_known else member
        dialogue = scene.dialogue if turn.dialogue is KEEP else turn.dialogue
        return Scene(
            now=scene.now,
            team=scene.team,
            roster=desk.roster,
            member=fresh,
            language=fresh.language if fresh and now_known else scene.language,
            dialogue=None if isinstance(dialogue, Keep) else dialogue,
            look=counter.look,
            user_id=scene.user_id,
            user_name=scene.user_name,
        )


def _answers(button: Button) -> bool:
    """Return whether a press would answer; looking at a case is possible at any time."""
    return button.intent.get("verb") in ("answer", "date", "claim", "later", "extend")
