"""Doctor, day and time: the screens that booking and moving share."""

from aiogram_dialog.widgets.kbd import Cancel, SwitchTo

from dialogs.kit.screen import Screen
from dialogs.patient.choose_day import day_screen
from dialogs.patient.choose_doctor import doctor_screen
from dialogs.patient.choose_time import time_screens
from dialogs.patient.chosen import States


def choosing_screens(states: States, leave: Cancel | SwitchTo) -> list[Screen]:
    """Day, doctor, times, soonest and taken; `leave` is the way back from the first of them."""
    return [day_screen(states, leave), doctor_screen(states), *time_screens(states)]
