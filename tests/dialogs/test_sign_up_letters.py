"""Login data that did not arrive: once more, elsewhere, from the chat alone in which the account was made."""

from core.errors import NotFound
from core.identity.refusals import (
    EmailTaken,
)
from tests.dialogs.signing_up import answers, begins, refused
from tests.dialogs.steps import reads_login_data, said
from tests.stage.small_clinic import MARIA
from tests.stage.stage import Stage


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


async def test_an_address_that_bounced_is_corrected_from_the_word_about_it(stage: Stage) -> None:
    await stage.post("mail/faults", {"kind": "rcpt_550", "address": "eva@example.com"})
    phone = await begins(stage)
    await answers(phone, email="eva@example.com")
    await phone.presses("Create the account")
    bounced = await phone.reads("Our letter could not be delivered.", "Correct the address")
    assert "eva@example.com" in bounced

    await phone.presses("Correct the address", bounced.message_id)
    assert "So far: eva@example.com" in await phone.sees("Please type the right e-mail address.")
    await phone.says("ewa@example.com")

    await phone.sees("The account is made.", "ewa@example.com")
    login, password = await reads_login_data(stage, "ewa@example.com")
    await phone.taps("Log in")
    await phone.says(login)
    await phone.sees("Please type your password.")
    await phone.says(password)
    await phone.sees("Please choose a password:")
    assert await phone.presses("Correct the address", bounced.message_id) == said(NotFound())
    await phone.sees("Hello! How can we help you?")


async def test_nobody_corrects_the_address_of_an_account_that_is_not_theirs(stage: Stage) -> None:
    phone = await begins(stage)
    await answers(phone)
    await phone.presses("Create the account")
    await phone.sees("The account is made.")
    [(account_id,)] = stage.rows("SELECT id FROM accounts WHERE opened_at IS NOT NULL")
    await stage.post("people", {"people": [{"id": 1099, "first_name": "Adam", "language_code": "en"}]})
    other = stage.phone(1099)
    await other.says("/start")
    menu = await other.sees("Hello! How can we help you?")

    for forged in (f"email:{account_id}", f"email:{MARIA.number}", "email:1", "email:9007199254740991"):
        assert await other.presses_data(menu.message_id, forged) == said(NotFound()), forged
    assert "ewa@example.com" not in await other.chat_text()
