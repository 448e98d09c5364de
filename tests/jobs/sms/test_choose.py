"""SMS_URL, as people write it."""

import pytest

from jobs.sms.choose import UnusableSmsUrl, open_gateway
from jobs.sms.http_gateway import HttpGateway
from jobs.sms.smpp_gateway import SmppGateway
from tests.jobs.sms.desk import TenOClock


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("smpp://clinic:s%40cret@smsc.example?from=Diamed", SmppGateway),
        ("smpp://clinic:secret@[::1]:2776?from=%2B48221234567&system_type=VMA", SmppGateway),
        ("smpps://clinic:secret@smsc.example?from=1234567890123456", SmppGateway),
        ("http://clinic:a-much-longer-password@localhost:13013/cgi-bin/sendsms?from=Diamed", HttpGateway),
        ("https://gateway.example/send?method=post&auth=basic&name.to=recipient&name.charset=", HttpGateway),
    ],
)
def test_the_address_chooses_the_gateway(url: str, kind: type) -> None:
    assert isinstance(open_gateway(url, TenOClock(), None), kind)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://clinic:pa55word@host", "expected smpp://"),
        ("pa55word", "expected smpp://"),
        ("smpp://", "expected smpp://"),
        ("smpp://clinic:pa55word/x@host:2775", "a number as the port"),
        ("smpp://clinic:pa55word#@host:pa55word", "a number as the port"),
        ("smpp://clinic:pa55word-longer@host", "password has at most 8"),
        ("smpp://clinic:pa55wożd@host", "password has at most 8"),
        ("smpp://clinic:pa55word@host?from=Diamed-Warszawa", "from has at most 11"),
        ("smpp://clinic:pa55word@host?form=Diamed", "knows from and system_type"),
        ("https://clinic:pa55word@host/?method=put", "method is get or post"),
        ("https://clinic:pa55word@host/?auth=digest", "auth is parameters or basic"),
        ("https://clinic:pa55word@host/?name.phone=to", "stands one of"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_sentence_without_the_password(url: str, words: str) -> None:
    with pytest.raises(UnusableSmsUrl, match=words) as refused:
        open_gateway(url, TenOClock(), None)
    assert str(refused.value).startswith("SMS_URL: ")
    assert "pa55" not in str(refused.value)
    assert "\n" not in str(refused.value)
