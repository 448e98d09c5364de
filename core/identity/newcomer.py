"""Somebody who makes an account of their own (DIAMED-6)."""

from dataclasses import dataclass
from datetime import date

from core.facility.profile import FacilityProfile, Identifier, IdentityScheme
from core.identity.contacts import read_email, read_phone
from core.identity.names import read_name
from core.identity.patient import Patient
from core.identity.person import PatientId
from core.identity.pesel import Birth, read_pesel


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What was typed, each field good by itself."""

    identifier: str
    given_names: str
    surname: str
    email: str
    phone: str

    def patient(self, id: PatientId, facility: FacilityProfile, today: date) -> Patient:
        """The patient this newcomer is; refuses like the fields' own readers."""
        birth = read_identifier(self.identifier, facility, today)
        return Patient(
            id=id,
            given_names=read_name(self.given_names),
            surname=read_name(self.surname),
            born=birth.born,
            identifier=birth.identifier,
            phone=read_phone(self.phone, facility.country, facility.identity.phone_countries),
            sex=birth.sex,
        )

    @property
    def address(self) -> str:
        """The e-mail address; refuses with EmailNotUsable."""
        return read_email(self.email)


def read_identifier(typed: str, facility: FacilityProfile, today: date) -> Birth:
    """The identifier of the facility's country; refuses with NotAnIdentifier and WrongIdentifier."""
    match facility.identity.identifier:
        case Identifier.PESEL:
            return read_pesel(typed, today)
        case other:
            raise NotImplementedError(other)


def may_sign_up(facility: FacilityProfile) -> bool:
    """Whether people make their accounts themselves here."""
    return facility.identity.scheme is IdentityScheme.EMAILED_CREDENTIALS
