"""What a catalog must be before anybody reads it: complete, certain, and with the fields of its source."""

import re
from collections.abc import Iterator
from typing import Final

from babel.messages.catalog import Catalog, Message

from locales.language import Language
from locales.template import fields_of

# The plural form that stands for the number one alone: it may say "one" instead of {count}. Russian has none.
_FORM_OF_ONE: Final = {Language.EN: 0, Language.IT: 0, Language.PL: 0}
_EDGES: Final = re.compile(r"^(\s*).*?(\s*)$", re.DOTALL)


def faults_of_source(template: Catalog) -> Iterator[str]:
    """Source texts with a field that cannot be said."""
    for message in _texts(template):
        for text in _as_tuple(message.id):
            try:
                fields_of(text)
            except ValueError as wrong:
                yield f"source: {text!r}: {wrong}"


def faults_of_translation(template: Catalog, catalog: Catalog, language: Language) -> Iterator[str]:
    """Everything that would make this language say less, more, or something else than the source."""
    for message in _texts(template):
        translated = catalog.get(message.id)
        if translated is None:
            yield f"{language}: {message.id!r}: missing, run `make messages`"
        elif translated.fuzzy:
            yield f"{language}: {message.id!r}: fuzzy"
        else:
            yield from _faults_of_message(message, translated, catalog.num_plurals, language)
    for message in _texts(catalog):
        if template.get(message.id) is None:
            yield f"{language}: {message.id!r}: no longer used, run `make messages`"


def _faults_of_message(source: Message, translated: Message, forms: int, language: Language) -> Iterator[str]:
    texts, wanted = _as_tuple(translated.string), forms if source.pluralizable else 1
    if len(texts) != wanted or not all(texts):
        yield f"{language}: {source.id!r}: {wanted} translated form(s) needed"
        return
    for form, text in enumerate(texts):
        for fault in _faults_of_text(_models(source, form, language), text):
            yield f"{language}: {source.id!r}: {text!r}: {fault}"


def _models(source: Message, form: int, language: Language) -> tuple[str, ...]:
    """The source texts whose fields this form may have."""
    texts = _as_tuple(source.id)
    return texts if form == _FORM_OF_ONE.get(language) else texts[-1:]


def _faults_of_text(models: tuple[str, ...], text: str) -> Iterator[str]:
    try:
        fields = fields_of(text)
    except ValueError as wrong:
        yield str(wrong)
        return
    if fields not in [fields_of(model) for model in models]:
        yield f"fields must be {', '.join(sorted(fields_of(models[-1]))) or 'none'}"
    if _edges(text) != _edges(models[-1]):
        yield "spaces or lines at its edges differ from the source"


def _edges(text: str) -> tuple[str, ...]:
    found = _EDGES.match(text)
    return found.groups() if found else ()


def _texts(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _as_tuple(texts: object) -> tuple[str, ...]:
    match texts:
        case str():
            return (texts,)
        case list() | tuple():
            return tuple(str(text or "") for text in texts)
    return ("",)
