"""The bot's menu of commands."""

import re

from sandbox.bad_requests import CannotParse, ChatNotFound
from sandbox.calls.parameters import Parameters, whole_number
from sandbox.chats.commands import DEFAULT, MenuKey, Scope
from sandbox.chats.group import Group
from sandbox.methods.call import Call, Run
from sandbox.refusals import BadRequest
from sandbox.wire import Json

COMMAND = re.compile(r"[a-z0-9_]+")
LANGUAGE = re.compile(r"[a-z]{2}")
COMMAND_CHARACTERS = 32
DESCRIPTION_CHARACTERS = 256
MOST_COMMANDS = 100
SCOPE = "BotCommandScope"
WIDE_SCOPES = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})


async def set_my_commands(call: Call) -> object:
    given = call.parameters.structure("commands", "commands")
    if not isinstance(given, list):
        raise BadRequest("can't parse commands: Array expected")
    key, commands = _key(call), [_command(entry) for entry in given]
    if len(commands) > MOST_COMMANDS:
        raise BadRequest("BOT_COMMANDS_TOO_MUCH")
    call.bot.commands.set(key, commands)
    _show(call)
    return True


async def get_my_commands(call: Call) -> object:
    return call.bot.commands.get(_key(call))


async def delete_my_commands(call: Call) -> object:
    call.bot.commands.delete(_key(call))
    _show(call)
    return True


def _show(call: Call) -> None:
    for chat in call.bot.chats.values():
        chat.touch()
    for group in call.world.groups.values():
        if call.bot.id in group.members:
            group.touch()


def _command(entry: object) -> Json:
    if not isinstance(entry, dict):
        raise BadRequest("can't parse commands: Object expected")
    command = _words(entry, "command", "command", COMMAND_CHARACTERS)
    description = _words(entry, "description", "command description", DESCRIPTION_CHARACTERS)
    if not COMMAND.fullmatch(command):
        raise BadRequest("BOT_COMMAND_INVALID")
    return {"command": command, "description": description}


def _words(entry: Json, field: str, called: str, most: int) -> str:
    """A command may be given with its slash."""
    given = entry.get(field)
    if given is None:
        raise CannotParse("BotCommand", f'Can\'t find field "{field}"')
    if not isinstance(given, str):
        raise CannotParse("BotCommand", f'Field "{field}" must be of type String')
    words = given.strip().removeprefix("/") if field == "command" else given.strip()
    if not words:
        raise BadRequest(f"{called} must be non-empty")
    if len(words) > most:
        raise BadRequest(f"{called} length must not exceed {most}")
    return words


def _key(call: Call) -> MenuKey:
    """The scope is read before the language is judged, as on the real server."""
    scope = _scope(call)
    language = call.parameters.text("language_code")
    if language and not LANGUAGE.fullmatch(language):
        raise BadRequest("invalid language code specified")
    return (*scope, language)


def _scope(call: Call) -> Scope:
    scope = call.parameters.structure("scope", "bot command scope")
    if scope is None:
        return DEFAULT
    if not isinstance(scope, dict):
        raise CannotParse(SCOPE, "Object expected")
    kind = str(scope.get("type", ""))
    if kind in WIDE_SCOPES:
        return kind, 0, 0
    if kind not in CHAT_SCOPES:
        raise CannotParse(SCOPE, "Unsupported type specified")
    user = 0
    if kind == "chat_member":
        user = whole_number(scope.get("user_id")) or 0
        if user <= 0:
            raise CannotParse(SCOPE, "Invalid user_id specified")
    return kind, _known_chat(call, kind, scope.get("chat_id")), user


def _known_chat(call: Call, kind: str, named: object) -> int:
    """A chat's scope needs a chat that the bot knows; in a private one there is nobody to tell apart."""
    if named in (None, ""):
        raise CannotParse(SCOPE, "chat_id is empty")
    chat = call._replace(parameters=Parameters({"chat_id": named})).chat()
    if isinstance(chat, Group):
        chat.require_open_to(call.bot.id)
    elif not call.bot.chats[chat.id].started:
        raise ChatNotFound
    elif kind != "chat":
        raise BadRequest("can't use specified scope in private chats")
    return chat.id


METHODS: dict[str, Run] = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
}
