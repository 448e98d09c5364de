"""Groups for tests: founded by Anna, with Boris as a member and the bot in the standing that the test needs."""

from typing import Any

from tests.sandbox.hand import ANNA, BORIS, Hand

SECOND = 987654321
SECOND_TOKEN = "987654321:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"


def number_of(hand: Hand) -> int:
    return int(hand.token.partition(":")[0])


async def found(hand: Hand, *, status: str = "administrator", rights: Any = None, **more: Any) -> int:
    """The new group's number; `status` empty leaves the bot out."""
    bots = [{"id": number_of(hand), "status": status, "rights": rights or {}}] if status else []
    body = {"title": "Front desk", "creator": ANNA, "members": [BORIS], "bots": bots, **more}
    group = await hand.sim("groups", body)
    return int(group["group"]["id"])


async def found_forum(hand: Hand, **more: Any) -> int:
    return await found(hand, forum=True, **more)


async def become(hand: Hand, group: int, user: int, status: str, by: int = ANNA, **more: Any) -> None:
    await hand.sim(f"groups/{group}/members", {"by": by, "user": user, "status": status, **more})


async def open_topic(hand: Hand, group: int, name: str = "Ward") -> int:
    topic = await hand.sim(f"groups/{group}/topics", {"person": ANNA, "name": name})
    return int(topic["thread"])


async def say(hand: Hand, group: int, text: str, person: int = BORIS, **more: Any) -> Any:
    return await hand.sim("say", {"person": person, "chat": group, "text": text, **more})


async def seen(hand: Hand, group: int, person: int = ANNA, **query: Any) -> Any:
    return await hand.sim("chat", person=person, chat=group, **query)


async def last(hand: Hand, group: int) -> Any:
    """The newest message as people see it."""
    return (await seen(hand, group))["messages"][-1]


async def forget(hand: Hand, token: str = "", **parameters: Any) -> None:
    """What was heard so far is confirmed; `allowed_updates` may be set on the way."""
    heard = await hand.bot("getUpdates", token=token, **parameters)
    updates = heard.json["result"]
    if updates:
        await hand.bot("getUpdates", token=token, offset=updates[-1]["update_id"] + 1)


async def heard(hand: Hand, token: str = "") -> list[Any]:
    answer = await hand.bot("getUpdates", token=token)
    return list(answer.json["result"])
