"""Receipts of networks that each have habits of their own."""

from struct import pack

import pytest

from jobs.sms.receipt import Receipt, read_receipt


def delivery(text: bytes, kind: int = 4, coding: int = 0, optional: bytes = b"") -> bytes:
    """The body of a deliver_sm."""
    addresses = b"\0" + b"\1\1" + b"48601234567\0" + b"\5\0" + b"Diamed\0"
    return addresses + bytes([kind, 0, 0]) + b"\0\0" + bytes([0, 0, coding, 0, len(text)]) + text + optional


def field(tag: int, value: bytes) -> bytes:
    return pack("!HH", tag, len(value)) + value


@pytest.mark.parametrize(
    ("text", "receipt"),
    [
        (b"id:7A sub:001 dlvrd:001 submit date:2611221030 done date:2611221031 stat:DELIVRD err:000", ("7A", True)),
        (b"id:0000000042 stat:EXPIRED err:0E1", ("0000000042", False)),
        (b"ID:a-b-c Stat:delivrd Text:id:7 stat:UNDELIV", ("a-b-c", True)),
        ("id:1 stat:REJECTD text:Завтра".encode("cp1251"), ("1", False)),
    ],
)
def test_the_text_of_a_receipt_is_enough(text: bytes, receipt: tuple[str, bool]) -> None:
    assert read_receipt(delivery(text)) == Receipt(*receipt)


def test_fields_go_before_the_text() -> None:
    optional = field(0x1400, b"\xff\xfe") + field(0x001E, b"9f\0") + field(0x0427, b"\2")
    assert read_receipt(delivery(b"id:159 stat:UNDELIV", optional=optional)) == Receipt("9f", True)


def test_the_text_may_stand_in_a_field_and_in_any_coding() -> None:
    text = "id:5 stat:UNDELIV text:Завтра".encode("utf-16-be")
    assert read_receipt(delivery(b"", coding=8, optional=field(0x0424, text))) == Receipt("5", False)


@pytest.mark.parametrize("state", [b"ENROUTE", b"ACCEPTD", b"SCHEDULED"])
def test_a_message_on_its_way_has_no_receipt_yet(state: bytes) -> None:
    assert read_receipt(delivery(b"id:5 stat:" + state)) is None


def test_what_a_person_answers_is_no_receipt() -> None:
    assert read_receipt(delivery(b"id:5 stat:DELIVRD", kind=0)) is None


def test_what_cannot_be_read_is_no_receipt() -> None:
    whole = delivery(b"id:5 stat:DELIVRD", optional=field(0x001E, b"5\0"))
    assert [read_receipt(whole[:length]) for length in range(31)] == [None] * 31
