"""A stock aiogram-dialog bot that books visits, with its state and its clinic in memory: `server token`.

The windows are those of our own booking, with as many buttons, and the library's own widgets in them."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

from aiogram import Dispatcher
from aiogram.filters import Command, CommandStart
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, ShowMode, StartMode, Window, setup_dialogs
from aiogram_dialog.widgets.kbd import (
    Back,
    Button,
    Calendar,
    Cancel,
    Column,
    Group,
    Row,
    ScrollingGroup,
    Select,
    Start,
    SwitchTo,
)
from aiogram_dialog.widgets.text import Const, Format  # noqa: TID251 - the library's own

from bench.naive.connect import connected

OPENS = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CLINICS = [(number, f"Poradnia specjalistyczna {number:03d}") for number in range(1, 17)]
DOCTORS = [(number, f"dr Ewa Nowak-{number}") for number in range(4)]
VISITS: dict[int, list[dict[str, Any]]] = {}


class Menu(StatesGroup):
    main = State()
    help = State()


class Booking(StatesGroup):
    clinic = State()
    day = State()
    doctor = State()
    time = State()
    confirm = State()
    booked = State()


async def times(**surroundings: Any) -> dict[str, Any]:
    starts = [OPENS + timedelta(minutes=30 * number) for number in range(6)]
    return {"times": [(start.isoformat(), f"{start:%a %d %b, %H:%M}") for start in starts]}


async def details(dialog_manager: DialogManager, **surroundings: Any) -> dict[str, Any]:
    kept = dialog_manager.dialog_data
    start = datetime.fromisoformat(kept["time"])
    return {"doctor": DOCTORS[kept["doctor"]][1], "clinic": CLINICS[kept["clinic"] - 1][1], "when": f"{start:%c}"}


async def lists(dialog_manager: DialogManager, **surroundings: Any) -> dict[str, Any]:
    kept = dialog_manager.dialog_data.get("clinic")
    return {"clinics": CLINICS, "doctors": DOCTORS, "clinic": CLINICS[kept - 1][1] if kept else ""}


async def choose_clinic(callback: CallbackQuery, widget: Any, manager: DialogManager, chosen: str) -> None:
    manager.dialog_data["clinic"] = int(chosen)
    await manager.switch_to(Booking.day)


async def choose_doctor(callback: CallbackQuery, widget: Any, manager: DialogManager, chosen: str) -> None:
    manager.dialog_data["doctor"] = int(chosen)
    await manager.switch_to(Booking.day)


async def choose_day(callback: Any, widget: Any, manager: DialogManager, chosen: date, /) -> None:
    manager.dialog_data["day"] = chosen.isoformat()
    await manager.switch_to(Booking.time)


async def choose_time(callback: CallbackQuery, widget: Any, manager: DialogManager, chosen: str) -> None:
    manager.dialog_data["time"] = chosen
    await manager.switch_to(Booking.confirm)


async def confirm(callback: CallbackQuery, button: Button, manager: DialogManager) -> None:
    VISITS.setdefault(callback.from_user.id, []).append(dict(manager.dialog_data))
    await manager.switch_to(Booking.booked)
    if isinstance(callback.message, Message):
        seen = await details(manager)
        await callback.message.answer(f"Confirmation: your visit is booked.\n{seen['doctor']}\n{seen['when']}")


menu = Dialog(
    Window(
        Const("Hello! How can we help you?"),
        Row(
            Start(Const("Book a visit"), id="book", state=Booking.clinic), Button(Const("Planned visits"), id="visits")
        ),
        Row(Button(Const("Settings"), id="settings"), SwitchTo(Const("Help"), id="help", state=Menu.help)),
        state=Menu.main,
    ),
    Window(Const("Help and contact"), Back(), state=Menu.help),
)
booking = Dialog(
    Window(
        Const("Please choose a clinic."),
        ScrollingGroup(
            Select(Format("{item[1]}"), "clinic", lambda pair: pair[0], "clinics", on_click=choose_clinic),
            id="pages",
            width=1,
            height=8,
        ),
        Cancel(),
        getter=lists,
        state=Booking.clinic,
    ),
    Window(
        Format("Please choose a doctor and a day.\nClinic: {clinic}"),
        Row(
            SwitchTo(Const("First free time"), id="soonest", state=Booking.time),
            SwitchTo(Const("Choose a doctor"), id="doctor", state=Booking.doctor),
        ),
        Calendar(id="day", on_click=choose_day),
        Back(),
        getter=lists,
        state=Booking.day,
    ),
    Window(
        Const("Please choose a doctor."),
        Button(Const("Any doctor"), id="any"),
        Column(Select(Format("{item[1]}"), "doctor", lambda pair: pair[0], "doctors", on_click=choose_doctor)),
        SwitchTo(Const("Back"), id="back", state=Booking.day),
        getter=lists,
        state=Booking.doctor,
    ),
    Window(
        Const("The first free times:"),
        Group(Select(Format("{item[1]}"), "time", lambda pair: pair[0], "times", on_click=choose_time), width=1),
        SwitchTo(Const("Another day"), id="day", state=Booking.day),
        SwitchTo(Const("Another doctor"), id="doctor", state=Booking.doctor),
        getter=times,
        state=Booking.time,
    ),
    Window(
        Format("Please check the details:\nDoctor: {doctor}\nClinic: {clinic}\nWhen: {when}"),
        Button(Const("Confirm the booking"), id="confirm", on_click=confirm),
        Row(SwitchTo(Const("Another time"), id="time", state=Booking.time), Cancel(Const("Menu"), id="menu")),
        getter=details,
        state=Booking.confirm,
    ),
    Window(
        Format("Your visit is booked.\n{when}"),
        Row(Cancel(Const("Open the visit"), id="card"), Cancel(Const("Menu"), id="menu")),
        getter=details,
        state=Booking.booked,
    ),
)


async def start(message: Message, dialog_manager: DialogManager) -> None:
    await dialog_manager.start(Menu.main, mode=StartMode.RESET_STACK, show_mode=ShowMode.DELETE_AND_SEND)


async def help_(message: Message, dialog_manager: DialogManager) -> None:
    await dialog_manager.start(Menu.help, mode=StartMode.RESET_STACK, show_mode=ShowMode.DELETE_AND_SEND)


def main() -> None:
    dispatcher = Dispatcher()
    dispatcher.message.register(start, CommandStart())
    dispatcher.message.register(help_, Command("help"))
    dispatcher.include_routers(menu, booking)
    setup_dialogs(dispatcher)
    asyncio.run(dispatcher.start_polling(connected()))


if __name__ == "__main__":
    main()
