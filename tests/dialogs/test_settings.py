"""Settings: each wish on a screen of its own, the present one in sight, and what is owed follows it."""

from dataclasses import replace

import pytest

from core.errors import NotFound
from core.facility.profile import Channel
from core.identity.refusals import HourNotOffered
from dialogs.patient.settings import what_settings_show
from tests.dialogs.steps import TOMORROW, november, said
from tests.stage.house import PROFILE, House, open_house
from tests.stage.patient import Phone, Screen
from tests.stage.small_clinic import KRUK, MARIA, NOWAK
from tests.stage.stage import Stage


async def opens_settings(stage: Stage) -> tuple[Phone, Screen]:
    phone = await stage.logged_in(MARIA)
    return phone, await phone.taps("Settings")


async def forges(phone: Phone, data: str) -> str | None:
    """Press a button of the newest screen that the screen never had."""
    screen = await phone.screen()
    return await phone.presses_data(screen.message_id, screen.data[0].partition("\x1d")[0] + f"\x1d{data}")


@pytest.mark.rule("DIAMED-3")
async def test_the_first_screen_says_who_one_is_and_what_one_has_chosen(stage: Stage) -> None:
    _, settings = await opens_settings(stage)
    assert settings.text == (
        "Settings\nAccount: Maria Zielińska\nE-mail: maria@example.com\nPhone: +48 601 234 567\n"
        "To change e-mail or phone, please call the reception: +48 22 123 45 67\n\n"
        "Reminders, the day before: 18:00\nReminders by SMS: only if Telegram does not reach you\n"
        "Discreet wording: off"
    )
    assert settings.buttons == (
        "Language",
        "Hour of the reminder",
        "Reminders by SMS",
        "Discreet wording",
        "Log out",
        "Back",
    )


async def test_a_stranger_sees_the_language_and_the_way_back(stage: Stage) -> None:
    phone = stage.phone(MARIA)
    await phone.says("/settings")
    settings = await phone.sees("You are not logged in.")
    assert settings.buttons == ("Language", "Back")


@pytest.mark.rule("DIAMED-3")
async def test_sms_besides_telegram_are_owed_from_then_on_and_taken_back(stage: Stage) -> None:
    await stage.books(MARIA, NOWAK, november(25, 9))
    phone, _ = await opens_settings(stage)

    asked = await phone.taps("Reminders by SMS")
    assert asked.text.startswith("Reminders by SMS: only if Telegram does not reach you\nPhone: +48 601 234 567\n")
    assert asked.buttons == ("Besides Telegram", "Never", "Back")
    assert "Reminders by SMS: besides Telegram" in await phone.taps("Besides Telegram")
    owed = "SELECT state FROM alerts WHERE channel = 'sms'"
    assert stage.rows(owed) == [("waiting",)]

    chosen = await phone.taps("Reminders by SMS", "Never")
    assert "Reminders by SMS: never" in chosen
    assert stage.rows(owed) == [("withdrawn",)]
    asked = await phone.taps("Reminders by SMS")
    assert asked.buttons == ("Besides Telegram", "Only if Telegram does not reach me", "Back")
    assert (await phone.taps("Back")).text == chosen.text


@pytest.mark.rule("DIAMED-3")
async def test_an_sms_besides_arrives_at_the_hour_of_the_reminder(stage: Stage) -> None:
    await stage.books(MARIA, NOWAK, TOMORROW)
    phone, _ = await opens_settings(stage)
    await phone.taps("Reminders by SMS", "Besides Telegram", "Hour of the reminder", "16:00")

    await stage.set_clock(november(23, 16))

    [sms] = await stage.sms("+48601234567")
    assert sms["text"] == (
        "Reminder: visit tomorrow, Tue 24 Nov at 09:00, dr Anna Nowak. "
        "To move or cancel, open Telegram or call +48 22 123 45 67."
    )
    await phone.reads("You have a visit tomorrow.", "I'm coming")


@pytest.mark.rule("DIAMED-3")
async def test_the_hour_is_one_of_the_facilitys(stage: Stage) -> None:
    await stage.books(MARIA, NOWAK, november(25, 9))
    phone, _ = await opens_settings(stage)

    asked = await phone.taps("Hour of the reminder")
    assert asked.text.startswith("Reminders come the day before: 18:00\n")
    assert asked.buttons == ("08:00", "10:00", "12:00", "14:00", "16:00", "20:00", "Back")
    assert "Reminders, the day before: 08:00" in await phone.taps("08:00")

    due = "SELECT due_at FROM alerts WHERE kind = 'reminder'"
    assert stage.rows(due) == [("2026-11-24 07:00:00.000000",)]


async def test_discreet_wording_is_told_turned_on_and_kept_to(stage: Stage) -> None:
    phone, _ = await opens_settings(stage)

    asked = await phone.taps("Discreet wording")
    assert asked.text == (
        "Discreet wording: off\n\nWith it, our messages tell the time alone: neither doctor, nor clinic, nor place."
    )
    assert asked.buttons == ("Turn discreet wording on", "Back")
    assert "Discreet wording: on" in await phone.taps("Turn discreet wording on")

    await stage.books(MARIA, KRUK, november(25, 9))
    letter = await phone.reads("Confirmed: you have an appointment.")
    assert letter.text == "Confirmed: you have an appointment.\nWednesday 25 November, 09:00"
    await phone.says("/settings")
    await phone.sees("Discreet wording: on")
    assert "Discreet wording: off" in await phone.taps("Discreet wording", "Turn discreet wording off")


async def test_a_double_tap_chooses_once(stage: Stage) -> None:
    phone, _ = await opens_settings(stage)
    for path in (
        ("Discreet wording", "Turn discreet wording on"),
        ("Hour of the reminder", "10:00"),
        ("Reminders by SMS", "Never"),
    ):
        asked = await phone.taps(path[0])
        twice = asked.data[asked.buttons.index(path[1])]
        chosen = await phone.taps(path[1])
        await phone.presses_data(asked.message_id, twice)
        await stage.is_quiet()
        assert (await phone.screen()).text == chosen.text


async def test_forged_wishes_are_refused(stage: Stage) -> None:
    phone, settings = await opens_settings(stage)
    for path, data, told in (
        ("Reminders by SMS", "by_sms:always_and_ever", said(NotFound())),
        ("Reminders by SMS", "by_sms:", said(NotFound())),
        ("Hour of the reminder", "hour:x", said(NotFound())),
        ("Hour of the reminder", "hour:3", said(HourNotOffered())),
        ("Hour of the reminder", "hour:9999999999", said(HourNotOffered())),
    ):
        await phone.says("/settings")
        await phone.sees("Settings")
        await phone.taps(path)
        assert (data, await forges(phone, data)) == (data, told)
    await phone.says("/settings")
    assert (await phone.sees("Settings")).text == settings.text
    await stage.is_quiet()
    assert stage.rows("SELECT max(tries) FROM inbox") == [(0,)]


async def test_a_session_that_ends_on_the_way_leads_back_to_the_wish(stage: Stage) -> None:
    phone, _ = await opens_settings(stage)
    await phone.taps("Reminders by SMS")
    await stage.move_clock(minutes=31)

    await phone.presses("Never")
    await phone.sees("For your safety this session has ended.")
    await phone.says(MARIA.login)
    await phone.sees("Please type your password.")
    await phone.says(MARIA.password)

    await phone.sees("Reminders by SMS: only if Telegram does not reach you", "Never")


async def test_a_facility_without_sms_says_nothing_of_them(house: House) -> None:
    without = replace(PROFILE, alerts=replace(PROFILE.alerts, channels=(Channel.TELEGRAM, Channel.EMAIL)))
    async with open_house(house.database_url, house.clock, without) as other:
        shown = await what_settings_show(other.as_(MARIA))
    assert (shown["known"], shown["by_phone_too"]) == (True, False)
