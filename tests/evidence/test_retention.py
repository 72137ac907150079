"""What is kept for how long, and what stays of what was removed."""

from datetime import timedelta

import pytest

from monitor.errors import MonitorError
from monitor.evidence.retention import KeepFor, Removal, expired, removals, remove
from monitor.model.claims import Extracted
from monitor.model.judgements import Join
from monitor.model.reports import Document, Language
from monitor.store import Store
from monitor.store.warc import capture_of
from tests.builders import NOON, a_claim, a_report, an_incident
from tests.judgement_builders import a_violation
from tests.store.tampering import a_fetched_document

DAY = timedelta(days=1)
LATER = NOON + 100 * DAY
COLLECTOR = "ceasefire-monitor 0.1.0"


def keep(store: Store, *documents: Document) -> None:
    for document in documents:
        store.archive.keep(document)
        with store.transaction() as tx:
            tx.add_document(document)


def take_away(store: Store, document: Document) -> int:
    return remove(store, document.sha256, by="AK", reason="asked by the outlet", now=LATER, collector=COLLECTOR)


def test_a_removal_leaves_a_tombstone_and_an_archive_that_verifies(store: Store) -> None:
    one, other = a_fetched_document(1, b"one"), a_fetched_document(2, b"other")
    keep(store, one, other)
    assert take_away(store, one) == 2
    seen = store.verify()
    assert (seen.troubles, seen.documents, seen.removed, seen.unrecorded) == ([], 3, 1, 0)
    assert not store.archive.verify(one.sha256)
    assert store.archive.verify(other.sha256)
    assert removals(store) == (Removal(sha256=one.sha256, by="AK", reason="asked by the outlet", at=LATER),)


def test_a_copy_that_is_gone_without_a_tombstone_is_found(store: Store) -> None:
    one, other = a_fetched_document(1, b"one"), a_fetched_document(2, b"other")
    keep(store, one, other)
    take_away(store, one)
    store.archive.remove(store.copies_of(other.sha256).paths)
    [trouble] = store.verify().troubles
    assert "document 2" in trouble


def test_a_tombstone_that_is_gone_is_found(store: Store) -> None:
    one = a_fetched_document(1, b"one")
    keep(store, one)
    take_away(store, one)
    [tombstone] = store.tombstones()
    (store.archive.folder / tombstone[:2] / tombstone[2:4] / tombstone).unlink()
    [trouble] = store.verify().troubles
    assert "document 2" in trouble


def test_what_is_fetched_again_after_its_removal_is_kept_anew(store: Store) -> None:
    first = a_fetched_document(1, b"same")
    keep(store, first)
    take_away(store, first)
    keep(store, a_fetched_document(9, b"same", fetched_at=LATER + DAY))
    seen = store.verify()
    assert (seen.troubles, seen.removed) == ([], 1)
    assert store.archive.read(first.sha256) == b"same"
    assert store.left_over() == (capture_of(first).path,), "and not the working copy, which is that of both"
    store.archive.remove(store.left_over())
    assert store.verify().troubles == []
    store.archive.remove([store.copies_of(first.sha256).paths[-1]])
    assert store.verify().troubles != [], "the tombstone is older than this copy"


def test_all_fetches_of_a_document_go_together(store: Store) -> None:
    keep(store, a_fetched_document(1, b"same"), a_fetched_document(2, b"same"))
    assert take_away(store, a_fetched_document(1, b"same")) == 3
    assert store.verify().removed == 2


@pytest.mark.parametrize("gone", [0, 1, 2, 3])
def test_a_kill_between_tombstone_and_removal_is_made_up_for(store: Store, gone: int) -> None:
    same = (a_fetched_document(1, b"same"), a_fetched_document(2, b"same"))
    keep(store, *same)
    contents = {path: store.archive.content(path) for path in store.copies_of(same[0].sha256).paths}
    take_away(store, same[0])
    for path, content in list(contents.items())[gone:]:
        (store.archive.folder / path).write_bytes(content)
    assert store.verify().troubles == []
    store.archive.remove(store.left_over())
    assert not any((store.archive.folder / path).exists() for path in contents)
    assert store.verify().removed == 2


@pytest.mark.parametrize(("by", "reason"), [("", "why"), ("AK", " ")])
def test_a_removal_needs_an_author_and_a_reason(store: Store, by: str, reason: str) -> None:
    document = a_fetched_document()
    keep(store, document)
    with pytest.raises(MonitorError, match="needs an author and a reason"):
        remove(store, document.sha256, by=by, reason=reason, now=LATER, collector=COLLECTOR)
    assert store.archive.verify(document.sha256)


def test_what_is_not_kept_cannot_be_removed(store: Store) -> None:
    document = a_fetched_document()
    keep(store, document)
    take_away(store, document)
    [tombstone] = store.tombstones()
    for sha256 in (document.sha256, "0" * 64, tombstone):
        with pytest.raises(MonitorError, match="keeps no document"):
            remove(store, sha256, by="AK", reason="why", now=LATER, collector=COLLECTOR)


def test_documents_expire_by_their_last_fetch_and_whether_a_violation_rests_on_them(store: Store) -> None:
    old, renewed, evidence = (a_fetched_document(n, b"%d" % n) for n in range(3))
    keep(store, old, renewed, evidence, a_fetched_document(9, renewed.body, fetched_at=NOON + 95 * DAY))
    report = a_report(document_sha256=evidence.sha256)
    claim = a_claim(id="c1")
    violation = a_violation()
    with store.transaction() as tx:
        tx.add_reports([report])
        tx.add_extracted(report, Extracted(language=Language.ENGLISH, claims=(claim,)), NOON)
        tx.save_incident(an_incident(id=violation.incident.id), NOON)
        tx.add_join(Join(incident_id=violation.incident.id, claim_id="c1", score=1.0, reasons=()), NOON)
        tx.save_violation(violation, NOON)
    unused, both = KeepFor(unused=30 * DAY, evidence=None), KeepFor(unused=30 * DAY, evidence=99 * DAY)
    assert [one.sha256 for one in expired(store, unused, LATER)] == [old.sha256]
    assert [one.sha256 for one in expired(store, both, LATER)] == [old.sha256, evidence.sha256]
    assert expired(store, KeepFor(unused=None, evidence=None), LATER) == ()
    take_away(store, old)
    assert expired(store, unused, LATER + 300 * DAY)[0].sha256 == renewed.sha256
    assert len(expired(store, both, LATER + 300 * DAY)) == 2, "neither what is removed nor its tombstone"


def test_a_removed_document_proves_nothing_any_more(store: Store) -> None:
    one, other = a_fetched_document(1, b"one"), a_fetched_document(2, b"other")
    keep(store, one, other)
    take_away(store, one)
    proof = store.prove([one.sha256, other.sha256])
    assert [document.sha256 for document in proof.documents] == [other.sha256]
    assert [step.kind for step in proof.steps] == ["entry", "digest"]
