from core.clinic import Clinic
from core.identity.count_attempt import count_attempt
from core.identity.hasher import Hasher
from core.identity.open_session import open_session
from core.identity.questions import credentials_of, wait_before_next
from core.identity.refusals import WrongCredentials


async def log_in(clinic: Clinic, hasher: Hasher, login: str, password: str) -> None:
    """Open a session for the chat if login (or e-mail address) and password belong together.

    The password is one's own, or the one that was sent (DIAMED-12). Refuses with WrongCredentials, which reads the same
    for an unknown login, and with TooManyAttempts.
    """
    await clinic(count_attempt, login)
    known = await clinic.read(credentials_of, login)
    own = await hasher.verify(known.own_hash, password)
    sent = not own and known.sent_hash is not None and await hasher.verify(known.sent_hash, password)
    if known.account_id is None or not (own or sent):
        raise WrongCredentials(wait=await clinic.read(wait_before_next, login))
    await clinic(open_session, known.account_id, sent)
