"""A pace that holds nobody up."""

from dataclasses import dataclass, field


@dataclass
class OpenPace:
    """Lets everything go at once, and writes down who asked and for how long to wait."""

    alerts: list[int] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)

    async def before_answer(self, counts: bool = True) -> None:
        """Nothing to wait for."""

    async def before_alert(self, chat_id: int) -> None:
        self.alerts.append(chat_id)

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
