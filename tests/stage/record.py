"""The record of a scenario, as Telegram and the bot's database keep it, for the ledger."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

import aiohttp

from tests.stage.ledger import Effect, Letters, Record, Said, faults_in
from tests.stage.patient import PATIENCE_SECONDS, SCREEN_MARK
from tests.stage.stage import TOKEN, Stage

BOT: Final = int(TOKEN.partition(":")[0])
SENDING: Final = ("send", "copy", "forward")
DUE: Final = """
SELECT dedupe_key, CASE WHEN state = 'waiting' AND leased_until > due_at THEN leased_until ELSE due_at END
FROM alerts WHERE ended_at IS NULL"""
ALERTED: Final = """
SELECT channels.chat_id, count(*) FROM alerts JOIN channels ON channels.account_id = alerts.account_id
WHERE alerts.channel = 'telegram' AND alerts.state = 'sent' AND alerts.carried_with IS NULL GROUP BY channels.chat_id
"""
LETTERS: Final = """
SELECT accounts.email, count(*) FROM alerts JOIN accounts ON accounts.id = alerts.account_id
WHERE alerts.channel = 'email' AND alerts.state = 'sent' GROUP BY accounts.email
"""


async def balance(stage: Stage, *, kills: int = 0) -> None:
    """Fails, entry by entry, unless the ledger of the scenario balances; waits until all is done and told."""
    await stage.is_quiet()
    async with aiohttp.ClientSession() as http:
        await _all_is_told(stage, http)
        faults = faults_in(await record_of(stage, http), kills)
    assert not faults, "\n".join(faults)


async def record_of(stage: Stage, http: aiohttp.ClientSession) -> Record:
    updates = (await _ask(stage, http, "updates", bot=BOT))["updates"]
    calls = [call for call in await stage.calls("") if call["status"] == 200 and call["bot"] == BOT]
    return Record(
        told={f"{BOT}:{update['update_id']}": update["chat"] for update in updates},
        inbox=dict(stage.rows("SELECT key, state FROM inbox")),
        effects=[
            Effect(key, result or "") for key, result in stage.rows("SELECT key, CAST(result AS TEXT) FROM effects")
        ],
        visits=frozenset(str(visit) for (visit,) in stage.rows("SELECT id FROM visits")),
        still_owed=await _still_owed(stage, http),
        alerted=dict(stage.rows(ALERTED)),
        said=list(_said(calls)),
        letters={address: await _letters(stage, http, address, owed) for address, owed in stage.rows(LETTERS)},
        linked=frozenset(chat for (chat,) in stage.rows("SELECT chat_id FROM channels")),
        sent_to=frozenset(call["params"]["chat_id"] for call in calls if call["method"].startswith(SENDING)),
    )


async def _all_is_told(stage: Stage, http: aiohttp.ClientSession) -> None:
    """What is due goes out by itself; what does not in good time is a fault that the ledger names."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + PATIENCE_SECONDS
    while await _still_owed(stage, http) and loop.time() < deadline:  # noqa: ASYNC110 - another process
        await asyncio.sleep(0.05)


async def _still_owed(stage: Stage, http: aiohttp.ClientSession) -> list[str]:
    now = datetime.fromisoformat((await _ask(stage, http, "clock"))["now"])
    return [key for key, due in stage.rows(DUE) if datetime.fromisoformat(due).replace(tzinfo=UTC) <= now]


async def _letters(stage: Stage, http: aiohttp.ClientSession, address: str, owed: int) -> Letters:
    mails = (await _ask(stage, http, "mail", address=address))["mails"]
    return Letters(owed, len(mails), sum(mail["copies"] for mail in mails))


def _said(calls: list[dict[str, Any]]) -> Iterator[Said]:
    for call in calls:
        if call["method"] == "sendMessage":
            params = call["params"]
            buttons = [button for row in _rows(params.get("reply_markup")) for button in row]
            marked = any(SCREEN_MARK in button.get("callback_data", "") for button in buttons)
            shown = tuple(_lasting(button) for button in buttons)
            yield Said(params["chat_id"], params["text"], shown, bool(buttons) and not marked)


def _rows(markup: Any) -> list[list[dict[str, Any]]]:
    rows: list[list[dict[str, Any]]] = markup.get("inline_keyboard", []) if isinstance(markup, dict) else []
    return rows


def _lasting(button: dict[str, Any]) -> str:
    """A button without the dialog's number, which is drawn anew in each run."""
    return f"{button['text']} {button.get('callback_data', '').rpartition(SCREEN_MARK)[2]}"


async def _ask(stage: Stage, http: aiohttp.ClientSession, call: str, **query: Any) -> Any:
    params = {name: str(value) for name, value in query.items()}
    async with http.get(f"{stage.telegram.url}/sim/{call}", params=params) as response:
        answer = await response.json()
        assert response.status == 200, answer
        return answer
