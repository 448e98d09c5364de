"""Care that makes the same work cheaper changes nothing but that."""

import gc
import weakref
from typing import Any

import aiogram
from aiogram.client.session.base import BaseSession
from aiogram.methods import Response, SendMessage
from aiogram.types import Message

from bot.tuning import COLLECTOR, OFTEN_CALLED, tuned

ANSWER = '{"ok": true, "result": {"message_id": 5, "date": 0, "chat": {"id": 1, "type": "private"}, "text": "hello"}}'


class Session(BaseSession):
    """Reads answers, and sends nothing."""

    async def make_request(self, *args: Any, **named: Any) -> Any:
        raise AssertionError("nothing is sent")

    async def close(self) -> None:
        raise AssertionError("nothing is open")

    def stream_content(self, *args: Any, **named: Any) -> Any:
        raise AssertionError("nothing is fetched")


def read() -> Message:
    method = SendMessage(chat_id=1, text="hello")
    bot = aiogram.Bot("1:" + "A" * 35, session=Session())
    answer = bot.session.check_response(bot, method, 200, ANSWER)
    assert isinstance(answer.result, Message)
    return answer.result


def test_the_model_of_an_answer_lives_while_it_is_held_and_reads_the_same() -> None:
    """Should the library make its models in another way one day, holding on to them will have become idle."""
    plainly = read()
    with tuned() as answers:
        assert len(answers) == len(OFTEN_CALLED)
        held = weakref.ref(Response[Message])
        gc.collect()
        assert held() is answers[OFTEN_CALLED.index(SendMessage)]
        assert read() == plainly


def test_afterwards_everything_is_as_before() -> None:
    before = gc.get_threshold(), gc.get_freeze_count()
    with tuned():
        assert gc.get_threshold()[0] == COLLECTOR[0]
        assert gc.get_freeze_count() > before[1]
    assert (gc.get_threshold(), gc.get_freeze_count()) == before
