"""Booking beside the desk on paper: whatever people do, in whichever order and through either process, both agree."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import ExitStack, closing
from copy import deepcopy
from datetime import UTC, datetime, time, timedelta
from itertools import permutations
from typing import Any, Final, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bench.scale import sized
from core.clinic import Clinic
from core.errors import Refusal
from core.facility.profile import Channel
from tests.core.visits import draws
from tests.core.visits.agreement import differences, facts_of, faults_in
from tests.core.visits.draws import PEOPLE, PLACES, Intent
from tests.core.visits.october import AGENDAS, THURSDAY, Watch, change_agenda, desk_on, furnish_october
from tests.core.visits.paper import Paper
from tests.core.visits.paper_rows import DAY, WARSAW, Time
from tests.core.visits.steps import (
    NOWHERE,
    PowerCut,
    Step,
    booking,
    cancelling,
    holding,
    moving,
    same,
    send_alerts,
    wishing,
)
from tests.stage.stage import StandingClock

EXAMPLES: Final = sized(40, full=3_000)
PATIENCE_SECONDS: Final = sized(300, full=7_200)
STEPS: Final = 30


class Scene(NamedTuple):
    """`run` waits for something in the loop that the desks live in."""

    run: Callable[[Coroutine[Any, Any, Any]], Any]
    clock: StandingClock
    desks: Sequence[Clinic]
    watch: Watch


class TwoDesks(RuleBasedStateMachine):
    """Two processes on one memory, people who come to either, and the days around the change of clocks.

    No rule has a precondition: who is first when two act at once is chance, and hypothesis must not see it.
    """

    def __init__(self, scene: Scene) -> None:
        super().__init__()
        self._run, self._clock, self._desks, self._watch = scene.run, scene.clock, scene.desks, scene.watch
        self._clock.moment = THURSDAY
        self._watch.begin_anew()
        self._paper = Paper(THURSDAY, self._times())
        self._places = sorted(deepcopy([*self._paper.slots.values()]), key=lambda it: (it.starts_at, it.doctor))
        assert len(self._places) == PLACES
        self._days_off: set[str] = set()
        self._done: dict[str, tuple[Step, Any]] = {}
        self._updates = 0

    @initialize(marias=draws.places, paolos=draws.places, olgas=draws.places, held=draws.places, wait=draws.waits)
    def the_day_begins(self, marias: int, paolos: int, olgas: int, held: int, wait: timedelta) -> None:
        """Everybody books; then one holds a time that another wants, within the hold's five minutes or after them."""
        for who, place in zip(PEOPLE.values(), (marias, paolos, olgas), strict=True):
            self._take(booking(who, self._slot(place)), 0, "caused")
        self._take(holding(PEOPLE["Maria"], self._slot(held)), 0, "plain")
        self._comes(self._clock.moment + wait)
        self._take(booking(PEOPLE["Paolo"], self._slot(held)), 1, "plain")

    @rule(desk=draws.desks, who=draws.people, place=draws.places, fate=draws.fates)
    def somebody_holds(self, desk: int, who: str, place: int, fate: str) -> None:
        self._take(holding(PEOPLE[who], self._slot(place)), desk, fate)

    @rule(desk=draws.desks, who=draws.people, place=draws.places, fate=draws.fates)
    def somebody_books(self, desk: int, who: str, place: int, fate: str) -> None:
        self._take(booking(PEOPLE[who], self._slot(place)), desk, fate)

    @rule(desk=draws.desks, who=draws.people, fate=draws.fates)
    def somebody_books_what_is_held(self, desk: int, who: str, fate: str) -> None:
        if self._paper.holds:
            self._take(booking(PEOPLE[who], next(iter(self._paper.holds))), desk, fate)

    @rule(desk=draws.desks, visit=draws.backs, place=draws.places, stranger=draws.strangers, fate=draws.fates)
    def a_visit_is_moved(self, desk: int, visit: int, place: int, stranger: str | None, fate: str) -> None:
        who = PEOPLE[stranger or self._owner(visit)]
        self._take(moving(who, self._visit(visit), self._slot(place)), desk, fate)

    @rule(desk=draws.desks, visit=draws.backs, stranger=draws.strangers, fate=draws.fates)
    def a_visit_is_cancelled(self, desk: int, visit: int, stranger: str | None, fate: str) -> None:
        self._take(cancelling(PEOPLE[stranger or self._owner(visit)], self._visit(visit)), desk, fate)

    @rule(first=draws.intents, second=draws.intents, same_place=st.booleans())
    def two_act_at_once(self, first: Intent, second: Intent, same_place: bool) -> None:
        """As if one came after the other, in one of the two orders."""
        steps = [self._step(first), self._step(second._replace(place=first.place) if same_place else second)]
        if steps[0].who is steps[1].who:
            return

        async def both() -> list[Any]:
            return await asyncio.gather(*(step.at(desk) for step, desk in zip(steps, self._desks, strict=True)))

        came = self._run(both())
        for order in permutations(range(2)):
            paper = deepcopy(self._paper)
            if all(steps[n].is_agreed(came[n], paper) for n in order):
                self._paper = paper
                return
        pytest.fail(f"no order explains {came}")

    @rule(desk=draws.desks, back=st.integers(0, 5))
    def an_update_comes_again(self, desk: int, back: int) -> None:
        for key in [*self._done][-1 - back :][:1]:
            step, came = self._done[key]
            assert same(self._run(step.at(self._desks[desk], key)), came)

    @rule(desk=draws.desks, who=draws.people, hour=st.sampled_from([8, 18, 20]), sms=st.booleans())
    def somebody_wishes(self, desk: int, who: str, hour: int, sms: bool) -> None:
        self._take(wishing(PEOPLE[who], hour, sms=sms), desk, "plain")

    @rule(desk=draws.desks, channel=st.sampled_from([*Channel]))
    def alerts_are_sent(self, desk: int, channel: Channel) -> None:
        self._run(send_alerts(self._desks[desk], channel))
        self._paper.send(channel)

    @rule(desk=draws.desks, code=st.sampled_from([*AGENDAS]))
    def a_day_leaves_the_agenda_or_returns(self, desk: int, code: str) -> None:
        agenda, works = AGENDAS[code], code in self._days_off
        self._days_off ^= {code}
        doctor = self._watch.doctors[agenda.doctor]
        self._run(change_agenda(self._desks[desk], doctor, code, works))
        assert agenda.valid_from is not None
        if works:
            self._paper.put_on(doctor, agenda.valid_from, self._times())
        else:
            self._paper.take_off(doctor, agenda.valid_from)

    @rule(wait=draws.waits)
    def time_passes(self, wait: timedelta) -> None:
        self._comes(self._clock.moment + wait)

    @rule(wall=draws.walls)
    def the_day_goes_on(self, wall: time) -> None:
        """To this hour on the wall, of today or tomorrow."""
        today = self._clock.moment.astimezone(WARSAW).date()
        hours = (datetime.combine(day, wall, WARSAW).astimezone(UTC) for day in (today, today + DAY))
        self._comes(next(hour for hour in hours if hour > self._clock.moment))

    @rule(margin=draws.margins)
    def a_visit_comes_near(self, margin: timedelta) -> None:
        """The next one that somebody has; where nobody has any, the next time that is offered."""
        taken = [self._paper.slots[visit.slot] for visit in self._paper.visits.values() if visit.live]
        starts = sorted(it.starts_at - margin for it in taken or self._places)
        self._comes(next((start for start in starts if start > self._clock.moment), self._clock.moment))

    @invariant()
    def memory_and_paper_agree(self) -> None:
        facts = self._watch.facts()
        assert faults_in(facts) == []
        effects = {f"{key}/{step.use_case.__name__}/1" for key, (step, _) in self._done.items()}
        assert differences(facts, facts_of(self._paper, effects)) == []

    def _take(self, step: Step, desk: int, fate: str) -> None:
        self._updates += 1
        key = None if fate == "plain" else f"7:{self._updates}"
        if fate == "cut short":
            before = self._watch.facts()
            assert isinstance(self._run(step.at(self._desks[desk], key, cut_short=True)), PowerCut | Refusal)
            assert self._watch.facts() == before
        came = self._run(step.at(self._desks[desk], key))
        assert step.is_agreed(came, self._paper), f"{step.use_case.__name__}: {came!r}"
        if fate == "told twice":
            assert same(self._run(step.at(self._desks[not desk], key)), came)
        if key is not None and not isinstance(came, Exception):
            self._done[key] = (step, came)

    def _comes(self, moment: datetime) -> None:
        self._clock.moment = self._paper.now = moment

    def _step(self, intent: Intent) -> Step:
        slot, visit = self._slot(intent.place), self._visit(intent.visit)
        match intent.act:
            case "hold":
                return holding(PEOPLE[intent.who], slot)
            case "book":
                return booking(PEOPLE[intent.who], slot)
            case "move":
                return moving(PEOPLE[self._owner(intent.visit)], visit, slot)
            case _:
                return cancelling(PEOPLE[self._owner(intent.visit)], visit)

    def _slot(self, place: int) -> int:
        wanted = self._places[place]
        at_place = (wanted.doctor, wanted.starts_at)
        return next((id for id, it in self._paper.slots.items() if (it.doctor, it.starts_at) == at_place), NOWHERE)

    def _visit(self, back: int) -> int:
        visits = [*self._paper.visits]
        return visits[-1 - back % len(visits)] if visits else NOWHERE

    def _owner(self, back: int) -> str:
        visit = self._paper.visits.get(self._visit(back))
        return next((name for name, who in PEOPLE.items() if visit and who.number == visit.patient), "Maria")

    def _times(self) -> dict[int, Time]:
        return {id: Time(*row[:3]) for id, row in self._watch.facts()["slots"].items()}


@pytest.fixture
def scene(database_url: str) -> Iterator[Scene]:
    """The same for every example, which begins anew on it."""
    clock = StandingClock(THURSDAY)
    with asyncio.Runner() as runner, ExitStack() as stack:
        runner.run(furnish_october(database_url))
        desks = [desk_on(database_url, clock, chance) for chance in (11, 12)]
        opened = [runner.run(desk.__aenter__()) for desk in desks]
        yield Scene(runner.run, clock, opened, stack.enter_context(closing(Watch(database_url))))
        for desk in desks:
            runner.run(desk.__aexit__(None, None, None))


@pytest.mark.timeout(PATIENCE_SECONDS)
def test_memory_and_paper_agree_whatever_people_do(scene: Scene) -> None:
    class Here(TwoDesks):
        def __init__(self) -> None:
            super().__init__(scene)

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],  # what is chance in a race cannot be shrunk
            suppress_health_check=[*HealthCheck],
        ),
    )
