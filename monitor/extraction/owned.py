"""Objects that are only called somebody's own, "its plant": of energy where an energy company speaks, else none."""

from collections.abc import Sequence
from dataclasses import replace

from monitor.extraction.lexicon import Hit
from monitor.model.vocabulary import Role

#: The values of such objects, and of speakers who run energy objects.
OWNED, UTILITY = "owned", "utility"


def with_owners(hits: Sequence[Hit]) -> list[Hit]:
    """Return the words of a sentence, each such object with the class of the company before it, or left out."""
    return [one for hit in hits if (one := _owned_by(hits, hit) if hit.entry.value == OWNED else hit) is not None]


def _owned_by(hits: Sequence[Hit], target: Hit) -> Hit | None:
    companies = [
        hit.entry for hit in hits if hit.role is Role.SPEAKER and hit.entry.value == UTILITY and hit.end <= target.start
    ]
    if not companies:
        return None
    return replace(target, entry=replace(target.entry, class_id=companies[-1].class_id or target.entry.class_id))
