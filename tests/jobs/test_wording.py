"""What alerts say in the four languages, in full and discreetly."""

from datetime import UTC, datetime

import pytest

from core.alerts.alert import AlertId, AlertKind
from core.alerts.questions import Letter
from core.visits.cards import VisitCard
from core.visits.slot import SlotId
from core.visits.visit import VisitId, VisitStatus
from jobs.wording import DISCREET, IN_FULL, Message, word
from locales.translator import Language, load_translators
from tests.stage.house import PROFILE
from tests.stage.small_clinic import EYES, MONDAY, NOWAK

TRANSLATORS = load_translators()


def worded(kind: AlertKind, language: Language, *, discreet: bool = False, doctor: str = NOWAK.name) -> Message:
    visit = VisitCard(
        VisitId(7),
        SlotId(1),
        EYES.id,
        NOWAK.id,
        datetime(2026, 11, 24, 8, 0, tzinfo=UTC),
        doctor,
        NOWAK.surname,
        EYES.name,
        EYES.address,
        EYES.preparation,
        VisitStatus.CONFIRMED,
        1,
    )
    speech = TRANSLATORS.speak(language, zone=PROFILE.timezone, now=MONDAY)
    return word(Letter(AlertId(1), kind, visit, None, true=True, discreet=discreet), speech)


def test_every_kind_has_words_of_both_sorts() -> None:
    assert set(IN_FULL) == set(DISCREET) == set(AlertKind)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", AlertKind)
def test_in_full_an_alert_names_time_doctor_clinic_and_place(kind: AlertKind, language: Language) -> None:
    html = worded(kind, language).html
    assert all(fact in html for fact in ("09:00", NOWAK.name, EYES.name, EYES.address))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", AlertKind)
def test_discreetly_it_names_the_time_alone(kind: AlertKind, language: Language) -> None:
    html = worded(kind, language, discreet=True).html
    assert "09:00" in html
    assert not any(fact in html for fact in ("Nowak", "okulistyczna", "Zielona"))


@pytest.mark.parametrize("kind", AlertKind)
@pytest.mark.parametrize("discreet", [False, True])
def test_every_language_has_words_of_its_own(kind: AlertKind, discreet: bool) -> None:
    first_lines = {worded(kind, language, discreet=discreet).html.splitlines()[0] for language in Language}
    assert len(first_lines) == len(Language)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("discreet", [False, True])
def test_the_button_leads_to_the_visit_in_a_few_bytes(language: Language, discreet: bool) -> None:
    [(label, data)] = worded(AlertKind.VISIT_BOOKED, language, discreet=discreet).buttons
    assert data == "visit:7"
    assert label


def test_the_first_line_stands_out() -> None:
    assert worded(AlertKind.VISIT_BOOKED, Language.EN).html.startswith("<b>Confirmation: your visit is booked.</b>\n")


def test_a_name_with_a_bracket_is_no_markup() -> None:
    html = worded(AlertKind.VISIT_BOOKED, Language.EN, doctor="<b>& Sons").html
    assert "&lt;b&gt;&amp; Sons" in html
