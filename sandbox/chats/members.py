"""Who is in a group, and what they may do there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

from sandbox.wire import Json


class Status(StrEnum):
    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    RESTRICTED = "restricted"
    LEFT = "left"
    KICKED = "kicked"


PRESENT = frozenset({Status.CREATOR, Status.ADMINISTRATOR, Status.MEMBER, Status.RESTRICTED})
ABSENT = frozenset(Status) - PRESENT
IN_CHARGE = frozenset({Status.CREATOR, Status.ADMINISTRATOR})
RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
    "can_manage_tags",
    "can_send_welcome_messages",
)
USUAL_RIGHTS = {name: name != "can_promote_members" for name in RIGHTS}
PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
NO_PERMISSIONS = dict.fromkeys(PERMISSIONS, False)
ALL_PERMISSIONS = dict.fromkeys(PERMISSIONS, True)
RIGHTS_OF = {Status.ADMINISTRATOR: USUAL_RIGHTS, Status.RESTRICTED: NO_PERMISSIONS}


def permitted(status: Status, given: Mapping[str, bool]) -> dict[str, bool]:
    """An administrator has the usual rights, a restricted member none, save for what is said."""
    return {**RIGHTS_OF.get(status, {}), **given}


class User(Protocol):
    @property
    def id(self) -> int: ...

    def as_user(self) -> Json: ...


@runtime_checkable
class Reader(Protocol):
    """A bot may be free of privacy mode."""

    @property
    def reads_all(self) -> bool: ...


NEEDED_TO_SEND = {
    "text": ("can_send_messages", "text messages"),
    "photo": ("can_send_photos", "photos"),
    "document": ("can_send_documents", "documents"),
    "video": ("can_send_videos", "videos"),
    "animation": ("can_send_other_messages", "animations"),
    "audio": ("can_send_audios", "music"),
    "voice": ("can_send_voice_notes", "voice notes"),
    "video_note": ("can_send_video_notes", "video notes"),
    "sticker": ("can_send_other_messages", "stickers"),
    "contact": ("can_send_messages", "contacts"),
    "location": ("can_send_messages", "locations"),
    "invoice": ("can_send_messages", "invoice messages"),
}


@dataclass(slots=True)
class Member:
    """`rights` are an administrator's, or a restricted member's permissions."""

    user: User
    status: Status
    rights: Mapping[str, bool] = field(default_factory=dict)

    @property
    def present(self) -> bool:
        return self.status in PRESENT

    @property
    def is_bot(self) -> bool:
        return bool(self.user.as_user()["is_bot"])

    @property
    def hears_all(self) -> bool:
        """Privacy mode holds for bots that are neither in charge nor free of it."""
        return self.in_charge or (isinstance(self.user, Reader) and self.user.reads_all)

    @property
    def in_charge(self) -> bool:
        return self.status in IN_CHARGE

    def may(self, right: str) -> bool:
        """Whether an administrator's right is theirs."""
        return self.status is Status.CREATOR or (self.status is Status.ADMINISTRATOR and self.rights.get(right, False))

    def permitted(self, permission: str) -> bool:
        """Whether they may do what every member may who is not restricted."""
        return self.status is not Status.RESTRICTED or self.rights.get(permission, False)

    def as_telegram(self) -> Json:
        shown: Json = {"user": self.user.as_user(), "status": self.status.value}
        match self.status:
            case Status.CREATOR:
                return {**shown, "is_anonymous": False}
            case Status.ADMINISTRATOR:
                rights = {name: self.rights.get(name, False) for name in RIGHTS}
                return {
                    **shown,
                    "can_be_edited": False,
                    "is_anonymous": False,
                    **rights,
                    "can_manage_voice_chats": rights["can_manage_video_chats"],
                }
            case Status.RESTRICTED:
                permissions = {name: self.rights.get(name, False) for name in PERMISSIONS}
                return {**shown, "is_member": True, "until_date": 0, **permissions}
            case Status.KICKED:
                return {**shown, "until_date": 0}
            case _:
                return shown
