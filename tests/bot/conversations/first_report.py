"""A first report by the questions, played word by word: what it asks of who has never seen it.

Counted is what can be counted: messages and taps of the reporter, words on the screens, characters
typed. The seconds are an estimate from published figures, for somebody who knows the facts by
heart and reads every word once; thinking of what to say, or looking it up, comes
on top.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from rich.console import Console

from bot.conversations import intake
from bot.screen import Screen, Verb
from tests.bot.conversations.front_desk import Chat, labels, team

WORDS_A_MINUTE: Final = 238
"""Silent reading of adults: Brysbaert 2019, Journal of Memory and Language 109, 104047."""
TYPED_WORDS_A_MINUTE: Final = 36.2
"""On one's own telephone, a word being five characters: Palin et al. 2019, MobileHCI '19."""
TAP_S: Final = 1.2
"""To point (P, 1.1 s) and to press (B, 0.1 s): Card, Moran & Newell 1980, CACM 23(7). For a mouse;
a thumb is not slower."""
NL: Final = MappingProxyType(
    {
        "hello": "Dag",
        "client": "Marc Verlinden",
        "address": "Kerkstraat 12, Weelde, 0470 00 01 12",
        "odd": "naast de bakker in Weelde, er staat geen nummer",
        "text": "Ik ben Rita van De Heide, we bereiken hem niet",
        "arrears": "Ik ben Rita van De Heide, al 2 maanden achter, we bereiken hem niet",
        "view": "Ik ben de buurvrouw, er kwam een deurwaarder en ze is bang, 0471 22 33 44",
        "hearing": "7 oktober 10u",
        "eviction": "nee",
    }
)
FR: Final = MappingProxyType(
    {
        "hello": "Bonjour",
        "client": "Jean Dupont",
        "address": "rue Haute 12, Liège, 0470 00 01 12",
        "odd": "à côté de la boulangerie à Liège, il n'y a pas de numéro",
        "text": "Je suis Rita de La Bruyère, il ne répond pas",
        "arrears": "Je suis Rita de La Bruyère, 2 mois de retard, il ne répond pas",
        "view": "Je suis sa voisine, un huissier est venu et elle a peur, 0471 22 33 44",
        "hearing": "7 octobre 10h",
        "eviction": "non",
    }
)
WORDS: Final[Mapping[str, Mapping[str, str]]] = {"nl-BE": NL, "fr": FR}
BOTH: Final = ("ravels", "eropaf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """One way through the questions. `kind` "" where there are no kinds; `odd`: the address
    comes alone, as a neighbour would say it."""

    name: str
    procedures: tuple[str, ...]
    kind: str = ""
    odd: bool = False


PATHS: Final = (
    Path(name="arrears", procedures=("ravels",), kind="arrears"),
    Path(name="petition", procedures=("ravels",), kind="petition"),
    Path(name="claim", procedures=("ravels",), kind="claim"),
    Path(name="claim, odd address", procedures=("ravels",), kind="claim", odd=True),
    Path(name="Eropaf", procedures=("eropaf",)),
    Path(name="both: arrears", procedures=BOTH, kind="arrears"),
    Path(name="both: claim", procedures=BOTH, kind="claim"),
    Path(name="both: claim, odd address", procedures=BOTH, kind="claim", odd=True),
    Path(name="both: Eropaf", procedures=BOTH),
    Path(name="both: Eropaf, odd address", procedures=BOTH, odd=True),
)


@dataclass(slots=True, kw_only=True)
class Cost:
    """What a path took, until *Send* was pressed."""

    messages: int = 0
    """Whatever the reporter sent: texts and taps."""
    taps: int = 0
    read: int = 0
    typed: int = 0

    @property
    def seconds(self) -> float:
        """The estimate; a text is sent by a tap too."""
        reading = self.read / WORDS_A_MINUTE * 60
        typing = self.typed / 5 / TYPED_WORDS_A_MINUTE * 60
        return reading + typing + self.messages * TAP_S


def words_on(screen: Screen, seen: set[str]) -> int:
    """Return how many words are to be read on a screen, buttons too.

    Not what is known: a button of an earlier screen, one's own words quoted, a calendar's figures.
    """
    html = re.sub(r"<blockquote>.*?</blockquote>", " ", screen.html, flags=re.DOTALL)
    fresh = [label for label in labels(screen) if label not in seen]
    seen.update(fresh)
    shown = [re.sub(r"<[^>]+>", " ", html), *fresh]
    return sum(bool(re.search(r"[^\W\d_]{2}", word)) for part in shown for word in part.split())


def played(path: Path, language: str) -> tuple[Cost, Chat]:
    """Return what a report on the path took, and the chat in which it was filed."""
    said = WORDS[language]
    chat = Chat(member=None, language=language, team=team(*path.procedures))
    cost = Cost()
    seen: set[str] = set()

    def read_on() -> None:
        cost.messages += 1
        cost.read += words_on(chat.last, seen)

    def tap(verb: Verb, arg: str | None = None) -> None:
        chat.press(verb, arg)
        cost.taps += 1
        read_on()

    chat.say(said["hello"])  # in life the button Start
    cost.taps += 1
    read_on()
    tap(Verb.REPORT, "guided")
    while True:
        asking = chat.asking or ""
        match asking:
            case intake.SUMMARY:
                chat.press(Verb.SEND)
                cost.messages += 1
                cost.taps += 1
                return cost, chat
            case intake.PROCEDURE:
                tap(Verb.PICK, f"ravels.{path.kind}" if path.kind else "eropaf")
            case "kind":
                tap(Verb.PICK, path.kind)
            case "consent":
                tap(Verb.PICK, "yes")
            case _:
                text = said["odd" if asking == "address" and path.odd else asking]
                if asking == "text" and path.kind == "arrears":
                    text = said["arrears"]
                chat.say(text)
                cost.typed += len(text)
                read_on()


def main() -> None:
    """Print what each path takes: `python -m tests.bot.conversations.first_report`."""
    say = Console(width=110, highlight=False).print
    say(f"{'':27}{'messages':>9}{'taps':>6}{'read':>6}{'typed':>7}{'seconds':>9}")
    for language in WORDS:
        for path in PATHS:
            cost, _ = played(path, language)
            figures = (
                f"{cost.messages:9}{cost.taps:6}{cost.read:6}{cost.typed:7}{cost.seconds:9.0f}"
            )
            say(f"{language:6}{path.name:26}{figures}")


if __name__ == "__main__":
    main()
