"""R-secrets: whole stories with crashes and kills, and everything that others may read searched for what was said."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.bars.lives import take_every_core
from bench.bars.memory import ENGINES, small_clinic
from bench.bars.naive_leaks import naive_log
from bench.bars.traces import OF_SETTINGS, Traces
from bench.figures import Result, within
from tests.dialogs.signing_up import answers, begins
from tests.dialogs.steps import books_first_time, reads_login_data
from tests.stage.small_clinic import EVERYBODY, JAN
from tests.stage.stage import TOKEN, Stage, open_telegram

CHAT: Final = 7_700_112_233
NEWCOMER: Final = {
    "identifier": "90020312344",
    "given_names": "Zuzanna Bogna",
    "surname": "Brzęczyszczykiewicz",
    "email": "zuza.bogna@example.com",
}
OWN_PASSWORD: Final = "Nine-Herons-99"
WRONG_PASSWORD: Final = "Tulip-not-quite"
IN_THE_CHAT: Final = "I am Żaneta Krótka, RSSMRA85T10A562S, +39 345 678 90 12, zaneta@example.org: my heart hurts"
PASSWORDS: Final = (OWN_PASSWORD, WRONG_PASSWORD, *(who.password for who in EVERYBODY))
KEYS: Final = (TOKEN, TOKEN.partition(":")[2], *OF_SETTINGS)
PERSONAL: Final = (
    *(word for value in NEWCOMER.values() for word in (value, value.replace(" ", ""))),
    *(word for who in EVERYBODY for word in (who.first_name, who.last_name)),
    *(
        "80010100001",
        "601234567",
        "601 234 567",
        "@example.com",
        "@example.org",
        str(CHAT),
        "zuzanna.brzeczyszczykiewicz",
    ),
    *("Żaneta", "Krótka", "RSSMRA85T10A562S", "345 678 90 12", "my heart hurts"),
)
GIVEN_UP_AFTER: Final = 20
TOLD: Final = ("counter.open", "update.waits", "update.crashed", "update.set_aside", "alert.carried", "counter.closed")
KEPT: Final = ("table ", "copy")


@dataclass(frozen=True, slots=True)
class Leak:
    place: str
    word: str


async def measure() -> Sequence[Result]:
    take_every_core()
    naive = await naive_log(NEWCOMER["identifier"])
    leaked = list(leaks_in({"log": naive}, ()))
    results = []
    for engine in ENGINES:
        async with small_clinic(engine) as url, open_telegram(url) as stage:
            with TemporaryDirectory() as folder:
                found = await leaks_of_a_story(stage, Path(folder))
        what = f"secrets and personal data in logs, metrics, words at the start and copies, {engine}"
        results.append(within(0, len(found), f"R-secrets-{engine}", what, "words", len(leaked)))
    return results


async def leaks_of_a_story(stage: Stage, folder: Path) -> list[Leak]:
    traces = Traces(stage, folder)
    first_password = await tell_the_story(stage, traces)
    await traces.wrong_starts()
    texts = await traces.collect()
    untold = [event for event in TOLD if event not in texts["log"]]
    assert not untold, f"the log of the story lacks {', '.join(untold)}"
    return list(leaks_in(texts, (first_password,)))


def leaks_in(texts: Mapping[str, str], passwords: Sequence[str]) -> Iterator[Leak]:
    """What a clinic knows of its patients may stand in its tables and in their copies; keys and passwords nowhere."""
    for place, text in texts.items():
        words = (*KEYS, *PASSWORDS, *passwords, *(() if place.startswith(KEPT) else PERSONAL))
        folded = text.casefold()
        yield from (Leak(place, word) for word in words if word.casefold() in folded)


async def tell_the_story(stage: Stage, traces: Traces) -> str:
    """An account is made and used amid crashes, and the bot is killed in the middle; gives the password of the letter.

    Telegram's errors quote people.
    """
    people = {"people": [{"id": CHAT, "first_name": "Zuzanna", "language_code": "en"}]}
    await stage.post("people", people)
    await stage.as_bot("getMe")
    async with traces.life():
        await stage.fault("sendMessage", "html502", skip=3)
        phone = await begins(stage, CHAT)
        await answers(phone, **NEWCOMER)
        await phone.presses("Create the account")
        login, password = await reads_login_data(stage, NEWCOMER["email"])
        await phone.sees("The account is made.")
        await phone.taps("Log in")
        await phone.says(login)
        await phone.sees("Please type your password.")
        await phone.says(WRONG_PASSWORD)
    async with traces.life() as bot:
        await phone.reads("do not match")
        await phone.says(password)
        await phone.sees("Please choose a password:")
        await phone.says(OWN_PASSWORD)
        await phone.sees("Book a visit")
        await stage.fault("editMessageText", "error", code=400, description=f"Bad Request: {IN_THE_CHAT}")
        await books_first_time(phone)
        await phone.reads("Confirmation: your visit is booked.")
        await phone.says(IN_THE_CHAT)
        await _an_update_is_given_up(stage)
        await stage.is_quiet()
        await traces.look()
        await bot.stops()
    return password


async def _an_update_is_given_up(stage: Stage) -> None:
    await stage.fault("sendMessage", "error", code=400, description=IN_THE_CHAT, chat=JAN.chat, times=GIVEN_UP_AFTER)
    await stage.phone(JAN).says(IN_THE_CHAT)
    while not stage.rows("SELECT 1 FROM inbox WHERE state = 'set_aside'"):
        await stage.move_clock(seconds=10)
        await asyncio.sleep(0.1)
