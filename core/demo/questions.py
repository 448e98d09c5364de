from core.transaction import Reading


def is_empty(reading: Reading) -> bool:
    """Whether there is no clinic yet, so that a demo may be loaded."""
    return reading.catalogue.is_empty()


def holds_demo(reading: Reading) -> bool:
    """Whether there are clinics that came from no file, so that a clinic's own would stand among invented ones."""
    reading.person.require_clockwork()
    return reading.catalogue.holds_uncoded()
