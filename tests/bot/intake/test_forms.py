"""Open forms, between the reading of an update and its done."""

from collections.abc import Iterator

import pytest
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import StorageKey

from bot.intake.forms import Forms, FormsClosed, FormStorage, forms

KEY = StorageKey(bot_id=7, chat_id=1001, user_id=1001, destiny="aiogd:context:1")
NAME = "aiogd:context:1:data"


class Menu(StatesGroup):
    main = State()


@pytest.fixture
def at_work() -> Iterator[Forms]:
    """One form is open: the choice of a doctor."""
    opened = Forms({NAME: '{"chosen": {"doctor": 21}}'})
    token = forms.set(opened)
    yield opened
    forms.reset(token)


@pytest.fixture
def storage() -> FormStorage:
    return FormStorage()


async def test_what_was_taken_out_and_not_put_back_changes_nothing(storage: FormStorage, at_work: Forms) -> None:
    taken = await storage.get_data(KEY)
    taken["chosen"]["doctor"] = 99
    assert await storage.get_data(KEY) == {"chosen": {"doctor": 21}}
    assert at_work.close() == {}


async def test_what_was_changed_deep_inside_and_put_back_is_noticed(storage: FormStorage, at_work: Forms) -> None:
    taken = await storage.get_data(KEY)
    taken["chosen"]["doctor"] = 22
    await storage.set_data(KEY, taken)
    assert at_work.close() == {NAME: '{"chosen": {"doctor": 22}}'}


async def test_what_is_changed_after_it_was_put_back_changes_nothing(storage: FormStorage, at_work: Forms) -> None:
    taken = await storage.get_data(KEY)
    taken["chosen"]["doctor"] = 22
    await storage.set_data(KEY, taken)
    taken["chosen"]["doctor"] = 99
    assert await storage.get_data(KEY) == {"chosen": {"doctor": 22}}
    assert at_work.close() == {NAME: '{"chosen": {"doctor": 22}}'}


async def test_putting_back_the_same_is_no_change(storage: FormStorage, at_work: Forms) -> None:
    await storage.set_data(KEY, await storage.get_data(KEY))
    assert at_work.close() == {}


async def test_an_emptied_form_is_gone(storage: FormStorage, at_work: Forms) -> None:
    await storage.set_data(KEY, {})
    assert await storage.get_data(KEY) == {}
    assert at_work.close() == {NAME: None}


async def test_a_state_is_kept_by_its_name(storage: FormStorage, at_work: Forms) -> None:
    await storage.set_state(KEY, Menu.main)
    assert await storage.get_state(KEY) == "Menu:main"
    await storage.set_state(KEY, None)
    assert await storage.get_state(KEY) is None


async def test_destinies_are_kept_apart(storage: FormStorage, at_work: Forms) -> None:
    other = StorageKey(bot_id=7, chat_id=1001, user_id=1001, destiny="aiogd:stack:")
    await storage.set_data(other, {"intents": ["1"]})
    assert await storage.get_data(KEY) == {"chosen": {"doctor": 21}}


async def test_after_the_end_nothing_is_written_unnoticed(storage: FormStorage, at_work: Forms) -> None:
    at_work.close()
    with pytest.raises(FormsClosed):
        await storage.set_data(KEY, {"late": True})


async def test_the_refusal_names_no_content(storage: FormStorage, at_work: Forms) -> None:
    at_work.close()
    with pytest.raises(FormsClosed) as refused:
        await storage.set_data(KEY, {"typed": "Tulip-1!"})
    assert "Tulip" not in str(refused.value)
