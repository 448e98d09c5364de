"""A forgotten password: a letter to whoever has an account, and the same words for whoever has none."""

from datetime import timedelta

from core.identity.refusals import WrongCredentials
from tests.dialogs.steps import reads_login_data, said
from tests.dialogs.test_new_password import OWN, RULES, types
from tests.stage.patient import Phone
from tests.stage.small_clinic import MARIA
from tests.stage.stage import Stage

ON_ITS_WAY = "If there is such an account, a letter is on its way."
MAILBOX = "maria@example.com"


async def asks(stage: Stage, name: str) -> Phone:
    phone = stage.phone(MARIA)
    await phone.says("/visits")
    await phone.sees("Please type your login.")
    await phone.presses("Forgotten password?")
    await phone.sees("Please type your login or your e-mail address.")
    await phone.says(name)
    await phone.sees(ON_ITS_WAY)
    return phone


async def test_a_new_password_comes_by_e_mail_and_ones_own_is_asked_for_again(stage: Stage) -> None:
    phone = await asks(stage, MARIA.login)
    login, password = await reads_login_data(stage, MAILBOX)
    assert login == MARIA.login

    await phone.taps("Log in")
    await types(phone, login, password)
    await phone.sees(RULES)
    await phone.says(OWN)

    await phone.sees("No visits planned.")


async def test_the_e_mail_address_does_as_well_here_and_at_log_in(stage: Stage) -> None:
    phone = await asks(stage, " MARIA@example.com ")
    _, password = await reads_login_data(stage, MAILBOX)

    await phone.taps("Log in")
    await types(phone, MAILBOX, password)

    await phone.sees(RULES)


async def test_nobody_learns_whether_there_is_such_an_account(stage: Stage) -> None:
    answers = set()
    for name in (MARIA.login, "nobody", "nobody@example.com", "Maria Zielińska"):
        answers.add((await (await asks(stage, name)).screen()).text)

    assert len(answers) == 1
    assert stage.rows("SELECT count(*) FROM alerts WHERE kind = 'credentials'") == [(1,)]


async def test_ones_own_password_goes_on_working_until_the_new_one_is_used(stage: Stage) -> None:
    phone = await asks(stage, MARIA.login)
    _, sent = await reads_login_data(stage, MAILBOX)

    await phone.taps("Log in")
    await types(phone, MARIA.login, MARIA.password)
    await phone.sees("No visits planned.")

    await phone.says("/logout")
    await phone.sees("Log in")
    await phone.presses("Log in")
    await types(phone, MARIA.login, sent)
    await phone.reads(said(WrongCredentials(timedelta(0))))


async def test_a_login_known_already_waits_while_the_password_is_asked_for(stage: Stage) -> None:
    phone = stage.phone(MARIA)
    await phone.says("/visits")
    await phone.sees("Please type your login.")
    await phone.says(MARIA.login)
    await phone.sees("Please type your password.")

    await phone.presses("Forgotten password?")
    await phone.sees("Please type your login or your e-mail address.")
    await phone.says(MARIA.login)
    await phone.sees(ON_ITS_WAY)
    _, password = await reads_login_data(stage, MAILBOX)

    assert f"Login: {MARIA.login}" in await phone.taps("Log in")
    await phone.says(password)
    await phone.sees(RULES)


async def test_more_letters_than_few_are_not_sent_and_the_answer_stays_the_same(stage: Stage) -> None:
    for _ in range(5):
        await asks(stage, MARIA.login)

    await stage.mails(MAILBOX)
    assert stage.rows("SELECT count(*) FROM alerts WHERE kind = 'credentials'") == [(3,)]
