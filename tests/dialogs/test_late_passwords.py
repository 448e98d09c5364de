"""A password that lay at Telegram's for longer than a message can be deleted: two days, as after a long outage."""

from tests.stage.small_clinic import MARIA
from tests.stage.stage import Stage

REFUSED = "Bad Request: message can't be deleted for everyone"


async def test_a_password_that_can_no_longer_be_deleted_still_logs_in(stage: Stage) -> None:
    phone = stage.phone(MARIA)
    await phone.says("/visits")
    await phone.sees("Please type your login.")
    await phone.says(MARIA.login)
    await phone.sees("Login: maria")
    await stage.fault("deleteMessage", "error", code=400, description=REFUSED, times=1)

    await phone.says(MARIA.password)

    await phone.sees("No visits planned.")
    await stage.is_quiet()
    assert stage.rows("SELECT max(tries) FROM inbox") == [(0,)]
