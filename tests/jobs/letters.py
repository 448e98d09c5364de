"""Letters as the clinic would hand them to a courier, without a clinic."""

from collections.abc import Sequence
from datetime import UTC, datetime

from core.alerts.alert import AlertId, AlertKind
from core.alerts.questions import Letter
from core.facility.profile import Channel
from core.identity.person import AccountId, ChatId
from core.identity.questions import Reader
from core.visits.cards import VisitCard
from core.visits.doctor import Doctor
from core.visits.slot import SlotId
from core.visits.visit import VisitId, VisitStatus
from tests.stage.small_clinic import EYES, MARIA, NOWAK

AT_NINE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # in Warsaw, the day after the small clinic's Monday


def card(visit_id: int = 7, starts_at: datetime = AT_NINE, doctor: str = NOWAK.name) -> VisitCard:
    return VisitCard(
        id=VisitId(visit_id),
        slot_id=SlotId(1),
        clinic_id=EYES.id,
        doctor_id=NOWAK.id,
        starts_at=starts_at,
        ends_at=starts_at.replace(minute=30),
        doctor=doctor,
        surname=Doctor(NOWAK.id, doctor, doctor.split()[-1]).surname,
        clinic=EYES.name,
        address=EYES.address,
        preparation=EYES.preparation,
        status=VisitStatus.CONFIRMED,
        version=1,
    )


def letter(
    kind: AlertKind,
    *visits: VisitCard,
    channel: Channel = Channel.TELEGRAM,
    discreet: bool = False,
    chat: int | None = MARIA.chat,
    is_new: bool = False,
) -> Letter:
    """About this visit or these; `chat` is None where Telegram does not lead to the reader."""
    cards: Sequence[VisitCard] = visits or (card(),)
    reader = Reader(
        account_id=AccountId(MARIA.number),
        chat_id=None if chat is None else ChatId(chat),
        phone="+48601234567",
        email="maria@example.com",
        login=MARIA.login,
        language="en",
        discreet=discreet,
        logged_in=True,
        awaits_password=is_new,
        is_new=is_new,
    )
    return Letter(AlertId(1), kind, channel, tuple(cards), reader, true=True, discreet=discreet, sealed=None)
