"""The post office: what has arrived for whom, by mail and by SMS, and what will go wrong next."""

from collections import Counter
from collections.abc import Mapping
from typing import TypeAlias

from sandbox.clock import SandboxClock
from sandbox.events import Events
from sandbox.people import Person
from sandbox.post.addresses import KEY_OF, Kind, mail_key, phone_key
from sandbox.post.box import Arrived, Box, Wanted
from sandbox.post.faults import MailFault, PostFaultPlan, SmsFault
from sandbox.post.mail import Mail, read_mail
from sandbox.post.sms import Sms

Unread: TypeAlias = dict[Kind, Counter[str]]


class PostOffice:
    def __init__(self, clock: SandboxClock, people: Mapping[int, Person], events: Events) -> None:
        self._clock = clock
        self._people = people
        self._events = events
        self.mails: Box[Mail] = Box(Kind.MAIL)
        self.messages: Box[Sms] = Box(Kind.SMS)
        self.mail_faults = PostFaultPlan(MailFault, mail_key, self._fault_used)
        self.sms_faults = PostFaultPlan(SmsFault, phone_key, self._fault_used)
        self._deliveries: Counter[tuple[str, str]] = Counter()

    def deliver_mail(self, source: bytes, addresses: list[str]) -> None:
        """One for each recipient, also when the same Message-ID has been here before."""
        for address in dict.fromkeys(addresses):
            mail = read_mail(source, number=self.mails.next_id(), address=address, received_at=self._clock.now())
            if mail.message_id:
                mail.copies = self._deliveries[mail.key, mail.message_id]
                self._deliveries[mail.key, mail.message_id] += 1
            self.mails.add(mail)
            self.tell(Kind.MAIL, mail)

    def deliver_sms(self, sms: Sms) -> None:
        self.messages.add(sms)
        self.tell(Kind.SMS, sms)

    def tell(self, kind: Kind, *arrived: Arrived) -> None:
        """Those who look at the boxes of these look again."""
        keys = {one.key for one in arrived}
        owners = [person for person in self._people.values() if keys & keys_of(person, kind)]
        for person in owners:
            self._events.post_changed(kind, person.id)
        if keys - {key for person in owners for key in keys_of(person, kind)}:
            self._events.post_changed(kind, None)

    def unread(self) -> Unread:
        return {Kind.MAIL: self.mails.unread(), Kind.SMS: self.messages.unread()}

    def nobodys(self, kind: Kind) -> Wanted:
        known = {key for person in self._people.values() for key in keys_of(person, kind)}
        return lambda arrived: arrived.key not in known

    def forget(self) -> None:
        self.mails.clear(lambda _: True)
        self.messages.clear(lambda _: True)
        self._deliveries.clear()
        self.mail_faults.clear()
        self.sms_faults.clear()
        for kind in Kind:
            self._events.changed(kind)

    def close(self) -> None:
        self.mails.close()
        self.messages.close()

    def _fault_used(self) -> None:
        self._events.changed("faults")


def keys_of(person: Person, kind: Kind) -> set[str]:
    return set(map(KEY_OF[kind], person.emails if kind is Kind.MAIL else person.phones))


def belonging_to(person: Person, kind: Kind) -> Wanted:
    keys = keys_of(person, kind)
    return lambda arrived: arrived.key in keys


def sent_to(address: str, kind: Kind) -> Wanted:
    key = KEY_OF[kind](address)
    return lambda arrived: arrived.key == key
