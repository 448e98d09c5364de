"""Who comes, goes, rises and falls in a group: the group is shown it, and the bots that may know are told."""

from sandbox.bots import Bot
from sandbox.chats.chat import Chat
from sandbox.chats.content import Plain
from sandbox.chats.group import Group
from sandbox.chats.happenings import happened
from sandbox.chats.members import Member, User
from sandbox.hearing.tell import tell
from sandbox.wire import Json
from sandbox.world import World


def become(world: World, group: Group, by: User, after: Member) -> None:
    """`by` is whoever did it: the member, or somebody in charge."""
    before = group.member(after.user)
    if before == after:
        return
    if before.present and not after.present:
        _leave(world, group, by, before, after)
        return
    group.members[after.user.id] = after
    _tell_everybody(world, group, by, before, after)
    if after.present and not before.present:
        came = after.user.as_user()
        shown = {"new_chat_participant": came, "new_chat_member": came, "new_chat_members": [came]}
        happened(world, group, by, "new_chat_members", Plain(shown))
    group.touch()


def tell_of_membership(world: World, bot: Bot, chat: Chat, by: User, before: Member, after: Member) -> int | None:
    """`my_chat_member` where the bot itself came or went, `chat_member` where it was somebody else."""
    kind = "my_chat_member" if after.user.id == bot.id else "chat_member"
    change: Json = {
        "chat": chat.as_telegram(),
        "from": by.as_user(),
        "date": int(world.clock.now()),
        "old_chat_member": before.as_telegram(),
        "new_chat_member": after.as_telegram(),
    }
    return tell(bot, chat, kind, change)


def _leave(world: World, group: Group, by: User, before: Member, after: Member) -> None:
    """Whoever goes still hears of it."""
    _tell_everybody(world, group, by, before, after)
    gone = after.user.as_user()
    happened(world, group, by, "left_chat_member", Plain({"left_chat_participant": gone, "left_chat_member": gone}))
    group.members[after.user.id] = after
    group.touch()


def _tell_everybody(world: World, group: Group, by: User, before: Member, after: Member) -> None:
    """The bot that it is about, and of the others those in charge."""
    for member in list(group.members.values()):
        bot = world.bots.by_id.get(member.user.id)
        if bot is not None and (bot.id == after.user.id or member.in_charge):
            tell_of_membership(world, bot, group, by, before, after)
