"""The two roots of everything the clinic says no with. They carry facts and no words.

Refusal
├── NotFound                 there is no such thing, or it is somebody else's
├── facility.refusals        DeskClosed
├── identity.refusals        LogInNeeded, NewPasswordNeeded, WrongCredentials, TooManyAttempts, TooManyLetters,
│                            NotAnIdentifier, WrongIdentifier, IdentifierTaken, NotAName, EmailNotUsable, EmailTaken,
│                            NotAPhone, PhoneFromElsewhere, PhoneNotMobile, PasswordTooShort, PasswordPersonal,
│                            PasswordSentBefore, HourNotOffered
└── visits.refusals          SlotTaken, SlotPast, PatientBusy, VisitNotLive, NoVisitThatDay, TooLateToChange,
                             ReasonTooLong
"""


class Refusal(Exception):
    """A rule of the clinic says no; nothing has changed, and the person is told why."""


class NotFound(Refusal):
    """There is no such thing, or it is somebody else's: both read the same."""


class DatabaseLost(Exception):
    """The database does not answer, or is full or locked: nothing has changed, and the same may succeed later.

    Neither a refusal nor a mistake of ours; its text names a kind and no values.
    """
