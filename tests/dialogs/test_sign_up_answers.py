"""Whatever is typed where a field of an account was asked for: a clear sentence, the question again, nothing lost."""

import pytest

from core.identity.refusals import (
    EmailNotUsable,
    EmailTaken,
    NotAName,
    NotAnIdentifier,
    NotAPhone,
    PhoneFromElsewhere,
    PhoneNotMobile,
    WrongIdentifier,
)
from dialogs.kit.refusals import OthersContact, TextNeeded
from tests.dialogs.signing_up import ASKED, answers, begins, refused, told
from tests.dialogs.steps import said
from tests.stage.small_clinic import MARIA
from tests.stage.stage import Stage

IDENTIFIERS = [
    ("90020312345", WrongIdentifier()),
    ("26312401236", WrongIdentifier()),  # of tomorrow
    ("9002031234", NotAnIdentifier(11, 10)),
    ("900203123444", NotAnIdentifier(11, 12)),
    ("my number", NotAnIdentifier(11, 0)),
    ("9002031234X", NotAnIdentifier(11, 10)),
]


@pytest.mark.rule("DIAMED-9")
async def test_a_pesel_that_cannot_be(stage: Stage) -> None:
    phone = await begins(stage)

    for typed, refusal in IDENTIFIERS:
        assert await refused(stage, phone, typed) == said(refusal), typed
        assert ASKED["identifier"] in await phone.screen()
    await phone.says(kind="sticker")
    assert await told(stage, phone) == said(TextNeeded())


@pytest.mark.parametrize("typed", ["９００２０３１２３４４", "900203 12344", " 90020\n312344 ", "26312304324"])
async def test_a_pesel_in_full_width_digits_with_blanks_or_of_today_is_taken(stage: Stage, typed: str) -> None:
    phone = await begins(stage)

    await phone.says(typed)

    await phone.sees(ASKED["given_names"])


NAMES = [("4ever", NotAName(60)), ("Anna2", NotAName(60)), ("x" * 61, NotAName(60)), ("<b>Anna</b>", NotAName(60))]


async def test_a_name_that_cannot_be(stage: Stage) -> None:
    phone = await begins(stage)
    await answers(phone, until="given_names")

    for typed, refusal in NAMES:
        assert await refused(stage, phone, typed) == said(refusal), typed
    await phone.says("  Jean-Luc  d'Arc ")
    await phone.sees(ASKED["surname"])
    assert "Typed so far: Jean-Luc d'Arc" in await phone.taps("Back")
    assert ASKED["surname"] in await phone.taps("Next")


ADDRESSES = [
    "ewa@example.com\nBcc: all@example.com",
    "ewa@example.com, anna@example.com",
    "ewa @example.com",
    "ewą@example.com",
    "ewa.example.com",
    f"{'e' * 250}@example.com",
]


async def test_an_address_that_letters_cannot_reach(stage: Stage) -> None:
    phone = await begins(stage)
    await answers(phone, until="email")

    for typed in ADDRESSES:
        assert await refused(stage, phone, typed) == said(EmailNotUsable()), typed
    await phone.says("EWA@Example.COM")
    await phone.sees(ASKED["phone"])


@pytest.mark.rule("DIAMED-6", "DIAMED-7", "DIAMED-8")
@pytest.mark.parametrize("taken", ["maria@example.com", "MARIA@example.com", "maria+child@example.com"])
async def test_another_patients_mailbox_is_refused_with_the_advice_to_forward(stage: Stage, taken: str) -> None:
    phone = await begins(stage)
    question = await answers(phone, until="email")
    assert "an address of their own" in question
    assert "A child's mailbox can forward its mail to a parent." in question

    words = await refused(stage, phone, taken)

    assert words == said(EmailTaken())
    assert "forward" in words
    await phone.says("child@example.com")
    await phone.sees(ASKED["phone"])


PHONES = [
    ("+39 333 123 4567", PhoneFromElsewhere("+48")),
    ("+48 700 123 456", PhoneNotMobile()),
    ("22 123 45 67", PhoneNotMobile()),
    ("12", NotAPhone()),
    ("call me", NotAPhone()),
]


async def test_a_number_that_no_sms_reaches(stage: Stage) -> None:
    phone = await begins(stage)
    await answers(phone, until="phone")

    for typed, refusal in PHONES:
        assert await refused(stage, phone, typed) == said(refusal), typed
    await phone.says("６０１ ２３４ ５６７")
    assert "Mobile phone: +48 601 234 567" in await phone.sees("Create the account")


async def test_the_number_is_shared_and_the_button_for_it_goes(stage: Stage) -> None:
    phone = await begins(stage)
    await answers(phone, until="phone")
    await phone.presses("Share my number")
    asked = await phone.reads("Please use the button below this chat.")

    await phone.shares(phone_number="48601234567")

    assert "Mobile phone: +48 601 234 567" in await phone.sees("Create the account")
    thanks = await phone.reads("Thank you for your number.")
    sent = {call["response"]["result"]["message_id"]: call["params"] for call in await stage.calls("sendMessage")}
    assert sent[asked.message_id]["reply_markup"]["keyboard"][0][0]["request_contact"] is True
    assert sent[thanks.message_id]["reply_markup"] == {"remove_keyboard": True}
    assert asked.message_id not in [message.message_id for message in await phone.messages()]


@pytest.mark.parametrize("left_by", ["601 234 567", "/start", "/help", "Back"])
async def test_the_button_that_shares_goes_whichever_way_one_leaves(stage: Stage, left_by: str) -> None:
    phone = await begins(stage)
    await answers(phone, until="phone")
    await phone.presses("Share my number")
    asked = await phone.reads("Please use the button below this chat.")

    await (phone.presses(left_by) if left_by == "Back" else phone.says(left_by))
    await stage.is_quiet()

    assert asked.message_id not in [message.message_id for message in await phone.messages()]


async def test_another_persons_contact_is_refused(stage: Stage) -> None:
    phone = await begins(stage)
    await answers(phone, until="phone")

    for card in ({"user_id": MARIA.chat + 1}, {}):
        await phone.shares(contact={"phone_number": "+48601234567", "first_name": "Adam", **card})
        assert await told(stage, phone) == said(OthersContact())
        assert ASKED["phone"] in await phone.screen()
    await phone.shares(phone_number="+393331234567")
    assert await told(stage, phone) == said(PhoneFromElsewhere("+48"))
