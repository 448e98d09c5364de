"""What a bot is told that plays on this machine, in a sandbox, without anybody's token."""

import secrets
import socket
from pathlib import Path
from typing import Final

from pydantic import SecretStr

from bot.settings import Settings

SANDBOX_HOST: Final = "127.0.0.1"
SANDBOX_BOT: Final = 100200300
TOKEN: Final = f"{SANDBOX_BOT}:" + "A" * 35
SENDER: Final = "CM%20Diamed%20<no-reply@reception.example>"
KEPT_SECRET: Final = Path("var/secret_key")


def settings_in_sandbox(settings: Settings, telegram_url: str, smtp_url: str, sms_url: str) -> Settings:
    """The same settings, with everything outside played by the sandbox."""
    listen = f"{SANDBOX_HOST}:{_free_port()}"
    played = {
        "bot_token": SecretStr(TOKEN),
        "bot_api_url": telegram_url,
        "clock_url": f"{telegram_url}/sim/clock/listen",
        "secret_key": settings.secret_key or _kept_secret(),
        "smtp_url": SecretStr(f"{smtp_url}?from={SENDER}"),
        "sms_url": SecretStr(sms_url),
        "public_url": f"http://{listen}",
        "webhook_url": None,
        "operators_chat_id": None,
        "listen": listen,
    }
    return settings.model_copy(update=played)


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind((SANDBOX_HOST, 0))
        port: int = asked.getsockname()[1]
        return port


def _kept_secret() -> SecretStr:
    """A secret key of the sandbox's own, the same at every start."""
    if not KEPT_SECRET.exists():
        KEPT_SECRET.parent.mkdir(parents=True, exist_ok=True)
        KEPT_SECRET.touch(mode=0o600)
        KEPT_SECRET.write_text(secrets.token_urlsafe(32))
    return SecretStr(KEPT_SECRET.read_text())
