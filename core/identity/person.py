"""Who acts: every question and every change is asked by somebody."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType

from core.identity.refusals import LogInNeeded

AccountId = NewType("AccountId", int)
PatientId = NewType("PatientId", int)
ChatId = NewType("ChatId", int)


class Role(StrEnum):
    STRANGER = "stranger"
    PATIENT = "patient"
    CLOCKWORK = "clockwork"


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts, and from which chat.

    `session_ended`: somebody we knew until the session's time ran out; `account` then still says whose session it was,
    so that nobody else is led back into what that person had open.
    """

    role: Role
    chat: ChatId | None = None
    account: AccountId | None = None
    patient: PatientId | None = None
    session_ended: bool = False

    def require_patient(self) -> PatientId:
        """The patient who acts; refuses with LogInNeeded for anybody else."""
        if self.role is not Role.PATIENT or self.patient is None:
            raise LogInNeeded(session_ended=self.session_ended)
        return self.patient

    def require_account(self) -> AccountId:
        """The account that is logged in; refuses with LogInNeeded where none is."""
        if self.role is not Role.PATIENT or self.account is None:
            raise LogInNeeded(session_ended=self.session_ended)
        return self.account

    def require_chat(self) -> ChatId:
        """The chat somebody writes from; the clockwork has none, and asking is a mistake of ours."""
        if self.chat is None:
            raise PermissionError("only somebody in a chat may do this")
        return self.chat

    def require_clockwork(self) -> None:
        """For what only the house itself does."""
        if self.role is not Role.CLOCKWORK:
            raise PermissionError("only the clockwork may do this")


CLOCKWORK: Final = Person(Role.CLOCKWORK)
STRANGER: Final = Person(Role.STRANGER)
