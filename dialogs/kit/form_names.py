"""Names of open forms, which every button carries: the same update, worked on again, draws the same buttons."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from aiogram.fsm.state import State
from aiogram_dialog import DialogManager
from aiogram_dialog.api.entities.stack import id_to_str, new_id

from core.intake.cause import cause

NAMES: Final = 62**6  # letters and digits, six at most, like the library's own


def name_form(manager: DialogManager, opened: State) -> None:
    """Name the form that was just opened after what caused it, and apart from what is open beneath.

    The library draws names by chance, from a hundred a second: two forms could share one, and a screen drawn before a
    kill would have other buttons than the same screen drawn after it. That a name can be worked out is no harm: it is
    looked up among the forms of the chat in which the button was pressed, and nowhere else.
    """
    context, names = manager.current_context(), manager.current_stack().intents
    context._intent_id = names[-1] = next(name for name in _names(opened) if name not in names[:-1])


def _names(opened: State) -> Iterator[str]:
    """The screen is part of it: where the second run opens another one, the first one's buttons do not fit it."""
    running = cause.get()
    while True:
        if running is None:
            yield new_id()  # type: ignore[no-untyped-call]
        else:
            digest = sha256(running.of(f"form {opened.state}").encode()).digest()
            yield id_to_str(int.from_bytes(digest) % NAMES)
