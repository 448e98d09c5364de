"""The language: Telegram's first, then the person's own choice, which nothing forgets."""

from tests.dialogs.steps import november, when
from tests.stage.small_clinic import EYES, MARIA, NOWAK, PAOLO
from tests.stage.stage import Stage
from tests.stage.voice import speech_in

ITALIAN = speech_in("it")
POLISH = speech_in("pl")


async def test_the_first_guess_is_telegrams(stage: Stage) -> None:
    guesses = [("pl-PL", "pl"), ("ru", "ru"), ("it-CH", "it"), ("de", "en"), (None, "en"), ("en-US", "en")]
    for number, (code, language) in enumerate(guesses, start=2001):
        await stage.post("people", {"people": [{"id": number, "first_name": "Ada", "language_code": code}]})
        phone, say = stage.phone(number), speech_in(language).say

        await phone.says("/start")

        await phone.sees(say("Hello! How can we help you?"), say("Log in"))


async def test_the_language_changes_in_the_middle_of_a_booking_and_everything_stays(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    await phone.taps("Book a visit", EYES.name, "Choose a doctor", f"Mon 23/11, {NOWAK.name}", "25")

    await phone.says("/language")
    await phone.sees("Please choose a language.", "English", "Italiano", "Русский", "Polski")
    told = await phone.presses("Italiano")

    assert told == ITALIAN.say("Done. From now on we will write in English.")
    times = await phone.sees(ITALIAN.say("Another day"), "10:30")
    assert ITALIAN.say("Doctor: {doctor_name}", doctor_name=NOWAK.name) in times
    await phone.taps("10:30", ITALIAN.say("Confirm the booking"))
    assert when(november(25, 10, 30), ITALIAN) in await phone.sees(ITALIAN.say("Open the visit"))


async def test_the_language_changes_in_the_middle_of_log_in(stage: Stage) -> None:
    phone = stage.phone(MARIA)
    await phone.says("/visits")
    await phone.sees("Please type your login.")
    await phone.says(MARIA.login)
    await phone.sees("Please type your password.")

    await phone.says("/language")
    await phone.sees("Polski")
    await phone.presses("Polski")

    await phone.sees(POLISH.say("Another login"), "maria")
    await phone.says(MARIA.password)
    await phone.sees(POLISH.say("No visits planned."))


async def test_the_choice_outlives_start_log_out_and_another_guess_of_telegrams(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    await phone.taps("Settings", "Language", "Polski")

    await phone.says("/start")
    await phone.sees(POLISH.say("Book a visit"))
    await phone.says("/logout")
    await phone.sees(POLISH.say("Log in"))
    await stage.post("people", {"people": [{"id": MARIA.chat, "first_name": "Maria", "language_code": "ru"}]})
    await phone.says("/help")

    await phone.sees(POLISH.say("Back"))


async def test_a_stranger_chooses_too(stage: Stage) -> None:
    phone = stage.phone(PAOLO)
    await phone.says("/language")
    await phone.sees(ITALIAN.say("Please choose a language."))

    await phone.presses("English")

    await phone.sees("Hello! How can we help you?", "Log in")


async def test_choosing_the_same_language_or_leaving_changes_nothing(stage: Stage) -> None:
    phone = await stage.logged_in(MARIA)
    await phone.taps("Settings", "Language")

    await phone.presses("English")

    assert "Account: Maria" in await phone.sees("Settings")
    assert "Account: Maria" in await phone.taps("Language", "Back")
