"""Where an HTTP gateway reports what became of a message: an address that nobody else can guess."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Final
from urllib.parse import quote

PATH: Final = "/sms/receipts"


class ReceiptAddresses:
    """Addresses under `public_url`, each good for one message; their keys are derived from SECRET_KEY."""

    def __init__(self, public_url: str, secret: str) -> None:
        self._root = public_url.rstrip("/")
        self._key = hmac.digest(secret.encode(), b"reception/sms-receipts/1", sha256)

    def of(self, reference: str) -> str:
        return f"{self._root}{PATH}/{quote(reference, safe='')}/{self._key_of(reference)}"

    def opens(self, reference: str, key: str) -> bool:
        """Whether this is the key of that message."""
        return hmac.compare_digest(self._key_of(reference).encode(), key.encode(errors="replace"))

    def _key_of(self, reference: str) -> str:
        return urlsafe_b64encode(hmac.digest(self._key, reference.encode(), sha256)).decode().rstrip("=")
