"""What the sandbox is measured against: a bare aiohttp handler that reads the call and answers with its message.

It judges nothing, parses no markup, and keeps nothing."""

import asyncio
import json
import sys
from typing import Final

from aiohttp import web

BOT: Final = {"id": 123456789, "is_bot": True, "first_name": "Reception", "username": "demo_123456789_bot"}


async def send_message(request: web.Request) -> web.Response:
    form = await request.post()
    message = {
        "message_id": 1,
        "from": BOT,
        "chat": {"id": int(str(form["chat_id"])), "type": "private", "first_name": "Anna"},
        "date": 1,
        "text": form["text"],
        "reply_markup": json.loads(str(form["reply_markup"])),
    }
    return web.json_response({"ok": True, "result": message})


async def serve() -> None:
    app = web.Application()
    app.router.add_post("/bot{token}/sendMessage", send_message)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sys.stdout.write(f"http://127.0.0.1:{runner.addresses[0][1]}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve())
