"""Whatever a bot sends, the sandbox answers in Telegram's envelope, and the people's side goes on."""

import json
from io import BytesIO
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.app import Sandbox
from sandbox.chats.members import Member, Status
from sandbox.files import FileKind, Upload
from sandbox.methods import PLAYED
from tests.sandbox.conftest import TOKEN
from tests.sandbox.fuzz import GROUP, PICTURE, Wild, wild_calls
from tests.sandbox.hand import ANNA, Hand

EXAMPLES = 4
CALLS = 6
STATUSES = {200, 400, 403, 404, 409, 413, 501}
PAGES = (
    "",
    "sim/people",
    "sim/bots",
    "sim/groups",
    "sim/faults",
    "sim/flood",
    "sim/log",
    "sim/updates",
    f"sim/chats?person={ANNA}",
    f"sim/chat?person={ANNA}",
    f"sim/chat?person={ANNA}&chat={GROUP}",
    f"sim/chat.txt?person={ANNA}",
)


class Stage(NamedTuple):
    """Anna's chat and a forum, both with something in them; `real` are the identifiers that are good there."""

    hand: Hand
    real: dict[str, list[Any]]


@pytest.fixture
async def stage(bot: Hand, sandbox: Sandbox) -> Stage:
    world = sandbox.world
    group = world.found_group("Duty", forum=True, username="duty", chat_id=GROUP)
    playing = world.bots.of_token(TOKEN)
    group.members[playing.id] = Member(playing, Status.CREATOR)
    group.members[ANNA] = Member(world.people[ANNA], Status.MEMBER)
    keyboard = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    for chat in (ANNA, GROUP):
        await bot.result("sendMessage", chat_id=chat, text="Choose", reply_markup=keyboard)
        await bot.result("createForumTopic", chat_id=GROUP, name="Visits")
    pressed = await bot.sim("press", {"person": ANNA, "data": "a"})
    kinds = (FileKind.DOCUMENT, FileKind.PHOTO)
    ids = [world.files.put(Upload("a", "", PICTURE), kind).id_for(playing.id) for kind in kinds]
    return Stage(bot, {"callback_query_id": [pressed["query_id"]], "file_id": ids, "document": ids, "photo": ids})


def refuse_constant(name: str) -> Any:
    raise AssertionError(f"{name} is no JSON")


def read_strictly(body: str) -> Any:
    return json.loads(body, parse_constant=refuse_constant)


async def call(hand: Hand, method: str, wild: Wild) -> None:
    address, headers = f"{hand.url}/bot{TOKEN}/{method}", {"Content-Type": wild.content_type}
    async with hand.session.post(address, data=BytesIO(wild.body), headers=headers) as response:
        answer = read_strictly(await response.text())
        assert response.status in STATUSES, (method, answer, wild)
    if response.status == 200:
        assert answer["ok"] is True
        assert "result" in answer
    else:
        assert (answer["ok"], answer["error_code"]) == (False, response.status)
        assert isinstance(answer["description"], str)


async def look_around(hand: Hand) -> None:
    """The page and everything it asks for are still there."""
    for page in PAGES:
        async with hand.session.get(f"{hand.url}/{page}") as response:
            body = await response.text()
            assert response.status == 200, (page, body)
            if response.content_type == "application/json":
                read_strictly(body)


@pytest.mark.parametrize("method", sorted(PLAYED))
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
async def test_nonsense_is_answered_and_forgotten(stage: Stage, method: str, data: st.DataObject) -> None:
    for _ in range(CALLS):
        await call(stage.hand, method, data.draw(wild_calls(method, stage.real)))
    await look_around(stage.hand)
