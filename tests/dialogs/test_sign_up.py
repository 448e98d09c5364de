"""Making an account: a question a screen, one look at everything, and a letter with login and password."""

from datetime import time

import pytest

from core.facility.refusals import DeskClosed
from core.identity.refusals import (
    EmailTaken,
    IdentifierTaken,
    WrongIdentifier,
)
from tests.dialogs.signing_up import ASKED, EWA, RECEPTION, answers, begins, refused
from tests.dialogs.steps import november, reads_login_data, said
from tests.stage.small_clinic import MARIA
from tests.stage.stage import Stage
from tests.stage.voice import speech_in


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


@pytest.mark.rule("DIAMED-9", "DIAMED-10")
async def test_without_a_pesel_phone_and_reception_are_offered(stage: Stage) -> None:
    phone = await begins(stage)

    offer = await phone.taps("No PESEL yet")

    assert "Online booking needs a PESEL number." in offer
    assert RECEPTION in offer
    assert "ul. Zielona 12" in offer
    assert ASKED["identifier"] in await phone.taps("Back")
    assert "Create an account" in (await phone.taps("No PESEL yet", "Menu")).buttons


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
