"""`ceasefire rules changes`: what changed files made otherwise, from the files on disk to the list."""

from contextlib import closing
from datetime import timedelta

from monitor.catalogue.data import data_roots
from monitor.pipeline import record
from monitor.store import Store
from tests.builders import NOON, a_report
from tests.commands import CommandLine
from tests.parts import a_pipeline


def test_a_changed_file_is_tried_then_judged_by_and_what_it_changed_stays_listed(ceasefire: CommandLine) -> None:
    folder = ceasefire.folder / "data"
    with closing(Store.open(f"sqlite:///{folder / 'monitor.db'}", folder / "evidence")) as store:
        report = a_report("Russian drones hit a power substation in Sumy on Tuesday morning", published=NOON)
        record(store, a_pipeline(folder), [report], now=NOON + timedelta(hours=1), backlog=True)
    shipped = data_roots().file("rules/agreements/energy-pause-2025.yaml").read_text(encoding="utf-8")
    ceasefire.own(
        "rules/agreements/energy-pause-2025.yaml",
        shipped[: shipped.index("\nexamples:")].replace("      - substation\n", "") + "\n",
    )
    tried = ceasefire("rejudge", "--dry-run", "--json").json["verdicts"]
    assert tried
    assert ceasefire("rules", "changes", "--json").json == []
    assert ceasefire("rejudge", "--json").json["verdicts"] == tried
    listed = ceasefire("rules", "changes", "energy-pause-2025", "--json").json
    by_place = {(one["clause"], one["reading"]): one for one in listed}
    for one in tried:
        shown = by_place[one["clause"], one["reading"]]
        assert (shown["before"], shown["after"]) == (one["before"], one["after"])
        assert shown["before"]["rule_version"] != shown["after"]["rule_version"]
    assert ceasefire("rules", "changes", "easter-truce-2025", "--json").json == []
    assert ceasefire("rules", "changes", "--since", "2099-01-01", "--json").json == []
    assert "-> undetermined" in " ".join(ceasefire("rules", "changes").out.split())
