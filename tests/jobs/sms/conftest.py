"""What tests of SMS talk to: programs that others wrote."""

import pytest

from tests.peers.npm import install_peers


@pytest.fixture(scope="session")
def peers() -> None:
    """Node's SMSC is installed."""
    install_peers()
