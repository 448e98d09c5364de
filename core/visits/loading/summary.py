"""What a loading did, in words for whoever ran it."""

from collections.abc import Iterator

from core.visits.loading.load_files import Loaded, LoadedFile


def summary(loaded: Loaded) -> Iterator[str]:
    for file in loaded.files:
        yield from _of_file(file)
    if loaded.slots is not None:
        slots = loaded.slots
        words = "slots: {made} made, {changed} changed, {closed} closed."
        yield words.format(made=slots.made, changed=slots.changed, closed=slots.closed)
        if slots.without_time:
            words = "Visits whose time left the agenda: {count}. They stay booked; python main.py cases lists them."
            yield words.format(count=slots.without_time)


def _of_file(file: LoadedFile) -> Iterator[str]:
    if file.sheet.unknown:
        words = "{name}: columns that nobody reads: {columns}."
        yield words.format(name=file.sheet.file.name, columns=", ".join(file.sheet.unknown))
    words = "{name}: {new} new, {changed} changed, {unchanged} unchanged, {removed} removed, {rejected} rejected."
    yield words.format(
        name=file.sheet.file.name,
        new=file.tally.new,
        changed=file.tally.changed,
        unchanged=file.tally.unchanged,
        removed=file.removed,
        rejected=file.rejected,
    )
    if file.rejected:
        words = "{file} says line and reason of each rejected row: mend them there and load that file."
        yield words.format(file=file.rejects)
