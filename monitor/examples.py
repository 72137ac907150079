"""Rules carry their own examples: reports, put through reading, merging and judging, and what must come of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from monitor.catalogue.agreement_file import ExampleEntry, ExampleReport
from monitor.catalogue.agreements import LoadedAgreement
from monitor.judging.duties import state_of
from monitor.model.agreements import Agreement, Verdict
from monitor.model.judgements import Assessment
from monitor.model.reports import Report, Source
from monitor.pipeline import Pipeline, judge_unstored

#: Examples that carry no publication time are read as of a fixed instant; nothing depends on it.
_SEEN = datetime(2000, 1, 1, tzinfo=UTC)

Verdicts = Mapping[tuple[str, str], set[Verdict]]


@dataclass(frozen=True, kw_only=True, slots=True)
class ExampleResult:
    """What came of one example; `problems` is empty where all came out as the file says."""

    agreement_id: str
    name: str
    problems: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Return whether all came out as the file says."""
        return not self.problems


def run_examples(pipeline: Pipeline, loaded: Sequence[LoadedAgreement]) -> tuple[ExampleResult, ...]:
    """Run all examples of all files."""
    return tuple(
        ExampleResult(
            agreement_id=one.agreement.id,
            name=example.name,
            problems=_problems(pipeline, one.agreement, example),
        )
        for one in loaded
        for example in one.examples
    )


def _problems(pipeline: Pipeline, agreement: Agreement, example: ExampleEntry) -> tuple[str, ...]:
    reports = _reports(agreement.id, example)
    got = _verdicts(judge_unstored(pipeline, reports), agreement.id)
    breaches = {key for key, verdicts in got.items() if Verdict.BREACH in verdicts}
    open_ones = {key for key, verdicts in got.items() if Verdict.UNDETERMINED in verdicts}
    wanted = {(clause, reading) for clause, readings in example.breach.items() for reading in readings}
    wanted_open = {(clause, reading) for clause, readings in example.undetermined.items() for reading in readings}
    problems = [f"no breach of {_shown(key)}, but there should be one" for key in sorted(wanted - breaches)]
    problems += [f"a breach of {_shown(key)}, but there should be none" for key in sorted(breaches - wanted)]
    problems += [f"{_shown(key)} should be undetermined" for key in sorted(wanted_open - open_ones)]
    return (*problems, *_duty_problems(agreement, example, reports))


def _duty_problems(agreement: Agreement, example: ExampleEntry, reports: Sequence[Report]) -> Iterator[str]:
    """Yield where a duty stands otherwise, by these reports alone, at the instant of the example."""
    now = example.at or max(report.first_seen for report in reports)
    for clause in agreement.clauses:
        wanted = example.duties.get(clause.id)
        if clause.duty is not None and wanted is not None:
            state = state_of(clause.duty, [one for one in reports if one.first_seen <= now], now)
            if state.status is not wanted:
                yield f"the duty {clause.id} is {state.status.value}, but should be {wanted.value}"


def _shown(key: tuple[str, str]) -> str:
    return f"{key[0]} under the reading {key[1]}"


def _verdicts(assessments: Sequence[Assessment], agreement_id: str) -> Verdicts:
    found: dict[tuple[str, str], set[Verdict]] = {}
    for one in assessments:
        if one.agreement_id == agreement_id:
            found.setdefault((one.clause_id, one.reading_id), set()).add(one.verdict)
    return found


def _reports(agreement_id: str, example: ExampleEntry) -> tuple[Report, ...]:
    return tuple(_report(agreement_id, number, given) for number, given in enumerate(example.given, start=1))


def _report(agreement_id: str, number: int, given: ExampleReport) -> Report:
    """Return a report of an example; each comes from an outlet of its own."""
    source = Source(
        id=f"example-{number}",
        name=f"Example {number}",
        publisher_group=f"example-{number}",
        affiliation=given.affiliation,
        perspective=given.perspective or given.affiliation,
    )
    return Report(
        id=f"example/{agreement_id}/{number}",
        source=source,
        title=given.title,
        text=given.text,
        language=given.language,
        published=given.published,
        first_seen=given.published or _SEEN,
    )
