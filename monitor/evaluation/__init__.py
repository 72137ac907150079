"""How well reports are read: labelled examples, and how a reader scores on them. Pure; files are the caller's."""

from monitor.evaluation.examples import Event, Example
from monitor.evaluation.loading import parse_examples
from monitor.evaluation.rendering import as_dict, as_text
from monitor.evaluation.scoring import Error, Evaluation, evaluate
from monitor.evaluation.statistics import Counts, Share

__all__ = [
    "Counts",
    "Error",
    "Evaluation",
    "Event",
    "Example",
    "Share",
    "as_dict",
    "as_text",
    "evaluate",
    "parse_examples",
]
