"""`ceasefire alerts route` and `silence`: who would hear of a violation and why, and what nobody is to hear of."""

import pytest

from tests.cli.test_alerts import opened
from tests.cli.test_reporting import recorded as recorded
from tests.commands import CommandLine

ALERTS = """
receivers:
  - name: desk
    file: {path: desk.jsonl}
    quiet_hours: {from: "22:00", to: "07:00", time_zone: Europe/Kyiv}
  - {name: south, file: {path: south.jsonl}}
routes:
  - match: {region: UA.08}
    receivers: [south]
  - match: {party: RU}
    receivers: [desk]
"""
FAR_AHEAD = "2099-01-01T00:00Z"


@pytest.fixture
def routed(recorded: CommandLine) -> CommandLine:
    path = recorded.folder / "alerts.yaml"
    path.write_text(ALERTS, encoding="utf-8")
    recorded.set(alerts_file=str(path))
    return recorded


def violation_of(ceasefire: CommandLine) -> str:
    [violation] = ceasefire("violations", "--json").json
    return str(violation["id"])


def test_it_is_explained_who_would_hear_of_a_violation_and_when(routed: CommandLine) -> None:
    key = violation_of(routed)
    [row] = routed("alerts", "route", "--test", key, "--kind", "new", "--at", "2025-04-02T20:00Z", "--json").json
    # corroborated, and a breach under every reading: critical, which goes through quiet hours
    assert row == {"channel": "file:desk", "route": "routes.1 (party=RU)", "when": "at once", "why": None}
    [row] = routed("alerts", "route", "--test", key, "--kind", "dismissed", "--at", "2025-04-02T20:00Z", "--json").json
    assert row["channel"] == "file", "nobody has been told who must hear that it was dismissed"
    shown = routed("alerts", "route", "--test", key).out
    assert "severity=critical" in shown
    assert "routes.1 (party=RU)" in " ".join(shown.split())


def test_an_unknown_violation_is_one_clear_error(routed: CommandLine) -> None:
    done = routed("alerts", "route", "--test", "V-none")
    assert (done.status, done.out) == (1, "")
    assert "there is no violation 'V-none'" in done.err


def test_a_silence_is_added_listed_shown_by_the_routes_and_ended(routed: CommandLine) -> None:
    key = violation_of(routed)
    said = ("--author", "Olena", "--reason", "a drill")
    assert routed("alerts", "silence", "add", "--match", "party=RU", "--until", FAR_AHEAD, *said).status == 0
    [silence] = routed("alerts", "silence", "list", "--json").json
    assert (silence["match"], silence["author"], silence["reason"]) == ("party=RU", "Olena", "a drill")
    [row] = routed("alerts", "route", "--test", key, "--json").json
    assert row["when"] == "not at all"
    assert "by Olena until 1 January 2099 00:00 UTC: a drill" in row["why"]
    assert routed("alerts", "silence", "end", silence["id"], "--author", "Ivan").status == 0
    assert routed("alerts", "silence", "list", "--json").json == []
    [ended] = routed("alerts", "silence", "list", "--all", "--json").json
    assert ended["author"] == "Ivan"
    [row] = routed("alerts", "route", "--test", key, "--json").json
    assert row["when"] == "at once"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"--match": "partei=RU"}, "did you mean 'party'"),
        ({"--match": "party=RUX"}, "'RUX' is no party; did you mean 'RU'"),
        ({"--match": "party"}, "write TRAIT=VALUE"),
        ({"--until": "2001-01-01T00:00Z"}, "--until lies in the past"),
        ({"--until": "2099-01-01T00:00"}, "--until"),
        ({"--author": " "}, "--author is empty"),
        ({"--reason": "\x1b\n"}, "--reason is empty"),
    ],
)
def test_a_silence_that_cannot_be_meant_is_one_clear_error(
    routed: CommandLine, changes: dict[str, str], said: str
) -> None:
    options = {"--match": "party=RU", "--until": FAR_AHEAD, "--author": "Olena", "--reason": "a drill"} | changes
    done = routed("alerts", "silence", "add", *(part for pair in options.items() for part in pair))
    assert done.status == 2
    assert said in done.err
    assert "Traceback" not in done.err
    with opened(routed) as tx:
        assert tx.silences() == ()
