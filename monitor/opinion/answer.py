"""From an answer to what becomes of the claim. Pure: whatever an endpoint says, no more than this can come of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from monitor.model.claims import Claim, Confidence, Span, Stance
from monitor.model.opinions import OpinionOutcome
from monitor.model.text import encodable
from monitor.opinion.question import UNDECIDED

#: A shorter passage stands in every text and proves nothing.
_SHORTEST_QUOTE = 8
#: A passage that stands in a text more often than this is looked for no further.
_MOST_OCCURRENCES = 50


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    stance: Literal[
        "asserted",
        "alleged",
        "denied",
        "threatened",
        "negotiated",
        "hypothetical",
        "historical",
        "commentary",
        "undecided",
    ]
    quotes: Annotated[list[Annotated[str, Field(max_length=2_000)]], Field(max_length=5)]


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What becomes of a claim, and why."""

    claim: Claim
    outcome: OpinionOutcome
    reason: str
    quotes: tuple[str, ...] = ()


def rule(claim: Claim, text: str, shown: Sequence[Span], answer: str) -> Ruling:
    """Return what an answer makes of the claim.

    Args:
        claim: borderline.
        text: the report's full text.
        shown: the parts of it that were sent.
        answer: what came back, whatever it is.
    """
    try:
        read = _Answer.model_validate_json(answer)
    except ValidationError as error:
        return _discarded(claim, f"the answer has not the form that was asked for ({error.errors()[0]['msg']})")
    except (ValueError, RecursionError):
        return _discarded(claim, "the answer has not the form that was asked for")
    if read.stance == UNDECIDED:
        return Ruling(claim=claim, outcome=OpinionOutcome.UNDECIDED, reason="it cannot be told, says the answer")
    found = [_occurrences(encodable(text), shown, quote) for quote in read.quotes]
    if not found or not all(found):
        return _discarded(claim, "the answer quotes what is not in the text" if found else "the answer quotes nothing")
    return _decided(claim, Stance(read.stance), found, tuple(read.quotes))


def _occurrences(text: str, shown: Sequence[Span], quote: str) -> tuple[Span, ...]:
    """Return where a quote stands in what was sent, verbatim; nowhere where it is too short to prove anything."""
    if len(quote.strip()) < _SHORTEST_QUOTE:
        return ()
    found: list[Span] = []
    for start, end in shown:
        at = text.find(quote, start, end)
        while at >= 0 and len(found) < _MOST_OCCURRENCES:
            found.append((at, at + len(quote)))
            at = text.find(quote, at + 1, end)
    return tuple(found)


def _decided(claim: Claim, stance: Stance, found: Sequence[tuple[Span, ...]], quotes: tuple[str, ...]) -> Ruling:
    if not stance.reports_event:
        lowered = replace(claim, stance=stance, spans={**claim.spans, "stance": tuple(spans[0] for spans in found)})
        reason = f"the text does not report the event, says the answer: {stance.value}"
        return Ruling(claim=lowered, outcome=OpinionOutcome.LOWERED, reason=reason, quotes=quotes)
    quoted = [span for spans in found for span in spans]
    rests_on = [span for slot in ("act", "target") for span in claim.spans.get(slot, ())]
    if not all(any(low <= start and end <= high for low, high in quoted) for start, end in rests_on):
        return _discarded(claim, "no quote holds the words that the claim rests on")
    raised = replace(claim, confidence=Confidence.HIGH)
    reason = f"the text reports the event, says the answer: {stance.value}"
    return Ruling(claim=raised, outcome=OpinionOutcome.RAISED, reason=reason, quotes=quotes)


def _discarded(claim: Claim, reason: str) -> Ruling:
    return Ruling(claim=claim, outcome=OpinionOutcome.DISCARDED, reason=reason)
