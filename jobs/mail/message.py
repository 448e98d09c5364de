"""The letter as it travels."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final
from uuid import UUID, uuid5

from core.alerts.alert import AlertId
from jobs.mail.account import MailAccount
from jobs.mail.blocks import Words
from jobs.mail.calendar import CalendarPart
from jobs.mail.html import draw_html
from jobs.mail.plain import draw_plain
from locales.language import Language

LETTERS: Final = UUID("b7a0f6f2-3a5d-4d0e-8d8e-0f5d1c7f4e21")
CALENDAR_FILE: Final = "visit.ics"


def build_message(
    alert_id: AlertId,
    account: MailAccount,
    recipient: Address,
    words: Words,
    calendar: CalendarPart | None,
    language: Language,
    now: datetime,
) -> bytes:
    """Plain text and HTML, and the calendar file twice: as a part that mail programs act on, and to be opened."""
    message = EmailMessage(policy=SMTP)
    message["Message-ID"] = message_id(alert_id, account)
    message["Date"] = now
    message["From"] = account.sender
    message["To"] = Address(addr_spec=recipient.addr_spec)
    if account.reply_to is not None:
        message["Reply-To"] = account.reply_to
    message["Subject"] = " ".join(words.subject.split())
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(draw_plain(words), cte="quoted-printable")
    message.add_alternative(draw_html(words, language), subtype="html", cte="quoted-printable")
    if calendar is not None:
        message.add_alternative(
            calendar.content.decode(), subtype="calendar", cte="base64", params={"method": calendar.method.value}
        )
        message.add_attachment(calendar.content, maintype="application", subtype="ics", filename=CALENDAR_FILE)
    # Last: what is said of the content before there are parts goes down into the first of them.
    message["Content-Language"] = language.value
    return message.as_bytes()


def message_id(alert_id: AlertId, account: MailAccount) -> str:
    """The same each time this alert is sent, so that a second copy is known for one; it tells nothing."""
    return f"<{uuid5(LETTERS, str(alert_id))}@{account.sender.domain}>"
