"""The couriers a facility needs, one a channel of its profile."""

from dataclasses import dataclass

from core.clock import Clock
from core.facility.profile import Channel, FacilityProfile
from core.seal import Seal
from jobs.courier import Courier
from jobs.mail.courier import MailCourier
from jobs.sms.choose import open_gateway
from jobs.sms.courier import SmsCourier
from jobs.sms.gateway import SmsGateway
from jobs.sms.receipt_addresses import ReceiptAddresses
from jobs.telegram.courier import TelegramCourier


class ChannelWithoutAddress(ValueError):
    """A channel that the profile wants and nobody can serve: a sentence for whoever runs the clinic."""

    def __init__(self, setting: str, channel: Channel) -> None:
        super().__init__(
            f"{setting}: needed, since the profile's alerts.channels name {channel}. "
            f"Set it, or take {channel} out of the profile."
        )


@dataclass(frozen=True, slots=True)
class Couriers:
    """`gateway` is the line to the mobile networks, which has to be kept open, where there is one."""

    by_channel: dict[Channel, Courier]
    gateway: SmsGateway | None


def build_couriers(
    facility: FacilityProfile,
    clock: Clock,
    seal: Seal,
    telegram: TelegramCourier,
    smtp_url: str | None,
    sms_url: str | None,
    receipts: ReceiptAddresses | None,
) -> Couriers:
    """Nothing is connected yet. Raises ValueError, with a sentence, for a setting that is missing or unusable."""
    by_channel: dict[Channel, Courier] = {Channel.TELEGRAM: telegram}
    gateway = None
    if Channel.EMAIL in facility.alerts.channels:
        if smtp_url is None:
            raise ChannelWithoutAddress("SMTP_URL", Channel.EMAIL)
        by_channel[Channel.EMAIL] = MailCourier(smtp_url, facility, seal)
    if Channel.SMS in facility.alerts.channels:
        if sms_url is None:
            raise ChannelWithoutAddress("SMS_URL", Channel.SMS)
        gateway = open_gateway(sms_url, clock, receipts)
        by_channel[Channel.SMS] = SmsCourier(gateway, facility)
    return Couriers(by_channel, gateway)
