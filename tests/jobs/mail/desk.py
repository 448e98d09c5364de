"""Letters without a clinic, for their words alone; and the clinic's letters with the mailboxes they go to."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Final

from core.alerts.alert import AlertId, AlertKind
from core.alerts.questions import Letter
from core.facility.profile import Channel
from core.identity.person import AccountId
from core.identity.questions import Reader
from core.visits.cards import VisitCard
from core.visits.slot import SlotId
from core.visits.visit import VisitId, VisitStatus
from jobs.send_alerts import AlertSender
from locales.translator import Language, Translator, load_translators
from sandbox.post.mail import Mail
from sandbox.post.office import PostOffice
from tests.stage.house import PROFILE, House
from tests.stage.small_clinic import EYES, MONDAY, NOWAK, Somebody

SENDER: Final = "Diamed%20<no-reply@diamed.example>"
KINDS: Final = tuple(kind for kind in AlertKind if kind is not AlertKind.EMAIL_BOUNCED)
CONFIRMATIONS: Final = (AlertKind.VISIT_BOOKED, AlertKind.VISIT_MOVED, AlertKind.VISIT_CANCELLED)
PASSWORD: Final = "k7hm-p2qx-9sfe"
TRANSLATORS: Final = load_translators()
VISIT: Final = VisitCard(
    VisitId(7),
    SlotId(1),
    EYES.id,
    NOWAK.id,
    datetime(2026, 11, 24, 8, 0, tzinfo=UTC),
    datetime(2026, 11, 24, 8, 30, tzinfo=UTC),
    NOWAK.name,
    NOWAK.surname,
    EYES.name,
    EYES.address,
    EYES.preparation,
    VisitStatus.CONFIRMED,
    1,
)
READER: Final = Reader(
    account_id=AccountId(31),
    chat_id=None,
    phone="+48601234567",
    email="maria@example.com",
    login="maria.zielinska",
    language=None,
    discreet=False,
    logged_in=False,
    awaits_password=True,
    is_new=True,
)


def speech_in(language: Language) -> Translator:
    return TRANSLATORS.speak(language, zone=PROFILE.timezone, now=MONDAY)


def letter_of_kind(
    kind: AlertKind,
    *,
    discreet: bool = False,
    visits: tuple[VisitCard, ...] = (VISIT,),
    reader: Reader = READER,
    sealed: bytes | None = None,
) -> Letter:
    shown = () if kind is AlertKind.CREDENTIALS else visits
    if kind is AlertKind.VISIT_CANCELLED:
        shown = tuple(replace(visit, status=VisitStatus.CANCELLED) for visit in shown)
    return Letter(AlertId(5), kind, Channel.EMAIL, shown, reader, true=True, discreet=discreet, sealed=sealed)


def message_in(source: bytes) -> EmailMessage:
    return message_from_bytes(source, policy=default)


@dataclass(frozen=True)
class MailDesk:
    """The clinic with its sender of letters, and everybody's mailboxes."""

    house: House
    sender: AlertSender
    office: PostOffice

    async def sends(self, after: timedelta = timedelta()) -> None:
        """Everything that is due by then."""
        self.house.clock.moment += after
        await self.sender.tick()

    def mails(self, somebody: Somebody) -> list[Mail]:
        return list(self.office.mails.where(lambda mail: mail.key == f"{somebody.login}@example.com"))

    def states(self) -> list[tuple[str, str]]:
        """Every letter that was ever owed, in order, with what became of it."""
        query = "SELECT kind, state FROM alerts WHERE channel = 'email' ORDER BY owed_at, id"
        return [(str(kind), str(state)) for kind, state in self.house.rows(query)]
