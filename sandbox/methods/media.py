"""Pictures, films, sounds and papers that a bot sends one by one."""

from typing import Final

from sandbox.bad_requests import NoFile
from sandbox.files import FileKind
from sandbox.keyboards.markup import read_markup
from sandbox.methods.attached import attached_file, brings, shown_file
from sandbox.methods.call import Call, Run
from sandbox.methods.messages import speak
from sandbox.methods.wording import read_caption

SENDERS: Final = {
    "sendAnimation": FileKind.ANIMATION,
    "sendAudio": FileKind.AUDIO,
    "sendDocument": FileKind.DOCUMENT,
    "sendPhoto": FileKind.PHOTO,
    "sendVideo": FileKind.VIDEO,
    "sendVoice": FileKind.VOICE,
}


def _sender(method: str, kind: FileKind) -> Run:
    async def send(call: Call) -> object:
        if not brings(call.parameters, kind):
            raise NoFile(kind)
        caption = read_caption(call)
        markup = read_markup(call.parameters.values.get("reply_markup"))
        chat = call.open_chat()
        stored = attached_file(call, method, kind, kind)
        content = shown_file(call.parameters, stored)
        return speak(call, chat, caption, markup, kind=stored.kind.value, content=content)

    return send


METHODS: dict[str, Run] = {method: _sender(method, kind) for method, kind in SENDERS.items()}
