"""One SMS as the requests that carry it over SMPP."""

from datetime import UTC
from typing import Final
from zlib import crc32

from aiosmpplib import NPI, TON, GSM7BitCodec, PhoneNumber, SubmitSm

from jobs.sms.alphabet import is_gsm, parts
from jobs.sms.gateway import Sms

HAS_HEADER: Final = 0b01000000
ASK_FOR_RECEIPT: Final = 1
LONGEST_NAME: Final = 11


def sender_of(name: str) -> PhoneNumber:
    """Whom the message is from: a name of at most 11 letters, a number in E.164 or a short one, or empty."""
    if name.startswith("+"):
        return PhoneNumber(name.removeprefix("+"), TON.INTERNATIONAL, NPI.ISDN)
    if name.isdecimal() or not name:
        return PhoneNumber(name)
    return PhoneNumber(name, TON.ALPHANUMERIC)


def submits(sms: Sms, sender: PhoneNumber) -> list[SubmitSm]:
    """One request a part. A repeated message has the same number in its parts' headers: a phone joins any of them."""
    gsm = is_gsm(sms.text)
    texts = parts(sms.text)
    joined = len(texts) > 1
    requests = []
    for place, text in enumerate(texts, start=1):
        request = SubmitSm(
            short_message=text,
            source=sender,
            destination=PhoneNumber(sms.to.removeprefix("+"), TON.INTERNATIONAL, NPI.ISDN),
            esm_class=HAS_HEADER if joined else 0,
            registered_delivery=ASK_FOR_RECEIPT,
            validity_period=sms.valid_until.astimezone(UTC),
            encoding=None if gsm else "ucs2",
        )
        header = bytes([5, 0, 3, crc32(sms.reference.encode()) & 0xFF, len(texts), place]) if joined else b""
        # Already cut and encoded: the library counts an extended letter as one, and would tear texts in wrong places.
        request.set_encoded_message(header + _encoded(text, gsm))
        requests.append(request)
    return requests


def _encoded(text: str, gsm: bool) -> bytes:
    if not gsm:
        return text.encode("utf-16-be")
    octets: bytes = GSM7BitCodec.get_codec_info().encode(text)[0]
    return octets
