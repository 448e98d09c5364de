from random import Random

from sqlalchemy import select

from core.errors import NotFound
from core.identity.account import Account, mailbox_of, normalise_login
from core.identity.chat import ChatLink
from core.identity.patient import Patient
from core.identity.person import AccountId, ChatId, Person
from core.identity.refusals import EmailTaken, IdentifierTaken
from core.identity.tables import accounts, patients, sessions
from core.storage.fault import Violation
from core.storage.memory import Memory


class AccountStore:
    def __init__(self, memory: Memory, person: Person) -> None:
        self._memory = memory
        self._person = person

    def by_login(self, login: str) -> Account | None:
        """Only log-in, and a letter to its owner, may look for an account by the login or address somebody typed."""
        name = normalise_login(login)
        named = accounts.c.mailbox == mailbox_of(name) if "@" in name else accounts.c.login == name
        return self._memory.thing(Account, select(accounts).where(named))

    def own(self) -> Account:
        """The acting person's account; refuses with LogInNeeded."""
        return self._memory.get_one(Account, self._person.require_account())

    def logged_in(self) -> Account:
        """The same, though the password be one that was sent."""
        return self._memory.get_one(Account, self._person.require_log_in())

    def own_patient(self) -> Patient:
        return self._memory.get_one(Patient, self._person.require_patient())

    def get(self, account_id: AccountId) -> Account:
        return self._memory.get_one(Account, account_id)

    def patient_of(self, account: Account) -> Patient:
        return self._memory.get_one(Patient, account.patient_id)

    def made_in(self, chat_id: ChatId, account_id: AccountId) -> Account:
        """An account made in this chat that nobody has logged in to; refuses with NotFound for any other."""
        link = self._memory.get(ChatLink, account_id)
        account = self._memory.get(Account, account_id)
        if account is None or link is None or link.chat_id != chat_id or account.opened_at is None:
            raise NotFound
        entered = select(sessions.c.id).where(sessions.c.account_id == account_id).limit(1)
        if account.password_hash or self._memory.value(entered) is not None:
            raise NotFound
        return account

    def require_free_mailbox(self, email: str, but: AccountId | None = None) -> None:
        """Refuse with EmailTaken where another account has the mailbox (DIAMED-7)."""
        query = select(accounts.c.id).where(accounts.c.mailbox == mailbox_of(email), accounts.c.id != (but or 0))
        if self._memory.value(query) is not None:
            raise EmailTaken

    def require_unused_identifier(self, identifier: str, phone: str) -> None:
        """Refuse with IdentifierTaken where somebody has an account with it."""
        query = select(accounts.c.id).join(patients).where(patients.c.identifier == identifier)
        if self._memory.value(query) is not None:
            raise IdentifierTaken(phone)

    def require_no_account(self, newcomer: Patient, phone: str) -> Patient | None:
        """The patient whom the clinic knows already, without an account; None for somebody new.

        Refuses with IdentifierTaken, which offers the reception's `phone`, where there is an account, or where name and
        phone are not those we know: a right identifier is no proof of identity.
        """
        known = self._memory.thing(Patient, select(patients).where(patients.c.identifier == newcomer.identifier))
        if known is None:
            return None
        taken = select(accounts.c.id).where(accounts.c.patient_id == known.id)
        if self._memory.value(taken) is not None or not known.is_also(newcomer):
            raise IdentifierTaken(phone)
        return known

    def free_login(self, wished: str, chance: Random) -> str:
        """The login, with a number after it where somebody has it."""
        login = wished
        while self._memory.value(select(accounts.c.id).where(accounts.c.login == login)) is not None:
            login = f"{wished}{chance.randint(2, 9999)}"
        return login

    def add_newcomer(self, patient: Patient | None, account: Account, phone: str) -> None:
        """Write the account, with its patient where that is new; refuses with EmailTaken and IdentifierTaken."""
        if patient is not None:
            self._memory.add(patient)
            self.settle(phone)
        self._memory.add(account)
        self.settle(phone)

    def settle(self, phone: str) -> None:
        """Write now, so that the schema's own word on what is taken comes here."""
        try:
            self._memory.flush()
        except Violation as rule:
            words = str(rule)
            if "mail" in words:
                raise EmailTaken from None
            if "login" in words:
                raise
            raise IdentifierTaken(phone) from None

    def add(self, patient: Patient, account: Account | None) -> None:
        self._memory.add(patient)
        self._memory.flush()
        if account is not None:
            self._memory.add(account)
