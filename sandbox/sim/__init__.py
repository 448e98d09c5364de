"""The person's side of the sandbox, `/sim/...`: what a hand on a telephone could do, and the controls."""

from aiohttp import web

from sandbox.post.faults import PostFaultPlan
from sandbox.post.sms_gateway import SmsGateway
from sandbox.sim.asked import excused
from sandbox.sim.bots import BotRoutes
from sandbox.sim.chats import ChatRoutes
from sandbox.sim.controls import ControlRoutes
from sandbox.sim.faults import FaultRoutes
from sandbox.sim.flood import FloodRoutes
from sandbox.sim.groups import GroupRoutes
from sandbox.sim.mail import MailRoutes
from sandbox.sim.payments import PaymentRoutes
from sandbox.sim.people import PeopleRoutes
from sandbox.sim.post_faults import PostFaultRoutes
from sandbox.sim.sms import SmsRoutes
from sandbox.sim.starts import StartRoutes
from sandbox.sim.updates import UpdateRoutes
from sandbox.world import World


def sim_routes(world: World) -> list[web.RouteDef]:
    people, chats, controls = PeopleRoutes(world), ChatRoutes(world), ControlRoutes(world)
    return [
        web.get("/sim/people", excused(people.people)),
        web.post("/sim/people", excused(people.add_people)),
        web.post("/sim/people/{person:[0-9]+}/addresses", excused(people.add_addresses)),
        web.delete("/sim/people/{person:[0-9]+}/addresses", excused(people.drop_addresses)),
        web.post("/sim/say", excused(chats.say)),
        web.post("/sim/send", excused(chats.send)),
        web.post("/sim/edit", excused(chats.edit)),
        web.get("/sim/chats", excused(chats.chats)),
        web.get("/sim/files/{file_id}", excused(chats.file)),
        web.post("/sim/press", excused(chats.press)),
        web.post("/sim/block", excused(chats.block)),
        web.post("/sim/unblock", excused(chats.unblock)),
        web.post("/sim/read", excused(chats.read)),
        web.get("/sim/chat", excused(chats.chat)),
        web.get("/sim/chat.txt", excused(chats.chat_text)),
        web.get("/sim/log", excused(controls.log)),
        web.get("/sim/clock", excused(controls.clock)),
        web.post("/sim/clock", excused(controls.move_clock)),
        web.post("/sim/reset", excused(controls.reset)),
        web.get("/sim/events", controls.events),
        *BotRoutes(world).routes(),
        *GroupRoutes(world).routes(),
        *PaymentRoutes(world).routes(),
        *FaultRoutes(world).routes(),
        *FloodRoutes(world).routes(),
        *UpdateRoutes(world).routes(),
        *StartRoutes(world).routes(),
    ]


def post_routes(world: World, gateway: SmsGateway) -> list[web.RouteDef]:
    mail, sms = MailRoutes(world), SmsRoutes(world, gateway)
    return [
        web.get("/sim/mail", excused(mail.all)),
        web.delete("/sim/mail", excused(mail.clear)),
        web.post("/sim/mail/read", excused(mail.read)),
        web.get("/sim/mail/{number:[0-9]+}", excused(mail.mail)),
        web.get("/sim/mail/{number:[0-9]+}/html", excused(mail.html)),
        web.get("/sim/mail/{number:[0-9]+}/source", excused(mail.source)),
        web.get("/sim/mail/{number:[0-9]+}/attachments/{index:[0-9]+}", excused(mail.attachment)),
        *_fault_routes("/sim/mail/faults", world, world.post.mail_faults),
        web.get("/sim/sms", excused(sms.all)),
        web.delete("/sim/sms", excused(sms.clear)),
        web.post("/sim/sms/read", excused(sms.read)),
        web.post("/sim/sms/{number:[0-9]+}/receipt", excused(sms.receipt)),
        *_fault_routes("/sim/sms/faults", world, world.post.sms_faults),
    ]


def _fault_routes(path: str, world: World, plan: PostFaultPlan) -> list[web.RouteDef]:
    faults = PostFaultRoutes(world, plan)
    return [
        web.get(path, excused(faults.all)),
        web.post(path, excused(faults.add)),
        web.delete(path, excused(faults.clear)),
    ]
