from dataclasses import dataclass
from typing import NewType

ClinicId = NewType("ClinicId", int)


@dataclass(eq=False)
class OutpatientClinic:
    """One specialty's practice inside the facility: a poradnia. `preparation` is what to know before a visit."""

    id: ClinicId
    name: str
    address: str
    preparation: str
