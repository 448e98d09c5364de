from core.clinic import Clinic
from core.identity.change_password import change_password
from core.identity.credentials import require_good_password
from core.identity.hasher import Hasher
from core.identity.questions import password_rules
from core.identity.refusals import PasswordSentBefore


async def choose_password(clinic: Clinic, hasher: Hasher, password: str) -> None:
    """Make this the logged-in person's own password (DIAMED-12).

    Refuses with PasswordTooShort, PasswordPersonal, PasswordSentBefore and LogInNeeded.
    """
    rules = await clinic.read(password_rules)
    require_good_password(password, rules.patient, rules.least)
    if rules.sent_hash is not None and await hasher.verify(rules.sent_hash, password):
        raise PasswordSentBefore
    await clinic(change_password, await hasher.hash(password))
