"""Several alerts in one carrier's hands: told in one go, and none of them pays for another."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from core.alerts.questions import Letter
from core.clinic import Clinic
from core.facility.profile import Channel
from core.visits.book_visit import book_visit
from jobs.courier import Carried
from jobs.send_alerts import AlertSender
from jobs.telegram.courier import TelegramCourier
from locales.translator import Translator, load_translators
from tests.core.open_pace import OpenPace
from tests.jobs.carrying import heard
from tests.stage.house import PROFILE, House
from tests.stage.patient import Phone
from tests.stage.small_clinic import LIS, MARIA, NOWAK, PAOLO
from tests.stage.stage import TOKEN, Stage

BOOKED = "SELECT account_id, state, tries FROM alerts WHERE kind = 'visit_booked' AND channel = 'telegram'"
# Where it stopped, for one of them.
HIS_IS_STILL_IN_HAND = [(MARIA.number, "sent", 1), (PAOLO.number, "leased", 1)]


@pytest.fixture
async def his(house: House, phone: Phone, telegram: Stage) -> Phone:
    """Paolo's; he and Maria have just booked, and are both to hear of it."""
    his = telegram.phone(PAOLO)
    await his.says("/start")
    await house.lets_in(PAOLO)
    await house.as_(PAOLO)(book_visit, house.slot(LIS, 24, 9))
    await house.as_(MARIA)(book_visit, house.slot(NOWAK, 24, 9))
    return his


def ends(house: House) -> Any:
    return house.rows(f"{BOOKED} ORDER BY account_id")


async def test_a_handful_is_judged_and_settled_in_one_go(
    house: House, sender: AlertSender, phone: Phone, his: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def overheard(does: Callable[..., Any]) -> Callable[..., Any]:
        def hear(clinic: Clinic, what: Callable[..., Any], *args: Any) -> Any:
            asked.append(what.__name__)
            return does(clinic, what, *args)

        return hear

    for way in ("__call__", "read"):
        monkeypatch.setattr(Clinic, way, overheard(getattr(Clinic, way)))
    await sender.tick()
    assert asked == ["anything_due", "claim_due_alerts", "letters_of", "settle_alerts", "anything_due"]
    assert await heard(phone) == ["Confirmation: your visit is booked."]
    assert await heard(his) == ["Le confermiamo la prenotazione della visita."]
    assert [state for _, state, _ in ends(house)] == ["sent", "sent"]


async def test_one_letter_that_cannot_be_read_keeps_no_other_back(
    house: House, sender: AlertSender, phone: Phone, his: Phone
) -> None:
    house.rows("UPDATE visits SET starts_at = 'never' WHERE patient_id = ?", PAOLO.number)
    await sender.tick()
    assert await heard(phone) == ["Confirmation: your visit is booked."]
    assert await heard(his) == []
    assert ends(house) == HIS_IS_STILL_IN_HAND


class Babbling(TelegramCourier):
    """Says that Paolo's alerts were taken under a name that no database keeps."""

    async def carry(self, letter: Letter, speech: Translator) -> Carried:
        carried = await super().carry(letter, speech)
        return replace(carried, posted=("\ud800",)) if letter.reader.chat_id == PAOLO.chat else carried


async def test_one_end_that_cannot_be_written_down_keeps_no_other_back(
    house: House, phone: Phone, his: Phone, telegram: Stage, pace: OpenPace
) -> None:
    courier = Babbling(TOKEN, telegram.telegram.url, pace, PROFILE)
    await AlertSender(house.clinic, Channel.TELEGRAM, courier, load_translators()).tick()
    await courier.close()
    assert len(await heard(phone)) == len(await heard(his)) == 1
    assert ends(house) == HIS_IS_STILL_IN_HAND
