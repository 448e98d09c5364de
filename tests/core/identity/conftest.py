"""Somebody at the door, and what lets people in."""

import pytest

from core.clinic import Clinic
from core.identity.greet_chat import greet_chat
from core.identity.hasher import Hasher
from core.identity.person import Person, Role
from core.identity.sign_up import SignUp
from tests.core.identity.newcomers import CHAT, NEIGHBOUR, SEAL
from tests.stage.house import House
from tests.stage.small_clinic import CHEAP


@pytest.fixture
def hasher() -> Hasher:
    return Hasher(CHEAP)


@pytest.fixture
def sign_up(hasher: Hasher) -> SignUp:
    return SignUp(hasher, SEAL)


@pytest.fixture
async def newcomer(house: House) -> Clinic:
    """The clinic as somebody nobody knows sees it."""
    for chat in (CHAT, NEIGHBOUR):
        await house.clinic(greet_chat, chat, "pl")
    return house.as_(Person(Role.STRANGER, CHAT))
