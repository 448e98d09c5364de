"""What Telegram calls a bad request (400), one class a sentence."""

from sandbox.refusals import BadRequest


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


class BadWebhook(BadRequest):
    """What Telegram found out about the webhook's address, or its certificate."""

    def __init__(self, fault: str) -> None:
        super().__init__(f"bad webhook: {fault}")


class InvalidWebhookAddress(BadRequest):
    reason = "invalid webhook URL specified"
