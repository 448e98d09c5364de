"""Carries alerts to mobile phones, over whatever gateway the clinic has."""

from core.alerts.questions import Letter
from core.facility.profile import FacilityProfile
from core.failpoints import reach
from jobs.courier import Carried
from jobs.sms.gateway import Sms, SmsGateway
from jobs.sms.wording import word
from locales.translator import Translator


class SmsCourier:
    def __init__(self, gateway: SmsGateway, facility: FacilityProfile) -> None:
        self._gateway = gateway
        self._facility = facility

    async def carry(self, letter: Letter, speech: Translator) -> Carried:
        """Word the letter and send it, once; the network gives it up when the first visit begins."""
        text = word(letter, self._facility, speech)
        sms = Sms(letter.reader.phone, text, reference=str(letter.id), valid_until=letter.visits[0].starts_at)
        reach("before send")
        carried = await self._gateway.send(sms)
        reach("after send")
        return carried
