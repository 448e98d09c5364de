"""What a person can send that is not text."""

from collections.abc import Callable, Sequence
from hashlib import sha256

from sandbox.chats.content import Content, OfFile, Plain
from sandbox.files import MOST_IN_AN_ALBUM, UPLOAD_BYTES, FileKind, FileShelf, StoredFile, Upload
from sandbox.people import Person
from sandbox.pictures import picture_in, plain_png
from sandbox.sim.asked import Mistake
from sandbox.wire import Json

PHOTO_PIXELS = (800, 600)
SENT_BY_PEOPLE = (FileKind.DOCUMENT, FileKind.PHOTO, FileKind.VIDEO, FileKind.VOICE, FileKind.AUDIO)


def canned(shelf: FileShelf, person: Person, kind: str) -> Content:
    make = CANNED.get(kind)
    if make is None:
        raise Mistake(f"A person can send text, {', '.join(CANNED)}, contact, location.")
    return make(shelf, person)


def contact(person: Person, phone: str, card: object) -> Json:
    """The person's own card, as the button of a contact request sends it; or somebody else's, forwarded."""
    if card is not None:
        return {"contact": _others_card(card)}
    phone = phone or next(iter(person.phones), f"+3902{person.id:08}")
    own: Json = {"phone_number": phone, "first_name": person.first_name}
    if person.last_name:
        own["last_name"] = person.last_name
    return {"contact": {**own, "user_id": person.id}}


def _others_card(card: object) -> Json:
    """Without a `user_id` where Telegram does not know whose number it is."""
    if not isinstance(card, dict):
        raise Mistake("contact must be an object.")
    named: Json = {name: card.get(name) for name in ("phone_number", "first_name", "last_name") if card.get(name)}
    if not all(isinstance(value, str) for value in named.values()):
        raise Mistake("phone_number, first_name and last_name are texts.")
    if "phone_number" not in named or "first_name" not in named:
        raise Mistake("A contact needs a phone_number and a first_name.")
    number = card.get("user_id")
    if number is None:
        return named
    if isinstance(number, bool) or not isinstance(number, int):
        raise Mistake("user_id must be a whole number.")
    return {**named, "user_id": number}


def file_kind(name: str) -> FileKind:
    kind = name or FileKind.DOCUMENT
    if kind not in SENT_BY_PEOPLE:
        raise Mistake(f"kind must be one of {', '.join(SENT_BY_PEOPLE)}.")
    return FileKind(kind)


def received_files(shelf: FileShelf, uploads: Sequence[Upload], kind: FileKind) -> list[StoredFile]:
    """All of them are judged before the first is kept."""
    if not 1 <= len(uploads) <= MOST_IN_AN_ALBUM:
        raise Mistake(f"Send 1 to {MOST_IN_AN_ALBUM} files at once.")
    facts = [_facts(upload, kind) for upload in uploads]
    return [shelf.put(upload, kind, fact) for upload, fact in zip(uploads, facts, strict=True)]


def _facts(upload: Upload, kind: FileKind) -> Json:
    if not upload.content:
        raise Mistake("That file is empty.")
    if len(upload.content) > UPLOAD_BYTES:
        raise Mistake("That is too large for the sandbox: 50 MB at most.")
    match kind:
        case FileKind.PHOTO:
            picture = picture_in(upload.content)
            if picture is None:
                raise Mistake("A photo must be a picture: send it as a document.")
            return {"width": picture.width, "height": picture.height}
        case FileKind.VIDEO:
            return {"width": 1280, "height": 720, "duration": 5}
        case FileKind.VOICE | FileKind.AUDIO:
            return {"duration": 3}
        case _:
            return {}


def location(latitude: object, longitude: object) -> Json:
    try:
        place = {"latitude": float(str(latitude)), "longitude": float(str(longitude))}
    except ValueError:
        raise Mistake("latitude and longitude are numbers.") from None
    if not (abs(place["latitude"]) <= 90 and abs(place["longitude"]) <= 180):
        raise Mistake("There is no such place on earth.")
    return {"location": place}


def _photo(shelf: FileShelf, person: Person) -> Content:
    width, height = PHOTO_PIXELS
    upload = Upload("photo.png", "image/png", plain_png(width, height))
    return OfFile(shelf.put(upload, FileKind.PHOTO, {"width": width, "height": height}))


def _made_up(person: Person, kind: str, **more: object) -> Content:
    """The same file each time: it cannot be downloaded, only recognised."""
    mark = sha256(f"{kind}{person.id}".encode()).hexdigest()
    file: Json = {"file_id": f"sandbox-{mark}", "file_unique_id": mark[:15], "file_size": 2048, **more}
    return Plain({kind: file})


def _sticker(shelf: FileShelf, person: Person) -> Content:
    looks = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    return _made_up(person, "sticker", emoji="👍", **looks)


def _voice(shelf: FileShelf, person: Person) -> Content:
    return _made_up(person, "voice", duration=3, mime_type="audio/ogg")


CANNED: dict[str, Callable[[FileShelf, Person], Content]] = {"sticker": _sticker, "photo": _photo, "voice": _voice}
