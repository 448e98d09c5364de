from dataclasses import dataclass

from core.identity.person import AccountId, PatientId


@dataclass(eq=False)
class Account:
    """One patient's own way in (DIAMED-5, DIAMED-6). `language` is the person's choice, if one was made."""

    id: AccountId
    patient_id: PatientId
    login: str
    email: str
    password_hash: str
    language: str | None = None


def normalise_login(typed: str) -> str:
    """Logins differ neither by case nor by the spaces around them."""
    return typed.strip().casefold()
