"""What is refused of files, places and albums, in Telegram's words, through both clients."""

from typing import Any

from sandbox.files import DOWNLOAD_BYTES, PHOTO_BYTES, FileKind, Upload
from tests.sandbox.groups import number_of
from tests.sandbox.hand import ANNA, BORIS
from tests.sandbox.pictures import FILM, PNG, REPORT, png
from tests.sandbox.row import Row, Scene, check, rows
from tests.sandbox.test_albums import item

NEVER = "AgACAgInever"
LONG = "<b>" + "x" * 1025 + "</b>"
NOBODY = 987654321
SENT = ("photo", "document", "video", "audio", "voice", "animation")


def send(kind: str, content: bytes, **more: Any) -> Any:
    async def act(scene: Scene) -> Any:
        file = scene.peer.file(content, "a.bin")
        return await scene.peer.call(f"send_{kind}", **{"chat_id": ANNA, kind: file, **more})

    return act


def call(method: str, **parameters: Any) -> Any:
    async def act(scene: Scene) -> Any:
        return await scene.peer.call(method, **{"chat_id": ANNA, **parameters})

    return act


def send_as(method: str, kind: FileKind) -> Any:
    """A file of one kind by the method of another."""

    async def act(scene: Scene) -> Any:
        stored = scene.sandbox.world.files.put(Upload("a.bin", "", PNG), kind)
        field = method.removeprefix("send_")
        return await scene.peer.call(method, chat_id=ANNA, **{field: stored.id_for(number_of(scene.hand))})

    return act


async def fetch_what_never_was(scene: Scene) -> Any:
    return await scene.peer.call("get_file", file_id=NEVER)


async def fetch_too_much(scene: Scene) -> Any:
    more = Upload("more.zip", "", bytes(DOWNLOAD_BYTES + 1))
    stored = scene.sandbox.world.files.put(more, FileKind.DOCUMENT)
    return await scene.peer.call("get_file", file_id=stored.id_for(number_of(scene.hand)))


def album(*items: tuple[str, bytes, dict[str, Any]]) -> Any:
    async def act(scene: Scene) -> Any:
        media = [item(scene.peer, kind, content, **more) for kind, content, more in items]
        return await scene.peer.call("send_media_group", chat_id=ANNA, media=media)

    return act


PHOTO: tuple[str, bytes, dict[str, Any]] = ("photo", PNG, {})
DOCUMENT: tuple[str, bytes, dict[str, Any]] = ("document", REPORT, {})
SONG: tuple[str, bytes, dict[str, Any]] = ("audio", b"ID3", {})
TOO_BIG = "file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes"
WRONG_FILE = "wrong file identifier/HTTP URL specified"
MIXED = "can't be mixed with other media types"

ROWS = (
    *(Row(400, WRONG_FILE, call(f"send_{kind}", **{kind: NEVER}), f"unknown {kind}") for kind in SENT),
    *(Row(400, f"there is no {kind} in the request", call(f"send_{kind}", **{kind: "attach://a"})) for kind in SENT),
    *(Row(400, "file must be non-empty", send(kind, b""), f"empty {kind}") for kind in SENT),
    Row(400, "IMAGE_PROCESS_FAILED", send("photo", REPORT)),
    Row(400, "PHOTO_INVALID_DIMENSIONS", send("photo", png(10, 201))),
    Row(400, TOO_BIG, send("photo", PNG + bytes(PHOTO_BYTES + 1 - len(PNG)))),
    Row(400, "message caption is too long", send("photo", PNG, caption=LONG, parse_mode="HTML")),
    Row(400, "chat not found", send("video", FILM, chat_id=NOBODY)),
    Row(403, "bot can't initiate conversation with a user", send("photo", PNG, chat_id=BORIS)),
    Row(400, "message to be replied not found", send("photo", PNG, reply_to_message_id=999), "reply to nothing"),
    Row(400, "can't use file of type Photo as Document", send_as("send_document", FileKind.PHOTO)),
    Row(400, "can't use file of type Document as Photo", send_as("send_photo", FileKind.DOCUMENT)),
    Row(400, "can't use file of type VoiceNote as Photo", send_as("send_photo", FileKind.VOICE)),
    Row(400, "can't use file of type Thumbnail as Video", send_as("send_video", FileKind.THUMBNAIL)),
    Row(400, "file is too big", fetch_too_much),
    Row(400, "invalid file_id", fetch_what_never_was),
    Row(400, "wrong location specified", call("send_location", latitude=91, longitude=0)),
    Row(400, "wrong location specified", call("send_location", latitude=0, longitude=-180.5), "too far west"),
    Row(
        400,
        "wrong live location period specified",
        call("send_location", latitude=1, longitude=1, live_period=59),
    ),
    Row(
        400,
        "wrong live location heading specified",
        call("send_location", latitude=1, longitude=1, live_period=60, heading=361),
    ),
    Row(
        400,
        "wrong live location proximity alert radius specified",
        call("send_location", latitude=1, longitude=1, live_period=60, proximity_alert_radius=100_001),
    ),
    Row(400, "too many messages to send as an album", album(*[PHOTO] * 11)),
    Row(400, f"document {MIXED}", album(PHOTO, DOCUMENT)),
    Row(400, f"audio {MIXED}", album(PHOTO, SONG)),
    Row(
        400,
        "parameter show_caption_above_media must be the same for all messages",
        album(PHOTO, ("photo", PNG, {"show_caption_above_media": True})),
    ),
    Row(
        400,
        'failed to send message #2 with the error message "IMAGE_PROCESS_FAILED"',
        album(PHOTO, ("photo", REPORT, {})),
    ),
    Row(400, "message caption is too long", album(PHOTO, ("photo", PNG, {"caption": "x" * 1025})), "long in album"),
    Row(
        400,
        "can't parse inputmedia: can't parse entities: can't find end tag corresponding to start tag \"b\"",
        album(PHOTO, ("photo", PNG, {"caption": "<b>x", "parse_mode": "HTML"})),
    ),
)


@rows(*ROWS)
async def test_row(scene: Scene, row: Row) -> None:
    await check(row, scene)
