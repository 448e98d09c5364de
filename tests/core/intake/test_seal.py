import pytest
from cryptography.exceptions import InvalidTag

from core.seal import Seal

WORDS = b'{"text": "Tulip-1!"}'


def test_what_was_sealed_opens_in_its_place() -> None:
    assert Seal("secret").open(Seal("secret").close(WORDS, "inbox/7:1"), "inbox/7:1") == WORDS


def test_a_seal_hides_the_words_and_never_looks_the_same() -> None:
    first, second = (Seal("secret").close(WORDS, "inbox/7:1") for _ in range(2))
    assert b"Tulip" not in first
    assert first != second


def test_it_opens_in_no_other_place() -> None:
    with pytest.raises(InvalidTag):
        Seal("secret").open(Seal("secret").close(WORDS, "inbox/7:1"), "inbox/7:2")


def test_it_opens_under_no_other_secret() -> None:
    with pytest.raises(InvalidTag):
        Seal("Secret").open(Seal("secret").close(WORDS, "inbox/7:1"), "inbox/7:1")


@pytest.mark.parametrize("place", [0, 11, 12, 20, -1])
def test_it_does_not_open_once_tampered_with(place: int) -> None:
    sealed = bytearray(Seal("secret").close(WORDS, "inbox/7:1"))
    sealed[place] ^= 1
    with pytest.raises(InvalidTag):
        Seal("secret").open(bytes(sealed), "inbox/7:1")
