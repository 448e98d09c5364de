"""Collects the source texts from the rooms that speak to people."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

from locales.template import pieces_of

ROOMS: Final = ("bot", "dialogs", "handlers", "jobs", "locales")
CONFIGURATION: Final = Path(__file__).with_name("babel.cfg")

Keywords = dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Configuration:
    """What babel.cfg says: which files, and which arguments of which calls."""

    methods: list[tuple[str, str]]
    options: dict[str, dict[str, Any]]

    @property
    def keywords(self) -> Keywords:
        found: Keywords = {}
        for options in self.options.values():
            found |= options.get("keywords", {})
        return found


def read_configuration(path: Path = CONFIGURATION) -> Configuration:
    with path.open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    return Configuration(methods, options)


def extract(root: Path) -> Catalog:
    """The template: every source text below `root`, with the files it stands in."""
    configuration = read_configuration()
    template = Catalog()
    for room in _rooms(root):
        found = extract_from_dir(room, configuration.methods, configuration.options, keywords={})
        for file, line, text, comments, _ in sorted(found, key=lambda text: text[:2]):
            place = f"{room.name}/{Path(file).as_posix()}"
            if any(has_words(form) for form in ([text] if isinstance(text, str) else text)):
                template.add(text, locations=[(place, line)], auto_comments=comments)
    return template


def has_words(text: str) -> bool:
    """Whether there is anything to translate: `{doctor}, {clinic}` reads alike in every language."""
    try:
        return any(letter.isalpha() for piece in pieces_of(text) for letter in piece.literal)
    except ValueError:
        return True


def texts_that_hide(root: Path) -> Iterator[str]:
    """Calls whose text Babel would miss or mangle: f-strings, glued or chosen literals, texts by keyword."""
    keywords = read_configuration().keywords
    for room in _rooms(root):
        for file in sorted(room.rglob("*.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"), str(file.relative_to(root)))
            calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
            for call in calls:
                positions = keywords.get(_name_of(call), ())
                if not all(_is_plain(call.args, position) for position in positions):
                    yield f"{file.relative_to(root)}:{call.lineno}: a text is one literal, given by position"


def _rooms(root: Path) -> list[Path]:
    return [root / room for room in ROOMS if (root / room).is_dir()]


def _name_of(call: ast.Call) -> str:
    match call.func:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name
    return ""


def _is_plain(arguments: list[ast.expr], position: int) -> bool:
    """A literal, or something that is no literal at all and was marked where it stands."""
    if any(isinstance(argument, ast.Starred) for argument in arguments):
        return True
    if len(arguments) < position:
        return False
    argument = arguments[position - 1]
    if isinstance(argument, ast.Constant):
        return isinstance(argument.value, str)
    built = isinstance(argument, ast.JoinedStr | ast.BinOp | ast.IfExp | ast.BoolOp)
    method_of_literal = isinstance(argument, ast.Call) and isinstance(argument.func, ast.Attribute)
    return not (built or method_of_literal) or not _has_literal(argument)


def _has_literal(node: ast.expr) -> bool:
    return any(isinstance(part, ast.Constant) and isinstance(part.value, str) for part in ast.walk(node))
