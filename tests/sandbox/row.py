"""Rows of the tables of errors and limits: each a scene for two independent clients, and what both are told."""

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

import pytest

from sandbox.app import Sandbox
from tests.sandbox.hand import Hand
from tests.sandbox.peers import Peer, Refused


class Scene(NamedTuple):
    """Anna's chat with the bot is open; `hand` is the people's side, `peer` the client under test."""

    sandbox: Sandbox
    hand: Hand
    peer: Peer


class Row(NamedTuple):
    """`told` is Telegram's description without its title; `act` ends in the call that is refused."""

    code: int
    told: str
    act: Callable[[Scene], Awaitable[Any]]
    name: str = ""

    @property
    def id(self) -> str:
        return self.name or self.told[:60]


def rows(*table: Row) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("row", table, ids=[row.id for row in table])


async def check(row: Row, scene: Scene) -> None:
    with pytest.raises(Refused) as caught:
        await row.act(scene)
    assert (caught.value.code, caught.value.text) == (row.code, row.told.lower())
