"""What SMTP_URL may say, and what is answered to whoever wrote it badly."""

import pytest

from jobs.mail.account import Tls, UnusableSmtpUrl, read_smtp_url

SENDER = "from=Diamed%20<no-reply@diamed.example>"
SECRET = "hunter2"


def test_a_full_url_is_read() -> None:
    account = read_smtp_url(
        f"smtp://desk%40diamed:{SECRET}%2F%40@mail.diamed.example:2587?{SENDER}&reply-to=desk@diamed.example"
    )
    assert (account.host, account.port, account.tls) == ("mail.diamed.example", 2587, Tls.STARTTLS)
    assert (account.user, account.password) == ("desk@diamed", f"{SECRET}/@")
    assert str(account.sender) == "Diamed <no-reply@diamed.example>"
    assert str(account.reply_to) == "desk@diamed.example"


@pytest.mark.parametrize(
    ("url", "port", "tls"),
    [
        ("smtp://mail.example", 587, Tls.STARTTLS),
        ("smtps://mail.example", 465, Tls.FROM_THE_START),
        ("smtp://mail.example:25?tls=none", 25, Tls.NONE),
        ("smtp://127.0.0.1:25", 25, Tls.NONE),
        ("smtp://127.0.0.1:25?tls=starttls", 25, Tls.STARTTLS),
        ("smtps://localhost", 465, Tls.FROM_THE_START),
    ],
)
def test_the_line_is_guarded_unless_it_never_leaves_the_machine(url: str, port: int, tls: Tls) -> None:
    account = read_smtp_url(f"{url}{'&' if '?' in url else '?'}{SENDER}")
    assert (account.port, account.tls) == (port, tls)


def test_a_relay_beside_us_needs_no_more_than_its_place() -> None:
    assert read_smtp_url("smtp://127.0.0.1:8025").sender.addr_spec == "no-reply@localhost"


def test_a_name_in_any_alphabet_may_stand_before_the_address() -> None:
    account = read_smtp_url("smtp://mail.example?from=%22Przychodnia%2C%20Zie%C5%82ona%22%20<a@b.example>")
    assert account.sender.display_name == "Przychodnia, Zielona".replace("Ziel", "Zieł")
    assert account.sender.addr_spec == "a@b.example"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example",
        f"http://desk:{SECRET}@mail.example?{SENDER}",
        f"smtp://desk:{SECRET}@?{SENDER}",
        f"smtp://desk:{SECRET}@mail.example:many?{SENDER}",
        f"smtp://desk:{SECRET}/@mail.example?{SENDER}",
        f"smtp://desk:{SECRET}@mail..example?{SENDER}",
        f"smtp://desk:{SECRET}@mail.example",
        f"smtp://desk:{SECRET}@mail.example?from=Diamed",
        f"smtp://desk:{SECRET}@mail.example?from=a@b.example%0D%0ABcc:c@d.example",
        f"smtp://desk:{SECRET}@mail.example?from=a@b.example,c@d.example",
        f"smtp://desk:{SECRET}@mail.example?{SENDER}&tls=perhaps",
        f"smtp://desk:{SECRET}@mail.example?{SENDER}&tls=none",
        f"smtps://desk:{SECRET}@mail.example?{SENDER}&tls=none",
        f"smtp://desk:{SECRET}@mail.example?{SENDER}&colour=green",
        f"smtp://desk:{SECRET}@mail.example?{SENDER}&reply-to=nobody",
        f"smtp://desk:{SECRET}@mail.example?{SECRET}",
    ],
)
def test_a_bad_url_is_refused_in_a_sentence_that_gives_nothing_away(url: str) -> None:
    with pytest.raises(UnusableSmtpUrl) as refused:
        read_smtp_url(url)
    assert str(refused.value).startswith("SMTP_URL: ")
    assert SECRET not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_the_password_shows_in_no_picture_of_the_account() -> None:
    assert SECRET not in repr(read_smtp_url(f"smtp://desk:{SECRET}@mail.example?{SENDER}"))
