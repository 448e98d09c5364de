"""Buttons that no dialog and no alert of ours ever had."""

from tests.stage.small_clinic import EYES, MARIA
from tests.stage.stage import Stage


async def test_a_button_without_data_is_answered_and_changes_nothing(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    before = await phone.taps("Book a visit", EYES.name)
    chat = {"id": MARIA.chat, "type": "private", "first_name": MARIA.first_name}
    person = {"id": MARIA.chat, "is_bot": False, "first_name": MARIA.first_name}
    message = {"message_id": before.message_id, "date": 1795424400, "chat": chat, "text": before.text}
    game = {"id": "game", "from": person, "message": message, "chat_instance": "1", "game_short_name": "chess"}

    stage.arrives("callback_query", game)
    await stage.is_quiet()

    answers = [call["params"] for call in await stage.calls("answerCallbackQuery")]
    assert [answer["callback_query_id"] for answer in answers].count("game") == 1
    assert stage.rows("SELECT max(tries) FROM inbox") == [(0,)]
    assert await phone.screen() == before
