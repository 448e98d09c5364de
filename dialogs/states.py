"""Every screen by its state. The names are stored with open forms: renaming one is a reviewed act."""

from aiogram.fsm.state import State, StatesGroup


class Menu(StatesGroup):
    main = State()


class LogIn(StatesGroup):
    login = State()
    password = State()


class Forgotten(StatesGroup):
    name = State()
    sent = State()


class NewPassword(StatesGroup):
    choose = State()


class SigningUp(StatesGroup):
    identifier = State()
    no_identifier = State()
    given_names = State()
    surname = State()
    email = State()
    phone = State()
    summary = State()


class AccountMade(StatesGroup):
    sent = State()
    nothing_came = State()
    address = State()


class Booking(StatesGroup):
    clinic = State()
    day = State()
    doctor = State()
    slot = State()
    soonest = State()
    confirm = State()
    taken = State()
    booked = State()


class Visits(StatesGroup):
    planned = State()


class VisitCard(StatesGroup):
    card = State()
    preparation = State()
    reason = State()
    confirm_cancel = State()
    cancelled = State()


class Moving(StatesGroup):
    day = State()
    doctor = State()
    slot = State()
    soonest = State()
    confirm = State()
    taken = State()
    moved = State()


class Coming(StatesGroup):
    ask = State()


class Settings(StatesGroup):
    main = State()
    sms = State()
    hour = State()
    discretion = State()


class ChooseLanguage(StatesGroup):
    choose = State()


class Help(StatesGroup):
    main = State()
