"""Who is in a group, and how a bot leaves it."""

from sandbox.bad_requests import ChatNotFound
from sandbox.chats.chat import Chat, PrivateChat
from sandbox.chats.group import Group
from sandbox.chats.members import Member, Status
from sandbox.chats.membership import become
from sandbox.methods.call import Call, Run
from sandbox.refusals import BadRequest

IN_A_PRIVATE_CHAT = 2


async def get_chat_member(call: Call) -> object:
    """People of the sandbox who were never in the group have left it."""
    user_id = call.parameters.integer("user_id")
    if user_id <= 0:
        raise BadRequest("invalid user_id specified")
    chat = readable_chat(call)
    if isinstance(chat, Group):
        user = call.world.people.get(user_id) or call.world.bots.by_id.get(user_id)
        if user is None:
            raise BadRequest("member not found")
        return chat.member(user).as_telegram()
    for user in (call.world.people.get(chat.id), call.bot):
        if user is not None and user.id == user_id:
            return Member(user, Status.MEMBER).as_telegram()
    raise BadRequest("member not found")


async def get_chat_administrators(call: Call) -> object:
    """Without other bots, unless they are asked for."""
    chat = readable_chat(call)
    if not isinstance(chat, Group):
        raise BadRequest("there are no administrators in the private chat")
    others = call.parameters.flag("return_bots")
    return [
        member.as_telegram()
        for member in chat.members.values()
        if member.in_charge and (others or not member.is_bot or member.user.id == call.bot.id)
    ]


async def get_chat_member_count(call: Call) -> object:
    chat = readable_chat(call)
    return sum(1 for _ in chat.present()) if isinstance(chat, Group) else IN_A_PRIVATE_CHAT


async def leave_chat(call: Call) -> object:
    chat = readable_chat(call)
    if not isinstance(chat, Group):
        raise BadRequest("chat member status can't be changed in private chats")
    become(call.world, chat, call.bot, Member(call.bot, Status.LEFT))
    call.world.events.changed("people")
    return True


def readable_chat(call: Call) -> Chat:
    """A private chat that was opened once, even if it is blocked now; a group only from within."""
    chat = call.chat()
    if isinstance(chat, PrivateChat):
        if not chat.started:
            raise ChatNotFound
    else:
        chat.require_open_to(call.bot.id)
    return chat


METHODS: dict[str, Run] = {
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
}
