"""What the form of a duty does not show: times in the wrong order, names of nothing, words that tell nothing. Pure."""

from collections.abc import Iterator, Mapping

from monitor.catalogue.agreement_file import BoundEntry, DutyEntry, DutyItemEntry, DutyReadingEntry
from monitor.catalogue.repeated import repeated
from monitor.errors import close_to
from monitor.model.reports import Language

Where = tuple[str | int, ...]


def wrong_duty(duty: DutyEntry, where: Where, parties: set[str]) -> Iterator[tuple[Where, str]]:
    """Yield what is wrong with a duty: times in the wrong order, names of nothing, and nothing left that is owed."""
    yield from wrong_bound(duty.due, (*where, "due"))
    if duty.looked_at_until <= duty.looked_at_from:
        yield (*where, "looked_at_until"), "does not lie after looked_at_from, so that no report would be looked at"
    yield from repeated((*where, "items"), [item.id for item in duty.items])
    yield from repeated((*where, "readings"), [reading.id for reading in duty.readings])
    for number, item in enumerate(duty.items):
        yield from _wrong_words(item, (*where, "items", number))
    yield from _wrong_languages(duty, where)
    items = {item.id: item for item in duty.items}
    for number, reading in enumerate(duty.readings):
        yield from _wrong_reading(reading, (*where, "readings", number), items, parties)


def _wrong_reading(
    reading: DutyReadingEntry, where: Where, items: Mapping[str, DutyItemEntry], parties: set[str]
) -> Iterator[tuple[Where, str]]:
    """Yield what is wrong with one holder's view of a duty."""
    if reading.due is not None:
        yield from wrong_bound(reading.due, (*where, "due"))
    if reading.holder_party is not None and reading.holder_party not in parties:
        yield (*where, "holder_party"), f"{reading.holder_party!r} is no party of this file"
    for name in reading.owed:
        if name not in items:
            yield (*where, "owed", name), f"{name!r} is no item of this duty{close_to(name, items)}"
        elif items[name].owed is None:
            yield (*where, "owed", name), f"{name!r} is done or not: how many is not counted"
    for index, name in enumerate(reading.not_owed):
        if name not in items:
            yield (*where, "not_owed", index), f"{name!r} is no item of this duty{close_to(name, items)}"
        elif name in reading.owed:
            yield (*where, "not_owed", index), f"{name!r} is owed by this very reading"
    if items.keys() <= set(reading.not_owed):
        yield (*where, "not_owed"), "nothing is left that is owed"


def _wrong_words(item: DutyItemEntry, where: Where) -> Iterator[tuple[Where, str]]:
    """Yield the words of a counted thing that hold no number: they could never tell how many."""
    if item.owed is None:
        return
    for language, words in item.words.items():
        for line in filter(None, map(str.strip, words.splitlines())):
            if not any(letter.isdigit() or letter == "#" for letter in line):
                message = f"{line!r} tells no number, and {item.id!r} is counted; put a # where the number stands"
                yield (*where, "words", language.value), message


def _wrong_languages(duty: DutyEntry, where: Where) -> Iterator[tuple[Where, str]]:
    """Yield the languages in which `about` would silence the words, and those in which it has none to silence."""
    told = _languages(duty)
    if not duty.about:
        return
    for language in sorted(told - duty.about.keys()):
        message = f"has no words in {language.value}, so that no report in it could ever tell of the duty; add them"
        yield (*where, "about"), message
    for language in sorted(duty.about.keys() - told):
        message = f"no item has words in {language.value}, so that no report in it is looked at; add them there"
        yield (*where, "about", language.value), message


def _languages(duty: DutyEntry) -> set[Language]:
    return {language for item in duty.items for language in item.words}


def duty_hints(duty: DutyEntry, where: Where) -> Iterator[tuple[Where, str]]:
    """Yield what is not wrong in a duty but could be better."""
    if not duty.about:
        yield where, "has no `about`: what reports tell in words that are not listed is taken for nothing told"
    for item in duty.items:
        for language in sorted(_languages(duty) - item.words.keys()):
            yield where, f"{item.id!r} has no words in {language.value}, in which the duty is looked for"
    for language in sorted(_languages(duty) - duty.undone.keys()):
        yield where, f"has no `undone` in {language.value}: plans and denials would tell of fulfilment"


def wrong_bound(bound: BoundEntry, where: Where) -> Iterator[tuple[Where, str]]:
    """Yield that a bound ends before it begins."""
    if bound.earliest and bound.latest and bound.latest < bound.earliest:
        yield (*where, "latest"), "lies before earliest"
