"""Claims x agreements -> incidents, assessments, violations. Pure: no store, file, network or clock.

regroup       which incidents claims belong to, and why, whatever order they came in
incident      what the claims about one event say together
assess        a verdict for each accused party, clause and reading
rate          status, dispute and credibility of one accusation
violations    the assessments that are breaches, with their ratings
compare       what people are told of a change
withdrawn     a violation that stands no more, and why_ended, the reason
superseded    a violation whose claims now tell of another incident
match_claims  what each claim alone would be judged: the preview of `ceasefire read`
"""

from monitor.judging.assessing import assess, match_claims, violations
from monitor.judging.changes import compare, superseded, why_ended, withdrawn
from monitor.judging.grouping import Regrouped, Stored, regroup
from monitor.judging.incidents import AMBIGUOUS, join
from monitor.judging.nearby import Nearby
from monitor.judging.rating import rate
from monitor.judging.summary import incident
from monitor.model.judgements import Match

__all__ = [
    "AMBIGUOUS",
    "Match",
    "Nearby",
    "Regrouped",
    "Stored",
    "assess",
    "compare",
    "incident",
    "join",
    "match_claims",
    "rate",
    "regroup",
    "superseded",
    "violations",
    "why_ended",
    "withdrawn",
]
