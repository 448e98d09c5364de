"""Making an account: a question a screen, one look at everything, and a letter with login and password."""

from datetime import time

import pytest

from core.facility.refusals import DeskClosed
from core.identity.refusals import (
    EmailNotUsable,
    EmailTaken,
    IdentifierTaken,
    NotAName,
    NotAnIdentifier,
    NotAPhone,
    PhoneFromElsewhere,
    PhoneNotMobile,
    WrongIdentifier,
)
from dialogs.kit.refusals import OthersContact, TextNeeded
from tests.dialogs.steps import november, reads_login_data, said
from tests.stage.patient import Phone, Screen
from tests.stage.small_clinic import MARIA
from tests.stage.stage import Stage
from tests.stage.voice import speech_in

RECEPTION = "+48 22 123 45 67"
EWA = {
    "identifier": "90020312344",
    "given_names": "Ewa Anna",
    "surname": "Wiśniewska-Nowak",
    "email": "ewa@example.com",
    "phone": "601 234 567",
}
ASKED = {
    "identifier": "Please type the PESEL number.",
    "given_names": "Please type the given names.",
    "surname": "Please type the surname.",
    "email": "Please type the e-mail address.",
    "phone": "Please type the mobile number.",
}


async def begins(stage: Stage, chat: int = MARIA.chat) -> Phone:
    phone = stage.phone(chat)
    await phone.says("/start")
    await phone.sees("Create an account")
    await phone.presses("Create an account")
    await phone.sees(ASKED["identifier"])
    return phone


async def answers(phone: Phone, until: str = "summary", **other: str) -> Screen:
    """Type one field after the other, up to the question for `until`."""
    typed = {**EWA, **other}
    for field, words in ASKED.items():
        if field == until:
            return await phone.sees(words)
        await phone.sees(words)
        await phone.says(typed[field])
    return await phone.sees("Please check everything.", "Create the account")


async def refused(stage: Stage, phone: Phone, typed: str) -> str:
    """What the bot says to an answer that it cannot use; the question stands beneath."""
    await phone.says(typed)
    return await told(stage, phone)


async def told(stage: Stage, phone: Phone) -> str:
    await phone.sees()
    await stage.is_quiet()
    return [message.text for message in await phone.messages() if not message.buttons][-1]


@pytest.mark.rule("DIAMED-5", "DIAMED-6", "DIAMED-11")
async def test_somebody_new_makes_an_account_and_gets_login_and_password_by_e_mail(stage: Stage) -> None:
    phone = await begins(stage)
    summary = await answers(phone)
    for line in (
        "Given names: Ewa Anna",
        "Surname: Wiśniewska-Nowak",
        "PESEL: •••••••2344",
        "Date of birth: 3 February 1990",
        "Sex: female",
        "E-mail: ewa@example.com",
        "Mobile phone: +48 601 234 567",
    ):
        assert line in summary

    await phone.presses("Create the account")

    made = await phone.sees("The account is made.", "Log in", "Nothing came?")
    assert "ewa@example.com" in made
    [patient] = stage.rows("SELECT given_names, surname, born, sex, phone FROM patients WHERE identifier='90020312344'")
    assert patient == ("Ewa Anna", "Wiśniewska-Nowak", "1990-02-03", "female", "+48601234567")
    [letter] = await stage.mails("ewa@example.com")
    assert "ewa.wisniewska-nowak" in letter["text"]


@pytest.mark.rule("DIAMED-11", "DIAMED-12")
async def test_with_what_the_letter_says_one_logs_in(stage: Stage) -> None:
    phone = await begins(stage)
    await answers(phone)
    await phone.presses("Create the account")
    login, password = await reads_login_data(stage, "ewa@example.com")

    await phone.taps("Log in")
    await phone.says(login)
    await phone.sees("Please type your password.")
    await phone.says(password)

    await phone.sees("Please choose a password:", "Log out")


async def test_the_message_with_the_pesel_is_deleted_and_that_is_said(stage: Stage) -> None:
    phone = await begins(stage)
    assert "We will delete the message with it at once." in await phone.screen()

    assert await refused(stage, phone, "90020312345") == said(WrongIdentifier())
    await phone.says(EWA["identifier"])
    await phone.sees(ASKED["given_names"])

    assert await phone.own_words() == ["/start"]
    await phone.taps("Back")
    assert "Typed so far: •••••••2344" in await phone.screen()
    assert EWA["identifier"] not in await phone.chat_text()


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


@pytest.mark.rule("DIAMED-9", "DIAMED-10")
async def test_without_a_pesel_phone_and_reception_are_offered(stage: Stage) -> None:
    phone = await begins(stage)

    offer = await phone.taps("No PESEL yet")

    assert "Online booking needs a PESEL number." in offer
    assert RECEPTION in offer
    assert "ul. Zielona 12" in offer
    assert ASKED["identifier"] in await phone.taps("Back")
    assert "Create an account" in (await phone.taps("No PESEL yet", "Menu")).buttons


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


CHANGES = [
    ("PESEL", "identifier", "20320101236", "Date of birth: 1 December 2020"),
    ("Given names", "given_names", "Eva", "Given names: Eva"),
    ("Surname", "surname", "Lis", "Surname: Lis"),
    ("E-mail", "email", "eva@example.com", "E-mail: eva@example.com"),
    ("Mobile phone", "phone", "+48602345678", "Mobile phone: +48 602 345 678"),
]


async def test_each_field_is_changed_from_the_summary_and_nothing_else_is_lost(stage: Stage) -> None:
    phone = await begins(stage)
    before = await answers(phone)

    for button, field, typed, line in CHANGES:
        await phone.presses(button)
        await phone.sees(ASKED[field], "Back")
        assert (await phone.taps("Back")).text == before.text
        await phone.presses(button)
        await phone.says(typed)
        after = await phone.sees("Create the account", line)
        unchanged = set(before.text.splitlines()) - set(after.text.splitlines())
        assert len(unchanged) == (3 if field == "identifier" else 1)
        before = after


async def test_what_was_taken_meanwhile_leads_to_its_question_and_back_to_the_summary(stage: Stage) -> None:
    first = await begins(stage)
    await answers(first)
    await stage.post("people", {"people": [{"id": 1099, "first_name": "Ola", "language_code": "en"}]})
    second = await begins(stage, 1099)
    await answers(second, identifier="20320101236", given_names="Ola")
    await first.presses("Create the account")
    await first.sees("The account is made.")

    assert await second.presses("Create the account") == said(EmailTaken())
    await second.sees(ASKED["email"])
    await second.says("ola@example.com")
    await second.sees("Given names: Ola", "E-mail: ola@example.com")
    await second.taps("PESEL")
    assert await refused(stage, second, EWA["identifier"]) == said(IdentifierTaken(RECEPTION))
    await second.taps("Back", "Create the account")

    await second.sees("The account is made.")


async def test_whoever_the_clinic_knows_under_another_name_is_sent_to_the_reception(stage: Stage) -> None:
    await stage.writes(
        "INSERT INTO patients (id, given_names, surname, born, identifier, phone) VALUES (?, ?, ?, ?, ?, ?)",
        [(77, "Ewa", "Lis", "1990-02-03", EWA["identifier"], "+48601234567")],
    )
    phone = await begins(stage)
    await answers(phone)

    words = await phone.presses("Create the account")

    assert words == said(IdentifierTaken(RECEPTION))
    assert RECEPTION in (words or "")
    await phone.sees(ASKED["identifier"], "Back")


@pytest.mark.rule("DIAMED-10", "DIAMED-16")
async def test_outside_the_hours_no_account_is_made(stage: Stage) -> None:
    closed = said(DeskClosed(time(7), time(22), RECEPTION))
    await stage.set_clock(november(23, 21, 59))
    phone = await begins(stage)
    await answers(phone)
    await stage.set_clock(november(23, 22))

    assert await phone.presses("Create the account") == closed
    await phone.sees("Please check everything.", "Given names: Ewa Anna")
    await stage.set_clock(november(24, 6, 59))
    await phone.taps("Menu")
    assert await phone.presses("Create an account") == closed
    await phone.sees("Hello! How can we help you?")
    assert stage.rows("SELECT count(*) FROM accounts") == [(4,)]


async def test_what_was_typed_survives_help_and_another_language(stage: Stage) -> None:
    phone, italian = await begins(stage), speech_in("it")
    await answers(phone, until="phone")

    await phone.says("/help")
    await phone.sees("How this works")
    await phone.taps("Back")
    await phone.says("/language")
    await phone.sees("Italiano")
    await phone.presses("Italiano")
    await phone.sees(italian.say("Please type the mobile number.\nFor a child, a parent's number will do."))
    await phone.says(EWA["phone"])

    summary = await phone.sees(italian.say("Create the account"))
    assert "Wiśniewska-Nowak" in summary
    assert "ewa@example.com" in summary


async def test_a_letter_that_did_not_come_is_sent_again_and_elsewhere(stage: Stage) -> None:
    phone = await begins(stage)
    await answers(phone, email="eva@example.com")
    await phone.presses("Create the account")
    await phone.sees("The account is made.", "eva@example.com")
    first = await reads_login_data(stage, "eva@example.com")

    words = await phone.taps("Nothing came?")
    assert "unwanted mail" in words
    assert "A new letter is on its way." in (await phone.presses("Send again") or "")
    await phone.sees("The account is made.")
    second = await reads_login_data(stage, "eva@example.com", least=2)
    await phone.taps("Nothing came?", "Correct the address")
    assert await refused(stage, phone, "maria@example.com") == said(EmailTaken())
    await phone.says("ewa@example.com")
    await phone.sees("The account is made.", "ewa@example.com")

    third = await reads_login_data(stage, "ewa@example.com")
    assert {first[0], second[0], third[0]} == {"ewa.wisniewska-nowak"}
    assert len({first[1], second[1], third[1]}) == 3
    await phone.taps("Nothing came?")
    refusal = await phone.presses("Send again")
    assert "We have sent several letters already." in (refusal or "")
    await phone.sees("Send again")


async def test_a_second_account_is_made_in_the_same_chat_and_nothing_of_the_first_is_shown(stage: Stage) -> None:
    phone = await begins(stage)
    await answers(phone)
    await phone.presses("Create the account")
    await phone.sees("The account is made.")

    await phone.taps("Menu", "Create an account")
    question = await phone.screen()
    assert "Typed so far" not in question
    await answers(phone, identifier="20320101236", given_names="Ola", email="ola@example.com")
    await phone.presses("Create the account")

    assert "ola@example.com" in await phone.sees("The account is made.")
    assert stage.rows("SELECT count(*) FROM accounts") == [(6,)]


async def test_signing_up_is_offered_at_log_in_too(stage: Stage) -> None:
    phone = stage.phone(MARIA)
    await phone.says("/visits")
    await phone.sees("Please type your login.", "Create an account")

    assert ASKED["identifier"] in await phone.taps("Create an account")
    assert "Please type your login." in await phone.taps("Back")
