"""Answers to what the bot asks, one thing at a time, from what the story says of an act."""

from __future__ import annotations

from typing import Any, Final

from bot.conversations.fields import ALL
from bot.rehearsal.stage import Chat, Stage, Stuck
from bot.rehearsal.story import Spot, word
from bot.screen import Verb

ASKED_MAX: Final = 40
"""Questions that one act may come to."""


class Respondent(Stage):
    """Answers the questions of a conversation; raises `Stuck` where the story has no answer."""

    async def _fill(self, chat: Chat, given: dict[str, Any]) -> None:
        """Answer what the bot asks, one thing at a time, until it asks no more."""
        for _ in range(ASKED_MAX):
            state = await self._asking(chat)
            if state is None or state["kind"] == "earlier":
                return
            asking, values = state["asking"], state.get("values", {})
            await self._answer_one(chat, asking, given)
            after = await self._asking(chat)
            same = after is not None and after["asking"] == asking
            if same and after is not None and after.get("values", {}) == values:
                raise Stuck(f"{asking!r} is asked again")
        raise Stuck("the questions do not end")

    async def _answer_one(self, chat: Chat, asking: str, given: dict[str, Any]) -> None:
        if asking == "items.more":
            if given.get("items"):
                await self._pick(chat, "another")
            else:
                await self._tap(chat, verb=Verb.DONE)
            return
        if asking.startswith("items."):
            await self._item_part(chat, asking.removeprefix("items."), given)
            return
        if asking not in given or given[asking] is None:
            before = await self._asking(chat)
            for verb in (Verb.SKIP, Verb.DONE):
                # the button may be an older question's: then nothing has changed
                if await self._tap(chat, verb=verb) and await self._asking(chat) != before:
                    return
            await self._without(chat, asking)
            return
        await self._give(chat, asking, given[asking])

    async def _without(self, chat: Chat, asking: str) -> None:
        """Answer a question that the story says nothing about."""
        if asking == "known":
            await self._pick(chat, "new")
        elif asking == "reach":
            await self._pick(chat, "chat")
        elif asking in ("reason", "did", "note"):
            await self._say(chat, "-")
        else:
            raise Stuck(f"{asking} is asked")

    async def _item_part(self, chat: Chat, part: str, given: dict[str, Any]) -> None:
        items = given.get("items") or []
        if not items:
            if not await self._tap(chat, verb=Verb.SKIP):
                raise Stuck("an action is asked")
            return
        if part == "what":
            await self._say(chat, str(items[0]["what"]))
            return
        key = "who" if part == "who" else "date"
        value = items[0].get(key)
        if part == "day":
            given["items"] = items[1:]
        if value is None:
            await self._tap(chat, verb=Verb.SKIP)
        else:
            await self._say(chat, str(value))

    async def _give(self, chat: Chat, asking: str, value: Any) -> None:
        match value:
            case Spot():
                await self._say(chat, self._typed(value))
                await self._settle_date(chat, asking, value)
            case ("person", name):
                if not await self._tap(chat, verb=Verb.PICK, person=self.ids[name]):
                    raise Stuck(f"{name} cannot be chosen")
            case ("item", number):
                if not await self._tap(chat, verb=Verb.PICK, item=number):
                    raise Stuck("that action cannot be chosen")
            case ("known", number):
                if not await self._tap(chat, verb=Verb.PICK, arg="known", item=number):
                    await self._pick(chat, "new")
            case ("pick", arg):
                await self._pick(chat, arg)
            case ("ticks", ticks):
                is_all = ticks == [ALL]
                for tick in () if is_all else ticks:
                    await self._pick(chat, tick)
                await self._tap(chat, verb=Verb.DONE, **({"arg": ALL} if is_all else {}))
            case ("lines", said):
                for line in said:
                    await self._say(chat, line)
                await self._tap(chat, verb=Verb.DONE)
            case _:
                await self._say(chat, word(value))

    async def _settle_date(self, chat: Chat, asking: str, spot: Spot) -> None:
        """Confirm a date that the bot echoes before it counts (a past one, a DST gap)."""
        state = await self._asking(chat)
        if state is None or state["asking"] != asking:
            return
        iso = self._iso(spot)
        for arg in ("yes", iso, iso + "!"):
            if await self._tap(chat, verb=Verb.PICK, arg=arg):
                return

    def _iso(self, spot: Spot) -> str:
        if spot.at is None:
            return spot.day.isoformat()
        return f"{spot.at.astimezone(self.days.zone):%Y-%m-%dT%H:%M}"

    def _typed(self, spot: Spot) -> str:
        return self._iso(spot).replace("T", " ")
