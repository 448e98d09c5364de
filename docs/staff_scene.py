"""The staff's group in the sandbox: an operator and a doctor of the demo clinic settle a visit."""

from dataclasses import dataclass
from typing import Any, Final

import aiohttp
from playwright.async_api import Browser, ViewportSize, expect

from docs.windows import DESK, NO_OFFSET, PHONE, TABLET, open_window, shot, side_by_side

GROUP: Final = -1001900000001
BEATA: Final = 1901
EWA: Final = 1902
BLUE: Final = 0x6FB9F0
YELLOW: Final = 0xFFD67E
GREEN: Final = 0x8EEE98
HALF_A_DESK: Final[ViewportSize] = {"width": 520, "height": 800}
PINNED: Final = "Umówione: środa 9 grudnia, 14:20, gabinet 203."
LAST: Final = "Jasne, zapisane. Miłego dnia!"


@dataclass(frozen=True)
class Staff:
    """What both do in their group, by the sandbox's own calls."""

    http: aiohttp.ClientSession

    async def opens(self, name: str, color: int) -> int:
        path = f"/sim/groups/{GROUP}/topics"
        return int((await self._does(path, person=BEATA, name=name, icon_color=color))["thread"])

    async def says(self, person: int, thread: int, text: str, **more: Any) -> int:
        said = await self._does("/sim/say", person=person, chat=GROUP, thread=thread, text=text, **more)
        return int(said["message_id"])

    async def pins(self, message: int) -> None:
        await self._does("/sim/pin", person=BEATA, chat=GROUP, message_id=message, pinned=True)

    async def reacts(self, person: int, message: int, emoji: str) -> None:
        await self._does("/sim/react", person=person, chat=GROUP, message_id=message, emoji=emoji)

    async def _does(self, path: str, **values: Any) -> Any:
        async with self.http.post(path, json=values) as answer:
            return await answer.json()


async def converse(staff: Staff) -> int:
    """The topic in which they talked; others have news too."""
    papers = await staff.opens("Zaświadczenia", GREEN)
    await staff.says(BEATA, papers, "Druki do szkoły leżą w szufladzie przy okienku 2.")
    stand_ins = await staff.opens("Zastępstwa", YELLOW)
    await staff.says(EWA, stand_ins, "W czwartek przyjmuje za mnie doktor Wilk.")
    await staff.says(EWA, stand_ins, "Gabinet ten sam, 203.")
    heart = await staff.opens("Kardiologia", BLUE)
    asked = await staff.says(BEATA, heart, "Pani Maria pyta o wynik echa serca. Czy można już umówić kontrolę?")
    agreed = await staff.says(EWA, heart, "Tak, wynik jest dobry. Proszę o środę po 14:00.", reply_to=asked)
    settled = await staff.says(BEATA, heart, PINNED, reply_to=agreed)
    await staff.pins(settled)
    await staff.reacts(EWA, settled, "👍")
    await staff.says(EWA, heart, "Dziękuję! W piątek kończę o 12:00.")
    await staff.says(EWA, heart, "Proszę nikogo nie umawiać później 🙏")
    await staff.says(BEATA, heart, LAST)
    return heart


async def play_staff(browser: Browser, url: str) -> dict[str, bytes]:
    """The same conversation from both seats; the pictures by name."""
    async with aiohttp.ClientSession(url, raise_for_status=True) as http:
        thread = await converse(Staff(http))

    async def taken(person: int, size: ViewportSize, dark: bool = False) -> bytes:
        page = await open_window(browser, f"{url}/#person={person}&chat={GROUP}&thread={thread}", size, dark)
        await page.add_style_tag(content=NO_OFFSET)
        await expect(page.get_by_test_id("text").get_by_text(LAST)).to_be_visible()
        await expect(page.locator("[aria-busy=true]")).to_have_count(0)
        picture = await shot(page)
        await page.close()
        return picture

    windows = [await taken(person, HALF_A_DESK) for person in (BEATA, EWA)]
    return {
        "sandbox-desktop": await taken(BEATA, DESK),
        "sandbox-tablet": await taken(EWA, TABLET, dark=True),
        "sandbox-phone": await taken(EWA, PHONE, dark=True),
        "sandbox-two-windows": await side_by_side(browser, windows),
    }
