"""What letters say, in both their parts."""

import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from core.alerts.alert import AlertKind
from core.visits.cards import VisitCard
from jobs.mail.blocks import Words
from jobs.mail.html import draw_html
from jobs.mail.plain import draw_plain
from jobs.mail.wording import word
from locales.translator import Language
from tests.jobs.mail.desk import CONFIRMATIONS, KINDS, PASSWORD, READER, VISIT, letter_of_kind, speech_in
from tests.stage.house import PROFILE
from tests.stage.small_clinic import EYES, NOWAK

LATER = replace(VISIT, starts_at=VISIT.starts_at + timedelta(hours=2), doctor="lek. Piotr Lis", preparation="")
OF_HEALTH = ("visit", "visita", "приём", "wizyt", "dokt", "lekar", "medic", "врач", "clinic", "okulist")


def words_of(
    kind: AlertKind,
    language: Language = Language.EN,
    *,
    discreet: bool = False,
    visits: tuple[VisitCard, ...] = (VISIT,),
    is_new: bool = True,
    answered: bool = False,
) -> Words:
    letter = letter_of_kind(kind, discreet=discreet, visits=visits, reader=replace(READER, is_new=is_new))
    return word(letter, PROFILE, speech_in(language), password=PASSWORD, answered=answered)


class Reading(HTMLParser):
    """What somebody reads on a page, and everything that its tags hold."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        if self.cdata_elem is None:
            self.said.append(data)


def read_page(words: Words, language: Language = Language.EN) -> Reading:
    reading = Reading()
    reading.feed(draw_html(words, language))
    return reading


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("discreet", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_both_parts_say_the_same(kind: AlertKind, discreet: bool, language: Language) -> None:
    words = words_of(kind, language, discreet=discreet)
    on_page = "".join(read_page(words, language).said).removeprefix("\n\n").split()
    title = words.subject.split()
    assert on_page[: len(title)] == title
    assert on_page[len(title) :] == draw_plain(words).split()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", [*CONFIRMATIONS, AlertKind.REMINDER])
def test_in_full_a_letter_names_time_doctor_clinic_and_place(kind: AlertKind, language: Language) -> None:
    text = draw_plain(words_of(kind, language))
    assert all(fact in text for fact in ("09:00", NOWAK.name, EYES.name, EYES.address))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", [*CONFIRMATIONS, AlertKind.REMINDER])
def test_discreetly_it_names_the_time_and_nothing_of_health_or_place(kind: AlertKind, language: Language) -> None:
    words = words_of(kind, language, discreet=True)
    said = f"{words.subject}\n{draw_plain(words)}"
    assert "09:00" in said
    assert not any(fact in said for fact in ("Nowak", "Zielona", PROFILE.name, EYES.preparation))
    assert not any(trace in said.casefold() for trace in OF_HEALTH)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", KINDS)
def test_a_subject_names_no_doctor_and_no_clinic(kind: AlertKind, language: Language) -> None:
    subject = words_of(kind, language).subject
    assert not any(name in subject for name in ("Nowak", "okulistyczna", READER.login, PASSWORD))


def test_what_to_bring_is_said_unless_the_visit_is_not_going_to_be() -> None:
    told = {kind for kind in (*CONFIRMATIONS, AlertKind.REMINDER) if EYES.preparation in draw_plain(words_of(kind))}
    assert told == {AlertKind.VISIT_BOOKED, AlertKind.VISIT_MOVED, AlertKind.REMINDER}


def test_visits_of_one_day_stand_in_one_letter() -> None:
    words = words_of(AlertKind.REMINDER, visits=(VISIT, LATER))
    text = draw_plain(words)
    assert words.subject == "You have 2 visits tomorrow."
    assert text.index("09:00") < text.index(NOWAK.name) < text.index("11:00") < text.index("lek. Piotr Lis")


@pytest.mark.parametrize("language", Language)
def test_credentials_come_with_their_use_and_with_another_way(language: Language) -> None:
    text = draw_plain(words_of(AlertKind.CREDENTIALS, language))
    assert f"\n{READER.login}\n" in text
    assert f"\n{PASSWORD}\n" in text
    assert re.search(r"\b7\b", text)
    assert PROFILE.reception.phone in text
    assert PROFILE.reception.address in text


def test_somebody_with_a_password_of_their_own_is_told_that_it_still_works() -> None:
    new, known = (draw_plain(words_of(AlertKind.CREDENTIALS, is_new=is_new)) for is_new in (True, False))
    assert new.startswith("Your account is ready.\n")
    assert known.startswith("You have a new password.\n")
    assert "Your own password goes on working" in known
    assert "Your own password goes on working" not in new


def test_the_password_stands_once_in_each_part_and_in_no_picture_of_it() -> None:
    words = words_of(AlertKind.CREDENTIALS)
    assert draw_plain(words).count(PASSWORD) == 1
    assert draw_html(words, Language.EN).count(PASSWORD) == 1
    assert PASSWORD not in repr(words)
    assert PASSWORD not in words.subject


def test_where_answers_are_read_nobody_is_told_otherwise() -> None:
    silent, open_ear = (draw_plain(words_of(AlertKind.VISIT_BOOKED, answered=answered)) for answered in (False, True))
    assert "not read" in silent
    assert "not read" not in open_ear


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_has_its_language_and_fetches_nothing(kind: AlertKind) -> None:
    words = words_of(kind, Language.PL)
    page, reading = draw_html(words, Language.PL), read_page(words, Language.PL)
    assert '<html lang="pl">' in page
    assert reading.tags <= {"html", "head", "meta", "title", "style", "body", "div", "h1", "h2", "p", "br"}
    assert reading.attributes <= {"lang", "charset", "name", "content", "style"}
    assert not re.search(r"https?:|url\(|@import", page)


def test_a_value_with_markup_is_text() -> None:
    evil = "<script>alert(1)</script> & \"Sons\" <img src='x'>"
    visit = replace(VISIT, doctor=evil, address=evil, preparation=f"{evil}\nsecond line")
    words = words_of(AlertKind.VISIT_BOOKED, visits=(visit,))
    reading = read_page(words)
    assert not {"script", "img"} & reading.tags
    assert "".join(reading.said).count(evil) == 3
    assert "<br>\nsecond line" in draw_html(words, Language.EN)
