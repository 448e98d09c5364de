from pathlib import Path

import pytest

from tests.core.visits.loading.office import CLINICS, DOCTORS, Office
from tests.stage.house import House


@pytest.fixture
async def office(house: House, tmp_path: Path) -> Office:
    """The small clinic, and beside its own doctors two that came from files: Zima and Lato."""
    office = Office(house, tmp_path)
    await office.load(clinics=CLINICS, doctors=DOCTORS)
    return office
