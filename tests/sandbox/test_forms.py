"""Forms with files, byte by byte, as clients of all kinds write them."""

from io import BytesIO
from typing import Any

import pytest

from tests.sandbox.conftest import TOKEN
from tests.sandbox.hand import ANNA, Hand
from tests.sandbox.peers import Peer

FILE = 'form-data; name="document"; filename="a.txt"'


def part(disposition: str, content: str, *headers: str) -> str:
    head = "\r\n".join([f"Content-Disposition: {disposition}", *headers])
    return f"--b\r\n{head}\r\n\r\n{content}\r\n"


def form(*parts: str) -> bytes:
    return ("".join(parts) + "--b--\r\n").encode()


CHAT = part('form-data; name="chat_id"', str(ANNA))


async def send(bot: Hand, body: bytes, content_type: str = "multipart/form-data; boundary=b") -> Any:
    headers = {"Content-Type": content_type}
    async with bot.session.post(f"{bot.url}/bot{TOKEN}/sendDocument", data=BytesIO(body), headers=headers) as response:
        answer = await response.json()
        assert answer.get("error_code", 200) == response.status
        return answer


async def sent(bot: Hand, body: bytes, content_type: str = "multipart/form-data; boundary=b") -> tuple[str, str, bytes]:
    """The name and the kind of the document that arrived, and its bytes."""
    document = (await send(bot, body, content_type))["result"]["document"]
    path = (await bot.result("getFile", file_id=document["file_id"]))["file_path"]
    async with bot.session.get(f"{bot.url}/file/bot{TOKEN}/{path}") as response:
        return document["file_name"], document["mime_type"], await response.read()


@pytest.mark.parametrize(
    "disposition",
    [
        FILE,
        "form-data; name=document; filename=a.txt",
        'form-data;filename="a.txt";name="document"',
        'form-data; NAME = "document" ; filename="a.txt"',
        'form-data; name="docum%65nt"; filename="%61.txt"',
        'form-data; name="document";\r\n filename="a.txt"',
        'form-data; name="document"; filename="a.txt"; filename*=utf-8\'\'b.txt',
    ],
)
async def test_a_part_may_be_named_in_many_ways(bot: Hand, disposition: str) -> None:
    body = form(CHAT, part(disposition, "bytes", "Content-Type: text/plain"))
    assert await sent(bot, body) == ("a.txt", "text/plain", b"bytes")


@pytest.mark.parametrize(
    "content_type",
    [
        'multipart/form-data; boundary="b"',
        "multipart/form-data; charset=utf-8; boundary=b",
        "multipart/form-data;BOUNDARY=b; x=y",
    ],
)
async def test_a_boundary_may_be_written_in_many_ways(bot: Hand, content_type: str) -> None:
    assert (await sent(bot, form(CHAT, part(FILE, "bytes")), content_type))[2] == b"bytes"


@pytest.mark.parametrize("content", ["--b", "\r\n", "\r\n\r\n", "\n--b--", "x\r\n--B--\r\n", "\r\n-b", "--b--"])
async def test_bytes_that_look_like_a_boundary_stay(bot: Hand, content: str) -> None:
    assert (await sent(bot, form(CHAT, part(FILE, content))))[2] == content.encode()


async def test_what_stands_before_and_after_is_nobodys(bot: Hand) -> None:
    body = b"Hello\r\n" + form(CHAT, part(FILE, "bytes")) + form(part('form-data; name="caption"', "late"))
    assert (await sent(bot, body))[2] == b"bytes"


async def test_of_several_parts_of_a_name_the_first_counts(bot: Hand) -> None:
    other = part('form-data; name="document"; filename="b.txt"', "other")
    assert (await sent(bot, form(CHAT, part(FILE, "bytes"), other)))[2] == b"bytes"


async def test_a_part_that_never_ends_is_none(bot: Hand) -> None:
    body = form(CHAT) + part(FILE, "bytes").encode()
    assert (await send(bot, body))["description"] == "Bad Request: there is no document in the request"
    assert (await send(bot, (CHAT + part(FILE, "bytes")).encode()[:-9]))["ok"] is False


@pytest.mark.parametrize(
    ("content_type", "told"),
    [
        ("multipart/form-data", "boundary not found"),
        ("multipart/form-data; boundary", "boundary value not found"),
        ("multipart/form-data; boundary=", "boundary too big or empty"),
        (f"multipart/form-data; boundary={'b' * 71}", "boundary too big or empty"),
    ],
)
async def test_a_form_without_a_boundary(bot: Hand, content_type: str, told: str) -> None:
    assert (await send(bot, form(CHAT), content_type))["description"] == f"Bad Request: {told}"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"--b\r\n\r\nx\r\n--b--", "headers in multipart/form-data are empty"),
        (form(part("attachment", "x")), "expected form-data content disposition"),
        (form(part("form-data; filename=a", "x")), "field name in multipart/form-data not found"),
        (form(part('form-data; name=""', "x")), "field name in multipart/form-data not found"),
        (form(part("form-data; name=a", "x", "nonsense")), "can't parse form data headers"),
        (form(part("form-data; name=a", "x", "X: " + "y" * 9000)), "can't parse form data headers"),
    ],
)
async def test_parts_that_cannot_be_read(bot: Hand, body: bytes, told: str) -> None:
    assert (await send(bot, body))["description"] == f"Bad Request: {told}"


async def test_a_text_of_a_form_has_a_megabyte(bot: Hand) -> None:
    body = form(part('form-data; name="caption"', "x" * (2**20 + 1)))
    told = "Request Entity Too Large: too many parameters in form data"
    assert (await send(bot, body))["description"] == told


@pytest.mark.parametrize("body", [b"", b"--", b"--b", b"--b--", b"--b\r\n", b"--b\r\nx", b"\r\n" * 50, b"--b\r\n\r\n"])
async def test_next_to_nothing_is_a_form_without_parts(bot: Hand, body: bytes) -> None:
    assert (await send(bot, body))["error_code"] == 400


@pytest.mark.parametrize("name", ["отчёт 1.pdf", 'a "b" 100%;.pdf', "a\\b.pdf"])
async def test_the_name_of_a_file_arrives(peer: Peer, hand: Hand, name: str) -> None:
    await hand.start()
    message = await peer.call("send_document", chat_id=ANNA, document=peer.file(b"%PDF-1.7", name))
    assert message.document.file_name == name.rpartition("\\")[2]
