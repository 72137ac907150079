"""From rules and reports to notices of what the clock brings: each once, none of what lay before the monitor ran."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from monitor.alerts.email import mail_for
from monitor.alerts.message import SCHEMA_FILE
from monitor.model.judgements import Notice
from monitor.pipeline import Pipeline, record, tell_occasions
from monitor.store import Store, Transaction
from tests.builders import a_report, at
from tests.databases import database_url as database_url
from tests.parts import a_pipeline

SCHEMA = json.loads(resources.files("monitor.alerts").joinpath(SCHEMA_FILE).read_text(encoding="utf-8"))
MONTH = timedelta(days=31)


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(database_url, tmp_path / "evidence")) as opened:
        yield opened


def only(folder: Path, agreement_id: str) -> Pipeline:
    pipeline = a_pipeline(folder)
    return replace(pipeline, agreements=tuple(one for one in pipeline.agreements if one.id == agreement_id))


def told(store: Store) -> list[Notice]:
    with store.query() as query:
        return sorted(query.notices(limit=1000), key=lambda notice: data(notice)["occasion"]["at"])


def data(notice: Notice) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(notice.payload)["data"]
    return found


def look(store: Store, pipeline: Pipeline, *times: str) -> None:
    for time in times:
        tell_occasions(store, pipeline, now=at(time))


def test_a_window_is_told_when_it_opens_72_hours_before_it_closes_and_when_it_closes(
    store: Store, tmp_path: Path
) -> None:
    pipeline = only(tmp_path, "energy-pause-2025")
    moment, end = at("2025-03-17T00:00"), at("2025-05-01T00:00")
    while moment <= end:  # through the change of clocks on 30 March
        tell_occasions(store, pipeline, now=moment)
        moment += timedelta(hours=5)
    kyiv = [data(one)["occasion"] for one in told(store) if data(one)["occasion"]["readings"] == ["kyiv"]]
    assert [(one["kind"], one["at"]) for one in kyiv] == [
        ("window opens", "2025-03-24T22:00:00Z"),
        ("window opens", "2025-03-25T15:17:00Z"),
        ("window closes soon", "2025-04-15T21:00:00Z"),
        ("window closes", "2025-04-18T21:00:00Z"),
        ("window closes", "2025-04-24T15:17:00Z"),
    ]


def test_what_lay_before_the_first_look_is_never_told(store: Store, tmp_path: Path) -> None:
    look(store, a_pipeline(tmp_path), "2027-01-01T00:00", "2027-01-02T00:00")
    assert told(store) == []


def test_what_came_while_the_monitor_was_down_is_told_afterwards(store: Store, tmp_path: Path) -> None:
    pipeline = only(tmp_path, "easter-truce-2025")
    look(store, pipeline, "2025-04-18T00:00", "2025-04-25T00:00", "2025-04-25T01:00")
    kinds = {data(one)["occasion"]["kind"] for one in told(store)}
    assert {"window opens", "window closes"} <= kinds


def test_a_clock_that_is_set_back_tells_nothing_twice(store: Store, tmp_path: Path) -> None:
    pipeline = only(tmp_path, "easter-truce-2025")
    look(store, pipeline, "2025-04-18T00:00", "2025-04-25T00:00")
    before = told(store)
    look(store, pipeline, "2025-04-19T00:00", "2025-04-25T00:00")
    assert told(store) == before != []


def test_a_duty_is_told_when_it_falls_due_with_the_reports_that_were_looked_at(store: Store, tmp_path: Path) -> None:
    pipeline = only(tmp_path, "prisoner-exchange-2025-03")
    look(store, pipeline, "2025-03-19T00:00")
    evening = at("2025-03-19T18:00")
    report = a_report(
        "Russia and Ukraine exchanged 175 for 175 prisoners, and 22 wounded came home", published=evening,
        first_seen=evening,
    )  # fmt: skip
    record(store, pipeline, [report], now=evening, backlog=True)
    look(store, pipeline, "2025-03-19T21:00", "2025-03-19T21:01", "2025-03-19T21:02")

    (notice,) = told(store)
    occasion = data(notice)["occasion"]
    assert (occasion["kind"], occasion["status"]) == ("duty due", "partly fulfilled")
    assert "175 for 175 fulfilled; 22 of 23 wounded" in occasion["text"]
    assert (occasion["looked_at"]["reports"], occasion["looked_at"]["sources"]) == (1, [report.source.name])
    assert "22 wounded" in occasion["evidence"][0]["quote"]


def test_a_withdrawal_is_told_once_however_many_outlets_relay_it(store: Store, tmp_path: Path) -> None:
    pipeline = a_pipeline(tmp_path)
    look(store, pipeline, "2025-04-10T00:00")
    for hour, (title, source) in enumerate([("a", "one.example"), ("b", "two.example")], start=8):
        said = at(f"2025-04-10T{hour:02}:00")
        report = a_report(
            "Russia says it withdraws from the energy truce", published=said, first_seen=said, id=f"R-{title}",
            source=replace(a_report().source, id=source, name=source),
        )  # fmt: skip
        record(store, pipeline, [report], now=said, backlog=False)
        tell_occasions(store, pipeline, now=said + timedelta(minutes=1))
    found = [one for one in told(store) if data(one)["occasion"]["kind"] == "withdrawal announced"]
    assert len(found) == 1
    assert data(found[0])["occasion"]["evidence"][0]["quote"] == "Russia says it withdraws from the energy truce"


def test_a_withdrawal_that_only_a_backlog_relays_is_told_when_somebody_else_relays_it(
    store: Store, tmp_path: Path
) -> None:
    pipeline = a_pipeline(tmp_path)
    look(store, pipeline, "2025-04-10T00:00")
    for hour, backlog, count in ((8, True, 0), (9, False, 1), (10, True, 1)):
        said = at(f"2025-04-10T{hour:02}:00")
        outlet = replace(a_report().source, id=f"o{hour}", name=f"o{hour}")
        title = "Russia says it withdraws from the energy truce"
        report = a_report(title, published=said, first_seen=said, id=f"R-{hour}", source=outlet)
        record(store, pipeline, [report], now=said, backlog=backlog)
        tell_occasions(store, pipeline, now=said + timedelta(minutes=1))
        announced = [one for one in told(store) if data(one)["occasion"]["kind"] == "withdrawal announced"]
        assert len(announced) == count


def test_a_withdrawal_is_not_told_again_when_its_outlet_edits_the_report(store: Store, tmp_path: Path) -> None:
    pipeline = a_pipeline(tmp_path)
    look(store, pipeline, "2025-04-10T00:00")
    for hour, version in ((8, 1), (9, 2)):
        title = "Russia says it withdraws from the energy truce" + (" at once" if version == 2 else "")
        seen = at(f"2025-04-10T{hour:02}:00")
        report = a_report(title, published=at("2025-04-10T08:00"), first_seen=seen, id="R-1", version=version)
        record(store, pipeline, [report], now=seen, backlog=False)
        tell_occasions(store, pipeline, now=seen + timedelta(minutes=1))
    found = [one for one in told(store) if data(one)["occasion"]["kind"] == "withdrawal announced"]
    assert len(found) == 1


def every_notice(store: Store, pipeline: Pipeline) -> list[Notice]:
    look(store, pipeline, "2025-03-10T00:00")
    report = a_report("Nothing of it was reported", published=at("2025-03-19T10:00"))
    record(store, pipeline, [report], now=at("2025-03-19T10:00"), backlog=True)
    tell_occasions(store, pipeline, now=at("2026-06-01T00:00"))
    return told(store)


def test_every_notice_fits_the_published_schema_and_makes_a_mail(store: Store, tmp_path: Path) -> None:
    notices = every_notice(store, a_pipeline(tmp_path))
    assert len(notices) > 20
    for notice in notices:
        Draft202012Validator(SCHEMA).validate(data(notice))
        now: datetime = notice.created_at
        mail = mail_for(notice, sender="monitor@desk.example", recipient="desk@desk.example", now=now)
        body = mail.get_body(("plain",))
        assert body is not None
        said = " ".join(str(body.get_content()).split())
        assert " ".join(data(notice)["occasion"]["text"].split()) in said
        assert mail["Subject"].startswith("[Ceasefire] Agreement: ")


class DiesBeforeTheCommit(Store):
    """A store whose process dies after all is written, and before it is committed."""

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        with super().transaction() as tx:
            yield tx
            raise KeyboardInterrupt


def test_a_process_that_dies_before_the_commit_has_told_nothing_and_the_next_one_tells_it(
    store: Store, database_url: str, tmp_path: Path
) -> None:
    pipeline = only(tmp_path, "easter-truce-2025")
    look(store, pipeline, "2025-04-19T12:00")
    with closing(DiesBeforeTheCommit.open(database_url, tmp_path / "evidence")) as dying:
        with pytest.raises(KeyboardInterrupt):
            look(dying, pipeline, "2025-04-19T15:01")
        assert told(dying) == []
    look(store, pipeline, "2025-04-19T15:02")
    after = told(store)
    assert after
    look(store, pipeline, "2025-04-19T15:03")
    assert told(store) == after


def test_a_duty_of_which_nothing_was_looked_at_is_told_as_not_known_and_never_as_overdue(
    store: Store, tmp_path: Path
) -> None:
    pipeline = only(tmp_path, "prisoner-exchange-2025-03")
    look(store, pipeline, "2025-03-19T00:00", "2025-03-19T21:01")
    (notice,) = told(store)
    occasion = data(notice)["occasion"]
    assert (occasion["status"], occasion["looked_at"]["reports"]) == ("undetermined", 0)
    assert "Nothing was looked at: no report from 18 March 2025 21:00 UTC on" in occasion["text"]
    assert "overdue" not in notice.payload


def test_a_duty_that_was_reported_as_done_is_not_told(store: Store, tmp_path: Path) -> None:
    pipeline = only(tmp_path, "prisoner-exchange-2025-03")
    look(store, pipeline, "2025-03-19T00:00")
    seen = at("2025-03-19T18:00")
    report = a_report("They exchanged 175 for 175 prisoners, and 23 wounded came home", published=seen, first_seen=seen)
    record(store, pipeline, [report], now=seen, backlog=True)
    look(store, pipeline, "2025-03-19T21:01")
    assert told(store) == []
