"""Steps of making an account."""

from tests.stage.patient import Phone, Screen
from tests.stage.small_clinic import MARIA
from tests.stage.stage import Stage

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
