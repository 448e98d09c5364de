"""Forty hours without a bot: what lies ahead is told when it is back, and what is past is not."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from core.identity.choose_reminders import choose_reminders
from core.identity.hasher import Hasher
from main import MovableClock, open_clinic, open_desk
from tests.core.known_bot import make_known
from tests.dialogs.steps import november
from tests.handlers.reminded import THANKS, coming, logs_in
from tests.stage.small_clinic import CHEAP, KRUK, LIS, MARIA, MONDAY, NOWAK, PAOLO
from tests.stage.stage import Stage, settings_for

LEAVES, RETURNS = november(23, 17, 30), november(25, 9, 30)
APOLOGY = "We are sorry that this reminder comes late."
ITALIAN_APOLOGY = "Ci scusiamo: questo promemoria arriva in ritardo."


@asynccontextmanager
async def bot_at_work(telegram: Stage, moment: datetime) -> AsyncIterator[None]:
    """The bot begins at this moment, and not an hour sooner."""
    await make_known(telegram)
    await telegram.set_clock(moment)
    settings, clock = settings_for(telegram.database_url, telegram.addresses), MovableClock()
    async with open_clinic(settings, clock) as clinic, open_desk(settings, clinic, clock, Hasher(CHEAP)):
        telegram.clinic = clinic
        await telegram.set_clock(moment)
        yield


async def test_after_forty_hours_each_is_told_once_of_what_lies_ahead_with_an_apology(telegram: Stage) -> None:
    async with bot_at_work(telegram, MONDAY):
        maria, paolo = await telegram.logged_in(MARIA), await telegram.logged_in(PAOLO)
        await telegram.clinic.acting_as(MARIA.person)(choose_reminders, None, 8)
        for doctor, at in ((LIS, november(25, 9)), (KRUK, november(25, 11)), (NOWAK, november(26, 9))):
            await telegram.books(MARIA, doctor, at)
            await maria.reads(f"{at:%d} November, {at:%H:%M}")
        await telegram.books(PAOLO, NOWAK, november(25, 11, 30))
        await telegram.set_clock(LEAVES)
        await telegram.is_quiet()

    async with bot_at_work(telegram, RETURNS):
        both = await maria.reads(APOLOGY)
        italian = await paolo.reads(ITALIAN_APOLOGY)

    assert both.text.startswith("You have 2 visits today and tomorrow.\n")
    assert "Wednesday 25 November, 11:00" in both
    assert "Thursday 26 November, 09:00" in both
    assert "Wednesday 25 November, 09:00" not in both
    assert italian.text.startswith("Oggi ha una visita.\n")
    left = "SELECT state, count(*) FROM alerts WHERE kind = 'reminder' AND channel = 'telegram' GROUP BY state"
    assert telegram.rows(left) == [("sent", 4)]
    for phone, apology, told in ((maria, APOLOGY, both), (paolo, ITALIAN_APOLOGY, italian)):
        assert [said for said in await phone.messages() if apology in said] == [told]


async def test_an_answer_for_one_of_two_days_leaves_the_other_asked(telegram: Stage) -> None:
    wednesday, thursday = november(25, 11), november(26, 9)
    async with bot_at_work(telegram, MONDAY):
        maria = await telegram.logged_in(MARIA)
        await telegram.clinic.acting_as(MARIA.person)(choose_reminders, None, 8)
        visits = [await telegram.books(MARIA, doctor, at) for doctor, at in ((KRUK, wednesday), (NOWAK, thursday))]
        await maria.reads("26 November, 09:00")
        await telegram.set_clock(LEAVES)
        await telegram.is_quiet()

    async with bot_at_work(telegram, RETURNS):
        reminder = await maria.reads("You have 2 visits today and tomorrow.")
        await maria.says("/visits")
        await logs_in(maria)
        await maria.sees("You have 2 planned visits.")

        assert await maria.presses("I'm coming: Wed 25/11", reminder.message_id) == THANKS
        half = await maria.reads(THANKS)
        assert await maria.presses("I'm coming: Thu 26/11", reminder.message_id) == THANKS
        whole = await maria.reads(THANKS)

    assert half.message_id == whole.message_id == reminder.message_id
    first, second = half.text.split("\n\n", 1)
    assert first.startswith(f"{THANKS}\nWednesday 25 November, 11:00\n{KRUK.name}")
    assert second.startswith(f"Thursday 26 November, 09:00\n{NOWAK.name}")
    assert second.endswith("\n\nWill you be able to come?")
    changes = ("Wed 25/11, 11:00: move or cancel", "Thu 26/11, 09:00: move or cancel")
    assert half.buttons == ("I'm coming: Thu 26/11", *changes)
    assert "Will you be able to come?" not in whole.text
    assert (whole.buttons, whole.data) == (changes, tuple(f"visit:{visit}" for visit in visits))
    assert coming(telegram) == [True, True]
