"""The person's side of the sandbox, `/sim/...`: what a hand on a telephone could do, and the controls."""

from aiohttp import web

from sandbox.sim.asked import excused
from sandbox.sim.chats import ChatRoutes
from sandbox.sim.controls import ControlRoutes
from sandbox.world import World


def sim_routes(world: World) -> list[web.RouteDef]:
    chats, controls = ChatRoutes(world), ControlRoutes(world)
    return [
        web.get("/sim/people", excused(chats.people)),
        web.post("/sim/people", excused(chats.add_people)),
        web.post("/sim/say", excused(chats.say)),
        web.post("/sim/press", excused(chats.press)),
        web.post("/sim/block", excused(chats.block)),
        web.post("/sim/unblock", excused(chats.unblock)),
        web.post("/sim/read", excused(chats.read)),
        web.get("/sim/chat", excused(chats.chat)),
        web.get("/sim/chat.txt", excused(chats.chat_text)),
        web.get("/sim/bots", excused(controls.bots)),
        web.get("/sim/faults", excused(controls.faults)),
        web.post("/sim/faults", excused(controls.add_fault)),
        web.delete("/sim/faults", excused(controls.clear_faults)),
        web.get("/sim/log", excused(controls.log)),
        web.get("/sim/clock", excused(controls.clock)),
        web.post("/sim/clock", excused(controls.move_clock)),
        web.post("/sim/reset", excused(controls.reset)),
        web.get("/sim/events", controls.events),
    ]
