"""A second opinion on a borderline claim: what was asked, what came back, what became of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.model.claims import Confidence, Stance
from monitor.model.times import utc


class OpinionOutcome(StrEnum):
    """What an opinion did to its claim."""

    #: The text reports the event, said the answer: the claim is now sure.
    RAISED = "raised"
    #: The text does not report the event, said the answer: the claim has another stance now.
    LOWERED = "lowered"
    #: The answer was that it cannot be told: nothing changed.
    UNDECIDED = "undecided"
    #: The answer broke the rules (its form, or quotes that are not in the text): nothing changed.
    DISCARDED = "discarded"
    #: No answer came: nothing changed.
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Opinion:
    """One question about one claim, and its answer: evidence of a decision, with what it cost."""

    #: While the claim's report has no version yet, the claim's place in it ("1", "2" ...).
    claim_id: str
    asked_at: datetime
    #: Address of the endpoint, without user, password, query.
    endpoint: str
    model: str
    #: SHA-256 of the request's body: two questions that are alike have the same.
    question_sha256: str
    outcome: OpinionOutcome
    #: Why the outcome is what it is, in words.
    reason: str
    #: The answer as it came, cut where it is very long; None where none came.
    answer: str | None
    #: The passages of the text that the answer rests on, verbatim; empty unless they were found there.
    quotes: tuple[str, ...]
    stance_before: Stance
    stance_after: Stance
    confidence_before: Confidence
    confidence_after: Confidence
    #: What it cost, as the endpoint says.
    prompt_tokens: int | None = None
    completion_tokens: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "asked_at", utc(self.asked_at, "asked_at"))
