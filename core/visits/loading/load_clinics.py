from collections.abc import Sequence

from core.transaction import Transaction
from core.visits.loading.rows import ClinicRow
from core.visits.loading.tally import Tally
from core.visits.outpatient_clinic import ClinicId


def load_clinics(tx: Transaction, rows: Sequence[ClinicRow]) -> Tally:
    """Add clinics with new codes, and change what is different in the others."""
    tx.person.require_clockwork()
    known = tx.catalogue.clinics_by_code([row.code for row in rows])
    changed = sum(row.change(known[row.code]) for row in rows if row.code in known)
    new = [row.entity(ClinicId(tx.new_id())) for row in rows if row.code not in known]
    tx.catalogue.add(*new)
    return Tally(len(new), changed, len(rows) - len(new) - changed)
