"""What the demo file says is possible and consistent."""

import re
from itertools import pairwise
from pathlib import Path

from stdnum.pl import pesel

from core.demo.demo import Demo
from core.demo.page import demo_page
from core.demo.read_demo import demo_groups, demo_people

MAIN = Path(__file__).parents[3]
WOMEN = {"katarzyna.wojcik", "giulia.ferrara", "irina.sokolova", "emily.carter"}


def test_pesels_are_valid_and_fit_birth_and_sex(demo: Demo) -> None:
    for account in demo.accounts:
        assert pesel.validate(account.identifier) == account.identifier
        assert pesel.get_birth_date(account.identifier) == account.born
        assert pesel.get_gender(account.identifier) == ("F" if account.login in WOMEN else "M")


def test_everybody_has_an_address_a_login_and_a_mobile_of_their_own(demo: Demo) -> None:
    for value_of in ("email", "login", "phone", "identifier", "password"):
        assert len({getattr(account, value_of) for account in demo.accounts}) == len(demo.accounts)
    for account in demo.accounts:
        assert re.fullmatch(r"[a-z.]+@example\.(com|net|org)", account.email)
        assert re.fullmatch(r"\+48699000\d{3}", account.phone)


def test_each_language_has_two_speakers_and_there_is_a_stranger(demo: Demo) -> None:
    spoken = [person.language_code[:2] for person in demo.people if person.account]
    assert all(spoken.count(language) >= 2 for language in ("pl", "it", "ru", "en"))
    strangers = [one.chat_id for one in demo.people if one.account is None and one.role == "patient"]
    assert strangers == [1009]


def test_clinics_are_many_and_each_says_how_to_prepare(demo: Demo) -> None:
    assert len({clinic.name for clinic in demo.clinics}) == len(demo.clinics) >= 12
    for clinic in demo.clinics:
        assert clinic.preparation.endswith(".")
        assert len(clinic.address) <= 200
        assert 30 <= clinic.booked_percent <= 60


def test_nobody_works_in_two_places_at_once(demo: Demo) -> None:
    at_work = [
        (doctor.name, hours.weekday, hours.starts, hours.ends)
        for clinic in demo.clinics
        for doctor in clinic.doctors
        for hours in doctor.weekly
    ]
    at_work.sort()
    for before, after in pairwise(at_work):
        assert before[:2] != after[:2] or before[3] <= after[2], (before, after)


def test_the_notes_say_how_to_log_in() -> None:
    katarzyna, *_, lukas, beata, ewa = demo_people(MAIN / "facilities" / "demo" / "diamed.toml")
    assert katarzyna.note == "login: katarzyna.wojcik, password: konwalia-427"
    assert (katarzyna.id, katarzyna.first_name, katarzyna.language_code) == (1001, "Katarzyna", "pl")
    assert (lukas.id, lukas.role, lukas.note) == (1009, "patient", "no account")
    assert [(staff.id, staff.role, staff.note) for staff in (beata, ewa)] == [
        (1901, "operator", ""),
        (1902, "doctor", ""),
    ]


def test_the_staff_has_a_group_of_people_who_exist() -> None:
    file = MAIN / "facilities" / "demo" / "diamed.toml"
    people = {person.id for person in demo_people(file)}
    (group,) = demo_groups(file)
    assert group.forum
    assert set(group.people) <= people


def test_the_page_in_docs_is_what_the_file_says(demo: Demo) -> None:
    assert (MAIN / "docs" / "demo.md").read_text("utf-8") == demo_page(demo)
