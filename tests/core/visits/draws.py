"""What is left to chance: who comes to which desk, what they want, and how far the clock goes on."""

from datetime import time, timedelta
from typing import Final, NamedTuple

from hypothesis import strategies as st

from tests.core.visits.paper_rows import CHANGE_NOTICE, HOLD, MINIMUM_NOTICE
from tests.stage.small_clinic import MARIA, OLGA, PAOLO

PEOPLE: Final = {"Maria": MARIA, "Paolo": PAOLO, "Olga": OLGA}
PLACES: Final = 12
INSTANT: Final = timedelta(microseconds=1)


class Intent(NamedTuple):
    """`place` is one of the times that the agendas offered at first, `visit` counts back from the newest."""

    act: str
    who: str
    place: int
    visit: int


desks = st.integers(0, 1)
people = st.sampled_from([*PEOPLE])
places = st.integers(0, PLACES - 1)
backs = st.integers(0, 3)
strangers = st.sampled_from([None, None, None, *PEOPLE])
fates = st.sampled_from(["plain", "caused", "told twice", "cut short"])
intents = st.builds(Intent, st.sampled_from(["hold", "book", "move", "cancel"]), people, places, backs)
waits = st.sampled_from([timedelta(minutes=1), HOLD - INSTANT, HOLD, timedelta(minutes=40), timedelta(hours=3)])
walls = st.sampled_from([time(6, 59, 59), time(7), time(10), time(18), time(21, 59, 59), time(22)])
margins = st.sampled_from([timedelta(0), INSTANT, MINIMUM_NOTICE - INSTANT, MINIMUM_NOTICE, CHANGE_NOTICE])
