from core.clinic import Clinic
from core.identity.count_attempt import count_attempt
from core.identity.hasher import Hasher
from core.identity.open_session import open_session
from core.identity.questions import credentials_of, wait_before_next
from core.identity.refusals import WrongCredentials


async def log_in(clinic: Clinic, hasher: Hasher, login: str, password: str) -> None:
    """Open a session for the chat if login and password belong together.

    Refuses with WrongCredentials, which reads the same for an unknown login, and with TooManyAttempts.
    """
    await clinic(count_attempt, login)
    account_id, password_hash = await clinic.read(credentials_of, login)
    if not await hasher.verify(password_hash, password) or account_id is None:
        raise WrongCredentials(wait=await clinic.read(wait_before_next, login))
    await clinic(open_session, account_id)
