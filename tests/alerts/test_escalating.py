"""A critical alert that nobody acknowledges in time goes on to others, to each of them once."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.alerts.escalating import Answered, escalations
from monitor.alerts.message import parsed
from monitor.alerts.notices import Heard, notices_for
from monitor.alerts.receivers import Audience
from monitor.escalating import escalate
from monitor.model.judgements import Change, ChangeKind, Notice, NoticeState, Status
from monitor.model.routing import Acknowledgement, Escalation, Manner
from monitor.store import Store
from tests.alerts.test_routing import BREACHES, a_receiver, an_audience
from tests.builders import NOON
from tests.databases import database_url as database_url
from tests.judgement_builders import a_change, a_rating, a_violation

MINUTE = timedelta(minutes=1)
NOTHING = Answered(acknowledged=(), ended=())


def goes_to(*names: str) -> Manner:
    return Manner(escalation=Escalation(after=15 * MINUTE, to=names))


AUDIENCE = an_audience(
    a_receiver("duty", goes_to("chief")), a_receiver("chief", goes_to("owner", "duty")), a_receiver("owner")
)
GRAVE = a_violation(assessments=BREACHES, rating=a_rating(status=Status.CORROBORATED))


def sent(change: Change | None = None, audience: Audience = AUDIENCE) -> Notice:
    """Return the alert that the first receiver accepted at noon."""
    change = change or a_change(ChangeKind.NEW, GRAVE)
    heard = Heard(told={change.violation.id: ("webhook:duty",)})
    first, *_ = notices_for([change], audience, heard=heard, now=NOON, backlog=False)
    assert first.channel == "webhook:duty"
    return replace(first, state=NoticeState.SENT, sent_at=NOON)


def onward(*notices: Notice, minutes: int = 15, answered: Answered = NOTHING) -> list[Notice]:
    return list(escalations(notices, answered, AUDIENCE, NOON + minutes * MINUTE))


def test_it_goes_on_when_its_time_has_passed_and_says_so() -> None:
    assert onward(sent(), minutes=14) == []
    (made,) = onward(sent())
    assert (made.channel, made.incident_id, made.violation_ids) == ("webhook:chief", GRAVE.incident.id, (GRAVE.id,))
    told = parsed(made.payload)
    assert told["id"] == made.id
    assert told["data"]["what_changed"].startswith("Not acknowledged within 15 minutes: ")
    assert told["data"]["violations"] == parsed(sent().payload)["data"]["violations"]


@pytest.mark.parametrize(
    "answered",
    [Answered(acknowledged={GRAVE.incident.id}, ended=()), Answered(acknowledged=(), ended={GRAVE.id})],
    ids=["acknowledged", "stands no more"],
)
def test_it_stays_where_it_is_once_somebody_has_answered_or_it_stands_no_more(answered: Answered) -> None:
    assert onward(sent(), answered=answered) == []


def test_what_is_not_critical_or_was_not_sent_goes_on_to_nobody() -> None:
    assert onward(sent(a_change(ChangeKind.NEW, a_violation()))) == []
    assert onward(sent(a_change(ChangeKind.DISMISSED, GRAVE))) == []
    assert onward(replace(sent(), state=NoticeState.PENDING, sent_at=None)) == []


def test_along_a_chain_that_is_a_ring_each_receiver_gets_it_once() -> None:
    known = {one.id: one for one in [sent()]}
    for minutes in (15, 30, 45, 60):
        now = NOON + minutes * MINUTE
        for one in list(escalations(known.values(), NOTHING, AUDIENCE, now)):
            known.setdefault(one.id, replace(one, state=NoticeState.SENT, sent_at=now))
    assert sorted(one.channel for one in known.values()) == [
        "webhook:chief", "webhook:duty", "webhook:duty", "webhook:owner",
    ]  # fmt: skip


# In the store


PATIENT = an_audience(a_receiver("duty", Manner(repeat=30 * MINUTE)))


def again(*notices: Notice, minutes: int, answered: Answered = NOTHING) -> list[Notice]:
    return list(escalations(notices, answered, PATIENT, NOON + minutes * MINUTE))


@pytest.mark.parametrize(("minutes", "waited"), [(29, None), (30, 30), (59, 30), (61, 60), (200, 180)])
def test_it_comes_again_after_each_interval_and_once_for_those_that_nobody_looked_at(
    minutes: int, waited: int | None
) -> None:
    made = again(sent(audience=PATIENT), minutes=minutes)
    assert [(one.channel, parsed(one.payload)["data"]["what_changed"].split(":")[0]) for one in made] == (
        [("webhook:duty", f"Not acknowledged within {waited} minutes")] if waited else []
    )


def test_each_repetition_has_an_id_of_its_own_however_often_it_is_asked_for() -> None:
    ids = [again(sent(audience=PATIENT), minutes=minutes)[0].id for minutes in (30, 45, 60, 75)]
    assert (ids[0] == ids[1], ids[2] == ids[3], ids[0] == ids[2]) == (True, True, False)


def test_a_repetition_is_not_repeated_itself_nor_goes_it_on() -> None:
    both = an_audience(a_receiver("duty", replace(goes_to("chief"), repeat=30 * MINUTE)), a_receiver("chief"))
    first = sent(audience=both)
    at = NOON + 30 * MINUTE
    made = {one.channel: one for one in escalations([first], NOTHING, both, at)}
    assert set(made) == {"webhook:duty", "webhook:chief"}
    repeated = replace(made["webhook:duty"], state=NoticeState.SENT, sent_at=at)
    assert list(escalations([repeated], NOTHING, both, at + 60 * MINUTE)) == []


@pytest.mark.parametrize(
    "answered",
    [Answered(acknowledged={GRAVE.incident.id}, ended=()), Answered(acknowledged=(), ended={GRAVE.id})],
    ids=["acknowledged", "dismissed"],
)
def test_nothing_comes_again_once_somebody_has_answered_or_it_stands_no_more(answered: Answered) -> None:
    assert again(sent(audience=PATIENT), minutes=45, answered=answered) == []


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(database_url, tmp_path / "evidence")) as opened:
        with opened.transaction() as tx:
            tx.add_notices([replace(sent(), state=NoticeState.PENDING, sent_at=None)])
            tx.mark_sent(sent().id, NOON)
        yield opened


def test_an_alert_goes_on_once_however_often_it_is_looked_at(store: Store) -> None:
    assert [escalate(store, AUDIENCE, NOON + minutes * MINUTE) for minutes in (14, 15, 16, 20)] == [0, 1, 0, 0]
    with store.query() as query:
        assert sorted(one.channel for one in query.notices()) == ["webhook:chief", "webhook:duty"]


def test_an_alert_that_was_acknowledged_goes_on_to_nobody(store: Store) -> None:
    one = Acknowledgement(incident_id=GRAVE.incident.id, author="Olena", how="command line", recorded_at=NOON)
    with store.transaction() as tx:
        assert tx.add_acknowledgement(one)
        assert not tx.add_acknowledgement(replace(one, recorded_at=NOON + MINUTE)), "the same says nothing new"
    assert escalate(store, AUDIENCE, NOON + 20 * MINUTE) == 0
