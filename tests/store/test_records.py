"""Feeds, documents, reports, tallies and notices go in and come back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import create_engine, text

from monitor.errors import StoreError
from monitor.model.claims import Actor, Extracted, Tally, TallyKind
from monitor.model.judgements import ChangeKind, Notice, NoticeState
from monitor.model.reports import Document, Language, PollState
from monitor.store import Store
from monitor.store.database import parse_url
from monitor.store.types import storable
from tests.builders import NOON, a_claim, a_report, a_source

MINUTE = timedelta(minutes=1)


def a_document(body: bytes = b"<rss/>", **changes: object) -> Document:
    defaults = {
        "url": "https://outlet.example/rss",
        "final_url": "https://outlet.example/rss.xml",
        "fetched_at": NOON,
        "status": 200,
        "headers": (("Content-Type", "application/rss+xml"), ("X-Odd", "\x00\udcff")),
        "body": body,
        "collector": "ceasefire 0.1.0, HTTP GET",
    }
    return Document(**defaults | changes)  # type: ignore[arg-type]


def a_notice(number: int = 1, **changes: object) -> Notice:
    defaults = {
        "id": f"N-{number}",
        "channel": "email",
        "kind": ChangeKind.NEW,
        "incident_id": "I-1",
        "violation_ids": ("V-1", "V-2"),
        "payload": '{"text": "Суми"}',
        "created_at": NOON,
        "due_at": NOON,
    }
    return Notice(**defaults | changes)  # type: ignore[arg-type]


def test_poll_states_come_back_as_last_saved(store: Store) -> None:
    state = PollState(feed_id="f", etag='"1"', polled_at=NOON, due_at=NOON + MINUTE, failures=2, gone=True)
    with store.transaction() as tx:
        tx.save_poll_state(replace(state, etag="old", last_error="timed out"))
        tx.save_poll_state(state)
        tx.save_poll_state(PollState(feed_id="g"))
    with store.query() as query:
        assert query.poll_state("f") == state
        assert query.poll_state("unknown") is None
        assert query.poll_states() == {"f": state, "g": PollState(feed_id="g")}


def test_times_come_back_aware_and_in_utc(store: Store) -> None:
    in_kyiv = datetime(2025, 4, 2, 15, 0, 0, 123456, tzinfo=timezone(timedelta(hours=3)))
    with store.transaction() as tx:
        tx.save_poll_state(PollState(feed_id="f", polled_at=in_kyiv))
    with store.query() as query:
        state = query.poll_state("f")
    assert state is not None
    assert state.polled_at == in_kyiv
    assert state.polled_at is not None
    assert state.polled_at.utcoffset() == timedelta(0)


def test_a_report_comes_back_as_it_was_given(store: Store) -> None:
    given = a_report(
        "Удар по підстанції",
        text="Текст.",
        source=a_source(wire="tass", affiliation="RU", sample=True),
        language=Language.UKRAINIAN,
        published=None,
        feed_id="f",
        see_also=("https://other.example/",),
    )
    with store.transaction() as tx:
        assert tx.add_reports([given]) == (given,)
    with store.query() as query:
        assert query.report(given.id) == query.report(given.id, 1) == given
        assert query.report(given.id, 2) is None
        assert query.known_reports([given.id, "R-unknown"]) == {given.id: (1, given.content_sha256)}


def test_a_report_that_is_known_is_not_new_and_an_edited_one_is_a_version(store: Store) -> None:
    first = a_report(text="It was hit.")
    edited, again = replace(first, text="It was not hit."), replace(first, url="https://outlet.example/moved")
    with store.transaction() as tx:
        assert [one.version for one in tx.add_reports([first, again])] == [1]
    with store.transaction() as tx:
        assert tx.add_reports([first]) == ()
        assert [one.version for one in tx.add_reports([edited, edited])] == [2]
        assert [one.version for one in tx.add_reports([first])] == [3], "an outlet may take its edit back"
    with store.query() as query:
        assert query.report(first.id, 2) == replace(edited, version=2)
        assert query.counts()["reports"] == 1


def test_a_feed_that_lists_two_texts_under_one_id_adds_no_versions_at_the_next_poll(store: Store) -> None:
    both = [a_report(text="One."), a_report(text="Two.")]
    with store.transaction() as tx:
        assert [one.version for one in tx.add_reports(both)] == [1, 2]
        assert tx.add_reports(both) == ()
        assert [one.text for one in tx.add_reports([*both, a_report(text="Three.")])] == ["Three."]


def test_what_a_report_yields_is_stored_once_and_counted(store: Store) -> None:
    tally = Tally(
        id="t1",
        claimant=Actor(name="MoD", party="RU"),
        accused="UA",
        target_class="energy",
        count=10**30,
        kind=TallyKind.INCREMENT,
        start=NOON - 24 * 60 * MINUTE,
        end=NOON,
        span=(0, 5),
    )
    extracted = Extracted(language=Language.ENGLISH, claims=(a_claim(),), tallies=(tally,))
    other = a_report("Un rapport", language=Language.OTHER, published=None)
    with store.transaction() as tx:
        first, second = tx.add_reports([a_report(), other])
        for _ in range(2):
            tx.add_extracted(first, extracted, NOON)
            tx.add_extracted(second, Extracted(language=Language.OTHER, skipped="language not read"), NOON)
    with store.query() as query:
        assert [one.tally for one in query.tallies()] == [one.tally for one in query.tallies(NOON, NOON)] == [tally]
        assert query.tallies(as_of=NOON - MINUTE) == ()
        assert query.tallies(since=NOON + MINUTE) == ()
        counts = query.counts()
        assert (counts["reports"], counts["reports en"], counts["reports other"]) == (2, 1, 1)
        assert (counts["reports not read"], counts["claims"]) == (1, 1)
        seen = query.reports_seen()
        assert (seen.reports, seen.not_read, seen.undated) == (2, {"language not read": 1}, 1)
        assert seen.newest_first_seen == first.first_seen
        assert query.reports_seen(as_of=NOON - MINUTE).reports == 0


def test_thousands_of_reports_go_in_at_once(store: Store) -> None:
    reports = [a_report(f"Report {number}") for number in range(3_000)]
    with store.transaction() as tx:
        assert len(tx.add_reports(reports)) == 3_000
        assert tx.add_reports(reports) == ()
        assert len(tx.known_reports([*(one.id for one in reports), *map(str, range(70_000))])) == 3_000


HOSTILE = "a\x00b\ud800c\U0001f4a5 ї\u202e"


def test_what_no_database_can_hold_is_replaced_one_for_one(store: Store) -> None:
    given = a_report(HOSTILE, id="R-1", text=HOSTILE, source=a_source(name=HOSTILE), see_also=(HOSTILE,))
    with store.transaction() as tx:
        assert tx.add_reports([given]) == (given,)
        tx.add_extracted(given, Extracted(language=Language.ENGLISH, claims=(a_claim(weapon=HOSTILE),)), NOON)
    with store.transaction() as tx:
        assert tx.add_reports([given]) == (), "it is recognised though something in it was replaced"
        found = tx.report("R-1")
    assert found is not None
    clean = "a\ufffdb\ufffdc\U0001f4a5 ї\u202e"
    assert storable(HOSTILE) == clean
    assert (found.title, found.text, found.source.name, found.see_also) == (clean, clean, clean, (clean,))
    assert len(found.full_text) == len(given.full_text), "spans still point at the same words"


def test_documents_are_chained_and_checked(store: Store) -> None:
    documents = [a_document(), a_document(b""), a_document(fetched_at=NOON + MINUTE)]
    for document in documents:
        path = store.archive.keep(document)
        assert path.read_bytes() == document.body
    with store.transaction() as tx:
        for document in [*documents, *documents]:
            tx.add_document(document)
    assert store.check() == ()
    assert store.archive.verify(documents[0].sha256)
    assert store.archive.read(documents[0].sha256) == b"<rss/>"


def test_a_document_that_was_changed_or_lost_is_found(store: Store) -> None:
    changed, lost = a_document(b"one"), a_document(b"two")
    paths = [store.archive.keep(document) for document in (changed, lost)]
    with store.transaction() as tx:
        for document in (changed, lost):
            tx.add_document(document)
    paths[0].write_bytes(b"other")
    paths[1].unlink()
    troubles = store.check()
    assert [str(path) in trouble for path, trouble in zip(paths, troubles, strict=True)] == [True, True]
    store.archive.keep(changed)
    assert store.archive.verify(changed.sha256), "keeping it again mends it"
    assert not store.archive.verify(lost.sha256)
    with pytest.raises(StoreError, match="cannot read the document"):
        store.archive.read(lost.sha256)


def test_a_row_that_was_changed_behind_our_back_breaks_the_chain(store: Store, database_url: str) -> None:
    with store.transaction() as tx:
        for number in range(3):
            document = a_document(b"%d" % number)
            store.archive.keep(document)
            tx.add_document(document)
    engine = create_engine(parse_url(database_url))
    with engine.begin() as connection:
        names = ["document_no_update"] if engine.dialect.name == "sqlite" else ["document_append_only ON document"]
        connection.execute(text(f"DROP TRIGGER {names[0]}"))
        connection.execute(text("UPDATE document SET url = 'https://forged.example/' WHERE seq = 2"))
    engine.dispose()
    (trouble,) = store.check()
    assert "chain of documents breaks at number 2:" in trouble


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_only_digests_name_documents(store: Store, name: str) -> None:
    with pytest.raises(StoreError, match="is no SHA-256"):
        store.archive.read(name)


def test_notices_are_queued_once_sent_failed_given_up_and_replayed(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.add_notices([a_notice(1), a_notice(2), a_notice(1)]) == 2
        assert tx.add_notices([a_notice(2, payload="other"), a_notice(3, due_at=NOON + MINUTE)]) == 1
    with store.query() as query:
        assert query.due_notices(NOON) == (a_notice(1), a_notice(2))
        assert query.due_notices(NOON, limit=1) == (a_notice(1),)
        assert query.due_notices(NOON - MINUTE) == ()
    with store.transaction() as tx:
        tx.mark_sent("N-1", NOON + MINUTE)
        tx.mark_failed("N-2", "connection refused", NOON + 5 * MINUTE)
        tx.mark_failed("N-3", "550 no such user", None)
    with store.query() as query:
        assert query.notices(NoticeState.SENT) == (
            a_notice(1, state=NoticeState.SENT, attempts=1, sent_at=NOON + MINUTE),
        )
        later = a_notice(2, attempts=1, last_error="connection refused", due_at=NOON + 5 * MINUTE)
        assert query.notices(NoticeState.PENDING) == (later,)
        assert [one.last_error for one in query.notices(NoticeState.DEAD)] == ["550 no such user"]
        assert query.due_notices(NOON + MINUTE) == ()
        counts = query.counts()
        assert [counts[f"notices {state}"] for state in ("pending", "sent", "dead")] == [1, 1, 1]
    with store.transaction() as tx:
        assert tx.replay_notice("N-3", NOON)
        assert not tx.replay_notice("N-unknown", NOON)
        assert [one.id for one in tx.due_notices(NOON)] == ["N-3"]


def test_meta_values_are_kept_in_place(store: Store) -> None:
    with store.transaction() as tx:
        tx.set_meta("heartbeat", datetime(2025, 4, 2, tzinfo=UTC).isoformat())
        tx.set_meta("heartbeat", NOON.isoformat())
        assert tx.meta("heartbeat") == NOON.isoformat()
        assert tx.meta("unknown") is None
