"""The page of docs/ about a demo clinic: who is who, and what each shows."""

from collections.abc import Iterable, Sequence
from typing import Final

from core.demo.demo import Demo, DemoGroup

INTRODUCTION: Final = """\
A clinic to try everything with. Nobody in it exists: the names are invented, the e-mail addresses end in domains that
are set aside for examples, and the passwords are no secret. It is loaded into an empty database only, and made relative
to the day of loading: slots up to the booking horizon, near days fuller than far ones, closed on public holidays."""

PEOPLE: Final = (
    "Telegram id",
    "Telegram name",
    "Role",
    "Telegram language",
    "Login",
    "Password",
    "What this person shows",
)
RECORDS: Final = ("Patient", "Born", "Identifier", "Phone", "E-mail")
CLINICS: Final = ("Clinic", "Address", "Doctors", "Booked", "Next days full")


def demo_page(demo: Demo) -> str:
    """The whole page in Markdown."""
    people = [
        (
            person.chat_id,
            f"{person.first_name} {person.last_name}".strip(),
            person.role,
            person.language_code,
            f"`{person.account.login}`" if person.account else "none",
            f"`{person.account.password}`" if person.account else "none",
            person.shows,
        )
        for person in demo.people
    ]
    records = [
        (f"{account.given_names} {account.surname}", account.born, account.identifier, account.phone, account.email)
        for account in demo.accounts
    ]
    clinics = [
        (
            clinic.name,
            clinic.address,
            len(clinic.doctors),
            f"about {clinic.booked_percent} %",
            f"{clinic.full_days} days" if clinic.full_days else "",
        )
        for clinic in demo.clinics
    ]
    doctors = {doctor.name for clinic in demo.clinics for doctor in clinic.doctors}
    parts = (
        f"# The demo clinic `{demo.key}`",
        INTRODUCTION,
        "## People",
        _table(PEOPLE, people),
        "As the clinic knows them:",
        _table(RECORDS, records),
        *(_group(demo, group) for group in demo.groups),
        f"Another {demo.crowd.size} patients without accounts keep the agendas busy.",
        "## Clinics",
        f"{len(demo.clinics)} clinics, {len(doctors)} doctors; a doctor may work in two of them.",
        _table(CLINICS, clinics),
    )
    return "\n\n".join(parts) + "\n"


def _group(demo: Demo, group: DemoGroup) -> str:
    names = {person.chat_id: f"{person.first_name} {person.last_name}" for person in demo.people}
    kind = "a forum" if group.forum else "a group"
    people = ", ".join(names[number] for number in group.people)
    return f"The staff meets the bot in {kind}, {group.title} (`{group.chat_id}`): {people}."


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
