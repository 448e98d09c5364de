"""A reminder in the chat, and somebody who answers it."""

from datetime import datetime

from core.visits.doctor import Doctor
from core.visits.visit import VisitId
from tests.dialogs.steps import TOMORROW, november
from tests.stage.patient import Phone, Screen
from tests.stage.small_clinic import EYES, MARIA, NOWAK, Somebody
from tests.stage.stage import Stage

DAY = TOMORROW.date()
EVENING = november(23, 18)
THANKS = "Thank you, we look forward to seeing you."
COMING, MOVE, CANCEL = "I'm coming", "Move", "Cancel the visit"
FACTS = f"Tuesday 24 November, 09:00\n{NOWAK.name}, {EYES.name}\n{EYES.address}"


async def logs_in(phone: Phone, somebody: Somebody = MARIA) -> None:
    """From the question for a login to wherever it leads."""
    await phone.sees("Please type your login.")
    await phone.says(somebody.login)
    await phone.sees("Please type your password.")
    await phone.says(somebody.password)


async def is_reminded(
    stage: Stage, *visits: tuple[Doctor, datetime], at: datetime = EVENING, logged_in: bool = True
) -> tuple[Phone, Screen, list[VisitId]]:
    """Maria's reminder of her visits tomorrow, and she is logged in again, as the evening is long after the morning."""
    phone = await stage.logged_in(MARIA)
    booked = [await stage.books(MARIA, doctor, starts) for doctor, starts in visits or [(NOWAK, TOMORROW)]]
    await phone.reads("Confirmation: your visit is booked.")
    await stage.set_clock(at)
    reminder = await phone.reads(COMING)
    if logged_in:
        await phone.says("/visits")
        await logs_in(phone)
        await phone.sees("Please choose one to see it")
    return phone, reminder, booked


def coming(stage: Stage) -> list[bool]:
    return [moment is not None for (moment,) in stage.rows("SELECT coming_at FROM visits ORDER BY starts_at")]
