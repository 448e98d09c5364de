"""However many guesses come at once, few of them are held against a hash."""

from bench.bars.guesses import GUESSER, MANY_CHATS, ONE_CHAT, evaluated
from tests.stage.house import House

GUESSES, CHATS = 1_000, 300


async def test_of_a_thousand_guesses_from_one_chat_only_the_free_ones_are_looked_at(house: House) -> None:
    assert await evaluated(house, [GUESSER] * GUESSES) == ONE_CHAT


async def test_a_chat_for_each_guess_gains_little(house: House) -> None:
    assert await evaluated(house, range(GUESSER, GUESSER + CHATS)) == MANY_CHATS
