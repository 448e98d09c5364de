"""What stands inside a message beside words: pictures, albums, films, sounds, places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.e2e.page_hand import IN_A_BROWSER, KASIA, Town, open_page
from tests.e2e.page_media import NO_FILM, recording, send_album, upload
from tests.e2e.test_page_files import tall_picture

if TYPE_CHECKING:
    from playwright.async_api import Browser, FilePayload

pytestmark = IN_A_BROWSER

WALK: Final[FilePayload] = {"name": "walk.mp4", "mimeType": "video/mp4", "buffer": NO_FILM}
SONG: Final[FilePayload] = {"name": "song.mp3", "mimeType": "audio/mpeg", "buffer": NO_FILM}


async def test_a_photo_has_its_room_before_it_comes(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    await upload(town, "sendPhoto", {"photo": tall_picture()}, caption="Your scan")
    hand = await open_page(chromium, town.address_of(KASIA))

    picture = hand.newest.get_by_role("img", name="Photo")
    await expect(picture).to_have_attribute("width", "300")
    await expect(picture).to_have_attribute("height", "900")
    await expect(picture).to_have_attribute("loading", "lazy")
    await expect(hand.newest.get_by_test_id("text")).to_have_text("Your scan")
    assert hand.complaints == []


@pytest.mark.parametrize("count", [2, 3, 10])
async def test_an_album_is_one_message_with_one_caption(town: Town, chromium: Browser, count: int) -> None:
    from playwright.async_api import expect

    hand = await open_page(chromium, town.address_of(KASIA))
    await expect(hand.on("text")).to_have_count(1)

    await send_album(town, count, "Before and after")

    await expect(hand.newest.get_by_test_id("album").get_by_test_id("photo")).to_have_count(count)
    await expect(hand.newest.get_by_test_id("text")).to_have_text("Before and after")
    await expect(hand.page.locator(".message")).to_have_count(2)
    assert hand.complaints == []


async def test_an_album_of_documents_keeps_each_caption(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    files = {"first": b"%PDF-1", "second": b"%PDF-2"}
    media = [{"type": "document", "media": f"attach://{name}", "caption": f"The {name} page"} for name in files]
    await upload(town, "sendMediaGroup", files, media=media)
    hand = await open_page(chromium, town.address_of(KASIA))

    album = hand.newest.get_by_test_id("album")
    await expect(album.get_by_test_id("document")).to_have_count(2)
    await expect(album).to_contain_text("The first page")
    await expect(album).to_contain_text("The second page")


async def test_a_caption_may_stand_above_its_picture(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    await upload(town, "sendPhoto", {"photo": tall_picture()}, caption="Look:", show_caption_above_media=True)
    hand = await open_page(chromium, town.address_of(KASIA))
    await expect(hand.newest.get_by_test_id("text")).to_have_text("Look:")

    words = await hand.newest.get_by_test_id("text").bounding_box()
    picture = await hand.newest.get_by_test_id("photo").bounding_box()

    assert words is not None
    assert picture is not None
    assert words["y"] + words["height"] <= picture["y"]


async def test_a_hidden_photo_shows_when_pressed_and_stays_shown(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    sent = await upload(town, "sendPhoto", {"photo": tall_picture()}, has_spoiler=True)
    hand = await open_page(chromium, town.address_of(KASIA))
    await expect(hand.newest.get_by_test_id("photo")).to_have_js_property("inert", True)

    await hand.newest.get_by_role("button", name="Hidden photo: press to show").click()
    await expect(hand.newest.get_by_test_id("photo")).to_have_js_property("inert", False)
    await town.call("editMessageCaption", chat_id=KASIA, message_id=sent["message_id"], caption="An X-ray")

    await expect(hand.newest.get_by_test_id("text")).to_have_text("An X-ray")
    await expect(hand.on("cover")).to_have_count(0)


async def test_a_film_shows_how_long_it_is_and_a_broken_one_says_so(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    await upload(town, "sendVideo", {"video": NO_FILM}, duration="75", width="640", height="360")
    hand = await open_page(chromium, town.address_of(KASIA))
    await expect(hand.newest.get_by_test_id("video")).to_contain_text("1:15")

    await hand.newest.get_by_role("button", name="Play the video, 1:15").click()

    await expect(hand.on("notice")).to_have_text("This browser cannot play that video.")
    await expect(hand.newest.get_by_test_id("play-video")).to_be_visible()


async def test_one_recording_plays_at_a_time(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    await upload(town, "sendVoice", {"voice": recording(20)}, duration="20")
    await upload(town, "sendAudio", {"audio": recording(20)}, duration="20", title="Waiting music", performer="Diamed")
    hand = await open_page(chromium, town.address_of(KASIA))
    voice, song = hand.on("play-sound").first, hand.on("play-sound").last
    await expect(hand.on("audio")).to_contain_text("Waiting music")
    await expect(hand.on("voice")).to_contain_text("0:20")

    await voice.click()
    await expect(voice).to_have_attribute("aria-pressed", "true")
    await song.click()

    await expect(song).to_have_attribute("aria-pressed", "true")
    await expect(voice).to_have_attribute("aria-pressed", "false")
    await song.click()
    await expect(song).to_have_attribute("aria-pressed", "false")
    assert hand.complaints == []


async def test_a_made_up_recording_says_that_there_is_nothing_to_hear(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    await town.tell("/sim/say", person=KASIA, kind="voice")
    hand = await open_page(chromium, town.address_of(KASIA))

    await hand.on("play-sound").click()

    await expect(hand.on("notice")).to_contain_text("nothing to hear")


async def test_a_place_leads_to_a_map(town: Town, chromium: Browser) -> None:
    from playwright.async_api import expect

    await town.call("sendLocation", chat_id=KASIA, latitude=-33.8568, longitude=151.2153)
    hand = await open_page(chromium, town.address_of(KASIA))

    place = hand.newest.get_by_test_id("location")
    await expect(place).to_contain_text("33.8568° S, 151.2153° E")
    await expect(place).to_have_attribute(
        "href", "https://www.openstreetmap.org/?mlat=-33.8568&mlon=151.2153#map=16/-33.8568/151.2153"
    )


async def test_a_film_and_a_song_go_as_such_or_as_files(town: Town, chromium: Browser) -> None:
    hand = await open_page(chromium, town.address_of(KASIA))
    await hand.on("file-chooser").set_input_files([WALK])
    await hand.on("send").click()
    assert (await town.hears())["video"]["file_name"] == "walk.mp4"

    await hand.on("file-chooser").set_input_files([SONG])
    await hand.on("pending-file").get_by_role("button", name="Send as a file").click()
    await hand.on("pending-file").get_by_role("button", name="Send as music").click()
    await hand.on("send").click()

    assert (await town.hears())["audio"]["file_name"] == "song.mp3"
