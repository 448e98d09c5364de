from collections.abc import Sequence

from core.transaction import Transaction
from core.visits.doctor import DoctorId
from core.visits.loading.rows import DoctorRow
from core.visits.loading.tally import Tally


def load_doctors(tx: Transaction, rows: Sequence[DoctorRow]) -> Tally:
    """Add doctors with new codes, and change what is different in the others."""
    tx.person.require_clockwork()
    known = tx.catalogue.doctors_by_code([row.code for row in rows])
    changed = sum(row.change(known[row.code]) for row in rows if row.code in known)
    new = [row.entity(DoctorId(tx.new_id())) for row in rows if row.code not in known]
    tx.catalogue.add(*new)
    return Tally(len(new), changed, len(rows) - len(new) - changed)
