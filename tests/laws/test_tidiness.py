"""Small files, and a project that speaks of itself alone."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from tests.laws.house import MIGRATIONS, ROOT, all_modules, files

MOST_LINES: Final = 250
MANY_LINES: Final = 100
# Put together here, so that the law does not find itself.
PLACES: Final = tuple(f"/{folder}/" for folder in ("work", "root", "tmp"))
HOSTS: Final = tuple(
    ".".join(parts) for parts in (("pypi", "org"), ("files", "pythonhosted"), ("registry", "npm" + "js"))
)


def test_no_module_is_longer_than_a_reader_can_hold(record_property: Callable[[str, object], None]) -> None:
    lengths = {
        module.path: module.text.count("\n")
        for module in all_modules()
        if not module.path.startswith(f"{MIGRATIONS}/versions")
    }
    long = {path: lines for path, lines in lengths.items() if lines > MANY_LINES}
    record_property("modules above 100 lines", sorted(long.items(), key=lambda entry: -entry[1]))
    assert {path: lines for path, lines in long.items() if lines > MOST_LINES} == {}


def texts() -> Iterator[tuple[Path, str]]:
    for file in files():
        try:
            yield file, file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def test_no_text_names_a_place_on_somebodys_machine_or_a_shelf_of_packages() -> None:
    needles = (*PLACES, *HOSTS)
    found = [
        f"{file.relative_to(ROOT)}:{number}: {needle}"
        for file, text in texts()
        if any(needle in text for needle in needles)
        for number, line in enumerate(text.splitlines(), start=1)
        for needle in needles
        if needle in line
    ]
    assert found == []
