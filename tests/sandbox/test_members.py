"""Coming and going: what the group is shown, and which bots are told."""

from typing import Any

import pytest

from tests.sandbox.answers import validated
from tests.sandbox.groups import SECOND, SECOND_TOKEN, become, forget, found, heard, last, number_of, say
from tests.sandbox.hand import ANNA, BORIS, Hand

ALL = ["message", "my_chat_member", "chat_member"]


async def changes(hand: Hand, token: str = "") -> list[tuple[str, str, str]]:
    """The kind of each change that was heard, the status before and after."""
    told = []
    for update in await heard(hand, token):
        for kind in ("my_chat_member", "chat_member"):
            if kind in update:
                old, new = update[kind]["old_chat_member"], update[kind]["new_chat_member"]
                told.append((kind, old["status"], new["status"]))
    return told


async def services(hand: Hand, token: str = "") -> list[str]:
    messages = [update["message"] for update in await heard(hand, token) if "message" in update]
    return [kind for message in messages for kind in ("new_chat_members", "left_chat_member") if kind in message]


async def test_a_bot_that_is_added_is_told_first_and_then_sees_itself_come(bot: Hand) -> None:
    await forget(bot)
    group = await found(bot, status="member")
    change, message = await heard(bot)
    assert change["my_chat_member"]["chat"]["id"] == group
    assert change["my_chat_member"]["from"]["id"] == ANNA
    assert change["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert [user["id"] for user in message["message"]["new_chat_members"]] == [number_of(bot)]


async def test_rising_and_falling_is_told_without_a_message(bot: Hand) -> None:
    group = await found(bot, status="member")
    await forget(bot)
    await become(bot, group, number_of(bot), "administrator", rights={"can_pin_messages": False})
    await become(bot, group, number_of(bot), "restricted", rights={"can_send_messages": True})
    await become(bot, group, number_of(bot), "member")
    assert await changes(bot) == [
        ("my_chat_member", "member", "administrator"),
        ("my_chat_member", "administrator", "restricted"),
        ("my_chat_member", "restricted", "member"),
    ]
    assert await services(bot) == []
    validated("getUpdates", (await bot.bot("getUpdates")).json)
    risen = (await heard(bot))[0]["my_chat_member"]["new_chat_member"]
    assert (risen["can_pin_messages"], risen["can_delete_messages"]) == (False, True)


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("kicked", "Forbidden: bot was kicked from the supergroup chat"),
        ("left", "Forbidden: bot is not a member of the supergroup chat"),
    ],
)
async def test_a_bot_that_is_removed_hears_of_it_and_then_nothing(bot: Hand, status: str, told: str) -> None:
    group = await found(bot)
    await forget(bot)
    await become(bot, group, number_of(bot), status)
    await say(bot, group, "/help")
    assert await changes(bot) == [("my_chat_member", "administrator", status)]
    assert await services(bot) == ["left_chat_member"]
    assert len(await heard(bot)) == 2
    for method in ("sendMessage", "getChat", "getChatMemberCount", "leaveChat", "sendChatAction"):
        assert await bot.refusal(method, chat_id=group, text="x", action="typing") == told


async def test_a_bot_that_comes_back_may_speak_again(bot: Hand) -> None:
    group = await found(bot)
    await become(bot, group, number_of(bot), "kicked")
    await become(bot, group, number_of(bot), "member")
    await bot.result("sendMessage", chat_id=group, text="Here again")


async def test_a_bot_that_leaves_hears_of_it(bot: Hand) -> None:
    group = await found(bot)
    await forget(bot)
    assert await bot.result("leaveChat", chat_id=group) is True
    assert await changes(bot) == [("my_chat_member", "administrator", "left")]
    assert await services(bot) == ["left_chat_member"]
    assert (await last(bot, group))["sender"]["id"] == number_of(bot)


async def test_a_bot_in_charge_that_asked_is_told_of_others(bot: Hand) -> None:
    group = await found(bot, members=[])
    await forget(bot, allowed_updates=ALL)
    await become(bot, group, BORIS, "member")
    await become(bot, group, BORIS, "restricted")
    await become(bot, group, BORIS, "kicked")
    await become(bot, group, BORIS, "left")
    assert await changes(bot) == [
        ("chat_member", "left", "member"),
        ("chat_member", "member", "restricted"),
        ("chat_member", "restricted", "kicked"),
        ("chat_member", "kicked", "left"),
    ]
    assert await services(bot) == ["new_chat_members", "left_chat_member"]
    validated("getUpdates", (await bot.bot("getUpdates")).json)


async def test_of_others_neither_a_plain_member_is_told_nor_a_bot_that_did_not_ask(bot: Hand) -> None:
    await bot.result("getMe", token=SECOND_TOKEN)
    group = await found(bot, members=[])
    await become(bot, group, SECOND, "member")
    await forget(bot)
    await forget(bot, SECOND_TOKEN, allowed_updates=ALL)
    await become(bot, group, BORIS, "member")
    assert await changes(bot) == []
    assert await changes(bot, SECOND_TOKEN) == []
    assert await services(bot) == await services(bot, SECOND_TOKEN) == ["new_chat_members"]


async def test_another_bots_coming_is_a_change_of_somebody_else(bot: Hand) -> None:
    await bot.result("getMe", token=SECOND_TOKEN)
    group = await found(bot)
    await forget(bot, allowed_updates=ALL)
    await become(bot, group, SECOND, "administrator")
    assert await changes(bot) == [("chat_member", "left", "administrator")]
    assert await changes(bot, SECOND_TOKEN) == [("my_chat_member", "left", "administrator")]


async def test_people_come_and_go_by_themselves(bot: Hand) -> None:
    group = await found(bot)
    await become(bot, group, BORIS, "left", by=BORIS)
    assert ((await last(bot, group))["kind"], (await last(bot, group))["sender"]["id"]) == ("left_chat_member", BORIS)
    await become(bot, group, BORIS, "member", by=BORIS)
    assert ((await last(bot, group))["kind"], (await last(bot, group))["sender"]["id"]) == ("new_chat_members", BORIS)


@pytest.mark.parametrize(
    ("by", "user", "status", "told"),
    [
        (BORIS, BORIS, "administrator", "Борис cannot do that alone."),
        (BORIS, 123456789, "kicked", "Борис has no right to do that in Front desk (can_promote_members)."),
        (BORIS, ANNA, "kicked", "Whoever made the group stays its creator."),
        (ANNA, BORIS, "creator", None),
        (ANNA, 777, "member", "Neither a person nor a bot has the number 777."),
        (ANNA, 1003, "restricted", "Whoever is not in the group cannot be restricted there."),
        (1003, BORIS, "member", "Zofia is not in Front desk."),
    ],
)
async def test_changes_that_people_cannot_make(bot: Hand, by: int, user: int, status: str, told: str | None) -> None:
    await bot.sim("people", {"people": [{"id": 1003, "first_name": "Zofia"}]})
    group = await found(bot)
    answer = await bot.ask(f"groups/{group}/members", {"by": by, "user": user, "status": status})
    assert answer.status in (400, 404)
    assert told is None or answer.json == {"error": told}


async def test_whoever_is_banned_does_not_come_back_alone(bot: Hand) -> None:
    group = await found(bot)
    await become(bot, group, BORIS, "kicked")
    answer = await bot.ask(f"groups/{group}/members", {"by": BORIS, "user": BORIS, "status": "member"})
    assert answer.json == {"error": "Борис cannot do that alone."}


async def test_a_restricted_person_does_not_write(bot: Hand) -> None:
    group = await found(bot)
    await become(bot, group, BORIS, "restricted")
    answer = await bot.ask("say", {"person": BORIS, "chat": group, "text": "x"})
    assert answer.json == {"error": "Борис may not write in Front desk."}
    await become(bot, group, BORIS, "restricted", rights={"can_send_messages": True})
    await say(bot, group, "x")


async def test_members_as_the_bot_reads_them(bot: Hand) -> None:
    await bot.sim("people", {"people": [{"id": 1003, "first_name": "Zofia"}]})
    group = await found(bot)
    await become(bot, group, BORIS, "restricted", rights={"can_send_messages": True})
    statuses = {}
    for user in (ANNA, BORIS, 1003, number_of(bot)):
        member = await bot.result("getChatMember", chat_id=group, user_id=user)
        assert member["user"]["id"] == user
        statuses[user] = member["status"]
    assert statuses == {ANNA: "creator", BORIS: "restricted", 1003: "left", number_of(bot): "administrator"}
    assert await bot.result("getChatMemberCount", chat_id=group) == 3


async def test_administrators_are_named_without_other_bots_unless_asked_for(bot: Hand) -> None:
    await bot.result("getMe", token=SECOND_TOKEN)
    group = await found(bot)
    await become(bot, group, SECOND, "administrator")

    async def named(**more: Any) -> list[int]:
        members = await bot.result("getChatAdministrators", chat_id=group, **more)
        return [member["user"]["id"] for member in members]

    assert await named() == [ANNA, number_of(bot)]
    assert await named(return_bots=True) == [ANNA, number_of(bot), SECOND]


async def test_a_private_chat_has_two_members(bot: Hand) -> None:
    assert await bot.result("getChatMemberCount", chat_id=ANNA) == 2
    for user in (ANNA, number_of(bot)):
        assert (await bot.result("getChatMember", chat_id=ANNA, user_id=user))["status"] == "member"


async def test_the_bot_reads_what_the_group_is(bot: Hand) -> None:
    group = await found(bot, forum=True, username="front_desk")
    info = await bot.result("getChat", chat_id="@front_desk")
    assert (info["id"], info["type"], info["is_forum"]) == (group, "supergroup", True)
    assert info["active_usernames"] == ["front_desk"]
    assert info["permissions"]["can_send_messages"] is True
    assert "pinned_message" not in info
