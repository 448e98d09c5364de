"""Addresses and numbers as people type them, and what cannot be used."""

import pytest

from core.identity.account import mailbox_of
from core.identity.contacts import as_written, read_email, read_phone
from core.identity.refusals import EmailNotUsable, NotAPhone, PhoneFromElsewhere, PhoneNotMobile


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ewa@example.com", "ewa@example.com"),
        ("  Ewa.Lis@Example.COM ", "Ewa.Lis@example.com"),
        ("ewa+diamed@example.com", "ewa+diamed@example.com"),
        ("ewa@żółw.pl", "ewa@xn--w-uga1v8h.pl"),
    ],
)
def test_an_address_is_kept_as_mail_servers_know_it(typed: str, kept: str) -> None:
    assert read_email(typed.strip()) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "ewa@example.com\nBcc: all@example.com",
        "ewa@example.com\r\n",
        "ewa@example.com, anna@example.com",
        "ewa@example.com;anna@example.com",
        "Ewa <ewa@example.com>",
        "ewa lis@example.com",
        "ewą@example.com",
        "ewa@example",
        "ewa@",
        "@example.com",
        "ewa",
        "",
        f"ewa@{'e' * 250}.com",
    ],
)
def test_an_address_that_letters_cannot_reach_is_refused(typed: str) -> None:
    with pytest.raises(EmailNotUsable):
        read_email(typed)


@pytest.mark.parametrize("other", ["EWA@Example.com", "ewa+child@example.com", "Ewa+1+2@EXAMPLE.com"])
def test_neither_case_nor_a_tag_makes_another_mailbox(other: str) -> None:
    assert mailbox_of(other) == mailbox_of("ewa@example.com")


@pytest.mark.parametrize(
    "typed", ["601234567", "601 234 567", "+48 601-234-567", "0048601234567", "６０１２３４５６７", "(+48) 601 234 567"]
)
def test_a_number_is_kept_in_one_form(typed: str) -> None:
    assert read_phone(typed, "PL", ("PL",)) == "+48601234567"
    assert as_written("+48601234567") == "+48 601 234 567"


@pytest.mark.parametrize("typed", ["", "12", "112", "call me", "+48", "+481234567890123456", "+999123456789", "601"])
def test_what_no_telephone_has_is_refused(typed: str) -> None:
    with pytest.raises(NotAPhone):
        read_phone(typed, "PL", ("PL",))


@pytest.mark.parametrize("typed", ["+39 333 123 4567", "+7 916 123-45-67", "+1 202 555 0123"])
def test_a_country_without_our_sms_is_refused_with_those_that_have_it(typed: str) -> None:
    with pytest.raises(PhoneFromElsewhere) as refused:
        read_phone(typed, "PL", ("PL", "UA"))
    assert refused.value.prefixes == "+48, +380"


@pytest.mark.parametrize("typed", ["+48 22 123 45 67", "+48 700 123 456", "+48 800 123 456"])
def test_landlines_premium_and_free_lines_are_refused(typed: str) -> None:
    with pytest.raises(PhoneNotMobile):
        read_phone(typed, "PL", ("PL",))
