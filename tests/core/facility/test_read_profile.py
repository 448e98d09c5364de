"""A profile that cannot be used says which file, which key, and what was expected."""

from pathlib import Path

import pytest

from core.facility.read_profile import ProfileError, read_profile
from tests.stage.stage import FACILITY


def refusal_of(tmp_path: Path, written: str, instead: str) -> str:
    """What is said of the Diamed profile with one line written otherwise; always after the file's name."""
    profile = FACILITY.read_text("utf-8")
    assert written in profile
    file = tmp_path / "mine.toml"
    file.write_text(profile.replace(written, instead, 1), "utf-8")
    with pytest.raises(ProfileError) as refused:
        read_profile(file)
    said, (start, _, rest) = str(refused.value), str(refused.value).partition(": ")
    assert start == str(file), said
    return rest


def test_the_preset_reads_and_is_named_by_its_file() -> None:
    assert read_profile(FACILITY).key == "diamed"


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ("discreet = false", "", "alerts.discreet: expected a value, but the key is missing"),
        ("horizon = { days = 60 }", "", "booking.horizon: expected a value, but the key is missing"),
        ("[reception]", "[desk]", "desk: expected one of "),
        ("discreet = false", "discreet = false\nloud = true", "alerts.loud: expected one of awake, channels, discreet"),
        ("discreet = false", 'discreet = "no"', "alerts.discreet: expected true or false"),
        ('name = "CM Diamed"', "name = 5", "name: expected a text in quotes"),
        ("opens = 07:00:00", 'opens = "07:00"', "booking.hours.opens: expected a time such as 07:00:00"),
        (
            'emergency = ["112", "999"]',
            "emergency = []",
            "reception.emergency: expected a list with at least one entry",
        ),
        ('emergency = ["112", "999"]', "emergency = [112]", "reception.emergency[0]: expected a text in quotes"),
        ('mode = "slots"', 'mode = "luck"', "booking.mode: expected one of slots, request, slots_or_proposal"),
        ('menu = ["book", ', 'menu = ["dance", ', "menu[0]: expected one of book, visits, settings, help"),
        ('"Europe/Warsaw"', '"Europe/Warszawa"', "timezone: expected an IANA time zone such as Europe/Warsaw"),
        ('"Europe/Warsaw"', '"Europe"', "timezone: expected an IANA time zone such as Europe/Warsaw"),
        ('"Europe/Warsaw"', '"../etc/passwd"', "timezone: expected an IANA time zone such as Europe/Warsaw"),
        ('"Europe/Warsaw"', '""', "timezone: expected an IANA time zone such as Europe/Warsaw"),
        ("hold = { minutes = 5 }", "hold = 5", "booking.hold: expected a duration such as { minutes = 30 }"),
        (
            "hold = { minutes = 5 }",
            "hold = { years = 5 }",
            "booking.hold: expected a duration such as { minutes = 30 }",
        ),
        ("hold = { minutes = 5 }", "hold = {}", "booking.hold: expected a duration such as { minutes = 30 }"),
        ("hold = { minutes = 5 }", "hold = { minutes = -5 }", "booking.hold: expected whole numbers from 0 on"),
        ("hold = { minutes = 5 }", "hold = { minutes = true }", "booking.hold: expected whole numbers from 0 on"),
        ("hold = { minutes = 5 }", "hold = { days = 9999999999 }", "booking.hold: expected a duration that fits"),
    ],
)
def test_a_mistake_is_named_by_its_key(tmp_path: Path, written: str, instead: str, said: str) -> None:
    assert refusal_of(tmp_path, written, instead).startswith(said)


def test_what_is_not_toml_is_named(tmp_path: Path) -> None:
    assert refusal_of(tmp_path, "[session]", "[session").startswith("(file): expected valid TOML")


@pytest.mark.parametrize("content", [b"\xff\xfe", b'name = "\xff"'])
def test_what_is_not_text_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(content)
    with pytest.raises(ProfileError, match="expected valid TOML"):
        read_profile(file)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"nowhere\.toml: \(file\): expected an existing TOML file"):
        read_profile(tmp_path / "nowhere.toml")


def test_a_folder_is_no_profile(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"\(file\): expected a file that can be read"):
        read_profile(tmp_path)
