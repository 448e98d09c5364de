"""A month of days to choose from, in the person's language and the facility's zone."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from aiogram.types import CallbackQuery, InlineKeyboardButton
from aiogram_dialog import DialogManager
from aiogram_dialog.api.internal import ButtonVariant, RawKeyboard
from aiogram_dialog.api.protocols import DialogProtocol
from aiogram_dialog.widgets.kbd import Keyboard

from dialogs.kit.marks import read_day_mark
from dialogs.kit.refusals import NothingFreeThatDay
from dialogs.kit.surroundings import speech_of
from locales.translator import Translator

OnDay = Callable[[CallbackQuery, DialogManager, date], Awaitable[Any]]
NOTHING: Final = "_"
FULL: Final = "·"
MONTH_MARK: Final = "m"
FULL_MARK: Final = "x"


@dataclass(frozen=True, slots=True)
class Month:
    """What a calendar shows: `free` are its days with free times, `first` and `last` bound the whole choice."""

    begins: date
    first: date
    last: date
    free: frozenset[date]

    @property
    def ends(self) -> date:
        """The month's last day."""
        return next_month(self.begins) - timedelta(days=1)

    def weeks(self, first_weekday: int) -> Iterator[list[date | None]]:
        """Whole weeks of days, None outside the month; weeks that nobody can book are left out."""
        day = self.begins - timedelta(days=(self.begins.weekday() - first_weekday) % 7)
        while day <= min(self.ends, self.last):
            week = [day + timedelta(days=n) for n in range(7)]
            if week[-1] >= self.first:
                yield [it if it.month == self.begins.month else None for it in week]
            day += timedelta(days=7)


class MonthCalendar(Keyboard):
    """Shows the Month that the getter puts under `month`. A day that is full is marked, and says so when pressed."""

    def __init__(self, id: str, on_day: OnDay) -> None:
        super().__init__(id=id)
        self._on_day = on_day

    async def _render_keyboard(self, data: dict[str, Any], manager: DialogManager) -> RawKeyboard:
        return list(self._rows(data["month"], manager))

    def _rows(self, month: Month, manager: DialogManager) -> Iterator[list[ButtonVariant]]:
        speech = speech_of(manager)
        first_weekday = speech.first_weekday
        heads = speech.weekday_heads
        yield [self._button(speech.say("{month:month}", month=month.begins), NOTHING)]
        yield [self._button(heads[(first_weekday + n) % 7], NOTHING) for n in range(7)]
        for week in month.weeks(first_weekday):
            yield [self._day(day, month) for day in week]
        turns: list[ButtonVariant] = []
        if month.begins > month.first:
            turns.append(self._turn("‹ {month:month}", prev_month(month.begins), speech))
        if month.ends < month.last:
            turns.append(self._turn("{month:month} ›", next_month(month.begins), speech))
        if turns:
            yield turns

    def _day(self, day: date | None, month: Month) -> InlineKeyboardButton:
        if day is None or not month.first <= day <= month.last:
            return self._button(" ", NOTHING)
        if day not in month.free:
            return self._button(FULL, f"{FULL_MARK}{day.toordinal()}")
        return self._button(str(day.day), str(day.toordinal()))

    def _turn(self, label: str, to: date, speech: Translator) -> InlineKeyboardButton:
        return self._button(speech.say(label, month=to), f"{MONTH_MARK}{to.toordinal()}")

    def _button(self, label: str, mark: str) -> InlineKeyboardButton:
        return InlineKeyboardButton(text=label, callback_data=self._item_callback_data(mark))

    async def _process_item_callback(
        self, callback: CallbackQuery, data: str, dialog: DialogProtocol, manager: DialogManager
    ) -> bool:
        if data.startswith(FULL_MARK):
            raise NothingFreeThatDay(read_day_mark(data[1:]))
        if data.startswith(MONTH_MARK):
            turn_to(manager, read_day_mark(data[1:]))
        elif data != NOTHING:
            await self._on_day(callback, manager, read_day_mark(data))
        return True


def turn_to(manager: DialogManager, day: date) -> None:
    """Show the month of this day from now on."""
    manager.dialog_data["month"] = day.replace(day=1).toordinal()


def month_shown(manager: DialogManager, first: date, last: date) -> date:
    """The first day of the month on screen, kept between the bounds of the choice."""
    kept = manager.dialog_data.get("month")
    shown = first if kept is None else date.fromordinal(kept)
    return min(max(shown, first), last).replace(day=1)


def next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def prev_month(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)
