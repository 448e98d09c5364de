"""The clinic's letters, carried to real mailboxes, and what becomes of those that cannot be."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import vobject
from structlog.testing import capture_logs

from core.alerts.alert import LEASE, LONGEST_PAUSE, AlertKind
from core.identity.greet_chat import greet_chat
from core.identity.hasher import Hasher
from core.identity.log_in import log_in
from core.identity.person import ChatId, Person, Role
from core.identity.sign_up import SignUp
from core.seal import Seal, letter_place
from core.visits.book_visit import book_visit
from core.visits.cancel_visit import cancel_visit
from core.visits.move_visit import move_visit
from core.visits.visit import VisitId
from jobs.courier import Delivery
from jobs.mail.courier import PATIENCE, MailCourier
from jobs.mail.post_box import Patience
from locales.translator import Language
from sandbox.app import Sandbox
from sandbox.post.faults import MailFault
from sandbox.post.mail import Mail
from sandbox.world import World
from tests.jobs.mail.desk import PASSWORD, READER, SENDER, MailDesk, letter_of_kind, message_in, speech_in
from tests.stage.house import PROFILE, House
from tests.stage.small_clinic import CHEAP, EYES, KRUK, MARIA, NOWAK, PAOLO

STRANGER = Person(Role.STRANGER, ChatId(900))


@pytest.fixture
async def visit(house: House) -> VisitId:
    return await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))


def entry_in(mail: Mail) -> tuple[str, str, datetime, str]:
    """The calendar entry's name, its age in changes, its time, and what is asked."""
    calendar = vobject.readOne(next(part.content for part in mail.attachments if part.name == "visit.ics").decode())
    event = calendar.vevent
    return event.uid.value, event.sequence.value, event.dtstart.value, calendar.method.value


async def test_a_booking_is_confirmed_by_one_letter(desk: MailDesk, visit: VisitId) -> None:
    for _ in range(3):
        await desk.sends()
    [mail] = desk.mails(MARIA)
    assert mail.subject == "Your visit is booked: Tuesday 24 November, 09:00"
    assert (mail.sender, mail.to) == ("Diamed <no-reply@diamed.example>", "maria@example.com")
    for part in (mail.text, mail.html):
        assert all(fact in part for fact in ("Tuesday 24 November, 09:00", NOWAK.name, EYES.name, EYES.preparation))
    assert desk.states() == [("visit_booked", "sent")]


async def test_a_letter_speaks_the_readers_language(desk: MailDesk, house: House) -> None:
    await house.lets_in(PAOLO)
    await house.as_(PAOLO)(book_visit, house.slot(NOWAK, 24, 9))
    await desk.sends()
    [mail] = desk.mails(PAOLO)
    assert "martedì 24 novembre, ore 09:00" in mail.text.casefold()
    assert '<html lang="it">' in mail.html
    assert message_in(mail.source)["Content-Language"] == "it"


async def test_the_calendar_follows_the_visit_to_its_end(desk: MailDesk, house: House, visit: VisitId) -> None:
    await desk.sends()
    await house.as_(MARIA)(move_visit, visit, house.slot(KRUK, 25, 11))
    await desk.sends()
    await house.as_(MARIA)(cancel_visit, visit, None)
    await desk.sends()
    booked, moved, cancelled = (entry_in(mail) for mail in desk.mails(MARIA))
    assert booked[0] == moved[0] == cancelled[0]
    assert [booked[1], moved[1], cancelled[1]] == ["0", "1", "2"]
    assert moved[2] - booked[2] == timedelta(days=1, hours=2)
    assert [booked[3], moved[3], cancelled[3]] == ["REQUEST", "REQUEST", "CANCEL"]


async def test_a_letter_greylisted_twice_arrives_once(desk: MailDesk, visit: VisitId) -> None:
    desk.office.mail_faults.add(MailFault.RCPT_451)
    desk.office.mail_faults.add(MailFault.DATA_451)
    await desk.sends()
    await desk.sends(after=LONGEST_PAUSE)
    assert (desk.mails(MARIA), desk.states()) == ([], [("visit_booked", "waiting")])
    await desk.sends(after=LONGEST_PAUSE)
    assert len(desk.mails(MARIA)) == 1
    assert desk.states() == [("visit_booked", "sent")]


@pytest.mark.parametrize("fault", [MailFault.RCPT_550, MailFault.DATA_554])
async def test_a_letter_that_nobody_takes_is_told_of_in_the_chat(
    desk: MailDesk, house: House, visit: VisitId, fault: MailFault
) -> None:
    desk.office.mail_faults.add(fault)
    await desk.sends()
    assert desk.states() == [("visit_booked", "refused")]
    assert house.row("SELECT channel FROM alerts WHERE kind = 'email_bounced'") == ("telegram",)
    [(note,)] = house.rows("SELECT note FROM cases WHERE kind = 'dead_letter'")
    assert re.fullmatch(r"visit_booked by email, answer 5\d\d", note)


async def test_a_letter_lost_on_its_way_out_is_sent_again(desk: MailDesk, visit: VisitId) -> None:
    desk.office.mail_faults.add(MailFault.LOST_BEFORE)
    await desk.sends()
    assert desk.mails(MARIA) == []
    await desk.sends(after=LONGEST_PAUSE)
    assert [mail.copies for mail in desk.mails(MARIA)] == [0]


async def test_a_letter_in_doubt_is_repeated_once_under_the_same_name(desk: MailDesk, visit: VisitId) -> None:
    desk.office.mail_faults.add(MailFault.LOST_AFTER, times=3)
    for _ in range(4):
        await desk.sends(after=LONGEST_PAUSE)
    assert [mail.copies for mail in desk.mails(MARIA)] == [0, 1]
    assert desk.states() == [("visit_booked", "uncertain")]


async def test_a_server_that_thinks_too_long_leaves_the_letter_in_doubt(
    sandbox: Sandbox, world: World, seal: Seal
) -> None:
    world.post.mail_faults.add(MailFault.SLOW, seconds=30)
    courier = MailCourier(sandbox.smtp_url, PROFILE, seal, Patience(opening=5, answer=0.1))
    carried = await courier.carry(letter_of_kind(AlertKind.VISIT_BOOKED), speech_in(Language.EN))
    assert carried.delivery is Delivery.MAYBE


def test_a_courier_gives_up_before_its_lease_runs_out() -> None:
    assert PATIENCE.opening + PATIENCE.answer < LEASE.total_seconds() * 0.8


async def test_the_password_that_was_sent_opens_the_account(desk: MailDesk, house: House, seal: Seal) -> None:
    hasher = Hasher(CHEAP)
    await house.clinic(greet_chat, ChatId(900), "en")
    with capture_logs() as log:
        await SignUp(hasher, seal).forgotten(house.as_(STRANGER), MARIA.login)
        await desk.sends()
    [mail] = desk.mails(MARIA)
    assert mail.subject == "You have a new password."
    found = re.search(r"\n(\w{4}-\w{4}-\w{4})\n", mail.text)
    assert found is not None
    assert f"\n{MARIA.login}\n" in mail.text
    await log_in(house.as_(STRANGER), hasher, MARIA.login, found[1])
    assert found[1] not in str(log)
    assert house.row("SELECT sealed FROM alerts WHERE kind = 'credentials'") == (None,)


@pytest.mark.parametrize("kind", [AlertKind.VISIT_BOOKED, AlertKind.CREDENTIALS])
@pytest.mark.parametrize("address", ["", "maria@example.com\r\nBcc: all@example.com"])
async def test_an_address_that_is_none_leads_to_nobody(
    sandbox: Sandbox, world: World, seal: Seal, address: str, kind: AlertKind
) -> None:
    sealed = seal.close(PASSWORD.encode(), letter_place(5))
    letter = letter_of_kind(kind, reader=replace(READER, email=address), sealed=sealed)
    carried = await MailCourier(sandbox.smtp_url, PROFILE, seal).carry(letter, speech_in(Language.EN))
    assert carried.delivery is Delivery.BLOCKED
    assert list(world.post.mails.where(lambda _: True)) == []


@pytest.mark.parametrize("sealed", [None, b"", b"short", b"x" * 60])
async def test_a_password_that_does_not_open_is_never_guessed_at(
    sandbox: Sandbox, world: World, seal: Seal, sealed: bytes | None
) -> None:
    courier = MailCourier(f"{sandbox.smtp_url}?from={SENDER}", PROFILE, seal)
    letter = letter_of_kind(AlertKind.CREDENTIALS, sealed=sealed)
    assert (await courier.carry(letter, speech_in(Language.EN))).delivery is Delivery.REFUSED
    assert list(world.post.mails.where(lambda _: True)) == []


async def test_that_letters_bounce_is_never_said_by_letter(sandbox: Sandbox, world: World, seal: Seal) -> None:
    courier = MailCourier(sandbox.smtp_url, PROFILE, seal)
    carried = await courier.carry(letter_of_kind(AlertKind.EMAIL_BOUNCED), speech_in(Language.EN))
    assert carried.delivery is Delivery.REFUSED
    assert list(world.post.mails.where(lambda _: True)) == []
