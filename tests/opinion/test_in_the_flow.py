"""The second opinion within the flow: asked before anything is written, recorded with the claim that it is about."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.model.claims import Confidence, Stance
from monitor.model.opinions import OpinionOutcome
from monitor.model.reports import Report
from monitor.opinion import Advisor, ChatEndpoint
from monitor.pipeline import Recorded, record
from monitor.store import Store
from tests.builders import NOON, a_report
from tests.commands import CommandLine, ceasefire
from tests.databases import database_url
from tests.opinion.chat import Asked, Chat, chatting, opinion
from tests.parts import a_pipeline

__all__ = ["ceasefire", "database_url"]

#: An accusation that names no act: two careful readers may differ, and the reader says so.
TITLE = "Russia violated the energy truce last night, the ministry in Kyiv says"
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(database_url, tmp_path / "evidence", wait_seconds=1)
    yield opened
    opened.close()


@pytest.fixture
def chat() -> Iterator[Chat]:
    with chatting(Chat()) as it:
        yield it


def record_with(chat: Chat, store: Store, folder: Path, report: Report) -> Recorded:
    endpoint = ChatEndpoint(url=chat.url, model="small", timeout_seconds=5)
    pipeline = replace(a_pipeline(folder), advisor=Advisor(endpoint=endpoint))
    return record(store, pipeline, [report], now=LATER, backlog=True)


def test_by_default_nobody_is_asked(tmp_path: Path) -> None:
    assert a_pipeline(tmp_path).advisor is None


def test_the_claim_is_stored_as_it_stands_after_the_opinion_and_the_opinion_with_it(
    chat: Chat, store: Store, tmp_path: Path
) -> None:
    chat.model = lambda _: opinion("asserted", TITLE)
    report = a_report(TITLE)
    assert record_with(chat, store, tmp_path, report).claims == 1
    with store.query() as query:
        (given,) = query.opinions()
        (incident,) = query.incidents()
        costs = query.opinion_costs()
    (reported,) = incident.claims
    assert reported.claim.confidence is Confidence.HIGH
    assert given.claim_id == reported.claim.id == f"{report.id}.1/1"
    assert (given.outcome, given.asked_at) == (OpinionOutcome.RAISED, LATER)
    assert (costs.asked, costs.prompt_tokens, costs.completion_tokens) == (1, 700, 40)


def test_a_claim_that_is_taken_back_begins_no_incident(chat: Chat, store: Store, tmp_path: Path) -> None:
    chat.model = lambda _: opinion("commentary", TITLE)
    assert record_with(chat, store, tmp_path, a_report(TITLE)).claims == 1
    with store.query() as query:
        assert query.incidents() == ()
        (given,) = query.opinions()
    assert given.stance_after is Stance.COMMENTARY


def test_an_endpoint_that_fails_costs_no_report(chat: Chat, store: Store, tmp_path: Path) -> None:
    chat.status = 500
    recorded = record_with(chat, store, tmp_path, a_report(TITLE))
    assert (len(recorded.reports), recorded.claims) == (1, 1)
    with store.query() as query:
        (incident,) = query.incidents()
        (given,) = query.opinions()
    assert incident.claims[0].claim.confidence is Confidence.LOW
    assert given.outcome is OpinionOutcome.FAILED


def test_while_it_is_asked_others_can_write(chat: Chat, store: Store, tmp_path: Path) -> None:
    """A model takes seconds to answer: no transaction may stay open meanwhile."""

    def busy(_: Asked) -> str:
        with store.transaction() as tx:
            tx.set_meta("meanwhile", "written")
        return opinion("undecided")

    chat.model = busy
    record_with(chat, store, tmp_path, a_report(TITLE))
    with store.query() as query:
        assert query.meta("meanwhile") == "written"
        assert query.opinions()[0].outcome is OpinionOutcome.UNDECIDED


def test_the_same_report_is_not_asked_about_twice_and_a_new_version_is(
    chat: Chat, store: Store, tmp_path: Path
) -> None:
    report = a_report(TITLE)
    for one in (report, report, replace(report, title=f"{TITLE} again")):
        record_with(chat, store, tmp_path, one)
    assert len(chat.asked) == 2
    with store.query() as query:
        assert [one.claim_id for one in query.opinions()] == [f"{report.id}.2/1", f"{report.id}.1/1"]


class TestCommandLine:
    LINE = f'{{"id": "1", "title": "{TITLE}", "published": "2025-04-02T12:00:00Z", "language": "en"}}\n'

    def test_the_settings_turn_it_on_and_the_answers_can_be_looked_at(self, ceasefire: CommandLine, chat: Chat) -> None:
        chat.model = lambda _: opinion("asserted", TITLE)
        ceasefire.set(opinion_url=chat.url, opinion_model="small", opinion_key="sk-secret")
        assert ceasefire("replay", ceasefire.file("in.jsonl", self.LINE)).status == 0
        (row,) = ceasefire("opinions", "--json").json
        assert (row["outcome"], row["model"], row["confidence"]) == ("raised", "small", ["low", "high"])
        assert row["quotes"] == [TITLE]
        shown = ceasefire("opinions")
        assert "raised: confidence low -> high" in shown.out
        assert "1 asked for, 700 + 40 tokens" in shown.err
        doctor = ceasefire("doctor")
        assert f"small at {chat.url}/chat/completions; 1 so far, 700 + 40 tokens" in " ".join(doctor.out.split())
        assert "sk-secret" not in doctor.out + doctor.err + shown.out + shown.err

    def test_without_settings_nothing_is_asked(self, ceasefire: CommandLine) -> None:
        ceasefire("replay", ceasefire.file("in.jsonl", self.LINE))
        assert ceasefire("opinions", "--json").json == []
        assert "nobody is asked" in ceasefire("doctor").out

    def test_reading_alone_never_asks(self, ceasefire: CommandLine, chat: Chat) -> None:
        ceasefire.set(opinion_url=chat.url, opinion_model="small")
        assert ceasefire("read", ceasefire.file("in.jsonl", self.LINE)).lines[0]["claims"]
        assert chat.asked == []

    def test_a_url_without_a_model_is_refused_in_words(self, ceasefire: CommandLine) -> None:
        ceasefire.set(opinion_url="http://localhost:8080/v1")
        done = ceasefire("opinions")
        assert done.status == 1
        assert "CEASEFIRE_OPINION_URL also needs CEASEFIRE_OPINION_MODEL" in " ".join(done.err.split())
