"""The routes of the SMS inboxes."""

from aiohttp import web

from sandbox.post.sms import Sms
from sandbox.post.sms_gateway import SmsGateway
from sandbox.sim.asked import Asked, Mistake, answer
from sandbox.sim.boxes import BoxRoutes
from sandbox.world import World


class SmsRoutes(BoxRoutes[Sms]):
    def __init__(self, world: World, gateway: SmsGateway) -> None:
        super().__init__(world, world.post.messages, "messages")
        self._gateway = gateway

    async def receipt(self, request: web.Request) -> web.Response:
        """Late, and by hand."""
        asked, sms = await Asked.of(request, self._world), self.named(request)
        delivered = asked.raw("delivered")
        if not isinstance(delivered, bool):
            raise Mistake("delivered must be true or false.")
        if not sms.receipt_url:
            raise Mistake("Nobody asked for a receipt of that SMS.")
        await self._gateway.send_receipt_now(sms, delivered=delivered)
        return answer({"receipt_status": sms.receipt_status})
