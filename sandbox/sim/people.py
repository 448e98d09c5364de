"""The routes of the people: who is here, and where their post goes."""

from aiohttp import web

from sandbox.people import Person
from sandbox.post.addresses import KEY_OF, AddressKey, Kind
from sandbox.post.office import Unread, keys_of
from sandbox.sim.asked import Asked, Mistake, answer
from sandbox.wire import Json
from sandbox.world import World

NAMES = ("first_name", "last_name", "username", "language_code", "note", "role")
UNREAD = {Kind.MAIL: "unread_mails", Kind.SMS: "unread_sms"}


class PeopleRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    async def people(self, request: web.Request) -> web.Response:
        return answer(self._everybody(await Asked.of(request, self._world)))

    async def add_people(self, request: web.Request) -> web.Response:
        """Who is here already keeps their addresses: some of them were typed in a conversation."""
        asked = await Asked.of(request, self._world)
        rows = asked.raw("people")
        if not isinstance(rows, list):
            raise Mistake("people must be a list.")
        for person in [_person(row) for row in rows]:
            known = self._world.people.setdefault(person.id, person)
            for name in NAMES:
                setattr(known, name, getattr(person, name))
            known.emails = _joined(person.emails, known.emails, KEY_OF[Kind.MAIL])
            known.phones = _joined(person.phones, known.phones, KEY_OF[Kind.SMS])
        self._post_moved()
        return answer(self._everybody(asked))

    async def add_addresses(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        person, emails, phones = self._addressed(request, asked)
        person.emails = _joined(person.emails, emails, KEY_OF[Kind.MAIL])
        person.phones = _joined(person.phones, phones, KEY_OF[Kind.SMS])
        self._post_moved()
        return answer({"person": self._listed(asked, person, self._world.post.unread())})

    async def drop_addresses(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        person, emails, phones = self._addressed(request, asked)
        person.emails = _without(person.emails, emails, KEY_OF[Kind.MAIL])
        person.phones = _without(person.phones, phones, KEY_OF[Kind.SMS])
        self._post_moved()
        return answer({"person": self._listed(asked, person, self._world.post.unread())})

    def _addressed(self, request: web.Request, asked: Asked) -> tuple[Person, list[str], list[str]]:
        person = self._world.people.get(int(request.match_info["person"]))
        if person is None:
            raise asked.nobody(request.match_info["person"])
        emails, phones = _addresses(asked.raw("email"), asked.raw("phone"))
        if not emails and not phones:
            raise Mistake("Name an email or a phone.")
        return person, emails, phones

    def _post_moved(self) -> None:
        """Mails may have found their reader, or lost one."""
        for kind in Kind:
            self._world.events.changed(kind)
        self._world.events.changed("people")

    def _everybody(self, asked: Asked) -> Json:
        people, unread = self._world.people.values(), self._world.post.unread()
        known = {kind: {key for person in people for key in keys_of(person, kind)} for kind in Kind}
        return {
            "people": [self._listed(asked, person, unread) for person in people],
            "nobodys": {
                UNREAD[kind]: sum(unread[kind][key] for key in unread[kind].keys() - known[kind]) for kind in Kind
            },
        }

    def _listed(self, asked: Asked, person: Person, unread: Unread) -> Json:
        bot = asked.bot_or_none()
        chat = bot.chats.get(person.id) if bot else None
        listed: Json = {name: getattr(person, name) for name in Person.__slots__}
        return {
            **listed,
            "blocked": chat is not None and chat.blocked,
            "unread": chat.seat(person.id).unread.total() if chat else 0,
            **{UNREAD[kind]: sum(unread[kind][key] for key in keys_of(person, kind)) for kind in Kind},
        }


def _person(row: object) -> Person:
    if not isinstance(row, dict):
        raise Mistake("Each of people must be an object.")
    number, name = row.get("id"), row.get("first_name")
    if not isinstance(number, int) or number <= 0 or not isinstance(name, str) or not name:
        raise Mistake("A person needs an id above 0 and a first_name.")
    rest = {field: row.get(field) or "" for field in NAMES[1:]}
    if not all(isinstance(value, str) for value in rest.values()):
        raise Mistake("last_name, username, language_code, note and role are texts.")
    emails, phones = _addresses(row.get("email"), row.get("phone"))
    return Person(number, name, **rest, emails=emails, phones=phones)


def _addresses(email: object, phone: object) -> tuple[list[str], list[str]]:
    email, phone = email or "", phone or ""
    if not isinstance(email, str) or not isinstance(phone, str):
        raise Mistake("email and phone are texts.")
    if email and "@" not in email:
        raise Mistake("An email has an @ in it.")
    if phone and not KEY_OF[Kind.SMS](phone):
        raise Mistake("A phone has digits in it.")
    return [email.strip()] if email else [], [phone.strip()] if phone else []


def _joined(first: list[str], more: list[str], key: AddressKey) -> list[str]:
    """Each once, as it was written first."""
    joined: dict[str, str] = {}
    for address in (*first, *more):
        joined.setdefault(key(address), address)
    return list(joined.values())


def _without(addresses: list[str], dropped: list[str], key: AddressKey) -> list[str]:
    keys = set(map(key, dropped))
    return [address for address in addresses if key(address) not in keys]
