"""The Bot API's methods about the bot itself: commands, names, descriptions, menu."""

import json
from collections.abc import Callable
from typing import Any

from bot.sandbox import entities as rich
from bot.sandbox.params import Params
from bot.sandbox.state import Json, bad_request
from bot.sandbox.telegram import World

COMMANDS_MAX = 100


def profile_key(params: Params, name: str) -> str:
    """Return under which key a profile text is kept: by language and scope."""
    scope = params.values.get("scope")
    where = json.dumps(scope, sort_keys=True) if scope else ""
    return f"{name}/{params.text('language_code')}/{where}"


def set_commands(world: World, params: Params) -> bool:
    """Set the command list: at most 100, names a-z0-9_, descriptions 1-256."""
    commands = params.sequence("commands")
    if commands is None:
        raise bad_request("can't parse commands JSON object")
    if len(commands) > COMMANDS_MAX:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for each in commands:
        name = each.get("command", "") if isinstance(each, dict) else ""
        if not name.isascii() or not 1 <= len(name) <= 32 or not name.replace("_", "a").isalnum():
            raise bad_request("BOT_COMMAND_INVALID")
        if name != name.lower():
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(each.get("description", "")) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.profile[profile_key(params, "commands")] = commands
    world.changed()
    return True


def get_commands(world: World, params: Params) -> list[Json]:
    """Return the command list."""
    found: list[Json] = world.profile.get(profile_key(params, "commands"), [])
    return found


def delete_commands(world: World, params: Params) -> bool:
    """Forget the command list."""
    world.profile.pop(profile_key(params, "commands"), None)
    return True


def setter(name: str, length_max: int) -> Callable[[World, Params], Any]:
    """Return the method that sets a text of the bot's profile."""

    def set_it(world: World, params: Params) -> bool:
        text = params.text(name)
        if rich.units(text) > length_max:
            raise bad_request(f"bot {name.replace('_', ' ')} is too long")
        world.profile[profile_key(params, name)] = text
        world.changed()
        return True

    return set_it


def getter(name: str) -> Callable[[World, Params], Any]:
    """Return the method that reads a text of the bot's profile."""
    return lambda world, params: {name: world.profile.get(profile_key(params, name), "")}


def set_menu(world: World, params: Params) -> bool:
    """Set the menu button."""
    world.profile["menu_button"] = params.mapping("menu_button", "menu button")
    return True


def get_menu(world: World, params: Params) -> Json:
    """Return the menu button."""
    return world.profile.get("menu_button") or {"type": "commands"}
