"""How fast messages may leave: a port, shared by the client that answers and the one that carries alerts."""

from typing import Final, Protocol

# So many alerts leave together, and are judged and settled together: ten cost less than ten times one, on a machine
# that slept in between.
HANDFUL: Final = 10


class NotSoon(Exception):
    """Everybody waits for longer than an alert should stay in a carrier's hands: it surely did not leave."""


class Pace(Protocol):
    async def before_answer(self, counts: bool = True) -> None:
        """Answers to people wait for nothing but a running `retry_after`; `counts` is whether it is a message."""
        ...

    async def before_alert(self, chat_id: int) -> None:
        """Alerts leave a few at a time, in what the answers of the last second left over. Raises NotSoon."""
        ...

    def pause(self, seconds: float) -> None:
        """The messenger asked everyone to wait."""
        ...
