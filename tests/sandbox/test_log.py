"""The log of calls, and the record of what the bots were told."""

from sandbox.calls.call_log import KEPT_CALLS, CallLog
from tests.sandbox.conftest import TOKEN
from tests.sandbox.hand import ANNA, BORIS, Hand

OTHER = "987654321:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"


async def test_the_log_keeps_what_was_asked_and_answered(bot: Hand) -> None:
    await bot.start(BORIS)
    await bot.result("sendMessage", chat_id=ANNA, text="[1]")
    await bot.bot("sendmessage", chat_id=BORIS, text="")
    sent, refused = (await bot.sim("log", method="sendMessage"))["calls"]
    assert (sent["params"], sent["status"]) == ({"chat_id": ANNA, "text": "[1]"}, 200)
    assert sent["response"]["result"]["text"] == "[1]"
    assert (refused["method"], refused["response"]["error_code"]) == ("sendMessage", 400)
    assert refused["bot"] == 123456789
    assert (await bot.sim("log", chat=BORIS))["calls"] == [refused]
    assert (await bot.sim("log", after=sent["seq"]))["calls"] == [refused]
    assert TOKEN not in str(await bot.sim("log"))


async def test_the_answer_to_a_button_belongs_to_its_chat(bot: Hand) -> None:
    keyboard = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    await bot.result("sendMessage", chat_id=ANNA, text="x", reply_markup=keyboard)
    pressed = await bot.sim("press", {"person": ANNA, "button": "A"})
    await bot.sim("faults", {"method": "answerCallbackQuery", "kind": "error", "chat": BORIS})
    await bot.result("answerCallbackQuery", callback_query_id=pressed["query_id"])
    assert [call["method"] for call in (await bot.sim("log", chat=ANNA))["calls"]] == [
        "sendMessage",
        "answerCallbackQuery",
    ]


async def test_with_a_limit_the_newest_are_kept_oldest_first(bot: Hand) -> None:
    for text in "abcd":
        await bot.result("sendMessage", chat_id=ANNA, text=text)
    kept = (await bot.sim("log", method="SENDMESSAGE", limit=2))["calls"]
    assert [call["params"]["text"] for call in kept] == ["c", "d"]
    assert (await bot.sim("log", method="sendMessage", limit=1, after=kept[0]["seq"]))["calls"] == kept[1:]
    assert (await bot.sim("log", limit=0))["calls"] == []
    assert (await bot.ask("log", limit=-1)).status == 400


async def test_the_log_of_one_bot(bot: Hand) -> None:
    await bot.bot("getMe", token=OTHER)
    await bot.bot("getNothing", token=OTHER)
    calls = (await bot.sim("log", bot=987654321))["calls"]
    assert [(call["method"], call["status"]) for call in calls] == [("getMe", 200), ("getNothing", 404)]
    assert [call["bot"] for call in (await bot.sim("log"))["calls"]] == [123456789, 987654321, 987654321]


async def test_the_log_shows_what_no_reader_of_json_takes_as_it_came(bot: Hand) -> None:
    odd = {"deep": "[" * 2000, "broken": "{", "endless": "[1e999]", "text": "{}", "chat_id": str(ANNA)}
    await bot.bot("getMe", **odd)
    assert (await bot.sim("log", limit=1))["calls"][0]["params"] == {**odd, "chat_id": ANNA}


def test_the_log_forgets_the_oldest_calls() -> None:
    log = CallLog()
    for _ in range(KEPT_CALLS + 2):
        log.add(at=0.0, bot=1, method="getMe", params={}, chat=None, status=200, body=b"")
    assert [len(log.calls()), log.calls()[0].seq, log.calls(limit=1)[0].seq] == [KEPT_CALLS, 3, KEPT_CALLS + 2]


async def test_the_updates_show_how_far_each_has_come(bot: Hand) -> None:
    said = await bot.say("Hello")
    *_, first, second = (await bot.sim("updates"))["updates"]
    assert (second["bot"], second["kind"], second["chat"], second["deliveries"]) == (123456789, "message", ANNA, 0)
    assert second["body"]["message"]["text"] == "Hello"
    assert second["update_id"] == second["body"]["update_id"] == said["update_id"]
    await bot.updates(offset=second["update_id"])
    *_, one, two = (await bot.sim("updates"))["updates"]
    assert [(told["deliveries"], told["confirmed"]) for told in (one, two)] == [(0, True), (1, False)]
    assert (one["seq"], two["seq"]) == (first["seq"], second["seq"])


async def test_the_updates_of_one_chat_one_bot_and_from_somewhere_on(bot: Hand) -> None:
    await bot.bot("getMe", token=OTHER)
    await bot.sim("say", {"person": BORIS, "text": "To the other", "bot": 987654321})
    await bot.sim("say", {"person": BORIS, "text": "To this one", "bot": 123456789})

    async def texts(**query: int) -> list[str]:
        updates = (await bot.sim("updates", **query))["updates"]
        return [told["body"]["message"]["text"] for told in updates if told["kind"] == "message"]

    assert await texts() == ["/start", "To the other", "To this one"]
    assert await texts(chat=BORIS) == ["To the other", "To this one"]
    assert await texts(bot=987654321) == ["To the other"]
    middle = (await bot.sim("updates", bot=987654321))["updates"][-1]["seq"]
    assert await texts(after=middle) == ["To this one"]
    assert (await bot.ask("updates", after="x")).status == 400
