"""Everything Telegram refuses, in its own words.

Refusal
├── BadRequest (400): one class a sentence, in bad_requests.py
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
