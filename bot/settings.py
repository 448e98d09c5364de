"""What the environment says. Secrets never print themselves."""

from pathlib import Path
from typing import Final

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

TELEGRAM: Final = "https://api.telegram.org"
FACILITIES: Final = Path(__file__).parent.parent / "facilities"


class Settings(BaseSettings):
    """One field a setting; `.env.example` explains each."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    bot_token: SecretStr | None = None
    bot_api_url: str = TELEGRAM
    facility: str = "diamed"
    database_url: str = "sqlite:///var/reception.db"
    secret_key: SecretStr | None = None
    clock_url: str | None = None
    smtp_url: SecretStr | None = None
    sms_url: SecretStr | None = None
    public_url: str | None = None
    webhook_url: str | None = Field(default=None, pattern=r"^https?://[^/\s]+/\S+$")
    webhook_secret: SecretStr | None = None
    redis_url: SecretStr | None = None
    operators_chat_id: int | None = None
    listen: str = Field(default="127.0.0.1:8080", pattern=r"^\S+:[0-9]{1,5}$")
    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")

    @property
    def facility_file(self) -> Path:
        """A preset by its name, or a file by its path."""
        return Path(self.facility) if self.facility.endswith(".toml") else FACILITIES / f"{self.facility}.toml"

    @property
    def demo_file(self) -> Path:
        """The demo clinic of the profile."""
        return FACILITIES / "demo" / f"{self.facility_file.stem}.toml"


def read_settings() -> Settings:
    """The settings, or an exit with one line for each that cannot be used; values are not repeated."""
    try:
        return Settings()
    except ValidationError as error:
        lines = [f"{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors()]
        raise SystemExit("\n".join(lines)) from None
