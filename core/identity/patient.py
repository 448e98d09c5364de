from dataclasses import dataclass
from datetime import date

from core.identity.person import PatientId


@dataclass(eq=False)
class Patient:
    """Whoever receives care. `identifier` is the country's: a PESEL, a codice fiscale, an INN."""

    id: PatientId
    given_names: str
    surname: str
    born: date
    identifier: str
    phone: str
