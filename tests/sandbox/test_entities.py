"""What Telegram finds in a text by itself, what a bot gives, and what is left of both when they meet."""

from typing import Any

import pytest

from sandbox.text.entities import fitting, settled
from sandbox.text.found import found_in
from tests.sandbox.hand import ANNA, BORIS, Hand

EMOJI = "5368324170671202286"


def seen(text: str, entities: list[dict[str, Any]]) -> list[tuple[str, str]]:
    units = text.encode("utf-16-le")
    return [(e["type"], units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")) for e in entities]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ask @anna or @ab, @gif too", [("mention", "@anna"), ("mention", "@gif")]),
        ("a@anna", []),
        ("#запись и #1, #a1", [("hashtag", "#запись"), ("hashtag", "#a1")]),
        ("a#b #a#b", []),
        ("$EUR $eur a$EUR", [("cashtag", "$EUR")]),
        ("/start@demo_bot, not 1/2", [("bot_command", "/start@demo_bot")]),
        ("https://clinic.it/a?b=c#d.", [("url", "https://clinic.it/a?b=c#d")]),
        ("(see clinic.it/a)", [("url", "clinic.it/a")]),
        ("clinic.it/a(b)", [("url", "clinic.it/a(b)")]),
        ("clinic.it:8080, ftp://clinic.it", [("url", "clinic.it:8080"), ("url", "ftp://clinic.it")]),
        ("клиника.рф и 127.0.0.1", [("url", "клиника.рф"), ("url", "127.0.0.1")]),
        ("At 9.30 Dr.Neri came.It was late. e.g. notes.txt 1.2.3.4.5", []),
        ("CLINIC.IT", [("url", "CLINIC.IT")]),
        ("http://clinic.invented shttp://clinic.it foo://clinic.it", [("url", "http://clinic.invented")]),
        ("http://localhost http://-.it http://a_b.it", []),
        ("tg://resolve?domain=demo_bot.", [("url", "tg://resolve?domain=demo_bot")]),
        ("anna.rossi+1@clinic.it, mailto:b@c.co.uk", [("email", "anna.rossi+1@clinic.it"), ("email", "b@c.co.uk")]),
        ("a@b@clinic.it", []),
        ("https://user:word@clinic.it", [("url", "https://user:word@clinic.it")]),
        (
            "call +39 06 1234567 or +39(06)123-45-67",
            [("phone_number", t) for t in ("+39 06 1234567", "+39(06)123-45-67")],
        ),
        ("1+1234567 +12 +39061234567a", []),
        ("4111 1111 1111 1111", [("bank_card_number", "4111 1111 1111 1111")]),
        ("4111 1111 1111 1112", []),
        ("🏟 clinic.it 🏟🏟 @anna", [("url", "clinic.it"), ("mention", "@anna")]),
    ],
)
def test_what_is_found(text: str, found: list[tuple[str, str]]) -> None:
    assert seen(text, found_in(text)) == found


def entity(kind: str, offset: object, length: object, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("text", "given", "kept"),
    [
        ("ab clinic.it", [entity("bold", 0, 12)], [("bold", "ab "), ("url", "clinic.it"), ("bold", "clinic.it")]),
        ("clinic.it", [entity("code", 0, 9)], [("code", "clinic.it")]),
        ("clinic.it", [entity("code", 3, 2)], [("code", "ni")]),
        ("clinic.it", [entity("blockquote", 0, 3)], [("blockquote", "cli")]),
        ("a clinic.it", [entity("blockquote", 0, 11)], [("blockquote", "a clinic.it"), ("url", "clinic.it")]),
        ("abc", [entity("bold", 0, 2), entity("bold", 1, 2)], [("bold", "abc")]),
        ("abc", [entity("bold", 0, 2), entity("italic", 1, 2)], [("bold", "a"), ("italic", "bc"), ("bold", "b")]),
        ("abc", [entity("code", 0, 2), entity("pre", 1, 2)], [("code", "ab")]),
        ("abc", [entity("blockquote", 0, 2), entity("code", 1, 2)], [("blockquote", "ab")]),
        ("abc", [entity("blockquote", 0, 3), entity("expandable_blockquote", 1, 1)], [("blockquote", "abc")]),
        ("abc", [entity("bold", 0, 0), entity("bold", 99, 0)], []),
    ],
)
def test_what_is_left_where_entities_meet(text: str, given: Any, kept: list[tuple[str, str]]) -> None:
    assert seen(*settled(text, fitting(text, given))) == kept


@pytest.mark.parametrize(
    ("text", "given", "left"),
    [
        (" \n a \n ", [], ("a", [])),
        (" a ", [entity("bold", 0, 3)], (" a", [entity("bold", 0, 2)])),
        ("  a", [entity("bold", 1, 2)], (" a", [entity("bold", 0, 2)])),
        ("a  ", [entity("bold", 1, 2)], ("a", [])),
        ("a\tb\0c", [], ("a b c", [])),
        ("a\r\nb", [entity("bold", 0, 4)], ("a\nb", [entity("bold", 0, 3)])),
        ("\ra\rb", [entity("bold", 3, 1)], ("ab", [entity("bold", 1, 1)])),
        ("a\u202eb\u0333c", [entity("bold", 2, 1)], ("abc", [entity("bold", 1, 1)])),
        ("a\u200e\u200f\u200eb", [], ("a\u200c\u200c\u200eb", [])),
        ("\xa0a\xa0", [], ("\xa0a\xa0", [])),
    ],
)
def test_what_is_left_of_blanks(text: str, given: Any, left: Any) -> None:
    assert settled(text, given) == left


async def test_more_than_a_hundred_entities_are_not_kept(bot: Hand) -> None:
    given = [entity("italic", 2 * at, 1) for at in range(80)] + [entity("code", 2 * at, 1) for at in range(80, 140)]
    message = await bot.result("sendMessage", chat_id=ANNA, text="a-" * 140, entities=given)
    kinds = [one["type"] for one in message["entities"]]
    assert (kinds.count("code"), kinds.count("italic")) == (60, 40)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (entity("pre", 0, 5, language="py"), entity("pre", 0, 5, language="py")),
        (entity("bold", "0", "5"), entity("bold", 0, 5)),
        (entity("text_link", 0, 5, url="clinic.it"), entity("text_link", 0, 5, url="http://clinic.it/")),
        (entity("custom_emoji", 0, 5, custom_emoji_id=EMOJI), entity("custom_emoji", 0, 5, custom_emoji_id=EMOJI)),
    ],
)
async def test_entities_of_the_bot(bot: Hand, given: Any, kept: Any) -> None:
    message = await bot.result("sendMessage", chat_id=ANNA, text="hello", entities=[given])
    assert message["entities"] == [kept]


@pytest.mark.parametrize(
    "given",
    [
        entity("text_mention", 0, 5, user={"id": BORIS}),
        entity("text_link", 0, 5, url=f"tg://user?id={BORIS}"),
    ],
)
async def test_a_mention_is_a_person(bot: Hand, given: Any) -> None:
    message = await bot.result("sendMessage", chat_id=ANNA, text="hello", entities=[given])
    assert [(one["type"], one["user"]["id"]) for one in message["entities"]] == [("text_mention", BORIS)]


@pytest.mark.parametrize("given", ["no JSON", {"type": "bold"}, "5"])
async def test_entities_that_are_no_list_are_none(bot: Hand, given: Any) -> None:
    assert "entities" not in await bot.result("sendMessage", chat_id=ANNA, text="hello", entities=given)


async def test_entities_give_way_to_a_parse_mode(bot: Hand) -> None:
    given = [entity("bold", 0, 1)]
    message = await bot.result("sendMessage", chat_id=ANNA, text="_a_", entities=given, parse_mode="MarkdownV2")
    assert message["entities"] == [entity("italic", 0, 1)]


@pytest.mark.parametrize("mode", ["MarkdownV2", "markdown", "HTML", "None"])
async def test_every_parse_mode_is_known(bot: Hand, mode: str) -> None:
    assert (await bot.result("sendMessage", chat_id=ANNA, text="a", parse_mode=mode))["text"] == "a"


async def test_what_people_write_is_read_likewise(bot: Hand) -> None:
    await bot.updates(offset=-1)
    await bot.say("I am anna@clinic.it, see clinic.it")
    (update,) = (await bot.updates())[-1:]
    message = update["message"]
    assert seen(message["text"], message["entities"]) == [("email", "anna@clinic.it"), ("url", "clinic.it")]


async def test_an_edit_with_the_same_findings_changes_nothing(bot: Hand) -> None:
    words = {"chat_id": ANNA, "text": "<b>See clinic.it</b> @anna", "parse_mode": "HTML"}
    message = await bot.result("sendMessage", **words)
    told = await bot.refusal("editMessageText", **words, message_id=message["message_id"])
    assert "message is not modified" in told


@pytest.mark.parametrize(
    "more",
    [
        {"disable_web_page_preview": True},
        {"link_preview_options": {"is_disabled": True}},
        {"link_preview_options": '{"url": "https://clinic.it", "show_above_text": true}'},
    ],
)
async def test_previews_are_taken_and_change_nothing(bot: Hand, more: Any) -> None:
    assert (await bot.result("sendMessage", chat_id=ANNA, text="clinic.it", **more))["text"] == "clinic.it"
