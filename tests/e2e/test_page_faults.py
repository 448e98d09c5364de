"""What should go wrong, as the developer's drawer plans it: faults and flood limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.e2e.page_drawer import open_drawer, refused_call
from tests.e2e.page_hand import IN_A_BROWSER, KASIA, Town, open_page

if TYPE_CHECKING:
    from playwright.async_api import Browser

pytestmark = IN_A_BROWSER


async def asked_of(town: Town, path: str) -> Any:
    async with town.http.get(path) as answer:
        return await answer.json()


async def test_one_tap_spoils_the_next_call_once(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    hand = await open_drawer(chromium, town, "faults")
    await expect(hand.on("faults")).to_contain_text("Nothing will go wrong.")

    await hand.on("fault-preset").get_by_text("500 once").click()
    await expect(hand.on("fault")).to_contain_text("sendMessage")
    answer = await refused_call(town, "sendMessage", chat_id=KASIA, text="Good morning")

    assert answer["error_code"] == 500
    await expect(hand.on("fault")).to_have_count(0)


async def test_429_for_a_while_has_an_end(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    hand = await open_drawer(chromium, town, "faults")
    await hand.on("fault-preset").get_by_text("429 for 5 s").click()
    await expect(hand.on("fault")).to_contain_text("429, retry after 5 s")

    answers = [await refused_call(town, "sendMessage", chat_id=KASIA, text=str(number)) for number in range(2)]
    assert [answer["parameters"]["retry_after"] for answer in answers] == [5, 5]
    await town.tell("/sim/clock", advance=6)

    assert (await refused_call(town, "sendMessage", chat_id=KASIA, text="Now"))["ok"]


async def test_a_fault_is_planned_in_a_form_and_all_are_taken_back(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    hand = await open_drawer(chromium, town, "faults")
    await hand.on("fault-method").fill("*")
    await hand.on("fault-code").fill("403")
    await hand.on("fault-times").fill("4")
    await hand.on("fault-every").fill("3")
    await hand.on("fault-plan").click()
    await expect(hand.on("fault")).to_contain_text("4 times, each 3. call")
    await hand.on("fault-kind").select_option("slow")
    await expect(hand.on("fault-code")).to_be_hidden()
    await hand.on("fault-seconds").fill("0.5")
    await hand.on("fault-plan").click()
    await expect(hand.on("fault")).to_have_count(2)

    [first, second] = (await asked_of(town, "/sim/faults"))["faults"]
    assert (first["method"], first["code"], first["times"], first["every"]) == ("*", 403, 4, 3)
    assert (second["kind"], second["seconds"]) == ("slow", 0.5)

    await hand.on("faults-remove").click()
    await expect(hand.on("fault")).to_have_count(0)
    assert (await asked_of(town, "/sim/faults"))["faults"] == []


async def test_what_the_sandbox_refuses_is_told(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    hand = await open_page(chromium, town.address_of(KASIA))
    await hand.on("drawer-toggle").click()
    await hand.on("drawer-faults").click()
    await hand.page.route("**/sim/faults", lambda route: route.fulfill(status=400, json={"error": "Not today."}))

    await hand.on("fault-plan").click()

    await expect(hand.on("notice")).to_have_text("Not today.")


async def test_flood_limits_are_switched_and_count_what_they_refuse(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    hand = await open_drawer(chromium, town, "flood")
    await expect(hand.on("flood-on")).not_to_be_checked()
    await hand.on("flood-on").check()
    await hand.on("flood-burst").fill("1")
    await hand.on("flood-burst").press("Enter")
    await expect(hand.on("flood-refused")).to_have_text("0")

    answers = [await refused_call(town, "sendMessage", chat_id=KASIA, text=str(number)) for number in range(2)]

    assert [answer.get("error_code") for answer in answers] == [None, 429]
    await expect(hand.on("flood-refused")).to_have_text("1")
