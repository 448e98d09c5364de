from enum import StrEnum


class Sex(StrEnum):
    """As the identifier says it."""

    FEMALE = "female"
    MALE = "male"
