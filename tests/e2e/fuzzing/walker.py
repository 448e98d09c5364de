"""Somebody who presses whatever there is, types whatever comes to mind, and waits for no answer in particular."""

from random import Random
from typing import Final

from tests.e2e.fuzzing.corpus import KINDS_OF_MESSAGES
from tests.e2e.fuzzing.forged import forged_data
from tests.e2e.fuzzing.mutation import TEXTS
from tests.stage.patient import Phone, Screen

COMMANDS: Final = ("start", "book", "visits", "settings", "language", "help", "cancel", "logout", "nothing")
TYPEABLE: Final = tuple(text for text in TEXTS if text.strip() and text.isprintable())
ANSWERS: Final = ("80010112341", "Anna", "Nowak-Łaś", "anna@example.org", "+48 601 234 567", "a long password, mine")


class Walker:
    """`seen` collects the data of all buttons that anybody had on a screen."""

    def __init__(self, phone: Phone, seed: int, words: tuple[str, ...], seen: list[str]) -> None:
        self._phone = phone
        self._chance = Random(seed)
        self._words = (*words, *ANSWERS)
        self._seen = seen

    async def walks(self, steps: int) -> None:
        for _ in range(steps):
            messages = [message for message in await self._phone.messages() if message.data]
            self._seen += [data for message in messages[-1:] for data in message.data]
            await self._step(messages)

    async def _step(self, messages: list[Screen]) -> None:
        chance = self._chance
        luck = chance.random()
        if not messages or luck < 0.08:
            await self._phone.says(f"/{chance.choice(COMMANDS)}")
        elif luck < 0.65:
            await self._presses(messages[-1])
        elif luck < 0.72:
            await self._presses(chance.choice(messages))
        elif luck < 0.78:
            place = chance.choice([messages[-1].message_id, messages[0].message_id])
            await self._phone.presses_data(place, forged_data(chance, self._seen))
        elif luck < 0.97:
            await self._phone.says(chance.choice(self._words if chance.random() < 0.6 else TYPEABLE))
        else:
            await self._phone.says(kind=chance.choice(KINDS_OF_MESSAGES))

    async def _presses(self, screen: Screen) -> None:
        await self._phone.presses_data(screen.message_id, self._chance.choice(screen.data))
