"""Claims x agreements -> incidents, assessments, violations. Pure: no store, file, network or clock.

regroup       which incidents claims belong to, and why, whatever order they came in
incident      what the claims about one event say together
corrected     an incident with what a person says of it against the reports, and as_judged, how that is judged
assess        a verdict for each accused party, clause and reading
rate          status, dispute and credibility of one accusation
violations    the assessments that are breaches, with their ratings
compare       what people are told of a change
withdrawn     a violation that stands no more, and why_ended, the reason
superseded    a violation whose claims now tell of another incident
why_review    why a person should look at an incident, and urgency, how soon
match_claims  what each claim alone would be judged: the preview of `ceasefire read`
"""

from monitor.judging.assessing import assess, match_claims, violations
from monitor.judging.changes import compare, superseded, why_ended, withdrawn
from monitor.judging.correcting import as_judged, corrected
from monitor.judging.grouping import Regrouped, Stored, regroup
from monitor.judging.incidents import AMBIGUOUS, is_placed, join, placed_by, same_told
from monitor.judging.nearby import Nearby
from monitor.judging.rating import rate
from monitor.judging.reviewing import urgency, why_review
from monitor.judging.summary import incident
from monitor.model.judgements import Match

__all__ = [
    "AMBIGUOUS",
    "Match",
    "Nearby",
    "Regrouped",
    "Stored",
    "as_judged",
    "assess",
    "compare",
    "corrected",
    "incident",
    "is_placed",
    "join",
    "match_claims",
    "placed_by",
    "rate",
    "regroup",
    "same_told",
    "superseded",
    "urgency",
    "violations",
    "why_ended",
    "why_review",
    "withdrawn",
]
