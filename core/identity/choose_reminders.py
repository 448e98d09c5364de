from core.alerts.owed import wished_reminders
from core.identity.account import SmsWish
from core.identity.refusals import HourNotOffered
from core.transaction import Transaction


def choose_reminders(tx: Transaction, by_sms: str | None = None, hour: int | None = None) -> None:
    """When SMS come, and at which hour of the day before (DIAMED-3); None leaves a wish as it is.

    What is owed already follows. Refuses with HourNotOffered, and with LogInNeeded.
    """
    account = tx.accounts.own()
    if hour is not None:
        if hour not in tx.facility.alerts.reminder_hours:
            raise HourNotOffered
        account.reminder_hour = hour
    if by_sms is not None:
        account.sms_reminders = SmsWish(by_sms)
    wanted = [
        alert
        for visit in tx.visits.ahead(tx.now)
        for alert in wished_reminders(visit, account, tx.facility, tx.now, tx.new_id)
    ]
    tx.alerts.replan(account.id, wanted, tx.now)
