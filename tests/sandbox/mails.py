"""A real client for the sandbox's mail server."""

from email.message import EmailMessage
from urllib.parse import urlsplit

import aiosmtplib

from sandbox.app import Sandbox

SENDER = "desk@clinic.pl"
ZOFIA = "zofia@example.pl"
CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"


def mail_to(address: str, *, text: str = "Dzień dobry", message_id: str = "<1@clinic.pl>") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Diamed <desk@clinic.pl>"
    mail["To"] = address
    mail["Subject"] = "Wizyta: środa, 16 grudnia"
    mail["Message-ID"] = message_id
    mail.set_content(text)
    return mail


async def send(sandbox: Sandbox, mail: EmailMessage, *recipients: str) -> None:
    place = urlsplit(sandbox.smtp_url)
    await aiosmtplib.send(mail, hostname=place.hostname, port=place.port, recipients=list(recipients) or None)
