from dataclasses import dataclass
from typing import NewType

ClinicId = NewType("ClinicId", int)


@dataclass(eq=False)
class OutpatientClinic:
    """One specialty's practice inside the facility: a poradnia. `preparation` is what to know before a visit.

    `code` is the clinic's own name for it, where it was imported.
    """

    id: ClinicId
    name: str
    address: str
    preparation: str
    code: str | None = None
