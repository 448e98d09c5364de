"""The methods of the Bot API that the sandbox plays, by name; the others refuse loudly."""

from sandbox.methods import (
    albums,
    chats,
    commands,
    copies,
    edits,
    files,
    forums,
    groups,
    media,
    messages,
    payments,
    pins,
    places,
    updates,
    webhooks,
)
from sandbox.methods.call import Call, Method, Run
from sandbox.methods.catalogue import KNOWN_METHODS
from sandbox.refusals import MethodNotFound, NotInTheSandbox

__all__ = ["PLAYED", "Call", "Method", "find_method"]

PLAYED: dict[str, Run] = {
    **albums.METHODS,
    **chats.METHODS,
    **commands.METHODS,
    **copies.METHODS,
    **edits.METHODS,
    **files.METHODS,
    **forums.METHODS,
    **groups.METHODS,
    **media.METHODS,
    **messages.METHODS,
    **payments.METHODS,
    **pins.METHODS,
    **places.METHODS,
    **updates.METHODS,
    **webhooks.METHODS,
}


def _loud(name: str) -> Run:
    async def refuse(call: Call) -> object:
        raise NotInTheSandbox(name)

    return refuse


METHODS = {name.lower(): Method(name, name.lower(), PLAYED.get(name) or _loud(name)) for name in KNOWN_METHODS}


def find_method(name: str) -> Method:
    """Names are the same in any case, as on the real server."""
    method = METHODS.get(name) or METHODS.get(name.lower())
    if method is None:
        raise MethodNotFound
    return method
