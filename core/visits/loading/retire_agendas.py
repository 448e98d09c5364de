from collections.abc import Sequence

from core.transaction import Transaction


def retire_agendas(tx: Transaction, codes: Sequence[str]) -> int:
    """Let these agendas end yesterday, and say how many had not ended yet; slots are settled afterwards."""
    tx.person.require_clockwork()
    today = tx.facility.day_of(tx.now)
    running = [agenda for agenda in tx.catalogue.agendas_by_code(codes).values() if not agenda.is_over(today)]
    for agenda in running:
        agenda.retire(today)
    return len(running)
