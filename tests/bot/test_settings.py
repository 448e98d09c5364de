"""What is said of settings that cannot be used."""

from pathlib import Path

import pytest

from bot.settings import FACILITIES, read_settings
from core.facility.read_profile import read_profile
from main import MovableClock, open_clinic

NAMES = ("BOT_TOKEN", "BOT_API_URL", "FACILITY", "DATABASE_URL", "SECRET_KEY", "CLOCK_URL", "LOG_LEVEL")


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder and no settings at all."""
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_everything_has_a_default() -> None:
    settings = read_settings()
    assert (settings.bot_token, settings.facility, settings.log_level) == (None, "diamed", "INFO")


def test_an_empty_setting_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.setenv(name, "")
    assert read_settings().database_url == "sqlite:///var/reception.db"


def test_settings_are_read_from_a_file_too(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("FACILITY=elsewhere\nREDIS_URL=for later\n")
    assert read_settings().facility == "elsewhere"


def test_a_bad_value_is_named_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "hush-hush")
    with pytest.raises(SystemExit) as refused:
        read_settings()
    [line] = str(refused.value).splitlines()
    assert line.startswith("LOG_LEVEL: ")
    assert "hush" not in line


def test_secrets_never_print_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "100200300:hush")
    monkeypatch.setenv("SECRET_KEY", "hush")
    settings = read_settings()
    assert "hush" not in f"{settings} {settings!r} {settings.model_dump()}"


def test_a_facility_is_a_preset_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACILITY", "diamed")
    assert read_settings().facility_file == FACILITIES / "diamed.toml"


def test_a_facility_is_a_file_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = tmp_path / "my clinic.toml"
    mine.write_text((FACILITIES / "diamed.toml").read_text("utf-8"), "utf-8")
    monkeypatch.setenv("FACILITY", str(mine))
    assert read_profile(read_settings().facility_file).key == "my clinic"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("FACILITY", "nowhere", "nowhere.toml: (file): expected an existing TOML file"),
        ("DATABASE_URL", "postgresql://me:hush@127.0.0.1:1/reception", "DATABASE_URL: the database does not answer"),
        ("DATABASE_URL", "mysql://me:hush@db/reception", "DATABASE_URL: expected a file, such as "),
        ("DATABASE_URL", "hush", "DATABASE_URL: expected a file, such as "),
    ],
)
async def test_what_cannot_be_opened_ends_the_start_in_one_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as refused:
        async with open_clinic(read_settings(), MovableClock()):
            pass
    [line] = str(refused.value).splitlines()
    assert said in line
    assert "hush" not in line
