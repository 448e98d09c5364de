from dataclasses import replace
from typing import Final

from core.clinic import Clinic
from core.demo.demo import Demo
from core.demo.fill_clinic import fill_clinic
from core.identity.hasher import Hasher
from core.progress import Tell, in_silence

PASSWORDS: Final = "passwords"


async def load_demo(clinic: Clinic, hasher: Hasher, demo: Demo, tell: Tell = in_silence) -> None:
    """Fill an empty clinic as of today, raises AlreadyFilled."""
    hashes: list[str] = []
    for account in demo.accounts:
        tell(PASSWORDS, len(hashes), len(demo.accounts))
        hashes.append(await hasher.hash(account.password))
    tell(PASSWORDS, len(hashes), len(demo.accounts))
    await replace(clinic.clockwork, patience=None, leisurely=True)(fill_clinic, demo, tuple(hashes), tell)
