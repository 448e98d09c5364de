"""Documents that a bot sends, and files that it fetches."""

from sandbox.content import OfFile
from sandbox.files import DOWNLOAD_BYTES, UPLOAD_BYTES, FileKind, StoredFile
from sandbox.markup import read_markup
from sandbox.methods.call import Call, Run
from sandbox.methods.messages import speak
from sandbox.methods.wording import read_caption
from sandbox.refusals import (
    BadRequest,
    EntityTooLarge,
    FileEmpty,
    FileNotFound,
    FileTooBig,
    NoDocument,
    NotInTheSandbox,
    WrongFile,
)

DOCUMENT = "document"


async def send_document(call: Call) -> object:
    """A new file, or one that the bot has met before, by its identifier."""
    if call.parameters.upload(DOCUMENT) is None and not call.parameters.has(DOCUMENT):
        raise NoDocument
    caption = read_caption(call)
    markup = read_markup(call.parameters.values.get("reply_markup"))
    chat = call.open_chat()
    stored = _document(call)
    return speak(call, chat, caption, markup, kind=stored.kind.value, content=OfFile(stored))


async def get_file(call: Call) -> object:
    file_id = call.parameters.text("file_id")
    if not file_id:
        raise BadRequest("file_id not specified")
    stored = call.world.files.get(call.bot.id, file_id)
    if stored is None:
        raise FileNotFound
    if len(stored.content) > DOWNLOAD_BYTES:
        raise FileTooBig
    return call.world.files.show(call.bot.id, stored)


def _document(call: Call) -> StoredFile:
    upload = call.parameters.upload(DOCUMENT)
    if upload is not None:
        if not upload.content:
            raise FileEmpty
        if len(upload.content) > UPLOAD_BYTES:
            raise EntityTooLarge
        return call.world.files.put(upload, FileKind.DOCUMENT)
    named = call.parameters.text(DOCUMENT)
    if named.startswith(("http://", "https://")):
        raise NotInTheSandbox("sendDocument by an address")
    stored = call.world.files.get(call.bot.id, named)
    if stored is None:
        raise WrongFile
    if stored.kind is not FileKind.DOCUMENT:
        raise BadRequest("can't use file of type Photo as Document")
    return stored


METHODS: dict[str, Run] = {"sendDocument": send_document, "getFile": get_file}
