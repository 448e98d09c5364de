"""Opening a dialog is a function, so that nobody else knows what it is started with."""

from aiogram.fsm.state import State
from aiogram_dialog import DialogManager, ShowMode, StartMode

from core.identity.person import AccountId
from core.visits.doctor import DoctorId
from core.visits.outpatient_clinic import ClinicId
from core.visits.questions import desk_is_open, visit_card
from core.visits.visit import VisitId
from dialogs.kit.surroundings import clinic_of
from dialogs.patient.asked import Asked
from dialogs.states import (
    AccountMade,
    Booking,
    ChooseLanguage,
    Coming,
    Forgotten,
    Help,
    LogIn,
    Menu,
    Moving,
    NewPassword,
    Settings,
    SigningUp,
    VisitCard,
    Visits,
)


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


async def open_sign_up(manager: DialogManager, show_mode: ShowMode | None = None) -> None:
    """Making an account; refuses with DeskClosed before anything is asked (DIAMED-16)."""
    await clinic_of(manager).read(desk_is_open)
    await manager.start(SigningUp.identifier, show_mode=show_mode)


async def open_account_made(
    manager: DialogManager,
    account_id: AccountId,
    screen: State = AccountMade.sent,
    show_mode: ShowMode | None = None,
) -> None:
    """Where login and password of a new account went, and the ways to send them once more."""
    await manager.start(screen, data={"account": account_id}, show_mode=show_mode)


async def open_forgotten(manager: DialogManager, show_mode: ShowMode | None = None) -> None:
    await manager.start(Forgotten.name, show_mode=show_mode)


async def open_new_password(manager: DialogManager, show_mode: ShowMode | None = None) -> None:
    """A password of one's own, asked once, on top of what is open: afterwards the person is back there.

    Settings make room: they may have been opened on top of this very question.
    """
    while manager.has_context() and manager.current_context().state.group is Settings:
        await manager.mark_closed()
    if manager.has_context() and manager.current_context().state == NewPassword.choose:
        await manager.show(show_mode)
    else:
        await manager.start(NewPassword.choose, show_mode=show_mode)


async def show_what_is_open(manager: DialogManager, show_mode: ShowMode | None = None) -> None:
    """After a dialog was closed: the one beneath, or the menu where there is none."""
    if manager.has_context():
        await manager.show(show_mode)
    else:
        await open_menu(manager, show_mode)


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


async def lay_visit_card_beneath(manager: DialogManager, visit_id: VisitId) -> None:
    """The same as with the menu: the visit's card lies on it, for the way back."""
    await lay_menu_beneath(manager)
    await open_visit_card(manager, visit_id, ShowMode.NO_UPDATE)
    manager.show_mode = ShowMode.AUTO


async def open_coming(manager: DialogManager, asked: Asked, message_id: int, show_mode: ShowMode | None = None) -> None:
    """The question of a reminder, which stands in that message, once more."""
    await manager.start(Coming.ask, data={**asked.as_data(), "message": message_id}, show_mode=show_mode)


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
