"""Keeps the catalogs in step with the source: `python -m locales.catalog update`, and `check` for the law."""

import argparse
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

from locales.catalog_law import faults_of_source, faults_of_translation
from locales.extraction import extract, texts_that_hide
from locales.language import TRANSLATED, Language

ROOT: Final = Path(__file__).parent.parent
# Only what gettext needs: dates and versions in a header would change with every run.
_HEADER: Final = 'msgid ""\nmsgstr ""\n{lines}\n'


def update(root: Path = ROOT) -> Iterator[str]:
    """Write the template and bring the three catalogs to it. Yields what is left to translate."""
    yield from texts_that_hide(root)
    template = extract(root)
    _write(_template_path(root), template)
    for language in TRANSLATED:
        catalog = _read(root, language)
        catalog.update(template, no_fuzzy_matching=True)
        path = _catalog_path(root, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, catalog)
        faults = list(faults_of_translation(template, catalog, language))
        yield f"{language}: {len(catalog)} texts, {len(faults)} to look at"


def check(root: Path = ROOT) -> Iterator[str]:
    """Everything that keeps the catalogs from being complete and true; nothing where all is well."""
    yield from texts_that_hide(root)
    template = extract(root)
    yield from faults_of_source(template)
    path = _template_path(root)
    if not path.exists() or path.read_bytes() != _as_file(template):
        yield f"{path.relative_to(root)}: outdated, run `make messages`"
    for language in TRANSLATED:
        yield from faults_of_translation(template, _read(root, language), language)


def main(arguments: list[str]) -> int:
    """The command line; `check` fails when there is anything to say."""
    parser = argparse.ArgumentParser(prog="python -m locales.catalog", description=__doc__)
    parser.add_argument("command", choices=["update", "check"])
    command = parser.parse_args(arguments).command
    try:
        lines = list(update() if command == "update" else check())
    except (PoFileError, SyntaxError) as unreadable:
        sys.exit(f"cannot be read: {unreadable}")
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 1 if command == "check" and lines else 0


def _template_path(root: Path) -> Path:
    return root / "locales" / "reception.pot"


def _catalog_path(root: Path, language: Language) -> Path:
    return root / "locales" / language / "LC_MESSAGES" / "reception.po"


def _read(root: Path, language: Language) -> Catalog:
    path = _catalog_path(root, language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def _write(path: Path, catalog: Catalog) -> None:
    path.write_bytes(_as_file(catalog))


def _as_file(catalog: Catalog) -> bytes:
    headers = [
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    if catalog.locale is not None:
        headers = [f"Language: {catalog.locale}", *headers, f"Plural-Forms: {catalog.plural_forms}"]
    file = BytesIO()
    file.write(_HEADER.format(lines="".join(f'"{line}\\n"\n' for line in headers)).encode())
    write_po(
        file,
        catalog,
        width=0,
        omit_header=True,
        sort_by_file=True,
        ignore_obsolete=True,
        include_lineno=False,
    )
    return file.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
