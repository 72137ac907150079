"""Ids of one list that stand in it twice."""

from collections.abc import Iterator, Sequence


def repeated(where: tuple[str | int, ...], ids: Sequence[str]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the place of each id in the list at `where` that stands further up in it, too."""
    for number, one in enumerate(ids):
        if one in ids[:number]:
            yield (*where, number, "id"), f"{one!r} is used twice"
