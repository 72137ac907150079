"""The sample reports through the whole pipeline, held against what was written down for each before it was read."""

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.bootstrap import open_workshop
from monitor.catalogue.data import sample_rounds
from monitor.ingest.files import read_path
from monitor.model.agreements import Verdict
from monitor.model.claims import Stance
from monitor.model.judgements import Incident, Violation
from monitor.pipeline import record
from monitor.settings import Settings
from tests.test_sample import load

NOW = datetime(2025, 5, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Outcome:
    """What was recorded of the sample."""

    incidents: tuple[Incident, ...]
    violations: tuple[Violation, ...]
    verdicts: Mapping[str, Mapping[tuple[str, str], Verdict]]
    energy: frozenset[str]

    def event_addresses(self, incident: Incident) -> set[str]:
        """Return the addresses of the reports that report the incident as an event on energy infrastructure."""
        return {
            one.report.url or ""
            for one in incident.claims
            if one.claim.stance.reports_event and one.claim.target.class_id in self.energy
        }


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    folder: Path = tmp_path_factory.mktemp("sample")
    for name in [name for name in os.environ if name.startswith("CEASEFIRE_")]:
        pytest.skip(f"{name} is set; it could change what is recorded")
    with open_workshop(Settings(data_dir=folder)) as workshop:
        for paths in sample_rounds(workshop.roots):
            reports = [
                report for path in paths for report in read_path(path, published=None, now=NOW, feeds=workshop.feeds)
            ]
            record(workshop.store, workshop.pipeline, reports, now=NOW, backlog=True, replayed=True)
        classes = workshop.pipeline.classes
        with workshop.store.query() as query:
            incidents = query.incidents()
            verdicts: dict[str, dict[tuple[str, str], Verdict]] = defaultdict(dict)
            for incident_id, assessments in query.assessments_of([one.id for one in incidents]).items():
                for one in assessments:
                    verdicts[incident_id][one.accused, one.reading_id] = one.verdict
            yield Outcome(
                incidents=incidents,
                violations=query.violations(),
                verdicts=verdicts,
                energy=frozenset(one.id for one in classes.values() if one.energy),
            )


EXPECTED: Mapping[str, Any] = load("expected.yaml")
RECORDING = {report["guid"]: report for report in EXPECTED["reports"] if "records" in report}
REJECTED = {report["guid"]: report["nothing"] for report in EXPECTED["reports"] if "nothing" in report}


def matching(outcome: Outcome, name: str, *, alone: bool = False) -> list[Incident]:
    """Return the recorded incidents that a report of the expected one tells of, with a party that may be accused.

    `alone` takes only reports that tell of nothing else.
    """
    addresses = {
        guid
        for guid, report in RECORDING.items()
        if name in report["records"]
        and report.get("claims") != Stance.DENIED.value
        and (not alone or report["records"] == [name])
    }
    wanted = EXPECTED["incidents"][name]
    return [
        incident
        for incident in outcome.incidents
        if outcome.event_addresses(incident) & addresses
        and (incident.target.class_id in wanted["classes"])
        and (incident.attacker in wanted["accused"] or (incident.attacker is None and not wanted["accused"]))
    ]


def test_no_violation_rests_on_a_report_that_must_lead_to_nothing(outcome: Outcome) -> None:
    wrong = {
        one.report.url: (REJECTED[one.report.url or ""], one.report.title)
        for violation in outcome.violations
        if violation.breached_readings
        for one in violation.incident.claims
        if one.report.url in REJECTED and one.claim.stance.reports_event
    }
    assert not wrong


#: What is still missed, and why. A case that comes out right one day fails here and is taken off the list.
MISSED = {
    "RU-20250318-SUDZHA-KAB": 'told in passing ("earlier, on the same object"), so read as background',
}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.xfail(reason=MISSED[name], strict=True)) if name in MISSED else name
        for name in sorted(EXPECTED["incidents"])
    ],
)
def test_a_documented_incident_is_recorded_with_the_verdict_of_each_reading(outcome: Outcome, name: str) -> None:
    wanted = EXPECTED["incidents"][name]
    found = matching(outcome, name)
    if not found and wanted.get("optional"):
        pytest.skip(f"not recorded, which is as good: {wanted['note']}")
    assert found, "not recorded"
    accused = wanted["accused"]
    lists = ((Verdict.BREACH, "breach"), (Verdict.NO_BREACH, "no_breach"), (Verdict.UNDETERMINED, "undetermined"))
    expected = {(party, reading): verdict for verdict, key in lists for reading in wanted[key] for party in accused}
    got = [{key: outcome.verdicts[incident.id].get(key) for key in expected} for incident in found]
    assert expected in got


def test_no_incident_is_a_breach_where_its_expectation_says_otherwise(outcome: Outcome) -> None:
    wrong = []
    for name, wanted in EXPECTED["incidents"].items():
        spared = {*wanted["no_breach"], *wanted["undetermined"]}
        for incident in matching(outcome, name, alone=True):
            verdicts = outcome.verdicts[incident.id]
            wrong += [
                (name, key, [one.report.title for one in incident.claims])
                for key, verdict in verdicts.items()
                if verdict is Verdict.BREACH and key[1] in spared
            ]
    assert not wrong


def test_every_output_of_the_sample_is_marked_as_one(outcome: Outcome) -> None:
    assert outcome.violations
    assert all(one.report.source.sample for violation in outcome.violations for one in violation.incident.claims)
