"""What somebody who makes an account has typed so far, and the way through the questions."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from aiogram.fsm.state import State
from aiogram.types import Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.common import WhenCondition
from aiogram_dialog.widgets.kbd import Keyboard, SwitchTo
from aiogram_dialog.widgets.text import Multi

from core.clinic import Clinic
from core.identity.contacts import as_written
from core.identity.newcomer import Newcomer
from dialogs.kit.buttons import back, back_to, pair
from dialogs.kit.phrase import Phrase
from dialogs.kit.question import OnAnswer, Question
from dialogs.kit.screen import Screen
from dialogs.states import SigningUp

Read = Callable[[DialogManager, str], Awaitable[str]]
# The fields of a Newcomer, in the order in which they are asked; each state bears its field's name.
ORDER: Final = (
    SigningUp.identifier,
    SigningUp.given_names,
    SigningUp.surname,
    SigningUp.email,
    SigningUp.phone,
    SigningUp.summary,
)
TELLING_DIGITS: Final = 4
PREVIEW: Final = {
    "typed": "aleksandra.wisniewska-nowak@example.com",
    "first_time": True,
    "mending": False,
    "goes_on": True,
    "reception": "+48 22 123 45 67",
    "address": "ul. Zielona 12, 00-001 Warszawa",
}


class Form:
    """Typed access to the open form; every field survives until another answer takes its place."""

    def __init__(self, manager: DialogManager) -> None:
        self._kept = manager.dialog_data

    @property
    def newcomer(self) -> Newcomer:
        """What was typed, once every question has its answer."""
        return Newcomer(**{name_of(field): self._kept[name_of(field)] for field in ORDER[:-1]})

    @property
    def is_complete(self) -> bool:
        """Every question has an answer: whatever is asked again leads back to the summary."""
        return bool(self._kept.get("complete"))

    def keep(self, field: State, answer: str) -> None:
        self._kept[name_of(field)] = answer
        self._kept["complete"] = self.is_complete or field == ORDER[-2]

    def shown(self, field: State) -> str:
        """The field as a screen shows it; nothing where there is no answer yet."""
        answer: str = self._kept.get(name_of(field), "")
        if not answer:
            return ""
        match name_of(field):
            case "identifier":
                return hidden(answer)
            case "phone":
                return as_written(answer)
            case _:
                return answer


def name_of(field: State) -> str:
    return (field.state or "").rpartition(":")[2]


def hidden(identifier: str) -> str:
    """Its last digits alone: the message it came with was deleted, and it does not come back in full."""
    return "•" * (len(identifier) - TELLING_DIGITS) + identifier[-TELLING_DIGITS:]


def answer_to(field: State, read: Read) -> OnAnswer:
    """Keep what `read` makes of an answer, or let it refuse; then the next question, or the summary again."""

    async def keep(message: Message, manager: DialogManager, typed: str) -> None:
        form = Form(manager)
        form.keep(field, await read(manager, typed))
        following = SigningUp.summary if form.is_complete else _after(field)
        await manager.switch_to(following, show_mode=ShowMode.DELETE_AND_SEND)

    return keep


def field_screen(field: State, words: Phrase, question: Question, *more: Keyboard) -> Screen:
    """One question, with what was typed before, and the ways on and back."""

    async def what_is_known(dialog_manager: DialogManager, clinic: Clinic, **surroundings: Any) -> dict[str, Any]:
        form = Form(dialog_manager)
        typed = form.shown(field)
        return {
            "typed": typed,
            "first_time": not form.is_complete,
            "mending": form.is_complete,
            "goes_on": bool(typed) and not form.is_complete,
            "reception": clinic.facility.reception.phone,
            "address": clinic.facility.reception.address,
        }

    return Screen(
        Multi(words, Phrase("\nTyped so far: {typed}", when="typed")),
        *more,
        pair(
            SwitchTo(Phrase("Next"), id="next", state=_after(field), when="goes_on"),
            _before(field, when="first_time"),
            back_to(SigningUp.summary, when="mending"),
        ),
        question,
        state=field,
        getter=what_is_known,
        preview_data=PREVIEW,
    )


def _after(field: State) -> State:
    return ORDER[ORDER.index(field) + 1]


def _before(field: State, when: WhenCondition) -> Keyboard:
    if field == ORDER[0]:
        return back(when)
    return back_to(ORDER[ORDER.index(field) - 1], when)
