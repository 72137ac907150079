"""Second opinions in the store: kept as they were given, never changed, counted with what they cost."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import create_engine, text

from monitor.errors import StoreError
from monitor.model.claims import Confidence, Extracted, Stance
from monitor.model.opinions import Opinion, OpinionOutcome
from monitor.model.reports import Language
from monitor.store import OpinionCosts, Store, Transaction
from monitor.store.database import parse_url
from monitor.store.migrations import runner
from tests.builders import NOON, a_claim, a_report


def an_opinion(**changes: Any) -> Opinion:
    defaults: dict[str, Any] = {
        "claim_id": "c1",
        "asked_at": NOON,
        "endpoint": "http://localhost:8080/v1/chat/completions",
        "model": "small",
        "question_sha256": "0" * 64,
        "outcome": OpinionOutcome.LOWERED,
        "reason": "the text does not report the event, says the answer: historical",
        "answer": '{"stance": "historical", "quotes": ["Торік удар по підстанції"]}',
        "quotes": ("Торік удар по підстанції",),
        "stance_before": Stance.ASSERTED,
        "stance_after": Stance.HISTORICAL,
        "confidence_before": Confidence.LOW,
        "confidence_after": Confidence.LOW,
        "prompt_tokens": 700,
        "completion_tokens": 40,
    }
    return Opinion(**defaults | changes)


def put_claim(tx: Transaction) -> None:
    (report,) = tx.add_reports([a_report()])
    tx.add_extracted(report, Extracted(language=Language.ENGLISH, claims=(a_claim(id="c1"),)), NOON)


def test_an_opinion_comes_back_as_it_was_given_the_newest_first(store: Store) -> None:
    failed = an_opinion(
        asked_at=NOON + timedelta(hours=1),
        outcome=OpinionOutcome.FAILED,
        answer=None,
        quotes=(),
        prompt_tokens=None,
        completion_tokens=None,
    )
    with store.transaction() as tx:
        put_claim(tx)
        tx.add_opinions([an_opinion(), failed])
    with store.query() as query:
        assert query.opinions() == (failed, an_opinion())
        assert query.opinions(limit=1) == (failed,)


def test_an_answer_that_cannot_be_stored_letter_for_letter_is_stored_all_the_same(store: Store) -> None:
    with store.transaction() as tx:
        put_claim(tx)
        tx.add_opinions([an_opinion(answer="nul \x00, half \ud800", model="small\x00")])
    with store.query() as query:
        (found,) = query.opinions()
    assert found == an_opinion(answer="nul \ufffd, half \ufffd", model="small\ufffd")


def test_costs_are_added_up_and_start_at_nothing(store: Store) -> None:
    with store.query() as query:
        assert query.opinion_costs() == OpinionCosts(asked=0, prompt_tokens=0, completion_tokens=0)
    with store.transaction() as tx:
        put_claim(tx)
        tx.add_opinions([an_opinion(), an_opinion(prompt_tokens=1), an_opinion(prompt_tokens=None)])
    with store.query() as query:
        assert query.opinion_costs() == OpinionCosts(asked=3, prompt_tokens=701, completion_tokens=120)


@pytest.mark.parametrize("change", ["UPDATE opinion SET outcome = 'raised'", "DELETE FROM opinion"])
def test_the_database_itself_refuses_to_change_an_opinion(store: Store, change: str) -> None:
    with store.transaction() as tx:
        put_claim(tx)
        tx.add_opinions([an_opinion()])
    with pytest.raises(StoreError, match="opinion is append-only"), store.transaction() as tx:
        tx._connection.exec_driver_sql(change)
    with store.query() as query:
        assert query.opinions() == (an_opinion(),)


def test_an_opinion_on_a_claim_that_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(StoreError), store.transaction() as tx:
        tx.add_opinions([an_opinion(claim_id="nowhere")])


def test_a_database_from_before_second_opinions_is_brought_up_with_what_it_holds(
    database_url: str, tmp_path: Path
) -> None:
    engine = create_engine(parse_url(database_url))
    with engine.begin() as connection:
        command.upgrade(runner.config(connection), "0001")
        connection.execute(text("INSERT INTO meta (key, value) VALUES ('kept', 'yes')"))
    engine.dispose()
    store = Store.open(database_url, tmp_path / "evidence")
    with store.transaction() as tx:
        put_claim(tx)
        tx.add_opinions([an_opinion()])
    with store.query() as query:
        assert query.meta("kept") == "yes"
        assert len(query.opinions()) == 1
    store.close()
