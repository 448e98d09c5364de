"""Carries alerts as letters by e-mail."""

import structlog
from cryptography.exceptions import InvalidTag

from core.alerts.alert import AlertKind
from core.alerts.questions import Letter
from core.facility.profile import FacilityProfile
from core.failpoints import reach
from core.seal import Seal, letter_place
from jobs.courier import Carried, Delivery
from jobs.mail.account import read_smtp_url
from jobs.mail.address import read_address
from jobs.mail.calendar import calendar_part
from jobs.mail.message import build_message
from jobs.mail.post_box import Patience, PostBox
from jobs.mail.wording import word
from locales.translator import Translator

PATIENCE = Patience()


class MailCourier:
    """Every kind but EMAIL_BOUNCED. Raises UnusableSmtpUrl where SMTP_URL is none."""

    def __init__(self, smtp_url: str, facility: FacilityProfile, seal: Seal, patience: Patience = PATIENCE) -> None:
        self._account = read_smtp_url(smtp_url)
        self._facility = facility
        self._seal = seal
        self._post_box = PostBox(self._account, patience)

    async def carry(self, letter: Letter, speech: Translator) -> Carried:
        """Word the letter and send it, once."""
        recipient = read_address(letter.reader.email)
        if recipient is None:
            return Carried(Delivery.BLOCKED)
        password = self._password_in(letter)
        if password is None or letter.kind is AlertKind.EMAIL_BOUNCED:
            return Carried(Delivery.REFUSED)
        answered = self._account.reply_to is not None
        words = word(letter, self._facility, speech, password=password, answered=answered)
        calendar = calendar_part(letter, self._facility, speech, self._account)
        setting = speech.setting
        message = build_message(letter.id, self._account, recipient, words, calendar, setting.language, setting.now)
        reach("before send")
        carried = await self._post_box.post(recipient.addr_spec, message)
        reach("after send")
        return carried

    def _password_in(self, letter: Letter) -> str | None:
        """Empty for letters that have none; None where it cannot be opened, and a new one has to be asked for."""
        if letter.kind is not AlertKind.CREDENTIALS:
            return ""
        try:
            return self._seal.open(letter.sealed or b"", letter_place(letter.id)).decode()
        except (InvalidTag, ValueError):
            structlog.get_logger().error("mail.unopenable", kind=letter.kind.value)
            return None
