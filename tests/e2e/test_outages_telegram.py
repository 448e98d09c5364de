"""Telegram is away for more than a day: what was typed is answered later, and what was owed meanwhile goes out once."""

from tests.e2e.telegram_away import REMINDED, TEATIME, away_for_25_hours
from tests.stage.small_clinic import MARIA, PAOLO
from tests.stage.stage import open_stage


async def test_what_was_typed_is_answered_later_and_what_was_owed_goes_out_once(database_url: str) -> None:
    async with open_stage(database_url, TEATIME) as stage:
        assert await away_for_25_hours(stage) == []
        messages = await stage.phone(MARIA).messages()
        assert len([message for message in messages if REMINDED in message]) == 1
        assert await stage.phone(PAOLO).messages() == []
