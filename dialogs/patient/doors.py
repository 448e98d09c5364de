"""Opening a dialog is a function, so that nobody else knows what it is started with."""

from aiogram_dialog import DialogManager, ShowMode, StartMode

from core.visits.doctor import DoctorId
from core.visits.outpatient_clinic import ClinicId
from core.visits.questions import desk_is_open, visit_card
from core.visits.visit import VisitId
from dialogs.kit.surroundings import clinic_of
from dialogs.states import Booking, ChooseLanguage, Help, LogIn, Menu, Moving, Settings, VisitCard, Visits


async def open_menu(manager: DialogManager, show_mode: ShowMode | None = None) -> None:
    """Close whatever is open and show the menu."""
    await manager.start(Menu.main, mode=StartMode.RESET_STACK, show_mode=show_mode)


async def lay_menu_beneath(manager: DialogManager) -> None:
    """Close whatever is open, and leave the menu for the way back without showing it yet."""
    await manager.start(Menu.main, mode=StartMode.RESET_STACK, show_mode=ShowMode.NO_UPDATE)
    manager.show_mode = ShowMode.AUTO


async def open_log_in(manager: DialogManager, session_ended: bool = False, show_mode: ShowMode | None = None) -> None:
    """Log-in on top of what is open: afterwards the person is back there, if it is the same person."""
    whose = clinic_of(manager).person.account
    await manager.start(LogIn.login, data={"session_ended": session_ended, "whose": whose}, show_mode=show_mode)


async def open_booking_again(manager: DialogManager, clinic_id: ClinicId, doctor_id: DoctorId) -> None:
    """Another time in the same clinic, beginning with the same doctor; refuses with DeskClosed."""
    await clinic_of(manager).read(desk_is_open)
    await lay_menu_beneath(manager)
    await manager.start(Booking.day, data={"clinic": clinic_id, "doctor": doctor_id})


async def open_booking(manager: DialogManager, show_mode: ShowMode | None = None) -> None:
    """Refuses with DeskClosed before anything is asked; log-in, where needed, comes on top and leads back here."""
    await clinic_of(manager).read(desk_is_open)
    await manager.start(Booking.clinic, show_mode=show_mode)


async def open_visits(manager: DialogManager, show_mode: ShowMode | None = None) -> None:
    await manager.start(Visits.planned, show_mode=show_mode)


async def open_visit_card(manager: DialogManager, visit_id: VisitId, show_mode: ShowMode | None = None) -> None:
    await manager.start(VisitCard.card, data={"visit": visit_id}, show_mode=show_mode)


async def open_moving(manager: DialogManager, visit_id: VisitId, show_mode: ShowMode | None = None) -> None:
    """Another time for this visit, beginning with its own clinic and doctor."""
    await clinic_of(manager).read(desk_is_open)
    visit = await clinic_of(manager).read(visit_card, visit_id)
    chosen = {"visit": visit.id, "clinic": visit.clinic_id, "doctor": visit.doctor_id}
    await manager.start(Moving.day, data=chosen, show_mode=show_mode)


async def open_settings(manager: DialogManager, show_mode: ShowMode | None = None) -> None:
    await manager.start(Settings.main, show_mode=show_mode)


async def open_languages(manager: DialogManager, show_mode: ShowMode | None = None) -> None:
    await manager.start(ChooseLanguage.choose, show_mode=show_mode)


async def open_help(manager: DialogManager, show_mode: ShowMode | None = None) -> None:
    await manager.start(Help.main, show_mode=show_mode)
