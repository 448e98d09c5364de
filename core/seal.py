"""Encryption for words that must be kept but not read."""

import secrets
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES: Final = 12


def letter_place(alert_id: int) -> str:
    """Where a letter's secret is kept: it opens in no other letter."""
    return f"alerts/{alert_id}/sealed"


class Seal:
    """AES-GCM under a key derived from the secret key; what is sealed for one place does not open in another."""

    def __init__(self, secret: str) -> None:
        key = HKDF(SHA256(), length=32, salt=None, info=b"reception/seal/1").derive(secret.encode())
        self._cipher = AESGCM(key)

    def close(self, words: bytes, place: str) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, words, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
