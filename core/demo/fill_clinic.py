from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import timedelta
from random import Random
from typing import Any, Final

from core.alerts.owed import reminders
from core.demo.bookings import Bookings
from core.demo.chance import draw_id
from core.demo.crowd import Turns, invent_patients
from core.demo.demo import Demo
from core.demo.practice import Practice
from core.demo.questions import is_empty
from core.facility.closed_days import closed_days
from core.identity.account import Account, normalise_login
from core.identity.patient import Patient
from core.identity.person import AccountId, PatientId
from core.progress import Tell, in_silence
from core.transaction import Transaction

AGENDAS: Final = "agendas"
PATIENTS: Final = "patients"
SLOTS: Final = "slots"
VISITS: Final = "visits"
ROWS_AT_ONCE: Final = 2_000


class AlreadyFilled(ValueError):
    """The database holds a clinic already; a demo would mix invented people with others."""


def fill_clinic(tx: Transaction, demo: Demo, password_hashes: Sequence[str], tell: Tell = in_silence) -> None:
    """Make the demo as of today: clinics, slots up to the horizon, people (one hash an account, in order), bookings,
    and the reminders of those who have an account.

    The same demo on the same day makes the same rows, ids included. Raises AlreadyFilled.
    """
    tx.person.require_clockwork()
    if not is_empty(tx):
        raise AlreadyFilled("the database holds a clinic already")
    chance = Random(demo.key)
    booking, zone, today = tx.facility.booking, tx.facility.timezone, tx.facility.day_of(tx.now)
    last = today + timedelta(days=booking.horizon.days)

    practice = Practice.of(demo, chance)
    people = list(_people(demo, password_hashes, chance))
    crowd = invent_patients(demo.crowd, chance)
    closed = closed_days(tx.facility.country, today, last)
    tell(AGENDAS, 0, len(practice.agendas))
    slots = practice.slots_between(today, last, zone, closed, chance)
    bookings = Bookings(practice, slots, today, zone, chance)
    for (patient, _), known in zip(people, demo.accounts, strict=True):
        for wish in known.visits:
            bookings.plan(patient.id, wish)
    bookings.fill(Turns([patient.id for patient in crowd]), booking.horizon)

    for agenda in practice.agendas:
        agenda.made_until = last
    tell(AGENDAS, len(practice.agendas), len(practice.agendas))

    # Adding a person writes what was added before: clinics and doctors before agendas, agendas before slots.
    tx.catalogue.add(*practice.clinics, *practice.doctors)
    for patient, account in people:
        tx.accounts.add(patient, account)
    tx.catalogue.add(*practice.agendas)
    for done, patient in enumerate(crowd, start=1):
        tx.accounts.add(patient, None)
        tell(PATIENTS, done, len(crowd))
    for rows in _in_batches(SLOTS, slots, tell):
        tx.slots.add_many(rows)
    for rows in _in_batches(VISITS, bookings.visits, tell):
        tx.visits.add_many(rows)
    account_of = {account.patient_id: account for _, account in people}
    for visit in bookings.visits:
        if visit.patient_id in account_of:
            tx.alerts.owe(*reminders(visit, account_of[visit.patient_id], tx.facility, tx.now, lambda: draw_id(chance)))


def _people(demo: Demo, password_hashes: Sequence[str], chance: Random) -> Iterator[tuple[Patient, Account]]:
    for known, password_hash in zip(demo.accounts, password_hashes, strict=True):
        patient = Patient(
            id=PatientId(draw_id(chance)),
            given_names=known.given_names,
            surname=known.surname,
            born=known.born,
            identifier=known.identifier,
            phone=known.phone,
        )
        yield (
            patient,
            Account(
                id=AccountId(draw_id(chance)),
                patient_id=patient.id,
                login=normalise_login(known.login),
                email=known.email,
                password_hash=password_hash,
            ),
        )


def _in_batches(what: str, entities: Sequence[Any], tell: Tell) -> Iterator[list[dict[str, object]]]:
    """Entities as rows, for a few statements instead of thousands; `tell` hears after each."""
    names = [field.name for field in fields(entities[0])]
    for start in range(0, len(entities), ROWS_AT_ONCE):
        tell(what, start, len(entities))
        yield [{name: getattr(it, name) for name in names} for it in entities[start : start + ROWS_AT_ONCE]]
    tell(what, len(entities), len(entities))
