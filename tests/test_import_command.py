"""`main.py import`, as somebody at a terminal runs it."""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
SAMPLES: Final = ROOT / "docs" / "samples"
DOCTORS: Final = 80
MANY_SLOTS: Final = 90_000
MOST_GROWTH_BYTES: Final = 24 * 2**20
MEASURED: Final = """
import resource, sys
sys.argv[0] = "main.py"
import main
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    main.main()
finally:
    print("grown by", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, file=sys.stderr)
"""
KILLED: Final = """
import sys
sys.argv[0] = "main.py"
import main
from core.failpoints import arm
arm("after change", passes=12)
main.main()
"""


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return kept | {
        "DATABASE_URL": f"sqlite:///{folder / 'reception.db'}",
        "PYTHONPATH": str(ROOT),
        "FACILITY": "diamed",
    }


def run(folder: Path, *words: str, by: Sequence[str] = ("main.py",)) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *by, *words]
    return subprocess.run(command, cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=False)


def counts(folder: Path) -> list[int]:
    with closing(sqlite3.connect(folder / "reception.db")) as memory:
        tables = ("clinics", "doctors", "agendas", "slots")
        return [memory.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]


@pytest.fixture
def samples(tmp_path: Path) -> list[str]:
    return [str(shutil.copy(SAMPLES / f"{kind}.csv", tmp_path)) for kind in ("agendas", "clinics", "doctors")]


def clinic_of(doctors_there: int, tmp_path: Path) -> list[str]:
    """A clinic whose doctors have slots of five minutes on two days of the week."""
    (tmp_path / "clinics.csv").write_text("code,name,address,preparation\nC,Poradnia,ul. Lipowa 4,\n", "utf-8")
    with (tmp_path / "doctors.csv").open("w", encoding="utf-8") as doctors:
        doctors.write("code,name,surname\n")
        doctors.writelines(f"D{number},dr Jan Zima,Zima\n" for number in range(doctors_there))
    with (tmp_path / "agendas.csv").open("w", encoding="utf-8") as agendas:
        agendas.write("code,doctor,clinic,weekday,starts,ends,visit_minutes,valid_from,valid_until\n")
        for number in range(doctors_there):
            agendas.writelines(f"A{number}-{day},D{number},C,{day},08:00,16:00,5,,\n" for day in (2, 3))
    return [str(tmp_path / f"{kind}.csv") for kind in ("clinics", "doctors", "agendas")]


def test_the_samples_are_loaded_and_summed_up(tmp_path: Path, samples: list[str]) -> None:
    first = run(tmp_path, "import", *samples)
    assert first.returncode == 0
    assert re.search(r"slots: \d+ made, 0 changed, 0 closed\.", first.stdout)
    assert "agendas.csv: 7 new, 0 changed, 0 unchanged, 0 removed, 0 rejected." in first.stdout
    assert "doctors.csv: columns that nobody reads: Room." in first.stdout
    made = counts(tmp_path)
    again = run(tmp_path, "import", *reversed(samples))
    assert again.returncode == 0
    assert "slots: 0 made, 0 changed, 0 closed." in again.stdout
    assert counts(tmp_path) == made
    assert run(tmp_path, "cases").stdout == "Nobody waits for an operator.\n"


def test_rejected_rows_are_told_by_the_exit_code(tmp_path: Path, samples: list[str]) -> None:
    with (tmp_path / "doctors.csv").open("a", encoding="utf-8") as doctors:
        doctors.write(";NOBODY;;\n")
    done = run(tmp_path, "import", *samples)
    assert done.returncode == 1
    assert f"{tmp_path}/doctors.rejected.csv says line and reason" in done.stdout
    assert counts(tmp_path)[:3] == [3, 3, 7]


def test_a_file_that_is_none_of_ours_loads_nothing(tmp_path: Path, samples: list[str]) -> None:
    strange = tmp_path / "strange.csv"
    strange.write_text("a,b\n1,2\n", "utf-8")
    done = run(tmp_path, "import", *samples, str(strange))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"{strange}: its first line is no header we know.")
    assert counts(tmp_path) == [0, 0, 0, 0]


@pytest.mark.timeout(600)
def test_ninety_thousand_slots_take_no_more_memory_than_a_few(tmp_path: Path) -> None:
    done = run(tmp_path, "import", *clinic_of(DOCTORS, tmp_path), by=("-c", MEASURED))
    assert done.returncode == 0, done.stderr
    *_, grown = done.stderr.split()
    assert counts(tmp_path)[3] > MANY_SLOTS
    assert int(grown) * 1024 < MOST_GROWTH_BYTES


@pytest.mark.timeout(600)
def test_killed_in_the_middle_and_run_again_it_is_as_if_it_had_run_once(tmp_path: Path) -> None:
    files = clinic_of(6, tmp_path)
    killed = run(tmp_path, "import", *files, by=("-c", KILLED))
    assert killed.returncode == -signal.SIGKILL
    made = counts(tmp_path)[3]
    done = run(tmp_path, "import", *files)
    assert done.returncode == 0
    anew = tmp_path / "anew"
    anew.mkdir()
    assert run(anew, "import", *files).returncode == 0
    assert counts(tmp_path) == counts(anew)
    assert 0 < made < counts(anew)[3]
