"""Further wars: a report that names one is read a second time with its words and places, and the claims are added.

The reading with the built-in words stays as it is: for it, the further war is another war.
"""

from collections.abc import Iterator
from dataclasses import replace

from monitor.model.claims import Claim, Extracted
from monitor.model.knowledge import Theatre
from monitor.model.patterns import any_of, compile_pattern, fold
from monitor.model.reports import Report


class TheatreNames:
    """The words by which texts name a further war."""

    def __init__(self, theatre: Theatre) -> None:
        self._names = {
            language: any_of(head for pattern in patterns for head in compile_pattern(pattern).heads)
            for language, patterns in theatre.names.items()
        }

    def occur_in(self, report: Report) -> bool:
        """Return whether a report names the war."""
        names = self._names.get(report.language)
        return names is not None and names.search(fold(report.full_text)) is not None


def with_theatre(here: Extracted, there: Extracted, theatre: Theatre, report: Report) -> Extracted:
    """Return what was read `here`, and of the claims made `there` those that are plainly of that war."""
    added = list(_own(here, there, theatre))
    if not added:
        return here
    prefix, first = f"{report.id}.{report.version}", len(here.claims) + 1
    claims = tuple(replace(claim, id=f"{prefix}/{number}") for number, claim in enumerate(added, start=first))
    return replace(here, claims=(*here.claims, *claims))


def _own(here: Extracted, there: Extracted, theatre: Theatre) -> Iterator[Claim]:
    """Yield the claims of the war: at a place on its ground, in sentences of which nothing else was read.

    Without a place the country would follow from the attacker, and its sides may fight others elsewhere.
    """
    told = {span for claim in here.claims for span in claim.spans.get("sentence", ())}
    for claim in there.claims:
        on_ground = claim.place is not None and claim.place.country in theatre.countries
        if on_ground and told.isdisjoint(claim.spans.get("sentence", ())):
            yield claim
