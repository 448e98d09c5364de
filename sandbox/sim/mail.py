"""The routes of the mailboxes: one mail, its HTML under lock, its attachments."""

from aiohttp import web

from sandbox.post.mail import Mail
from sandbox.sim.asked import Missing, answer
from sandbox.sim.boxes import BoxRoutes
from sandbox.sim.downloads import UNTOUCHED, download
from sandbox.world import World

HTML_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"


class MailRoutes(BoxRoutes[Mail]):
    def __init__(self, world: World) -> None:
        super().__init__(world, world.post.mails, "mails")

    async def mail(self, request: web.Request) -> web.Response:
        return answer(self.named(request).as_read())

    async def html(self, request: web.Request) -> web.Response:
        """For a frame: it may look like itself, and do nothing."""
        headers = {**UNTOUCHED, "Content-Security-Policy": HTML_POLICY, "Referrer-Policy": "no-referrer"}
        return web.Response(text=self.named(request).html, content_type="text/html", charset="utf-8", headers=headers)

    async def source(self, request: web.Request) -> web.Response:
        mail = self.named(request)
        return download(mail.source, f"mail-{mail.id}.eml", "message/rfc822")

    async def attachment(self, request: web.Request) -> web.Response:
        attachments, index = self.named(request).attachments, int(request.match_info["index"])
        if index >= len(attachments):
            raise Missing("That mail has no such attachment.")
        part = attachments[index]
        return download(part.content, part.name, part.kind, part.charset)
