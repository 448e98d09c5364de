from core.clinic import Clinic
from core.demo.demo import Demo
from core.demo.fill_clinic import fill_clinic
from core.identity.hasher import Hasher


async def load_demo(clinic: Clinic, hasher: Hasher, demo: Demo) -> None:
    """Fill an empty clinic as of today, raises AlreadyFilled."""
    hashes = tuple([await hasher.hash(account.password) for account in demo.accounts])
    await clinic.clockwork(fill_clinic, demo, hashes)
