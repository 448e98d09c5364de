"""Keyboards in place of the person's own, and the contacts they ask for."""

from typing import Any

import pytest

from tests.sandbox.hand import ANNA, BORIS, Hand
from tests.sandbox.peers import Peer

ASK = "Share my number"


async def keyboard(hand: Hand) -> Any:
    return (await hand.sim("chat", person=ANNA))["keyboard"]


async def shared(peer: Peer) -> Any:
    return (await peer.call("get_updates"))[-1].message


async def test_a_keyboard_stands_until_it_is_taken_away(bot: Hand, peer: Peer) -> None:
    assert await keyboard(bot) is None
    asked = await peer.call("send_message", chat_id=ANNA, text="Your number?", reply_markup=peer.contact_keyboard(ASK))
    standing = await keyboard(bot)
    assert (standing["message_id"], standing["used"]) == (asked.message_id, False)
    assert standing["keyboard"] == [[{"text": ASK, "request_contact": True}]]
    assert (standing["resize_keyboard"], standing["one_time_keyboard"]) == (True, True)
    await peer.call("send_message", chat_id=ANNA, text="Buttons of a message change nothing")
    assert (await keyboard(bot))["used"] is False
    await bot.say("no")
    assert (await keyboard(bot))["used"] is True
    await peer.call("send_message", chat_id=ANNA, text="As you wish", reply_markup=peer.no_keyboard())
    assert await keyboard(bot) is None


async def test_a_keyboard_goes_with_its_message(bot: Hand, peer: Peer) -> None:
    asked = await peer.call("send_message", chat_id=ANNA, text="Your number?", reply_markup=peer.contact_keyboard(ASK))
    await peer.call("delete_message", chat_id=ANNA, message_id=asked.message_id)
    assert await keyboard(bot) is None


async def test_a_keyboard_is_never_shown_back_to_the_bot(bot: Hand) -> None:
    asked = await bot.result(
        "sendMessage", chat_id=ANNA, text="?", reply_markup={"keyboard": [[{"text": ASK, "request_contact": True}]]}
    )
    assert "reply_markup" not in asked


async def test_a_shared_contact_is_the_persons_own(bot: Hand, peer: Peer) -> None:
    await bot.sim(f"people/{ANNA}/addresses", {"phone": "393331234567"})
    await bot.sim("say", {"person": ANNA, "kind": "contact"})
    contact = (await shared(peer)).contact
    assert (contact.phone_number, contact.user_id) == ("393331234567", ANNA)
    assert (contact.first_name, contact.last_name) == ("Anna", "Rossi")


async def test_the_number_may_be_another_one(bot: Hand) -> None:
    await bot.sim("say", {"person": ANNA, "kind": "contact", "phone_number": "+39061234567"})
    contact = (await bot.updates())[-1]["message"]["contact"]
    assert contact == {
        "phone_number": "+39061234567",
        "first_name": "Anna",
        "last_name": "Rossi",
        "user_id": ANNA,
    }
    assert (await bot.messages())[-1]["content"] == {"contact": contact}


@pytest.mark.parametrize("user_id", [None, BORIS])
async def test_somebody_elses_card_says_whose_it_is_or_nothing(bot: Hand, peer: Peer, user_id: int | None) -> None:
    card = {"phone_number": "+79161234567", "first_name": "Борис"}
    given = card if user_id is None else {**card, "user_id": user_id}
    await bot.sim("say", {"person": ANNA, "kind": "contact", "contact": given})
    message = await shared(peer)
    assert (message.contact.phone_number, message.contact.user_id) == ("+79161234567", user_id)
    assert (await bot.messages())[-1]["content"] == {"contact": given}


@pytest.mark.parametrize(
    ("card", "told"),
    [
        ("+79161234567", "contact must be an object."),
        ({"first_name": "Boris"}, "A contact needs a phone_number and a first_name."),
        ({"phone_number": "+79161234567"}, "A contact needs a phone_number and a first_name."),
        ({"phone_number": 7, "first_name": "Boris"}, "phone_number, first_name and last_name are texts."),
        ({"phone_number": "7", "first_name": "B", "user_id": "7"}, "user_id must be a whole number."),
    ],
)
async def test_cards_that_cannot_be_sent(bot: Hand, card: Any, told: str) -> None:
    answer = await bot.ask("say", {"person": ANNA, "kind": "contact", "contact": card})
    assert (answer.status, answer.json) == (400, {"error": told})
