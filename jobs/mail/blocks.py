"""What a letter is made of, whatever it will look like: both parts are drawn from the same blocks."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """A visit: the time stands out, the rest follows, a line each."""

    when: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Credential:
    """Something to be copied sign by sign; no accident of logging shows it."""

    label: str
    value: str = field(repr=False)


Block = Paragraph | Heading | Card | Credential


@dataclass(frozen=True, slots=True)
class Words:
    """`subject` shows on locked screens: an account or a time, and no more. `footer`: who writes, and where we are."""

    subject: str
    headline: str
    blocks: tuple[Block, ...]
    footer: tuple[str, ...]
