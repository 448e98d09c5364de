from core.alerts.alert import AlertId
from core.alerts.owed import credentials
from core.identity.account import Account
from core.identity.credentials import TEMPORARY_LIVES, login_from
from core.identity.newcomer import Newcomer
from core.identity.person import AccountId, PatientId
from core.transaction import Transaction


def open_account(tx: Transaction, newcomer: Newcomer, password_hash: str, alert_id: int, sealed: bytes) -> AccountId:
    """Make an account of one's own, and owe login and password by e-mail (DIAMED-6, DIAMED-7, DIAMED-11).

    `sealed` is the password for the alert of that id alone. Whoever the clinic knows already, without an account, and
    by the same name and phone, keeps the visits they have. Refuses with DeskClosed, EmailTaken and IdentifierTaken, and
    like the fields' own readers.
    """
    chat_id = tx.person.require_chat()
    tx.facility.require_open_desk(tx.now)
    patient = newcomer.patient(PatientId(tx.new_id()), tx.facility, tx.facility.day_of(tx.now))
    email = newcomer.address
    tx.accounts.require_free_mailbox(email)
    known = tx.accounts.require_no_account(patient, tx.facility.reception.phone)
    account = Account(
        id=AccountId(tx.new_id()),
        patient_id=known.id if known is not None else patient.id,
        login=tx.accounts.free_login(login_from(patient.given_names, patient.surname), tx.chance),
        email=email,
        password_hash="",
        temporary_hash=password_hash,
        temporary_until=tx.now + TEMPORARY_LIVES,
        opened_at=tx.now,
    )
    tx.accounts.add_newcomer(patient if known is None else None, account, tx.facility.reception.phone)
    tx.chats.bind(account.id, chat_id)
    tx.alerts.owe(credentials(AlertId(alert_id), account.id, sealed, tx.now))
    return account.id
