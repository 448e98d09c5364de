"""Making an account, and letters with a password: a password is made, hashed in a thread, sealed for its letter."""

from dataclasses import dataclass

from core.clinic import Clinic
from core.identity.correct_email import correct_email
from core.identity.count_sign_up_try import count_sign_up_try
from core.identity.credentials import temporary_password
from core.identity.hasher import Hasher
from core.identity.issue_password import issue_password
from core.identity.newcomer import Newcomer
from core.identity.open_account import open_account
from core.identity.person import AccountId
from core.identity.questions import email_is_free, identifier_is_free
from core.seal import Seal, letter_place


@dataclass(frozen=True, slots=True)
class _Sealed:
    password_hash: str
    alert_id: int
    sealed: bytes


class SignUp:
    """One for the whole process: whoever makes passwords needs the hasher and the seal."""

    def __init__(self, hasher: Hasher, seal: Seal) -> None:
        self._hasher = hasher
        self._seal = seal

    async def check_identifier(self, clinic: Clinic, typed: str) -> None:
        """Refuses with IdentifierTaken where somebody has an account with it, and with TooManyAttempts."""
        await clinic(count_sign_up_try)
        await clinic.read(identifier_is_free, typed)

    async def check_email(self, clinic: Clinic, typed: str) -> None:
        """Refuses with EmailTaken where another patient has the mailbox (DIAMED-7), and with TooManyAttempts."""
        await clinic(count_sign_up_try)
        await clinic.read(email_is_free, typed)

    async def open(self, clinic: Clinic, newcomer: Newcomer) -> AccountId:
        """Make the account and owe its login data by e-mail (DIAMED-11); refuses like `open_account`."""
        made = await self._make(clinic)
        return await clinic(open_account, newcomer, made.password_hash, made.alert_id, made.sealed)

    async def send_again(self, clinic: Clinic, account_id: AccountId, email: str) -> None:
        """Another letter for a new account, perhaps to another address; refuses like `correct_email`."""
        made = await self._make(clinic)
        await clinic(correct_email, account_id, email, made.password_hash, made.alert_id, made.sealed)

    async def forgotten(self, clinic: Clinic, name: str) -> None:
        """A new password by e-mail for whoever has this login or address, if anybody has."""
        made = await self._make(clinic)
        await clinic(issue_password, name, made.password_hash, made.alert_id, made.sealed)

    async def _make(self, clinic: Clinic) -> _Sealed:
        password, alert_id = temporary_password(clinic.chance), clinic.new_id()
        sealed = self._seal.close(password.encode(), letter_place(alert_id))
        return _Sealed(await self._hasher.hash(password), alert_id, sealed)
