"""Files that a bot fetches."""

from sandbox.bad_requests import FileNotFound, FileTooBig
from sandbox.files import DOWNLOAD_BYTES
from sandbox.methods.call import Call, Run
from sandbox.refusals import BadRequest


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


METHODS: dict[str, Run] = {"getFile": get_file}
