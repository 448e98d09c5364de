"""What whoever runs the bot copies from us: it parses, and names nothing that is not there."""

import json
import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
import yaml  # type: ignore[import-untyped]

from bot.command_line import read_command_line
from bot.metrics import Metrics
from bot.settings import Settings
from bot.vitals import Vitals
from core.alerts.questions import alerts_backlog
from core.intake.questions import inbox_backlog
from jobs.courier import Delivery
from tests.bot.numbers import numbers_of
from tests.laws.house import ROOT
from tests.peers.programs import accepts, program
from tests.stage.house import House

PAGE: Final = ROOT / "docs" / "deployment.md"
FOLDER: Final = ROOT / "docs" / "deployment"
UNITS: Final = sorted(FOLDER.glob("reception*.*"))
SETTINGS: Final = {name.upper() for name in Settings.model_fields}
# What PostgreSQL, its image and systemd call theirs.
NOT_OURS: Final = ("PG", "POSTGRES_", "AF_")
NAME_OF_A_SETTING: Final = re.compile(r"(?<![\w.$%{-])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?!\w)")
METRIC: Final = re.compile(r"\b(?:reception|process|python)_[a-z_]+")
OUTCOME: Final = re.compile(r'outcome=~?"([^"]+)"')
FILES_OF: Final = {"backup": ["copy.db"]}
INSTALLED_PYTHON: Final = "/opt/reception/.venv/bin/python"


def texts() -> list[Path]:
    return [PAGE, *sorted(file for file in FOLDER.iterdir() if file.suffix != ".json")]


def read_yaml(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text("utf-8"))


def rules() -> list[dict[str, Any]]:
    [group] = read_yaml("alerts.yml")["groups"]
    found: list[dict[str, Any]] = group["rules"]
    return found


def panels() -> list[dict[str, Any]]:
    drawn: list[dict[str, Any]] = json.loads((FOLDER / "grafana.json").read_text("utf-8"))["panels"]
    return drawn


def queries() -> list[str]:
    """Everything that is asked of Prometheus."""
    on_panels = [target["expr"] for panel in panels() for target in panel.get("targets", [])]
    return [*(rule["expr"] for rule in rules()), *on_panels]


@pytest.fixture
async def told(house: House) -> set[str]:
    """The names of all that a process tells when it is scraped."""
    backlogs = await house.clinic.read(inbox_backlog), await house.clinic.read(alerts_backlog)
    return numbers_of(Metrics(), Vitals(0.01, *backlogs)).names()


@pytest.mark.parametrize("file", texts(), ids=lambda file: file.name)
def test_every_setting_that_is_named_exists(file: Path) -> None:
    named = {name for name in NAME_OF_A_SETTING.findall(file.read_text("utf-8")) if not name.startswith(NOT_OURS)}
    assert named - SETTINGS == set()


def test_every_file_that_is_named_is_there() -> None:
    linked = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", PAGE.read_text("utf-8"))
    assert [link for link in linked if not (PAGE.parent / link).exists()] == []


def test_no_file_lies_there_that_nobody_names() -> None:
    said = "".join(file.read_text("utf-8") for file in texts())
    assert [file.name for file in FOLDER.iterdir() if file.name not in said] == []


def test_every_command_that_is_named_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    named = {name for file in texts() for name in re.findall(r"main\.py ([a-z-]+)", file.read_text("utf-8"))}
    assert named >= {"run", "backup", "cases"}
    for command in named:
        monkeypatch.setattr(sys, "argv", ["main.py", command, *FILES_OF.get(command, ())])
        assert read_command_line().command == command


def test_every_query_asks_for_what_is_told(told: set[str]) -> None:
    asked = {name for query in queries() for name in METRIC.findall(query)}
    assert asked - told == set()


def test_everything_that_we_tell_is_looked_at_somewhere(told: set[str]) -> None:
    asked = {name for query in queries() for name in METRIC.findall(query)}
    looked_at = {name.removesuffix("_bucket").removesuffix("_count").removesuffix("_sum") for name in asked}
    ours = {name for name in told if name.startswith("reception_")}
    assert {name for name in ours if re.sub(r"_(bucket|count|sum)$", "", name) not in looked_at} == set()


def test_every_outcome_that_is_asked_for_can_happen() -> None:
    asked = {word for query in queries() for words in OUTCOME.findall(query) for word in words.split("|")}
    sources = [(ROOT / "bot" / place).read_text("utf-8") for place in ("intake/attempt.py", "session.py")]
    of_updates_and_calls = {word for source in sources for word in re.findall(r'"([a-z_]+)"', source)}
    assert asked - of_updates_and_calls - {delivery.name.lower() for delivery in Delivery} == set()


def test_every_alarm_says_what_is_wrong_and_what_to_do() -> None:
    names = [rule["alert"] for rule in rules()]
    assert names == list(dict.fromkeys(names))
    for rule in rules():
        assert rule["labels"]["severity"] in {"page", "ticket"}, rule["alert"]
        for sentence in (rule["annotations"]["summary"], rule["annotations"]["do"]):
            assert sentence[0].isupper(), sentence
            assert sentence.endswith("."), sentence


def test_prometheus_accepts_its_files() -> None:
    promtool = program("promtool", always_in_ci=False)
    accepts(promtool, "check", "rules", FOLDER / "alerts.yml")
    accepts(promtool, "check", "config", FOLDER / "prometheus.yml")


def test_prometheus_finds_rules_and_processes() -> None:
    config = read_yaml("prometheus.yml")
    assert [(FOLDER / name).is_file() for name in config["rule_files"]] == [True]
    [job] = config["scrape_configs"]
    [names] = job["dns_sd_configs"]
    assert names["names"] == ["reception"] == [it for it in read_yaml("compose.yaml")["services"] if it == "reception"]
    assert read_yaml("compose.yaml")["services"]["reception"]["environment"]["LISTEN"].endswith(f":{names['port']}")
    assert all(f'job="{job["job_name"]}"' in query for query in queries() if "up{" in query or "process_" in query)


def test_no_panel_lies_on_another_and_each_says_what_it_shows() -> None:
    taken: dict[tuple[int, int], str] = {}
    for panel in panels():
        place = panel["gridPos"]
        assert panel["title"]
        assert panel["type"] == "row" or panel["description"].endswith(".")
        for x in range(place["x"], place["x"] + place["w"]):
            for y in range(place["y"], place["y"] + place["h"]):
                assert taken.setdefault((x, y), panel["title"]) == panel["title"]
                assert x < 24
    assert len({panel["id"] for panel in panels()}) == len(panels())


def test_compose_names_files_and_services_that_exist() -> None:
    services = read_yaml("compose.yaml")["services"]
    volumes = [volume.split(":")[0] for service in services.values() for volume in service.get("volumes", [])]
    assert [volume for volume in volumes if volume.startswith("./") and not (FOLDER / volume).is_file()] == []
    assert {volume for volume in volumes if not volume.startswith("./")} == set(read_yaml("compose.yaml")["volumes"])
    assert {name for service in services.values() for name in service.get("depends_on", {})} <= set(services)
    assert (FOLDER / services["reception"]["build"]["context"] / services["reception"]["build"]["dockerfile"]).is_file()


def test_an_image_holds_no_settings_and_no_database() -> None:
    kept_out = (FOLDER / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    services = read_yaml("compose.yaml")["services"]
    settings = {name for service in services.values() for name in service.get("env_file", [])}
    for name in (*settings, ".env", "reception.db", "var"):
        assert any(Path(name).match(pattern) for pattern in kept_out), name


def test_compose_gives_the_bot_its_settings_and_time_to_finish() -> None:
    bot = read_yaml("compose.yaml")["services"]["reception"]
    assert set(bot["environment"]) <= SETTINGS
    Settings.model_validate({name.lower(): value for name, value in bot["environment"].items()})
    assert timedelta(seconds=int(bot["stop_grace_period"].removesuffix("s"))) > timedelta(seconds=10)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_accepts_the_unit(unit: Path, tmp_path: Path) -> None:
    analyze = program("systemd-analyze")
    for each in UNITS:
        (tmp_path / each.name).write_text(each.read_text("utf-8").replace(INSTALLED_PYTHON, sys.executable), "utf-8")
    assert accepts(analyze, "verify", "--man=no", tmp_path / unit.name) == ""


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.suffix == ".service"], ids=lambda unit: unit.name)
def test_a_service_keeps_next_to_no_rights(unit: Path) -> None:
    """Out of 100, which is a service without any care; systemd calls below 20 OK."""
    accepts(program("systemd-analyze"), "security", "--offline=yes", "--threshold=20", unit)


def test_caddy_accepts_its_file() -> None:
    caddy = program("caddy", always_in_ci=False)
    accepts(caddy, "validate", "--adapter", "caddyfile", "--config", FOLDER / "Caddyfile")


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_a_proxy_lets_two_addresses_through(name: str) -> None:
    said = (FOLDER / name).read_text("utf-8")
    [webhook] = set(re.findall(r"WEBHOOK_URL=https://bot\.clinic\.example(\S+)", said))
    assert webhook == "/telegram" == urlpath_of_compose()
    assert set(re.findall(r"(?:location(?: =)?|path) (/\S*)", said)) - {"/"} in (
        {webhook, "/sms/receipts/"},
        {webhook, "/sms/receipts/*"},
    )


def urlpath_of_compose() -> str:
    url: str = read_yaml("compose.yaml")["services"]["reception"]["environment"]["WEBHOOK_URL"]
    return url.removeprefix("https://bot.clinic.example")
