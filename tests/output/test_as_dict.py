import json
import re
from pathlib import Path
from typing import Any

import pytest

from monitor.model.agreements import Verdict
from monitor.model.claims import Actor, Extracted, Tally, TallyKind
from monitor.model.judgements import Match, Reason
from monitor.model.reports import Language
from monitor.output.as_dict import extracted_as_dict, report_as_dict, violation_as_dict
from monitor.output.report_data import Coverage, FeedCoverage
from tests.builders import a_claim, a_report, a_reported_claim, a_source, at
from tests.judgement_builders import a_rating, a_violation, an_agreement, an_undetermined_incident, report_data
from tests.output.hostile import HOSTILE, hostile_report

CLAIM_FIELDS = {
    "id", "act", "target", "attacker", "attacker_basis", "claimants", "denied_by", "country", "occupied_by", "place",
    "event_time", "weapon", "quantity", "outcome", "stance", "confidence", "spans",
}  # fmt: skip


def read(**changes: Any) -> dict[str, Any]:
    claim = a_claim(spans={"act": ((7, 10),), "target": ((13, 23), (30, 34))}, **changes)
    answer = extracted_as_dict("item", Extracted(language=Language.ENGLISH, claims=(claim,)), ())
    first = json.loads(json.dumps(answer))["claims"][0]
    assert isinstance(first, dict)
    return first


def test_a_claim_has_exactly_the_promised_fields() -> None:
    assert set(read()) == CLAIM_FIELDS


def test_spans_are_lists_of_pairs_and_times_end_in_z() -> None:
    claim = read()
    assert claim["spans"] == {"act": [[7, 10]], "target": [[13, 23], [30, 34]]}
    assert claim["event_time"] == {"from": "2025-04-02T00:00:00Z", "to": "2025-04-02T12:00:00Z", "precision": 1}
    assert claim["place"] == {"name": "Sumy", "geonameid": 692194, "lat": 50.9216, "lon": 34.80029, "precision": 1}
    assert claim["target"] == {"class": "substation", "name": "substation"}


def test_what_a_claim_does_not_say_is_null() -> None:
    claim = read(attacker=None, attacker_basis=None, place=None, event_time=None)
    assert [claim[name] for name in ("attacker", "attacker_basis", "place", "event_time", "weapon", "quantity")] == [
        None
    ] * 6


def test_tallies_and_matches_have_the_promised_form() -> None:
    tally = Tally(
        id="t1", claimant=Actor(name="MoD", party="RU"), accused="UA", target_class="energy", count=14,
        kind=TallyKind.INCREMENT, start=at("2025-04-04T21:00"), end=None, span=(3, 20),
    )  # fmt: skip
    match = Match(
        claim_id="c1", agreement_id="a", clause_id="c", accused="RU", reading_id="r", verdict=Verdict.NO_BREACH,
        reasons=(Reason(code="excluded", text="gas production is outside the list"),),
    )  # fmt: skip
    answer = extracted_as_dict(7, Extracted(language=Language.RUSSIAN, tallies=(tally,)), (match,))
    assert answer == {
        "id": 7,
        "claims": [],
        "tallies": [
            {
                "claimant": {"name": "MoD", "party": "RU"}, "accused": "UA", "target": "energy", "count": 14,
                "kind": "increment", "from": "2025-04-04T21:00:00Z", "to": None, "span": [3, 20],
            }
        ],
        "matches": [
            {
                "claim": "c1", "agreement": "a", "clause": "c", "accused": "RU", "reading": "r",
                "verdict": "no breach", "reasons": ["gas production is outside the list"],
            }
        ],
    }  # fmt: skip


def test_a_violation_carries_its_verdict_per_reading_and_its_quoted_evidence() -> None:
    rating = a_rating(disputed=True, denied_by=(Actor(name="MoD", party="RU"),))
    violation = violation_as_dict(a_violation(rating=rating))
    assert [(one["id"], one["verdict"]) for one in violation["readings"]] == [
        ("kremlin", "breach"),
        ("white-house", "undetermined"),
    ]
    assert all(one["reasons"] for one in violation["readings"])
    assert (violation["status"], violation["disputed"], violation["credibility"]) == ("alleged", True, 3)
    assert violation["denied_by"] == [{"name": "MoD", "party": "RU"}]
    (evidence,) = violation["evidence"]
    assert evidence["quote"] == "Drones hit a substation in Sumy"
    assert (evidence["url"], evidence["published"]) == ("https://outlet.example/1", "2025-04-02T12:00:00Z")


@pytest.mark.parametrize("sample", [True, False])
def test_sample_is_said_of_each_piece_of_evidence_and_of_the_whole(sample: bool) -> None:
    violation = a_violation(a_reported_claim(report=a_report(source=a_source(sample=sample))))
    assert violation_as_dict(violation)["sample"] is sample
    assert violation_as_dict(violation)["evidence"][0]["sample"] is sample
    assert report_as_dict(report_data(violation))["sample"] is sample


def test_a_report_counts_what_it_lists_and_says_which_readings_bind() -> None:
    report = report_as_dict(report_data(a_violation(), undetermined=(an_undetermined_incident(),)))
    assert report["counts"] == {
        "violations": 1, "by_status": {"alleged": 1}, "disputed": 0, "undetermined_incidents": 1,
    }  # fmt: skip
    assert {one["reading"]: one["binds"] for one in report["readings"]} == {"kremlin": "yes", "white-house": "yes"}
    assert report["as_of"] == "2025-04-02T12:00:00Z"
    later = report_as_dict(report_data(as_of=at("2026-01-01"), agreements=(an_agreement(),)))
    assert {one["binds"] for one in later["readings"]} == {"no"}


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:20]))
def test_hostile_text_can_be_written_as_utf8_and_read_back(text: str) -> None:
    report = report_as_dict(hostile_report(text))
    written = json.dumps(report, ensure_ascii=False).encode("utf-8")
    assert json.loads(written) == report
    assert report["violations"][0]["evidence"][0]["url"] is None
    assert report["violations"][0]["evidence"][0]["see_also"] == []


def test_every_field_of_the_report_is_documented() -> None:
    docs = Path(__file__).parents[2] / "docs"
    text = "".join((docs / name).read_text(encoding="utf-8") for name in ("output.md", "webhook.md"))
    feed = FeedCoverage(id="feed", url="https://feed.example", enabled=True, last_success=None)
    undetermined = (an_undetermined_incident(),)
    report = report_as_dict(report_data(a_violation(), undetermined=undetermined, coverage=Coverage(feeds=(feed,))))
    assert _fields(report) - {"alleged"} <= set(re.findall(r"`([a-z_0-9]+)`", text))


def _fields(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {name for item in value.values() for name in _fields(item)}
    return {name for item in value for name in _fields(item)} if isinstance(value, list) else set()
