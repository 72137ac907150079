"""Whose institutions bare names mean: "the ministry" is that of the outlet's own country, where it has a side."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from monitor.model.reports import PartyId
from monitor.model.vocabulary import Entry

#: "own/UA": of the outlet's side; UA where it has none.
_OWN = "own/"


def sided(entries: Iterable[Entry], perspective: PartyId | None) -> Mapping[str, Entry]:
    """Return the entries for institutions of the outlet's own side with the party they speak for, by id."""
    return {
        entry.id: replace(entry, party=perspective or entry.party.removeprefix(_OWN))
        for entry in entries
        if entry.party is not None and entry.party.startswith(_OWN)
    }
