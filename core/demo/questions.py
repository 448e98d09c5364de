from core.transaction import Reading


def is_empty(reading: Reading) -> bool:
    """Whether there is no clinic yet, so that a demo may be loaded."""
    return not reading.catalogue.clinics()
