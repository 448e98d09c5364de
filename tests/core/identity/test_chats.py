"""Where somebody can be reached, and in which language."""

import pytest

from core.identity.choose_language import choose_language
from core.identity.greet_chat import greet_chat
from core.identity.note_reachability import note_reachability
from core.identity.open_session import open_session
from core.identity.person import AccountId, ChatId, Person, Role
from core.identity.questions import readers_of, who_calls
from core.transaction import Reading
from tests.stage.house import House
from tests.stage.small_clinic import MARIA

HERS = ChatId(MARIA.chat)


def leads_to(reading: Reading) -> tuple[ChatId | None, str | None]:
    """Where alerts for Maria go, and in which language."""
    reader = readers_of(reading, [AccountId(MARIA.number)])[AccountId(MARIA.number)]
    return reader.chat_id, reader.language


async def test_before_the_first_log_in_an_account_has_no_channel(house: House) -> None:
    assert await house.clinic.read(leads_to) == (None, None)


async def test_logging_in_binds_the_account_to_the_chat(house: House) -> None:
    await house.lets_in(MARIA)
    assert await house.clinic.read(leads_to) == (HERS, "en")


async def test_alerts_follow_the_person_to_another_chat(house: House) -> None:
    await house.lets_in(MARIA)
    await house.clinic(greet_chat, ChatId(2001), "pl")
    await house.as_(Person(Role.STRANGER, ChatId(2001)))(open_session, AccountId(MARIA.number))
    assert await house.clinic.read(leads_to) == (ChatId(2001), "pl")


async def test_whoever_blocked_the_bot_is_unreachable_until_the_next_word(house: House) -> None:
    await house.lets_in(MARIA)
    await house.clinic(note_reachability, HERS, False)
    assert await house.clinic.read(leads_to) == (None, "en")
    await house.clinic(greet_chat, HERS, "en")
    assert await house.clinic.read(leads_to) == (HERS, "en")


async def test_a_greeted_chat_is_known_until_its_app_changes_language(house: House) -> None:
    assert not (await house.clinic.read(who_calls, HERS, "en")).known
    await house.clinic(greet_chat, HERS, "en")
    assert (await house.clinic.read(who_calls, HERS, "en")).known
    assert not (await house.clinic.read(who_calls, HERS, "it")).known


async def test_a_chosen_language_goes_before_the_apps(house: House) -> None:
    await house.lets_in(MARIA)
    await house.as_(MARIA)(choose_language, "ru")
    await house.clinic(greet_chat, HERS, "it")
    assert (await house.clinic.read(who_calls, HERS, "it")).language == "ru"
    assert await house.clinic.read(leads_to) == (HERS, "ru")


async def test_an_accounts_language_comes_along_to_a_new_chat(house: House) -> None:
    await house.lets_in(MARIA)
    await house.as_(MARIA)(choose_language, "ru")
    await house.clinic(greet_chat, ChatId(2001), "pl")
    await house.as_(Person(Role.STRANGER, ChatId(2001)))(open_session, AccountId(MARIA.number))
    assert (await house.clinic.read(who_calls, ChatId(2001), "pl")).language == "ru"


async def test_a_stranger_chooses_for_the_chat_alone(house: House) -> None:
    stranger = house.as_(Person(Role.STRANGER, ChatId(2001)))
    await stranger(choose_language, "it")
    assert (await house.clinic.read(who_calls, ChatId(2001), "pl")).language == "it"
    assert house.rows("SELECT language FROM accounts WHERE language IS NOT NULL") == []


async def test_only_the_house_itself_greets_and_notes(house: House) -> None:
    with pytest.raises(PermissionError):
        await house.as_(MARIA)(greet_chat, HERS, "en")
    with pytest.raises(PermissionError):
        await house.as_(MARIA)(note_reachability, HERS, False)
