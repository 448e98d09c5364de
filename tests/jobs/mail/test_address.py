"""Which addresses letters may go to."""

import pytest

from jobs.mail.address import read_address


@pytest.mark.parametrize("address", ["maria@example.com", "o'neil+diamed@sub.example.co.uk", "a@xn--bcher-kva.example"])
def test_an_ordinary_address_stays_as_it_is(address: str) -> None:
    read = read_address(address)
    assert read is not None
    assert (read.addr_spec, read.display_name) == (address, "")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "maria",
        "maria@",
        "@example.com",
        "maria@example.com\nBcc: all@example.com",
        "maria@example.com\r\nBcc: all@example.com",
        "maria@example.com\x00",
        "maria@example.com, all@example.com",
        "maria@example.com> SIZE=1 <x@example.com",
        "maria@exa mple.com",
        '"maria all"@example.com',
        "maria@example.com all@example.com",
        "(maria)maria@example.com",
        "maria..@example.com",
        "zażółć@example.com",
        "maria@example.com\u2028",
    ],
)
def test_what_could_mean_more_than_one_address_is_none(address: str) -> None:
    assert read_address(address) is None
