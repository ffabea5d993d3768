"""Files for people: made beside the loop or in a process of their own, from values alone."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot import making
from bot.maker import Maker, NotMade

SECRET = "Marc Verlinden, Kerkstraat 12"
PNG = b"\x89PNG\r\n"


@pytest.fixture(params=["beside", "apart"])
def where(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make the same kind in a thread and in a process."""
    if request.param == "apart":
        monkeypatch.setattr("bot.maker.LIGHT", frozenset())
    return str(request.param)


async def test_a_file_is_made_of_values(where: str):
    """A maker is given values and gives a file, wherever it is made."""
    assert (await Maker().make("qr", {"text": "t.me/kier?start=abc"})).startswith(PNG)


async def test_what_cannot_be_made_says_why_in_one_word(
    where: str, caplog: pytest.LogCaptureFixture
):
    """A failure is a value for the sender; nothing of what people said is in it or in the log."""
    with caplog.at_level(logging.DEBUG), pytest.raises(NotMade) as failed:
        await Maker().make("qr", {"wrong": SECRET})
    assert failed.value.code == "KeyError"
    assert SECRET not in caplog.text


async def test_too_slow_is_not_made(monkeypatch: pytest.MonkeyPatch):
    """A maker that hangs is ended, so that its message is settled before its lease runs out."""
    monkeypatch.setattr("bot.maker.LIGHT", frozenset())
    monkeypatch.setattr("bot.maker.MAKING_MAX_S", 0.001)
    with pytest.raises(NotMade) as failed:
        await Maker().make("qr", {"text": "abc"})
    assert failed.value.code == "too-slow"


async def test_the_secrets_stay_outside(monkeypatch: pytest.MonkeyPatch):
    """The makers' process is not given the token or the place of the keys (S17)."""
    monkeypatch.setenv("KIER_TOKEN", "canary")
    given: dict[str, str] = {}
    real = asyncio.create_subprocess_exec

    async def seen(*args: object, **options: object) -> object:
        given.update(options["env"])  # type: ignore[call-overload]
        return await real(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("bot.maker.LIGHT", frozenset())
    monkeypatch.setattr(asyncio, "create_subprocess_exec", seen)
    await Maker().make("qr", {"text": "abc"})
    assert given
    assert "canary" not in given.values()


def test_each_kind_has_its_maker():
    """Every kind that can be asked for is there to make it, and the light ones are known."""
    for module in making.MAKERS.values():
        assert callable(__import__(module, fromlist=["make"]).make)
    assert set(making.MAKERS) >= making.LIGHT
