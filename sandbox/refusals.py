"""Everything Telegram refuses, in its own words.

Refusal
├── BadRequest (400)
│   ├── ChatNotFound, MessageTextEmpty, TextEmpty, MessageTooLong, ReplyMarkupTooLong, ButtonDataInvalid
│   ├── MessageNotModified, MessageToEditNotFound, MessageCannotBeEdited, MediaCannotBeEdited, NoTextToEdit
│   ├── MessageToDeleteNotFound, MessageCannotBeDeleted, MessageToReplyNotFound, MessageThreadNotFound
│   ├── TopicClosed, NotAForum, MessageToCopyNotFound, MessageToForwardNotFound, MessageToPinNotFound, NotEnoughRights
│   ├── QueryTooOld, AnswerTooLong
│   ├── NoCaptionToEdit, CaptionTooLong, NoFile, PhotoRefused, FileEmpty, WrongFile, FileNotFound, FileTooBig
│   ├── BadWebhook, InvalidWebhookAddress
│   └── CannotParseEntities, CannotParse
├── Unauthorized (401)
├── Forbidden (403): BlockedByTheUser, CannotInitiateConversation
├── NotFound (404): MethodNotFound
├── Conflict (409): TerminatedByOtherPoll, TerminatedBySetWebhook, WebhookIsActive
├── EntityTooLarge (413)
├── TooManyRequests (429)
└── NotInTheSandbox (501): never Telegram's word, always ours, so that a gap is heard
"""

from sandbox.wire import Json


class Refusal(Exception):
    """An answer with `ok: false`."""

    code = 400
    title = "Bad Request"
    reason = ""

    def __init__(self, reason: str = "") -> None:
        reason = reason or self.reason
        self.description = f"{self.title}: {reason}" if reason else self.title
        super().__init__(self.description)

    def envelope(self) -> Json:
        return {"ok": False, "error_code": self.code, "description": self.description}


class BadRequest(Refusal):
    pass


class ChatNotFound(BadRequest):
    reason = "chat not found"


class MessageTextEmpty(BadRequest):
    reason = "message text is empty"


class TextEmpty(BadRequest):
    """There was a text, and nothing of it was left to be seen."""

    reason = "text must be non-empty"


class MessageTooLong(BadRequest):
    reason = "message is too long"


class ReplyMarkupTooLong(BadRequest):
    reason = "reply markup is too long"


class ButtonDataInvalid(BadRequest):
    reason = "BUTTON_DATA_INVALID"


class MessageNotModified(BadRequest):
    reason = (
        "message is not modified: specified new message content and reply markup are exactly the same "
        "as a current content and reply markup of the message"
    )


class MessageToEditNotFound(BadRequest):
    reason = "message to edit not found"


class MessageCannotBeEdited(BadRequest):
    reason = "message can't be edited"


class MediaCannotBeEdited(BadRequest):
    reason = "message media can't be edited"


class NoTextToEdit(BadRequest):
    reason = "there is no text in the message to edit"


class NoCaptionToEdit(BadRequest):
    reason = "there is no caption in the message to edit"


class CaptionTooLong(BadRequest):
    reason = "message caption is too long"


class NoFile(BadRequest):
    """Told by the kind that was to be sent: a document, a photo."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"there is no {kind} in the request")


class PhotoRefused(BadRequest):
    """What Telegram's picture servers say, which see a file only after all else was found good."""


class FileEmpty(BadRequest):
    reason = "file must be non-empty"


class WrongFile(BadRequest):
    reason = "wrong file identifier/HTTP URL specified"


class FileNotFound(BadRequest):
    reason = "invalid file_id"


class FileTooBig(BadRequest):
    reason = "file is too big"


class MessageToDeleteNotFound(BadRequest):
    reason = "message to delete not found"


class MessageCannotBeDeleted(BadRequest):
    reason = "message can't be deleted for everyone"


class MessageToReplyNotFound(BadRequest):
    reason = "message to be replied not found"


class MessageThreadNotFound(BadRequest):
    reason = "message thread not found"


class TopicClosed(BadRequest):
    reason = "TOPIC_CLOSED"


class NotAForum(BadRequest):
    reason = "the chat is not a forum"


class MessageToCopyNotFound(BadRequest):
    reason = "message to copy not found"


class MessageToForwardNotFound(BadRequest):
    reason = "message to forward not found"


class MessageToPinNotFound(BadRequest):
    reason = "message to pin not found"


class NotEnoughRights(BadRequest):
    """What the bot may not do, as Telegram puts it: "to pin a message"."""

    def __init__(self, deed: str) -> None:
        super().__init__(f"not enough rights {deed}")


class QueryTooOld(BadRequest):
    reason = "query is too old and response timeout expired or query ID is invalid"


class AnswerTooLong(BadRequest):
    reason = "MESSAGE_TOO_LONG"


class CannotParseEntities(BadRequest):
    """Broken markup; offsets are bytes of the UTF-8 text, as Telegram counts them."""

    def __init__(self, fault: str) -> None:
        super().__init__(f"can't parse entities: {fault}")


class CannotParse(BadRequest):
    """JSON of the wrong shape; without a name for the whole, only the field is blamed."""

    def __init__(self, what: str, fault: str) -> None:
        super().__init__(f"can't parse {what}: {fault}")


class Unauthorized(Refusal):
    code = 401
    title = "Unauthorized"


class Forbidden(Refusal):
    code = 403
    title = "Forbidden"


class BlockedByTheUser(Forbidden):
    reason = "bot was blocked by the user"


class CannotInitiateConversation(Forbidden):
    reason = "bot can't initiate conversation with a user"


class NotFound(Refusal):
    code = 404
    title = "Not Found"


class MethodNotFound(NotFound):
    reason = "method not found"


class Conflict(Refusal):
    code = 409
    title = "Conflict"


class BadWebhook(BadRequest):
    """What Telegram found out about the webhook's address, or its certificate."""

    def __init__(self, fault: str) -> None:
        super().__init__(f"bad webhook: {fault}")


class InvalidWebhookAddress(BadRequest):
    reason = "invalid webhook URL specified"


class TerminatedBySetWebhook(Conflict):
    reason = "terminated by setWebhook request"


class TerminatedByOtherPoll(Conflict):
    reason = "terminated by other getUpdates request; make sure that only one bot instance is running"


class WebhookIsActive(Conflict):
    reason = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class EntityTooLarge(Refusal):
    code = 413
    title = "Request Entity Too Large"


class TooManyRequests(Refusal):
    """Carries the seconds both in `parameters` and in the `Retry-After` header."""

    code = 429
    title = "Too Many Requests"

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"retry after {retry_after}")
        self.retry_after = retry_after

    def envelope(self) -> Json:
        return {**super().envelope(), "parameters": {"retry_after": self.retry_after}}


class NotInTheSandbox(Refusal):
    code = 501
    title = "Not Implemented"

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is not in the sandbox yet")
