"""P4: reminders that all fall due at once, against a gate that lets thirty pass in any second and not one more."""

from typing import Final

from bench.figures import Result
from bench.progress import progress
from bench.scale import sized
from bench.servers import move_to_the_servers_core, program
from bench.stage.blast import CAP_PER_SECOND, open_blast
from bench.stage.telegram import Call, open_telegram, rate_of, token_of
from bench.stage.town import FIRST_PERSON

WHAT: Final = "reminders a second of a blast of {:,}, against a strict gate of 30 in any second"
BAR: Final = 0.95
REMINDERS: Final = sized(450, full=5_000)
THEIRS: Final = token_of(200300400)
THEIR_REMINDERS: Final = 450


async def measure() -> list[Result]:
    move_to_the_servers_core()
    naive_rate, naive_refused = await _at_once()
    async with open_blast(1, REMINDERS) as blast:
        await blast.telegram.be_strict()
        with progress("P4, reminders", REMINDERS):
            sent = await blast.ends(await blast.begin())
        refused = await blast.telegram.refused()
    rate = _rate(sent)
    share = round(rate / CAP_PER_SECOND, 3)
    what = WHAT.format(REMINDERS)
    bar = f"at least {BAR:g} of the cap"
    return [
        Result("P4", what, rate, CAP_PER_SECOND, bar, share >= BAR, (share, share), naive_rate),
        Result("P4-refused", "429s during that blast", refused, 0.0, "none", not refused, (0.0, 0.0), naive_refused),
    ]


def _rate(sent: list[Call]) -> float:
    """From the first to the last: what comes before the first is nobody's share of the gate."""
    first = min(sent)
    return round(rate_of([call for call in sent if call is not first], first.at), 2)


async def _at_once() -> tuple[float, float]:
    """What sends all of them at once, and again after each 429 as long as that says, gets through the same gate."""
    people = range(FIRST_PERSON, FIRST_PERSON + THEIR_REMINDERS)
    async with open_telegram() as telegram:
        await telegram.people(people)
        await telegram.acquaint(THEIRS, people)
        await telegram.be_strict()
        after = await telegram.last_call()
        arguments = (telegram.url, THEIRS, "at_once", str(FIRST_PERSON), str(THEIR_REMINDERS))
        with progress("P4, all at once", THEIR_REMINDERS):
            async with program("-m", "bench.naive.reminders", *arguments):
                sent = await telegram.answered(THEIRS, after, THEIR_REMINDERS, seconds=180)
        return _rate(sent), await telegram.refused()
