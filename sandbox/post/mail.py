"""A mail as its reader sees it: decoded words, the text and the HTML, and what is attached."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from mimetypes import guess_extension

from sandbox.post.addresses import mail_key
from sandbox.wire import Json

PREVIEW_CHARACTERS = 120
SUFFIXES = {"text/calendar": ".ics"}


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    kind: str
    charset: str | None
    content: bytes


@dataclass(slots=True, eq=False)
class Mail:
    """One recipient's copy; `copies` of the same Message-ID came to that address before."""

    id: int
    address: str
    message_id: str
    sender: str
    to: str
    subject: str
    text: str
    html: str
    attachments: list[Attachment]
    source: bytes
    received_at: float
    copies: int
    unread: bool = True

    @property
    def key(self) -> str:
        return mail_key(self.address)

    def as_listed(self) -> Json:
        return {
            "id": self.id,
            "address": self.address,
            "message_id": self.message_id,
            "from": self.sender,
            "to": self.to,
            "subject": self.subject,
            "date": int(self.received_at),
            "unread": self.unread,
            "copies": self.copies,
            "preview": " ".join(self.text.split())[:PREVIEW_CHARACTERS],
            "has_text": bool(self.text),
            "has_html": bool(self.html),
            "attachments": [
                {"index": index, "name": part.name, "type": part.kind, "size": len(part.content)}
                for index, part in enumerate(self.attachments)
            ],
        }

    def as_read(self) -> Json:
        return {**self.as_listed(), "text": self.text, "html": self.html}


def read_mail(source: bytes, *, number: int, address: str, received_at: float) -> Mail:
    message = message_from_bytes(source, policy=default)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    return Mail(
        id=number,
        address=address,
        message_id=_header(message, "message-id"),
        sender=_header(message, "from"),
        to=_header(message, "to"),
        subject=_header(message, "subject"),
        text=_words(text) if text else "",
        html=_words(html) if html else "",
        attachments=list(_attachments(message, (text, html))),
        source=source,
        received_at=received_at,
        copies=0,
    )


def _header(message: EmailMessage, name: str) -> str:
    return str(message.get(name, "")).strip()


def _attachments(message: EmailMessage, bodies: tuple[object, object]) -> Iterator[Attachment]:
    """Every part that is not the text or the HTML; a calendar that comes with a name, too, is shown once."""
    parts = [part for part in message.walk() if not part.is_multipart() and part not in bodies]
    named = {_bytes(part) for part in parts if part.get_filename()}
    for number, part in enumerate(parts, 1):
        kind = part.get_content_type()
        name = part.get_filename()
        if name is None and _bytes(part) in named:
            continue
        name = name or f"part-{number}{SUFFIXES.get(kind) or guess_extension(kind) or ''}"
        yield Attachment(name, kind, part.get_content_charset(), _bytes(part))


def _bytes(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _words(part: Message) -> str:
    """A charset that nobody knows is read as UTF-8: what arrived is shown, well or badly."""
    content = _bytes(part)
    try:
        text = content.decode(part.get_content_charset() or "utf-8", errors="replace")
    except LookupError:
        text = content.decode(errors="replace")
    return text.replace("\r\n", "\n")
