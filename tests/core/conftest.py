import pytest

from tests.stage.memory import ENGINES


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The clinic behaves the same on both."""
    name: str = request.param
    return name
