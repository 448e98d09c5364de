"""The hour of the reminder, on the day before a visit (DIAMED-3)."""

from dataclasses import dataclass
from datetime import time
from typing import Any, Final

from aiogram_dialog import DialogManager

from core.clinic import Clinic
from core.identity.choose_reminders import choose_reminders
from core.identity.questions import own_settings
from dialogs.kit.buttons import back_to, choose_one
from dialogs.kit.phrase import Phrase
from dialogs.kit.screen import Screen
from dialogs.kit.surroundings import clinic_of
from dialogs.states import Settings

IN_A_ROW: Final = 3


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour that the facility offers; its id is the hour itself."""

    id: int

    @property
    def at(self) -> time:
        return time(self.id)


async def what_hours_show(clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
    chosen = await clinic.read(own_settings)
    return {
        "at": time(chosen.hour),
        "hours": [Hour(hour) for hour in clinic.facility.alerts.reminder_hours if hour != chosen.hour],
    }


async def choose(manager: DialogManager, hour: int) -> None:
    await clinic_of(manager)(choose_reminders, None, hour)
    await manager.switch_to(Settings.main)


def reminder_hour() -> Screen:
    return Screen(
        Phrase("Reminders come the day before: {at:time}\n\nWhich hour suits you better?"),
        choose_one(Phrase("{item.at:time}"), "hour", "hours", choose, columns=IN_A_ROW),
        back_to(Settings.main),
        state=Settings.hour,
        getter=what_hours_show,
        preview_data={"at": time(18), "hours": [Hour(hour) for hour in range(8, 21, 2)]},
    )
