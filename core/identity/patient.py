from dataclasses import dataclass
from datetime import date

from core.identity.person import PatientId
from core.identity.sex import Sex


@dataclass(eq=False)
class Patient:
    """Whoever receives care. `identifier` is the country's: a PESEL, a codice fiscale, an INN."""

    id: PatientId
    given_names: str
    surname: str
    born: date
    identifier: str
    phone: str
    sex: Sex | None = None

    @property
    def name(self) -> str:
        return f"{self.given_names} {self.surname}"

    def is_also(self, other: "Patient") -> bool:
        """Whether somebody who gives the same identifier gives the same name and phone, too."""
        return self.phone == other.phone and self.name.casefold() == other.name.casefold()
