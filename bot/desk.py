"""What all parts of the desk have in common, for as long as the process serves."""

from dataclasses import dataclass

from bot.metrics import Metrics
from bot.pulse import Pulse
from bot.shared.open_pace import Shared
from core.clinic import Clinic
from core.seal import Seal
from locales.translator import Translators


@dataclass(frozen=True, slots=True)
class Desk:
    clinic: Clinic
    translators: Translators
    seal: Seal
    metrics: Metrics
    pulse: Pulse
    shared: Shared

    def share_with(self, replicas: int) -> None:
        """So many processes serve the clinic now."""
        self.metrics.replicas(replicas)
        self.shared.pace.share(replicas)
