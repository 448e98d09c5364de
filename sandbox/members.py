"""Who is in a group, and what they may do there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from sandbox.wire import Json


class Status(StrEnum):
    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    RESTRICTED = "restricted"
    LEFT = "left"
    KICKED = "kicked"


PRESENT = frozenset({Status.CREATOR, Status.ADMINISTRATOR, Status.MEMBER, Status.RESTRICTED})
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
)
USUAL_RIGHTS = {name: name not in ("can_promote_members",) for name in RIGHTS}
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


class User(Protocol):
    @property
    def id(self) -> int: ...

    def as_user(self) -> Json: ...


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
    def in_charge(self) -> bool:
        return self.status in IN_CHARGE

    def may(self, right: str) -> bool:
        """Whether an administrator's right is theirs."""
        return self.status is Status.CREATOR or (self.status is Status.ADMINISTRATOR and self.rights.get(right, False))

    def as_telegram(self) -> Json:
        shown: Json = {"user": self.user.as_user(), "status": self.status.value}
        match self.status:
            case Status.CREATOR:
                return {**shown, "is_anonymous": False}
            case Status.ADMINISTRATOR:
                rights = {name: self.rights.get(name, False) for name in RIGHTS}
                return {**shown, "can_be_edited": False, "is_anonymous": False, **rights}
            case Status.RESTRICTED:
                permissions = {name: self.rights.get(name, False) for name in PERMISSIONS}
                return {**shown, "is_member": True, "until_date": 0, **permissions}
            case Status.KICKED:
                return {**shown, "until_date": 0}
            case _:
                return shown
