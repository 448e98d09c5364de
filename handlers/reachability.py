"""A person blocks the bot, or lets it back in."""

from aiogram import Router
from aiogram.enums import ChatMemberStatus
from aiogram.types import ChatMemberUpdated

from core.clinic import Clinic
from core.identity.note_reachability import note_reachability
from core.identity.person import ChatId


async def note(event: ChatMemberUpdated, clinic: Clinic) -> None:
    reachable = event.new_chat_member.status == ChatMemberStatus.MEMBER
    await clinic.clockwork(note_reachability, ChatId(event.chat.id), reachable)


def router() -> Router:
    reachability = Router(name="reachability")
    reachability.my_chat_member.register(note)
    return reachability
