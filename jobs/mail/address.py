"""Addresses that may stand in a header and in an SMTP command."""

import re
from email.headerregistry import Address
from email.utils import parseaddr
from typing import Final

# Narrower than the standard: no quotes, no comments, nothing that could end a line or a command.
_BARE: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")


def read_address(written: str) -> Address | None:
    """The address in `Name <name@host>` or `name@host`; None where it is none that could be used."""
    if not written.isprintable():
        return None
    name, bare = parseaddr(written)
    if _BARE.fullmatch(bare) is None or (written != bare and not written.endswith(f"<{bare}>")):
        return None
    try:
        return Address(name, addr_spec=bare)
    except ValueError:
        return None
