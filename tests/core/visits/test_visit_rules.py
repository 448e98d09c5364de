"""What slots and visits themselves allow, at both edges of each rule."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.identity.person import PatientId, Role
from core.visits.agenda import AgendaId
from core.visits.doctor import DoctorId
from core.visits.outpatient_clinic import ClinicId
from core.visits.refusals import ReasonTooLong, SlotPast, SlotTaken, TooLateToChange, VisitNotLive
from core.visits.slot import Slot, SlotId
from core.visits.visit import REASON_LIMIT, Visit, VisitId, VisitStatus
from tests.stage.house import PROFILE, policy

STARTS = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)
INSTANT = timedelta(microseconds=1)
THREE_HOURS = timedelta(hours=3)


def slot(slot_id: int = 1, starts_at: datetime = STARTS) -> Slot:
    ends_at = starts_at + HALF_AN_HOUR
    return Slot(SlotId(slot_id), AgendaId(1), ClinicId(1), DoctorId(1), date(2026, 11, 24), starts_at, ends_at)


def visit() -> Visit:
    return Visit.book(VisitId(7), PatientId(31), slot(), STARTS - timedelta(days=1))


def test_a_slot_is_bookable_until_its_notice_begins() -> None:
    slot().require_bookable(STARTS - HALF_AN_HOUR, HALF_AN_HOUR)


def test_a_slot_inside_its_notice_is_past() -> None:
    with pytest.raises(SlotPast):
        slot().require_bookable(STARTS - HALF_AN_HOUR + INSTANT, HALF_AN_HOUR)


def test_without_a_notice_a_slot_is_bookable_as_it_begins() -> None:
    slot().require_bookable(STARTS, timedelta(0))
    with pytest.raises(SlotPast):
        slot().require_bookable(STARTS + INSTANT, timedelta(0))


def test_a_taken_slot_is_taken_until_it_is_released() -> None:
    mine = slot()
    mine.take(STARTS - HALF_AN_HOUR, HALF_AN_HOUR)
    with pytest.raises(SlotTaken):
        mine.take(STARTS - HALF_AN_HOUR, HALF_AN_HOUR)
    mine.release()
    assert mine.free


def test_a_visit_changes_until_its_cancellation_notice_begins() -> None:
    visit().require_changeable(STARTS - THREE_HOURS, policy(cancellation_notice=THREE_HOURS))


def test_a_visit_inside_its_cancellation_notice_is_the_receptions() -> None:
    with pytest.raises(TooLateToChange) as refused:
        visit().require_changeable(STARTS - THREE_HOURS + INSTANT, policy(cancellation_notice=THREE_HOURS))
    assert refused.value == TooLateToChange(THREE_HOURS, PROFILE.reception.phone)


def test_without_a_cancellation_notice_a_visit_changes_until_it_begins() -> None:
    visit().require_changeable(STARTS - INSTANT, PROFILE)
    with pytest.raises(VisitNotLive):
        visit().require_changeable(STARTS, PROFILE)


@pytest.mark.parametrize("status", [status for status in VisitStatus if status is not VisitStatus.CONFIRMED])
def test_only_a_confirmed_visit_changes(status: VisitStatus) -> None:
    settled = visit()
    settled.status = status
    with pytest.raises(VisitNotLive):
        settled.require_changeable(STARTS - timedelta(days=1), PROFILE)


def test_a_moved_visit_has_a_new_time_and_a_new_version() -> None:
    moved, now = visit(), STARTS - timedelta(hours=1)
    moved.move(slot(2, STARTS + timedelta(days=1)), now, PROFILE)
    assert (moved.slot_id, moved.starts_at, moved.version, moved.moved_at) == (2, STARTS + timedelta(days=1), 2, now)


def test_a_cancelled_visit_keeps_who_when_and_why() -> None:
    cancelled, now = visit(), STARTS - timedelta(hours=1)
    cancelled.cancel(now, Role.PATIENT, "a cold", PROFILE)
    assert (cancelled.cancelled_by, cancelled.cancelled_at, cancelled.cancel_reason) == (Role.PATIENT, now, "a cold")


def test_a_reason_fits_or_is_refused_with_its_length() -> None:
    now = STARTS - timedelta(hours=1)
    visit().cancel(now, Role.PATIENT, "x" * REASON_LIMIT, PROFILE)
    with pytest.raises(ReasonTooLong) as refused:
        visit().cancel(now, Role.PATIENT, "x" * (REASON_LIMIT + 1), PROFILE)
    assert refused.value == ReasonTooLong(REASON_LIMIT, REASON_LIMIT + 1)
