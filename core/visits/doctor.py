from dataclasses import dataclass
from typing import NewType

DoctorId = NewType("DoctorId", int)


@dataclass(eq=False)
class Doctor:
    """`name` is how patients see it, title first: dr Anna Nowak. `code`: what the facility itself calls it."""

    id: DoctorId
    name: str
    surname: str
    code: str | None = None
