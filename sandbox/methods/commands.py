"""The bot's menu of commands."""

import re

from sandbox.commands import MenuKey
from sandbox.methods.call import Call, Run
from sandbox.parameters import whole_number
from sandbox.refusals import BadRequest, ChatNotFound
from sandbox.wire import Json

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
DESCRIPTION_CHARACTERS = 256
MOST_COMMANDS = 100
WIDE_SCOPES = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})


async def set_my_commands(call: Call) -> object:
    given = call.parameters.structure("commands", "commands")
    if not isinstance(given, list):
        raise BadRequest("can't parse commands: Array expected")
    key = _key(call)
    if len(given) > MOST_COMMANDS:
        raise BadRequest("BOT_COMMANDS_TOO_MUCH")
    call.bot.commands.set(key, [_command(entry) for entry in given])
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


def _command(entry: object) -> Json:
    if not isinstance(entry, dict):
        raise BadRequest("can't parse commands: Object expected")
    command = str(entry.get("command", "")).removeprefix("/")
    description = str(entry.get("description", "")).strip()
    if not COMMAND.fullmatch(command):
        raise BadRequest("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= DESCRIPTION_CHARACTERS:
        raise BadRequest("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


def _key(call: Call) -> MenuKey:
    """A chat's scope needs a chat that the bot knows."""
    language = call.parameters.text("language_code").lower()
    if language and not (len(language) == 2 and language.isascii() and language.isalpha()):
        raise BadRequest("BOT_COMMAND_LANGUAGE_INVALID")
    scope = call.parameters.structure("scope", "bot command scope")
    if scope is None:
        return "default", 0, 0, language
    if not isinstance(scope, dict):
        raise BadRequest("can't parse BotCommandScope: Object expected")
    kind = str(scope.get("type", ""))
    if kind in WIDE_SCOPES:
        return kind, 0, 0, language
    if kind not in CHAT_SCOPES:
        raise BadRequest("can't parse BotCommandScope: Unsupported type specified")
    chat_id = whole_number(scope.get("chat_id")) or 0
    private, group = call.bot.chats.get(chat_id), call.world.groups.get(chat_id)
    if not (private and private.started) and not (group and call.bot.id in group.members):
        raise ChatNotFound
    return kind, chat_id, whole_number(scope.get("user_id")) or 0, language


METHODS: dict[str, Run] = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
}
