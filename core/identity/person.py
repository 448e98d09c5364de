"""Who acts: every question and every change is asked by somebody."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType

from core.identity.refusals import LogInNeeded, NewPasswordNeeded

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
    so that nobody else is led back into what that person had open. `password_due`: logged in with a password that was
    sent, and able to do nothing but choose one's own (DIAMED-12).
    """

    role: Role
    chat: ChatId | None = None
    account: AccountId | None = None
    patient: PatientId | None = None
    session_ended: bool = False
    password_due: bool = False

    def require_patient(self) -> PatientId:
        """The patient who acts; refuses with LogInNeeded for anybody else, and with NewPasswordNeeded."""
        if self.role is not Role.PATIENT or self.patient is None:
            raise LogInNeeded(session_ended=self.session_ended)
        self._require_own_password()
        return self.patient

    def require_account(self) -> AccountId:
        """The account that is logged in; refuses with LogInNeeded where none is."""
        account = self.require_log_in()
        self._require_own_password()
        return account

    def require_log_in(self) -> AccountId:
        """The same, for choosing a password alone: the one that was sent is good enough."""
        if self.role is not Role.PATIENT or self.account is None:
            raise LogInNeeded(session_ended=self.session_ended)
        return self.account

    def _require_own_password(self) -> None:
        if self.password_due:
            raise NewPasswordNeeded

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
