"""The people of a story: each set of dice decides what its person would plausibly do next.

They see what a person sees: their own chat at the messenger, with its live buttons. What a button
means is looked up, as a person would read it off the label.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, Final

from bot.sandbox.state import ActError, ApiError, Message
from tests.simulation.plan import Act

if TYPE_CHECKING:
    from tests.simulation.simulation import Simulation

STEPS_MAX: Final = 16
STEP_S: Final = 8.0
WAIT_S: Final = 40.0
PATIENT: Final = 200
"""So often does one who follows a script look for a button: for longer than the bot is down."""
FINDS_NO: Final = "finds no button"
LOOKED_AT: Final = 6
"""So many of the newest messages does a person look at."""
GOES_ON: Final = frozenset(
    {"answer", "pick", "date", "done", "skip", "claim", "accept_stand_in", "confirm_group"}
)
TYPED: Final = ("morgen 14u", "ok", "do 10:00", "Niemand thuis, briefje achtergelaten", "2", "-")
JUNK: Final = (
    "hallo?", "/status", "/zzz", "\u202eabc", "x" * 4000, "/start nergens", "<b>&amp;</b>",
    "/report", "/cancel", "\x00\ud800", "/language", "/help",
)  # fmt: skip
ASKED: Final = ("/today", "/cases", "/status", "/overdue", "/team", "/reports", "/case K7QM-4T")
RAW: Final[tuple[dict[str, Any], ...]] = (
    {"message": {}},
    {"message": {"message_id": 1, "chat": None}},
    {"message": {"message_id": 1, "date": 10**18, "chat": {"id": 5, "type": "private"},
                 "from": {"id": 5, "is_bot": False, "first_name": "X"}, "text": "hoi"}},
    {"poll": {"id": "1"}},
    {"callback_query": {"id": "1", "from": {"id": "5"}, "data": ""}},
    {},
)  # fmt: skip
FIRST: Final = ("Zoltan", "Quirina", "Wybrand", "Ysolde", "Xaveria", "Hadewych")
LAST: Final = ("Kwaksteen", "Vlinderhof", "Zwijgmans", "Quaethoven", "Xhonneux", "Wijnruit")
STREET: Final = ("Kanariedreef", "Pimpelmeesweg", "Wielewaalpad", "Goudvinkhoek")


class Client:
    """The client of one report: words that may stand in no group (planted canaries)."""

    def __init__(self, number: int, dice: random.Random) -> None:
        letters = "abcdefghij"
        ending = letters[number // 10] + letters[number % 10]
        self.name = f"{dice.choice(FIRST)} {dice.choice(LAST)}{ending}"
        self.street = dice.choice(STREET)
        self.phone = f"0470 {dice.randrange(10, 99)} {dice.randrange(10, 99)} {10 + number}"
        self.text = (
            f"Goedemorgen, ik meld huurachterstal voor mevrouw {self.name}, {self.street} "
            f"{dice.randrange(1, 90)}, 2382 Ravels, {self.phone}. Ze is 3 maanden achter."
        )
        if dice.random() < 0.15:
            self.text += " De uithuiszetting is over 6 dagen."

    @property
    def canaries(self) -> tuple[str, ...]:
        """What must not be found in a group."""
        return (*self.name.split(), self.street, self.phone, self.phone.replace(" ", "")[1:])


class People:
    """Everybody of the story, at the messenger."""

    def __init__(self, sim: Simulation) -> None:
        self.sim = sim
        self.clients: dict[int, Client] = {}
        self.receipts: dict[int, int] = {}

    def begin(self, act: Act) -> None:
        """Set out to do an act."""
        if act.kind == "script":
            self.script(act, act.steps)
            return
        dice = random.Random(f"{self.sim.plan.seed} act {act.number}")
        self.step(act, dice, STEPS_MAX if act.kind == "report" else dice.randint(1, 5))

    def step(self, act: Act, dice: random.Random, left: int) -> None:
        """Do the next thing of an act, and come back to it a little later."""
        user = self.sim.users[act.who]
        try:
            goes_on = getattr(self, "_" + act.kind.replace("-", "_"))(act, user, dice)
        except (ActError, ApiError):
            goes_on = False
        if goes_on and left > 1:
            wait_s = dice.choice((0.01, 0.5, 3.0, 20.0, 90.0))
            self.sim.later(wait_s, lambda: self.step(act, dice, left - 1))

    def script(self, act: Act, steps: tuple[str, ...], tries: int = PATIENT) -> None:
        """Do the steps of an act one by one, waiting for the button of each."""
        user = self.sim.users[act.who]
        if not steps:
            return
        done = self._scripted(act, user, steps[0])
        if not done and tries > 0:
            self.sim.later(WAIT_S, lambda: self.script(act, steps, tries - 1))
        elif not done:
            self.sim.tell(f"{act.who} {FINDS_NO} {steps[0]}")
        else:
            self.sim.later(STEP_S, lambda: self.script(act, steps[1:]))

    def _scripted(self, act: Act, user: int, step: str) -> bool:
        chat = self.sim.channel if step.startswith("#") else user
        if step[0] not in "#>":
            if "{" in step:
                dice = random.Random(f"{self.sim.plan.seed} act {act.number}")
                own = (each.number for each in self.sim.plan.acts if each.who == act.who)
                first = next((number for number in own if number in self.clients), act.number)
                client = self.clients.setdefault(first, Client(act.number, dice))
                step = step.format(report=client.text, name=client.name)
            self.says(user, step)
            return True
        verb, _, arg = step[1:].partition(":")
        for key in self.keys(chat):
            says = {str(key[2].get(name)) for name in ("arg", "step", "person")}
            if key[2].get("verb") == verb and (not arg or arg in says):
                self.press(user, key, chat=chat)
                return True
        return False

    # what they do; True: they go on

    def _report(self, act: Act, user: int, dice: random.Random) -> bool:
        client = self.clients.get(act.number)
        if client is None:
            client = self.clients[act.number] = Client(act.number, dice)
            self.receipts[act.number] = self.sim.receipts(user)
            self.says(user, "/report")
            return True
        if self.sim.receipts(user) > self.receipts[act.number]:
            return False
        keys = self.keys(user, newest=2)
        for wanted in ("send", "report", "skip", "pick"):
            fitting = [key for key in keys if key[2].get("verb") == wanted]
            if wanted == "pick":
                picks = [k for k in fitting if k[2].get("arg") in ("arrears", "chat")] or fitting
                fitting = picks[:1]
            if wanted == "report":
                fitting = [k for k in fitting if k[2].get("arg") == "free"]
            if fitting:
                self.press(user, fitting[0])
                if wanted == "send" and dice.random() < 0.25:
                    self.press(user, fitting[0])
                return True
        self.says(user, client.text)
        return True

    def _work(self, act: Act, user: int, dice: random.Random) -> bool:
        keys = self.keys(user)
        fitting = [key for key in keys if key[2].get("verb") in GOES_ON]
        if fitting and dice.random() < 0.8:
            newest = [key for key in fitting if key[0] == fitting[0][0]]
            self.press(user, dice.choice(newest))
        elif keys and dice.random() < 0.6:
            self.press(user, dice.choice(keys))
        else:
            self.says(user, dice.choice(TYPED))
        return dice.random() < 0.7

    def _office(self, act: Act, user: int, dice: random.Random) -> bool:
        assign = [key for key in self.keys(user) if key[2].get("step") == "assign"]
        people = [key for key in assign if key[2].get("person")]
        if people and dice.random() < 0.7:
            self.press(user, dice.choice(people))
            return False
        return self._work(act, user, dice)

    def _claim(self, act: Act, user: int, dice: random.Random) -> bool:
        channel = self.sim.channel
        claims = [key for key in self.keys(channel) if key[2].get("verb") == "claim"]
        if claims:
            self.press(user, claims[0], chat=channel)
        return False

    def _old_button(self, act: Act, user: int, dice: random.Random) -> bool:
        if self.sim.facts.buttons:
            data = dice.choice(list(self.sim.facts.buttons))
            self.sim.sandbox.press(user, dice.randrange(1, 40), data, forged=True)
        return False

    def _double_tap(self, act: Act, user: int, dice: random.Random) -> bool:
        answers = [key for key in self.keys(user) if key[2].get("verb") == "answer"]
        if answers:
            self.press(user, answers[0])
            self.press(user, dice.choice(answers))
        return False

    def _edit(self, act: Act, user: int, dice: random.Random) -> bool:
        chat = self.sim.sandbox.chats.get(user)
        own = [m for m in chat.messages.values() if m.by == user] if chat else []
        if own:
            self.sim.sandbox.user_edit(user, own[-1].message_id, "Toch 4 maanden achter")
        return False

    def _ask(self, act: Act, user: int, dice: random.Random) -> bool:
        self.says(user, dice.choice(ASKED))
        return False

    def _junk(self, act: Act, user: int, dice: random.Random) -> bool:
        self.says(user, dice.choice(JUNK))
        return dice.random() < 0.3

    def _group_talk(self, act: Act, user: int, dice: random.Random) -> bool:
        client = next(iter(self.clients.values()), None)
        words = client.text if client else "Wie neemt deze?"
        self.sim.sandbox.user_text(user, words, chat_id=self.sim.channel)
        return False

    def _raw(self, act: Act, user: int, dice: random.Random) -> bool:
        self.sim.sandbox.inject(dice.choice(RAW))
        return False

    def remove(self, who: str) -> None:
        """A coordinator takes somebody off the team, from the list of the team."""
        boss = self.sim.users["Carla"]
        person = self.sim.numbers.get(who)
        self.says(boss, "/team")
        self.sim.later(20.0, lambda: self._tap(boss, verb="leave_team", person=person))
        self.sim.later(60.0, lambda: self._tap(boss, verb="pick", arg="yes"))

    def hand_over(self, then: float) -> None:
        """A worker gives a case to another, from the list of cases."""
        dice = random.Random(f"{self.sim.plan.seed} {then}")
        user = self.sim.users[dice.choice(("An", "Bram"))]
        self.says(user, "/cases")
        self.sim.later(15.0, lambda: self._tap(user, verb="case"))
        self.sim.later(30.0, lambda: self._tap(user, verb="hand_over"))
        self.sim.later(45.0, lambda: self._tap(user, verb="pick"))

    def _tap(self, user: int, **meaning: Any) -> None:
        for key in self.keys(user):
            if all(key[2].get(name) == value for name, value in meaning.items()):
                self.press(user, key)
                return

    # hands and eyes

    def says(self, user: int, text: str) -> None:
        """Type in private."""
        self.sim.tell(f"{self.sim.name_of(user)} types {text[:40]!r}")
        self.sim.sandbox.user_text(user, text)

    def press(self, user: int, key: tuple[int, str, dict[str, Any]], *, chat: int = 0) -> None:
        """Press a live button."""
        verb, arg = key[2].get("verb"), key[2].get("arg") or key[2].get("person") or ""
        self.sim.tell(f"{self.sim.name_of(user)} presses {verb} {key[2].get('step', '')} {arg}")
        self.sim.sandbox.press(user, key[0], key[1], chat_id=chat or user)

    def keys(self, chat_id: int, newest: int = LOOKED_AT) -> list[tuple[int, str, dict[str, Any]]]:
        """Return the live buttons of a chat's newest messages, the newest message first."""
        chat = self.sim.sandbox.chats.get(chat_id)
        if chat is None:
            return []
        ours: list[Message] = [
            message
            for message in reversed(chat.messages.values())
            if message.by == self.sim.sandbox.me.user_id and not message.deleted
        ][:newest]
        return [
            (message.message_id, button["callback_data"],
             self.sim.facts.buttons.get(button["callback_data"], {}))
            for message in ours
            for row in message.api.get("reply_markup", {}).get("inline_keyboard", [])
            for button in row
            if "callback_data" in button
        ]  # fmt: skip
