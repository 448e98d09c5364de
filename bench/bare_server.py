"""What the sandbox is measured against: a bare aiohttp handler that reads a form and answers with a message."""

import asyncio
import sys

from aiohttp import web


async def send_message(request: web.Request) -> web.Response:
    form = await request.post()
    chat = {"id": int(str(form["chat_id"])), "type": "private", "first_name": "Anna"}
    message = {"message_id": 1, "date": 1, "chat": chat, "text": str(form["text"])}
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
