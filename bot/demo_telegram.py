"""The people of the demo clinic in a sandbox: patients and staff, and the group in which the staff meets the bot."""

from dataclasses import asdict
from pathlib import Path

import aiohttp

from core.demo.read_demo import demo_groups, demo_people


async def people_of_the_demo(url: str, file: Path, bot: int) -> None:
    """Put everybody of this demo file into the sandbox at that address; the bot is an administrator of the groups."""
    people = [asdict(person) for person in demo_people(file)]
    async with aiohttp.ClientSession(url, raise_for_status=True) as http:
        await http.post("/sim/people", json={"people": people})
        for group in demo_groups(file):
            creator, *others = group.people
            await http.post(
                "/sim/groups",
                json={
                    "id": group.chat_id,
                    "title": group.title,
                    "forum": group.forum,
                    "creator": creator,
                    "members": others,
                    "bots": [{"id": bot, "status": "administrator"}],
                },
            )
