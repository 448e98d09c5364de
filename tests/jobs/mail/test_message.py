"""The letter as it travels: headers, parts, and nothing that could become another header."""

from dataclasses import replace
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Any, Final

import pytest
import vobject

from core.alerts.alert import AlertId, AlertKind
from core.alerts.questions import Letter
from core.facility.profile import FacilityProfile
from jobs.mail.account import read_smtp_url
from jobs.mail.calendar import calendar_part
from jobs.mail.message import build_message
from jobs.mail.wording import word
from locales.translator import Language
from tests.jobs.mail.desk import (
    CONFIRMATIONS,
    KINDS,
    PASSWORD,
    SENDER,
    VISIT,
    letter_of_kind,
    message_in,
    speech_in,
)
from tests.stage.house import PROFILE
from tests.stage.small_clinic import MONDAY

ACCOUNT: Final = read_smtp_url(f"smtp://127.0.0.1?from={SENDER}&reply-to=desk@diamed.example")
MARIA: Final = Address("Maria, <all@example.com>", addr_spec="maria@example.com")
EVIL: Final = "Nowak\r\nBcc: all@example.com\nX-Evil: yes\u2028\x00"


def source_of(
    letter: Letter, language: Language = Language.EN, facility: FacilityProfile = PROFILE, account: Any = ACCOUNT
) -> bytes:
    speech = speech_in(language)
    words = word(letter, facility, speech, password=PASSWORD)
    calendar = calendar_part(letter, facility, speech, account)
    return build_message(letter.id, account, MARIA, words, calendar, language, MONDAY)


def parts_of(message: EmailMessage) -> list[str]:
    return [part.get_content_type() for part in message.walk() if not part.is_multipart()]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", KINDS)
def test_headers_say_who_writes_to_whom_when_and_that_nobody_need_answer(kind: AlertKind, language: Language) -> None:
    letter = letter_of_kind(kind)
    message = message_in(source_of(letter, language))
    assert message["From"] == "Diamed <no-reply@diamed.example>"
    assert message["To"] == "maria@example.com"
    assert message["Reply-To"] == "desk@diamed.example"
    assert message["Date"].datetime == MONDAY
    assert message["Subject"] == word(letter, PROFILE, speech_in(language), password=PASSWORD).subject
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == language.value
    assert not message.defects


def test_a_letter_keeps_its_name_and_two_letters_never_share_one() -> None:
    letter = letter_of_kind(AlertKind.VISIT_BOOKED)
    names = [
        message_in(source_of(one))["Message-ID"] for one in (letter, letter, replace(letter, id=AlertId(letter.id + 1)))
    ]
    assert names[0] == names[1] != names[2]
    assert names[0].startswith("<")
    assert names[0].endswith("@diamed.example>")
    assert str(letter.id) not in names[0].split("@")[0].split("-")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", KINDS)
def test_every_relay_can_carry_it(kind: AlertKind, language: Language) -> None:
    source = source_of(letter_of_kind(kind, visits=(replace(VISIT, preparation="Źdźbło и ещё " * 200),)), language)
    assert source.isascii()
    assert max(len(line) for line in source.split(b"\r\n")) <= 78
    assert b"\n" not in source.replace(b"\r\n", b"")
    assert source.endswith(b"\r\n")


@pytest.mark.parametrize("kind", [AlertKind.REMINDER, AlertKind.CREDENTIALS])
def test_other_letters_have_two_parts(kind: AlertKind) -> None:
    assert parts_of(message_in(source_of(letter_of_kind(kind)))) == ["text/plain", "text/html"]


@pytest.mark.parametrize("kind", CONFIRMATIONS)
def test_a_confirmation_has_the_calendar_file_to_act_on_and_to_open(kind: AlertKind) -> None:
    message = message_in(source_of(letter_of_kind(kind)))
    assert parts_of(message) == ["text/plain", "text/html", "text/calendar", "application/ics"]
    *_, inline, attached = [part for part in message.walk() if not part.is_multipart()]
    method = "CANCEL" if kind is AlertKind.VISIT_CANCELLED else "REQUEST"
    assert inline["Content-Type"].params["method"] == method
    assert attached.get_filename() == "visit.ics"
    assert attached.get_content() == inline.get_payload(decode=True)
    [calendar] = vobject.readComponents(attached.get_content().decode())
    assert calendar.method.value == method
    assert calendar.vevent.dtstart.value == VISIT.starts_at
    assert calendar.vevent.organizer.value == "mailto:no-reply@diamed.example"
    assert calendar.vevent.attendee.value == "mailto:maria@example.com"


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", CONFIRMATIONS)
def test_a_discreet_calendar_entry_tells_the_time_alone(kind: AlertKind, language: Language) -> None:
    message = message_in(source_of(letter_of_kind(kind, discreet=True), language))
    [attached] = message.iter_attachments()
    content = attached.get_content()
    file = content.decode().replace("\r\n ", "")
    assert not any(fact in file for fact in ("Nowak", "Zielona", "LOCATION", PROFILE.name, VISIT.preparation))


@pytest.mark.parametrize("language", Language)
def test_an_entry_in_full_keeps_the_clinic_out_of_its_title(language: Language) -> None:
    [attached] = message_in(source_of(letter_of_kind(AlertKind.VISIT_BOOKED), language)).iter_attachments()
    event = vobject.readOne(attached.get_content().decode()).vevent
    assert PROFILE.name in event.summary.value
    assert VISIT.clinic not in event.summary.value
    assert VISIT.clinic in event.description.value
    assert VISIT.preparation in event.description.value


@pytest.mark.parametrize("kind", KINDS)
def test_no_value_can_add_a_header_or_a_reader(kind: AlertKind) -> None:
    visit = replace(VISIT, doctor=EVIL, clinic=EVIL, address=EVIL, preparation=EVIL)
    facility = replace(PROFILE, name=EVIL, reception=replace(PROFILE.reception, address=EVIL))
    account = read_smtp_url("smtp://127.0.0.1?from=%22a%2C%20<b@c.example>%22%20<no-reply@diamed.example>")
    message = message_in(source_of(letter_of_kind(kind, visits=(visit,)), facility=facility, account=account))
    assert {"Bcc", "X-Evil"}.isdisjoint(message.keys())
    assert [address.addr_spec for address in message["From"].addresses] == ["no-reply@diamed.example"]
    assert [address.addr_spec for address in message["To"].addresses] == ["maria@example.com"]


def test_the_password_is_in_both_parts_and_nowhere_else() -> None:
    message = message_in(source_of(letter_of_kind(AlertKind.CREDENTIALS)))
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert [part.get_content().count(PASSWORD) for part in (plain, html)] == [1, 1]
    assert not any(PASSWORD in str(value) for value in message.values())
