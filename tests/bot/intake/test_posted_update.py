"""Bytes in, an update out, or nothing."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.posted_update import DEEPEST, NoUpdate, read_update

SIMPLE: st.SearchStrategy[Any] = st.none() | st.booleans() | st.integers() | st.floats(-1e9, 1e9) | st.text(max_size=9)
VALUES = st.recursive(SIMPLE, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=9)
NO_UPDATES = {
    "nothing": b"",
    "words": b"hello",
    "half an object": b'{"update_id": 1',
    "two objects": b'{"update_id": 1}{"update_id": 2}',
    "a list": b'[{"update_id": 1}]',
    "null": b"null",
    "a number": b"7",
    "no id": b'{"message": {}}',
    "an id of null": b'{"update_id": null}',
    "an id of words": b'{"update_id": "1"}',
    "an id that is true": b'{"update_id": true}',
    "an id with a point": b'{"update_id": 1.0}',
    "an id with an exponent": b'{"update_id": 1e3}',
    "an id below zero": b'{"update_id": -1}',
    "an id beyond 64 bits": b'{"update_id": %d}' % 2**63,
    "an id without an end": b'{"update_id": %s}' % (b"9" * 100_000),
    "an id twice": b'{"update_id": 1, "update_id": 2}',
    "a key twice, deep inside": b'{"update_id": 1, "message": {"chat": {"id": 1, "id": 2}}}',
    "not a number": b'{"update_id": 1, "date": NaN}',
    "infinity": b'{"update_id": 1, "date": -Infinity}',
    "a number that becomes infinity": b'{"update_id": 1, "date": 1e999}',
    "not UTF-8": b'{"update_id": 1, "text": "\xff"}',
    "half a surrogate": b'{"update_id": 1, "text": "\xed\xa0\x80"}',
    "UTF-16": '{"update_id": 1}'.encode("utf-16"),
    "a mark of the order of bytes": '\ufeff{"update_id": 1}'.encode(),
    "a tower": b'{"update_id": 1, "message": %s%s}' % (b"[" * 500_000, b"]" * 500_000),
    "a tower that stands": b'{"update_id": 1, "message": %s%s}' % (b"[" * DEEPEST, b"]" * DEEPEST),
    "a tower of objects": b'{"update_id": 1, "m": %s1%s}' % (b'{"m":' * DEEPEST, b"}" * DEEPEST),
}


@pytest.mark.parametrize("body", NO_UPDATES.values(), ids=NO_UPDATES)
def test_what_is_no_update_is_refused_without_a_word_about_it(body: bytes) -> None:
    with pytest.raises(NoUpdate) as refused:
        read_update(body)
    assert str(refused.value) == ""


@pytest.mark.parametrize("number", [0, 1, 2**31, 2**63 - 1])
def test_any_number_of_64_bits_may_be_an_updates(number: int) -> None:
    assert read_update(b'{"update_id": %d}' % number) == {"update_id": number}


@given(st.dictionaries(st.text(max_size=9), VALUES, max_size=4))
def test_an_update_is_read_as_it_was_written(content: dict[str, Any]) -> None:
    update = {**content, "update_id": 7}
    assert read_update(json.dumps(update).encode()) == update


@given(st.binary())
def test_any_bytes_are_an_update_or_none(body: bytes) -> None:
    with suppress(NoUpdate):
        assert "update_id" in read_update(body)
