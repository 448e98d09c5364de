from collections.abc import Sequence

from core.transaction import Transaction
from core.visits.agenda import AgendaId
from core.visits.loading.rows import AgendaRow
from core.visits.loading.tally import Tally


def load_agendas(tx: Transaction, rows: Sequence[AgendaRow]) -> Tally:
    """Add agendas with new codes, and change what is different in the others; slots are settled afterwards.

    An agenda that goes to another doctor is a new one: the old one ends, without its code. Doctors and clinics must be
    there.
    """
    tx.person.require_clockwork()
    today = tx.facility.day_of(tx.now)
    known = tx.catalogue.agendas_by_code([row.code for row in rows])
    doctors = tx.catalogue.doctors_by_code({row.doctor for row in rows})
    clinics = tx.catalogue.clinics_by_code({row.clinic for row in rows})
    new, handed_over, changed = [], 0, 0
    for row in rows:
        agenda, doctor, clinic = known.get(row.code), doctors[row.doctor], clinics[row.clinic]
        if agenda is not None and agenda.doctor_id == doctor.id:
            changed += row.change(agenda, clinic.id)
            continue
        if agenda is not None:
            agenda.retire(today)
            agenda.code = None
            handed_over += 1
        new.append(row.entity(AgendaId(tx.new_id()), doctor.id, clinic.id))
    tx.catalogue.write_down()
    tx.catalogue.add(*new)
    return Tally(len(new) - handed_over, changed + handed_over, len(rows) - len(new) - changed)
