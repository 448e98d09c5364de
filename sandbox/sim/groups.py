"""The routes of the groups: founding one, coming and going; topics and pins are beside them."""

from collections.abc import Iterator

from aiohttp import web

from sandbox.chats.content import Plain
from sandbox.chats.group import Group
from sandbox.chats.happenings import happened
from sandbox.chats.members import ABSENT, RIGHTS_OF, Member, Status, User, permitted
from sandbox.chats.membership import become
from sandbox.people import Person
from sandbox.sim.asked import Asked, Missing, Mistake, answer, excused
from sandbox.sim.deeds import DeedRoutes
from sandbox.sim.forums import ForumRoutes
from sandbox.wire import Json
from sandbox.world import World

TITLE_CHARACTERS = 128
BECOMES = frozenset(Status) - {Status.CREATOR}


class GroupRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/sim/groups", excused(self.groups)),
            web.post("/sim/groups", excused(self.found)),
            web.post("/sim/groups/{group:-[0-9]+}/members", excused(self.change_member)),
            *ForumRoutes(self._world).routes(),
            *DeedRoutes(self._world).routes(),
        ]

    async def groups(self, request: web.Request) -> web.Response:
        return answer({"groups": [_shown(group) for group in self._world.groups.values()]})

    async def found(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        creator = self._person(asked.whole("creator"))
        members = [self._person(number) for number in _listed(asked, "members")]
        bots = [self._bot(row) for row in _listed(asked, "bots")]
        group = self._new_group(asked)
        group.members[creator.id] = Member(creator, Status.CREATOR)
        for person in members:
            group.members.setdefault(person.id, Member(person, Status.MEMBER))
        happened(self._world, group, creator, "supergroup_chat_created", Plain({"supergroup_chat_created": True}))
        for bot in bots:
            become(self._world, group, creator, bot)
        self._world.events.changed("people")
        return answer({"group": _shown(group)})

    async def change_member(self, request: web.Request) -> web.Response:
        asked = await Asked.of(request, self._world)
        group, by = asked.group(int(request.match_info["group"])), self._person(asked.whole("by"))
        after = _member(self._user(asked.whole("user")), asked.text("status"), asked.raw("rights"))
        before = group.member(after.user)
        if before.status is Status.CREATOR:
            raise Mistake("Whoever made the group stays its creator.")
        if after.status is Status.RESTRICTED and not before.present:
            raise Mistake("Whoever is not in the group cannot be restricted there.")
        _require_right(group, by, before, after)
        become(self._world, group, by, after)
        self._world.events.changed("people")
        return answer({})

    def _new_group(self, asked: Asked) -> Group:
        title, username, number = asked.text("title").strip(), asked.text("username"), asked.whole("id")
        if not 1 <= len(title) <= TITLE_CHARACTERS:
            raise Mistake(f"A group needs a title of 1 to {TITLE_CHARACTERS} characters.")
        if number is not None and (number >= 0 or number in self._world.groups):
            raise Mistake("The id of a group is below 0, and its own.")
        return self._world.found_group(title, forum=asked.raw("forum") is True, username=username, chat_id=number)

    def _person(self, number: object) -> Person:
        person = self._world.people.get(number) if isinstance(number, int) else None
        if person is None:
            raise Asked.nobody(number)
        return person

    def _user(self, number: object) -> User:
        """A person, or a bot that has called or been written to."""
        user: User | None = None
        if isinstance(number, int):
            user = self._world.people.get(number) or self._world.bots.by_id.get(number)
        if user is None:
            raise Missing(f"Neither a person nor a bot has the number {number}.")
        return user

    def _bot(self, row: object) -> Member:
        """One that has not called yet is waited for."""
        if not isinstance(row, dict) or not isinstance(row.get("id"), int) or row["id"] <= 0:
            raise Mistake("Each of bots must be an object with an id.")
        return _member(self._world.bots.of_id(row["id"]), row.get("status", "member"), row.get("rights"))


def _listed(asked: Asked, name: str) -> Iterator[object]:
    rows = asked.raw(name) or []
    if not isinstance(rows, list):
        raise Mistake(f"{name} must be a list.")
    return iter(rows)


def _member(user: User, status: object, rights: object) -> Member:
    if not isinstance(status, str) or status not in BECOMES:
        raise Mistake(f"status must be one of {', '.join(sorted(BECOMES))}.")
    becomes = Status(status)
    given = {} if rights is None else rights
    known = RIGHTS_OF.get(becomes, {})
    if not isinstance(given, dict) or not all(isinstance(value, bool) for value in given.values()):
        raise Mistake("rights must be an object of true and false.")
    unknown = sorted(given.keys() - known.keys())
    if unknown:
        raise Mistake(f"A member who is {status} has no right {unknown[0]}.")
    return Member(user, becomes, permitted(becomes, given))


def _require_right(group: Group, by: Person, before: Member, after: Member) -> None:
    doer = group.member(by)
    if by.id == after.user.id:
        if (
            doer.status is Status.KICKED
            or after.status not in (Status.MEMBER, Status.LEFT)
            or before.in_charge > (after.status is Status.LEFT)
        ):
            raise Mistake(f"{by.first_name} cannot do that alone.")
        return
    if not doer.present:
        raise Mistake(f"{by.first_name} is not in {group.title}.")
    needed = _needed(before, after)
    if needed and not doer.may(needed):
        raise Mistake(f"{by.first_name} has no right to do that in {group.title} ({needed}).")


def _needed(before: Member, after: Member) -> str:
    """Everybody may bring somebody along."""
    if before.in_charge or after.in_charge:
        return "can_promote_members"
    if before.status in ABSENT and after.status is Status.MEMBER and before.status is not Status.KICKED:
        return ""
    return "can_restrict_members"


def _shown(group: Group) -> Json:
    return {
        "id": group.id,
        "title": group.title,
        "forum": group.forum,
        "username": group.username,
        "members": [
            {"user": member.user.as_user(), "status": member.status.value, "rights": dict(member.rights)}
            for member in group.members.values()
        ],
        "topics": [topic.as_seen() for topic in group.topics.values()],
    }
