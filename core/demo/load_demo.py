import asyncio

from core.clinic import Clinic
from core.demo.demo import Demo
from core.demo.fill_clinic import fill_clinic
from core.identity.hasher import Hasher


async def load_demo(clinic: Clinic, hasher: Hasher, demo: Demo) -> None:
    """Fill an empty clinic as of today, passwords hashed in a thread before; raises AlreadyFilled."""
    passwords = [account.password for account in demo.accounts]
    hashes = await asyncio.to_thread(lambda: tuple(hasher.hash(password) for password in passwords))
    await clinic.clockwork(fill_clinic, demo, hashes)
