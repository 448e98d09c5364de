"""The month of days: weeks begin on Monday, full days say so, and it turns as far as one may book."""

from datetime import date

from dialogs.kit.refusals import NothingFreeThatDay
from tests.dialogs.steps import november, said
from tests.stage.patient import Screen
from tests.stage.small_clinic import EYES, HEART, KRUK, MARIA, OLGA
from tests.stage.stage import Stage
from tests.stage.voice import speech_in

EMPTY = " "


LATER = "December 2026 ›"


def page_of(screen: Screen) -> tuple[str, ...]:
    """From the name of the month to the turning buttons."""
    first = next(n for n, label in enumerate(screen.buttons) if label[-4:].isdigit())
    return screen.buttons[first:-1]


async def test_a_page_begins_on_monday_and_leaves_out_what_nobody_can_book(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)

    page = page_of(await phone.taps("Book a visit", EYES.name))

    assert page[:8] == ("November 2026", "Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
    assert page[8:15] == ("23", "24", "25", "26", "27", "·", "·")
    assert page[15:22] == ("30", *[EMPTY] * 6)
    assert page[22:] == (LATER,)


async def test_russian_weeks_begin_on_monday_too(stage: Stage) -> None:
    phone, say = await stage.logged_in(OLGA), speech_in("ru").say

    page = page_of(await phone.taps(say("Book a visit"), EYES.name))

    assert page[1:8] == ("Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс")


async def test_the_months_turn_as_far_as_one_may_book(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    await phone.taps("Book a visit", EYES.name)

    december = page_of(await phone.taps(LATER))
    assert december[:1] + december[8:15] == ("December 2026", EMPTY, "1", "2", "3", "4", "·", "·")
    assert december[-2:] == ("‹ November 2026", "January 2027 ›")
    january = page_of(await phone.taps("January 2027 ›"))
    assert january[0] == "January 2027"
    # The 18th to the 22nd; the weekend lies beyond the horizon, and so does February.
    assert january[-8:] == (*["·"] * 5, EMPTY, EMPTY, "‹ December 2026")
    assert page_of(await phone.taps("‹ December 2026", "‹ November 2026"))[0] == "November 2026"
    await phone.taps(LATER, "18")
    await phone.sees("Please choose a time: Friday 18 December")


async def test_the_month_stays_turned_when_one_comes_back(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    await phone.taps("Book a visit", EYES.name, LATER, "18")

    assert page_of(await phone.taps("Another day"))[0] == "December 2026"


async def test_a_full_day_says_so_and_other_places_do_nothing(stage: Stage) -> None:
    for half_hour in range(6):
        who = (MARIA, OLGA)[half_hour % 2]
        await stage.books(who, KRUK, november(24, 9 + half_hour // 2, 30 * (half_hour % 2)))
    phone = await stage.logged_in(MARIA)
    screen = await phone.taps("Book a visit", HEART.name)
    assert page_of(screen)[8:11] == ("23", "·", "25")

    assert await phone.presses("·") == said(NothingFreeThatDay(date(2026, 11, 24)))
    assert phone.answer is not None
    assert phone.answer["show_alert"]
    for nothing in (EMPTY, "Mo", "November 2026"):
        assert await phone.presses(nothing) is None
        assert await phone.screen() == screen
