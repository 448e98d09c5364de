"""Who may do what: a row for every use case and every question, a column for everybody who might act."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from core.alerts.alert import AlertState
from core.alerts.claim_due_alerts import claim_due_alerts
from core.alerts.note_pause import note_pause
from core.alerts.note_receipt import note_receipt
from core.alerts.put_back_alert import put_back_alert
from core.alerts.questions import alerts_backlog, anything_due, letters_of, pause_until
from core.alerts.settle_alerts import Ending, settle_alerts
from core.demo.fill_clinic import AlreadyFilled, fill_clinic
from core.demo.questions import holds_demo, is_empty
from core.demo.read_demo import read_demo
from core.errors import NotFound
from core.facility.profile import Channel
from core.identity.change_password import change_password
from core.identity.choose_discretion import choose_discretion
from core.identity.choose_language import choose_language
from core.identity.choose_reminders import choose_reminders
from core.identity.correct_email import correct_email
from core.identity.count_attempt import count_attempt
from core.identity.count_sign_up_try import count_sign_up_try
from core.identity.greet_chat import greet_chat
from core.identity.issue_password import issue_password
from core.identity.log_out import log_out
from core.identity.newcomer import Newcomer
from core.identity.note_reachability import note_reachability
from core.identity.open_account import open_account
from core.identity.open_session import open_session
from core.identity.questions import (
    credentials_of,
    email_is_free,
    email_of_new_account,
    identifier_is_free,
    own_patient,
    own_settings,
    password_rules,
    readers_of,
    wait_before_next,
    who_calls,
)
from core.identity.refusals import LogInNeeded
from core.intake.finish_update import finish_update
from core.intake.forget_old_keys import forget_old_keys
from core.intake.keep_in_hand import keep_in_hand
from core.intake.postpone_update import postpone_update
from core.intake.questions import anything_waits, inbox_backlog, other_seats
from core.intake.receive_updates import receive_updates
from core.intake.set_update_aside import set_update_aside
from core.intake.take_updates import take_updates
from core.support.note_told import note_told
from core.support.questions import open_cases, untold_cases
from core.visits import questions as visits
from core.visits.book_visit import book_visit
from core.visits.cancel_visit import cancel_visit
from core.visits.hold_slot import hold_slot
from core.visits.loading import questions as loading
from core.visits.loading.load_agendas import load_agendas
from core.visits.loading.load_clinics import load_clinics
from core.visits.loading.load_doctors import load_doctors
from core.visits.loading.retire_agendas import retire_agendas
from core.visits.loading.settle_slots import settle_slots
from core.visits.move_visit import move_visit
from core.visits.say_coming import say_coming
from tests.laws.house import Act
from tests.laws.theatre import UPDATE, Scene
from tests.stage.small_clinic import EYES, MONDAY, NOWAK
from tests.stage.stage import FACILITY

Outcome = type[BaseException] | None
ALLOWED: Final = None
# In the order of PEOPLE: a stranger, the owner, another patient, the owner after the session's end, the clockwork.
ANYBODY: Final = (ALLOWED, ALLOWED, ALLOWED, ALLOWED, ALLOWED)
ANYBODY_IN_A_CHAT: Final = (ALLOWED, ALLOWED, ALLOWED, ALLOWED, PermissionError)
PATIENTS: Final = (LogInNeeded, ALLOWED, ALLOWED, LogInNeeded, LogInNeeded)
PATIENTS_AND_CLOCKWORK: Final = (LogInNeeded, ALLOWED, ALLOWED, LogInNeeded, ALLOWED)
THE_OWNER: Final = (LogInNeeded, ALLOWED, NotFound, LogInNeeded, LogInNeeded)
THE_OWNER_AND_CLOCKWORK: Final = (LogInNeeded, ALLOWED, NotFound, LogInNeeded, ALLOWED)
CLOCKWORK_ALONE: Final = (PermissionError, PermissionError, PermissionError, PermissionError, ALLOWED)


# An account that somebody has logged in to is nobody's to send letters for, its owner's included.
NOBODY_IN_A_CHAT: Final = (NotFound, NotFound, NotFound, NotFound, PermissionError)
NEWCOMER: Final = Newcomer("90020312344", "Ewa", "Wolna", "ewa@example.com", "601234567")
LETTER: Final = ("no hash", 12345, b"sealed")

Arguments = Callable[[Scene], tuple[Any, ...]]
DEMO: Final = read_demo(FACILITY.parent / "demo" / FACILITY.name)

MATRIX: Final[dict[Act, tuple[Arguments, tuple[Outcome, ...]]]] = {
    # What anybody may who writes to us. Log-in itself is here: `open_session` and `credentials_of` believe that a
    # password is being proved, and a law of its own keeps everybody but `log_in` away from them.
    count_attempt: (lambda scene: (scene.login,), ANYBODY_IN_A_CHAT),
    wait_before_next: (lambda scene: (scene.login,), ANYBODY_IN_A_CHAT),
    credentials_of: (lambda scene: (scene.login,), ANYBODY_IN_A_CHAT),
    open_session: (lambda scene: (scene.account,), ANYBODY_IN_A_CHAT),
    log_out: (lambda scene: (), ANYBODY_IN_A_CHAT),
    count_sign_up_try: (lambda scene: (), ANYBODY_IN_A_CHAT),
    identifier_is_free: (lambda scene: (NEWCOMER.identifier,), ANYBODY_IN_A_CHAT),
    email_is_free: (lambda scene: (NEWCOMER.email,), ANYBODY_IN_A_CHAT),
    open_account: (lambda scene: (NEWCOMER, *LETTER), ANYBODY_IN_A_CHAT),
    issue_password: (lambda scene: (scene.login, *LETTER), ANYBODY_IN_A_CHAT),
    correct_email: (lambda scene: (scene.account, NEWCOMER.email, *LETTER), NOBODY_IN_A_CHAT),
    email_of_new_account: (lambda scene: (scene.account,), NOBODY_IN_A_CHAT),
    choose_language: (lambda scene: ("pl",), ANYBODY_IN_A_CHAT),
    visits.desk_is_open: (lambda scene: (), ANYBODY),
    is_empty: (lambda scene: (), ANYBODY),
    # What patients may.
    own_patient: (lambda scene: (), PATIENTS),
    password_rules: (lambda scene: (), PATIENTS),
    change_password: (lambda scene: ("no hash",), PATIENTS),
    visits.clinics_to_book: (lambda scene: (), PATIENTS),
    visits.clinic_to_book: (lambda scene: (EYES.id,), PATIENTS),
    visits.doctor_to_book: (lambda scene: (NOWAK.id,), PATIENTS),
    visits.doctors_to_book: (lambda scene: (EYES.id,), PATIENTS),
    visits.booking_horizon: (lambda scene: (), PATIENTS),
    visits.free_days: (lambda scene: (EYES.id, None, scene.day, scene.day + timedelta(days=7)), PATIENTS),
    visits.free_slots: (lambda scene: (EYES.id, NOWAK.id, scene.day), PATIENTS),
    visits.first_free: (lambda scene: (EYES.id, None), PATIENTS),
    visits.nearest_free: (lambda scene: (scene.booked,), PATIENTS),
    visits.slot_card: (lambda scene: (scene.booked,), PATIENTS),
    hold_slot: (lambda scene: (scene.free,), PATIENTS),
    book_visit: (lambda scene: (scene.free,), PATIENTS),
    visits.planned_visits: (lambda scene: (), PATIENTS_AND_CLOCKWORK),
    own_settings: (lambda scene: (), PATIENTS),
    choose_reminders: (lambda scene: ("always", 10), PATIENTS),
    choose_discretion: (lambda scene: (True,), PATIENTS),
    # What the owner of a visit may.
    visits.visit_card: (lambda scene: (scene.visit,), THE_OWNER_AND_CLOCKWORK),
    move_visit: (lambda scene: (scene.visit, scene.free), THE_OWNER),
    cancel_visit: (lambda scene: (scene.visit, "a reason"), THE_OWNER),
    say_coming: (lambda scene: (scene.day, scene.account), THE_OWNER),
    # What the house alone may.
    who_calls: (lambda scene: (scene.chat, "en"), CLOCKWORK_ALONE),
    readers_of: (lambda scene: ((scene.account,),), CLOCKWORK_ALONE),
    greet_chat: (lambda scene: (scene.chat, "it"), CLOCKWORK_ALONE),
    note_reachability: (lambda scene: (scene.chat, False), CLOCKWORK_ALONE),
    receive_updates: (lambda scene: ((UPDATE,), 0, 1), CLOCKWORK_ALONE),
    anything_waits: (lambda scene: (), CLOCKWORK_ALONE),
    take_updates: (lambda scene: (0, 10), CLOCKWORK_ALONE),
    keep_in_hand: (lambda scene: (0, (scene.update,)), CLOCKWORK_ALONE),
    other_seats: (lambda scene: (0,), CLOCKWORK_ALONE),
    postpone_update: (lambda scene: (scene.update, 0, MONDAY, True), CLOCKWORK_ALONE),
    finish_update: (lambda scene: (scene.update, 0, {"menu:data": '{"month": 1}'}, scene.chat), CLOCKWORK_ALONE),
    set_update_aside: (lambda scene: (scene.update, 0, b"sealed", scene.chat), CLOCKWORK_ALONE),
    forget_old_keys: (lambda scene: (), CLOCKWORK_ALONE),
    claim_due_alerts: (lambda scene: (Channel.TELEGRAM, 10), CLOCKWORK_ALONE),
    anything_due: (lambda scene: (Channel.TELEGRAM,), CLOCKWORK_ALONE),
    alerts_backlog: (lambda scene: (), CLOCKWORK_ALONE),
    inbox_backlog: (lambda scene: (), CLOCKWORK_ALONE),
    letters_of: (lambda scene: ((scene.alert,),), CLOCKWORK_ALONE),
    settle_alerts: (lambda scene: ((Ending(scene.alert, AlertState.SENT),),), CLOCKWORK_ALONE),
    put_back_alert: (lambda scene: (scene.alert, True), CLOCKWORK_ALONE),
    note_pause: (lambda scene: ("telegram", MONDAY), CLOCKWORK_ALONE),
    pause_until: (lambda scene: ("telegram",), CLOCKWORK_ALONE),
    note_receipt: (lambda scene: ("a carrier's name", True), CLOCKWORK_ALONE),
    load_clinics: (lambda scene: ((),), CLOCKWORK_ALONE),
    load_doctors: (lambda scene: ((),), CLOCKWORK_ALONE),
    load_agendas: (lambda scene: ((),), CLOCKWORK_ALONE),
    retire_agendas: (lambda scene: ((),), CLOCKWORK_ALONE),
    settle_slots: (lambda scene: (NOWAK.id, scene.day), CLOCKWORK_ALONE),
    loading.clinic_codes: (lambda scene: (), CLOCKWORK_ALONE),
    loading.doctor_codes: (lambda scene: (), CLOCKWORK_ALONE),
    loading.present_agendas: (lambda scene: (), CLOCKWORK_ALONE),
    loading.doctors_with_agendas: (lambda scene: (), CLOCKWORK_ALONE),
    loading.doctors_behind: (lambda scene: (), CLOCKWORK_ALONE),
    holds_demo: (lambda scene: (), CLOCKWORK_ALONE),
    open_cases: (lambda scene: (), CLOCKWORK_ALONE),
    untold_cases: (lambda scene: (10,), CLOCKWORK_ALONE),
    note_told: (lambda scene: ((1,),), CLOCKWORK_ALONE),
    fill_clinic: (lambda scene: (DEMO, ()), (*CLOCKWORK_ALONE[:-1], AlreadyFilled)),
}
