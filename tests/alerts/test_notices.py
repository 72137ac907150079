import json
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from monitor.alerts.notices import Heard, kept_back, notices_for
from monitor.alerts.receivers import Audience, EmailReceiver, FileReceiver, MailServer, WebhookReceiver
from monitor.model.agreements import Verdict
from monitor.model.judgements import Change, ChangeKind, Notice, Status
from tests.builders import NOON, a_report, a_reported_claim, a_source, a_time, an_incident
from tests.judgement_builders import a_change, a_rating, a_violation, an_assessment

NOW = NOON + timedelta(hours=1)
MAIL = EmailReceiver(
    server=MailServer(
        host="mail.example", port=587, security="starttls", sender="monitor@example.org", user="monitor",
        password=SecretStr("hunter2"),
    ),
    recipients=("desk@example.org", "duty@example.org"),
)  # fmt: skip
HOOK = WebhookReceiver(url=SecretStr("https://hooks.example/token-abc"), secrets=(SecretStr("whsec_AAAA"),))
EVERYBODY = Audience(receivers=(MAIL, HOOK), file_sink=FileReceiver(path=Path("alerts.jsonl")))


def told(
    *changes: Change,
    audience: Audience = EVERYBODY,
    backlog: bool = False,
    before: Collection[str] = EVERYBODY.channels(backlog=False),
) -> tuple[Notice, ...]:
    """Return what is told of the changes where these channels were told of each violation before."""
    told_before = {change.violation.id: before for change in changes}
    return notices_for(changes, audience, heard=Heard(told=told_before), now=NOW, backlog=backlog)


def body(notice: Notice) -> dict[str, object]:
    data = json.loads(notice.payload)["data"]
    assert isinstance(data, dict)
    return data


def test_each_recipient_and_the_webhook_get_one_notice_for_an_incident_however_many_readings_it_breaches() -> None:
    readings = tuple(an_assessment(Verdict.BREACH, name) for name in ("kremlin", "kyiv", "white-house"))
    notices = told(a_change(violation=a_violation(assessments=readings)))
    assert [notice.channel for notice in notices] == ["email:desk@example.org", "email:duty@example.org", "webhook"]
    assert all(len(json.loads(notice.payload)["data"]["violations"][0]["readings"]) == 3 for notice in notices)


def test_changes_of_one_incident_that_come_together_are_one_notice_that_names_the_weightiest() -> None:
    first = a_violation()
    second = a_violation(id="V-other-clause", clause_id="all-parties")
    notices = told(a_change(ChangeKind.CORROBORATED, first), a_change(ChangeKind.NEW, second))
    assert len(notices) == 3
    assert {notice.kind for notice in notices} == {ChangeKind.NEW}
    assert set(notices[0].violation_ids) == {first.id, "V-other-clause"}
    assert [one["change"] for one in json.loads(notices[0].payload)["data"]["violations"]] == ["corroborated", "new"]


def test_changes_of_two_incidents_are_two_notices() -> None:
    other = a_violation(a_reported_claim(id="another"))
    assert len([one for one in told(a_change(), a_change(violation=other)) if one.channel == "webhook"]) == 2


def test_what_is_only_undetermined_alerts_nobody() -> None:
    violation = a_violation(assessments=(an_assessment(Verdict.UNDETERMINED), an_assessment(Verdict.NO_BREACH, "kyiv")))
    assert told(a_change(violation=violation)) == ()


@pytest.mark.parametrize("kind", [ChangeKind.WITHDRAWN, ChangeKind.DISMISSED, ChangeKind.CORRECTED])
def test_who_was_told_is_told_that_it_is_taken_back_even_where_no_breach_is_left(kind: ChangeKind) -> None:
    violation = a_violation(assessments=(an_assessment(Verdict.UNDETERMINED),))
    assert {notice.kind for notice in told(a_change(kind, violation))} == {kind}


def test_the_same_change_gives_the_same_id_and_every_other_channel_another() -> None:
    first, again = told(a_change()), told(a_change())
    assert [notice.id for notice in first] == [notice.id for notice in again]
    assert len({notice.id for notice in first}) == len(first)


@pytest.mark.parametrize(
    "other",
    [
        a_change(ChangeKind.CORROBORATED, a_violation(rating=a_rating(status=Status.CORROBORATED, credibility=2))),
        a_change(ChangeKind.NEW, a_violation(a_reported_claim(), a_reported_claim(id="c2"))),
        a_change(ChangeKind.NEW, a_violation(rating=a_rating(disputed=True))),
        a_change(ChangeKind.NEW, a_violation(assessments=(an_assessment(rule_version="ba9876543210"),))),
    ],
    ids=["kind and status", "claims", "dispute", "rule"],
)
def test_another_state_of_the_same_incident_is_another_notice(other: Change) -> None:
    assert not {notice.id for notice in told(a_change())} & {notice.id for notice in told(other)}


@pytest.mark.parametrize(("hours", "digest"), [(47, False), (48, False), (49, True)])
def test_events_first_seen_more_than_48_hours_after_they_ended_go_into_a_digest(hours: int, digest: bool) -> None:
    report = a_report(first_seen=NOON + timedelta(hours=hours))
    claim = a_reported_claim(report=report, event_time=a_time("2025-04-02T00:00", "2025-04-02T12:00"))
    notices = told(a_change(violation=a_violation(claim)))
    assert {notice.kind is ChangeKind.DIGEST for notice in notices} == {digest}


def test_many_late_events_are_one_digest_for_each_channel_beside_the_prompt_ones() -> None:
    late = [
        a_violation(a_reported_claim(id=f"late{number}", report=a_report(first_seen=NOON + timedelta(days=9))))
        for number in range(5)
    ]
    notices = told(a_change(), *(a_change(violation=violation) for violation in late))
    by_hook = [notice for notice in notices if notice.channel == "webhook"]
    assert [notice.kind for notice in by_hook] == [ChangeKind.NEW, ChangeKind.DIGEST]
    assert set(by_hook[1].violation_ids) == {violation.id for violation in late}
    assert body(by_hook[1])["headline"] == "5 events first reported late"


def test_a_digest_of_very_many_tells_the_first_in_full_the_others_by_id_and_how_many_there_are() -> None:
    late = [
        a_violation(a_reported_claim(id=f"late{number}", report=a_report(first_seen=NOON + timedelta(days=9))))
        for number in range(1_500)
    ]
    notice = told(*(a_change(violation=violation) for violation in late))[-1]
    data = json.loads(notice.payload)["data"]
    assert (len(data["violations"]), data["violations_omitted"], data["violations_total"]) == (25, 1_475, 1_500)
    assert data["omitted_ids"] == [violation.id for violation in late[25:1_025]]
    assert data["headline"] == "1500 events first reported late"
    assert len(notice.payload) < 100_000
    assert set(notice.violation_ids) == {violation.id for violation in late}, "all of them were told"


def test_an_event_seen_in_time_stays_prompt_when_a_late_report_joins_it() -> None:
    late = a_reported_claim(id="c2", report=a_report("Late report", first_seen=NOON + timedelta(days=9)))
    change = a_change(ChangeKind.CORROBORATED, a_violation(a_reported_claim(), late))
    assert {notice.kind for notice in told(change)} == {ChangeKind.CORROBORATED}


def test_a_replayed_report_counts_as_seen_when_it_was_published() -> None:
    report = a_report(published=NOON, first_seen=NOON + timedelta(days=500))
    change = a_change(violation=a_violation(a_reported_claim(report=report)))
    kinds = {
        replayed: {
            n.kind for n in notices_for([change], EVERYBODY, heard=Heard(), now=NOW, backlog=True, replayed=replayed)
        }
        for replayed in (True, False)
    }
    assert kinds == {True: {ChangeKind.NEW}, False: {ChangeKind.DIGEST}}


#: What may follow a first alert of a violation.
UPDATES = tuple(kind for kind in ChangeKind if kind.of_a_violation and kind is not ChangeKind.NEW)


@pytest.mark.parametrize("kind", UPDATES)
def test_an_update_goes_to_whoever_got_the_first_alert_and_to_nobody_else(kind: ChangeKind) -> None:
    [notice] = told(a_change(kind), before={"email:duty@example.org"})
    assert (notice.channel, notice.kind) == ("email:duty@example.org", kind)


@pytest.mark.parametrize("kind", UPDATES)
def test_an_update_of_what_nobody_was_told_goes_to_the_file_alone(kind: ChangeKind) -> None:
    assert [notice.channel for notice in told(a_change(kind), before=())] == ["file"]
    assert [notice.channel for notice in told(a_change(kind), before={"file"})] == ["file"]


def test_a_receiver_added_later_hears_of_a_new_violation_of_an_old_incident_and_not_of_the_old_one() -> None:
    old, new = a_violation(), a_violation(id="V-other-clause", clause_id="all-parties")
    changes = [a_change(ChangeKind.WITHDRAWN, old), a_change(ChangeKind.NEW, new)]
    notices = notices_for(changes, EVERYBODY, heard=Heard(told={old.id: {"webhook"}}), now=NOW, backlog=False)
    assert {notice.channel: set(notice.violation_ids) for notice in notices} == {
        "email:desk@example.org": {new.id},
        "email:duty@example.org": {new.id},
        "webhook": {old.id, new.id},
    }


def test_an_update_for_a_receiver_taken_out_of_the_settings_waits_for_it_and_is_told_to_nobody_instead() -> None:
    [notice] = told(a_change(ChangeKind.WITHDRAWN), before={"email:renamed@example.org"})
    assert notice.channel == "email:renamed@example.org"


def test_an_update_of_a_late_event_is_told_at_once_and_is_no_digest() -> None:
    violation = a_violation(a_reported_claim(report=a_report(first_seen=NOON + timedelta(days=9))))
    assert {notice.kind for notice in told(a_change(ChangeKind.WITHDRAWN, violation))} == {ChangeKind.WITHDRAWN}


def test_a_backlog_goes_to_the_file_and_to_nobody() -> None:
    assert [notice.channel for notice in told(a_change(), backlog=True)] == ["file"]


def test_of_a_backlog_whoever_was_told_hears_of_updates_and_a_silent_replay_tells_nobody() -> None:
    change = a_change(ChangeKind.WITHDRAWN)
    before = {change.violation.id: {"webhook"}}
    channels = {
        replayed: [
            one.channel
            for one in notices_for(
                [change], EVERYBODY, heard=Heard(told=before), now=NOW, backlog=True, replayed=replayed
            )
        ]
        for replayed in (True, False)
    }
    assert channels == {True: ["file"], False: ["webhook"]}


@pytest.mark.parametrize(
    ("told_before", "kind", "expected"),
    [
        ({"webhook"}, ChangeKind.WITHDRAWN, 1),
        ({"webhook", "file"}, ChangeKind.CORROBORATED, 1),
        ({"file"}, ChangeKind.WITHDRAWN, 0),
        ((), ChangeKind.WITHDRAWN, 0),
        ({"webhook"}, ChangeKind.NEW, 0),
    ],
)
def test_only_updates_of_what_people_were_told_count_as_kept_back(
    told_before: Collection[str], kind: ChangeKind, expected: int
) -> None:
    change = a_change(kind)
    assert kept_back([change], EVERYBODY, {change.violation.id: told_before}) == expected


@pytest.mark.parametrize(("incidents", "sizes"), [(25, [1] * 25), (26, [25, 1]), (60, [25, 25, 10])])
def test_updates_of_very_many_incidents_at_once_are_told_in_full_in_digests(incidents: int, sizes: list[int]) -> None:
    violations = [a_violation(a_reported_claim(id=f"c{number}")) for number in range(incidents)]
    notices = told(*(a_change(ChangeKind.WITHDRAWN, violation) for violation in violations), before={"webhook"})
    assert [len(notice.violation_ids) for notice in notices] == sizes
    assert [one for notice in notices for one in notice.violation_ids] == [violation.id for violation in violations]
    assert {body(notice)["violations_omitted"] for notice in notices} == {0}
    if incidents > 25:
        assert {notice.kind for notice in notices} == {ChangeKind.DIGEST}
        assert body(notices[0])["headline"] == "changes of 25 events told before"


def test_first_alerts_are_told_one_by_one_beside_a_digest_of_many_updates() -> None:
    updates = [a_violation(a_reported_claim(id=f"c{number}")) for number in range(30)]
    changes = [a_change(ChangeKind.WITHDRAWN, violation) for violation in updates]
    notices = told(a_change(violation=a_violation(a_reported_claim(id="new"))), *changes, before={"webhook"})
    mine = [notice.kind for notice in notices if notice.channel == "webhook"]
    assert mine == [ChangeKind.NEW, ChangeKind.DIGEST, ChangeKind.DIGEST]


def test_where_nobody_is_configured_the_file_takes_the_notices() -> None:
    alone = Audience(file_sink=FileReceiver(path=Path("alerts.jsonl")))
    assert [notice.channel for notice in told(a_change(), audience=alone)] == ["file"]


def test_an_incident_without_event_time_is_never_called_late() -> None:
    report = a_report(first_seen=NOON + timedelta(days=9))
    violation = a_violation(incident=an_incident(a_reported_claim(report=report), event_time=None))
    assert {notice.kind for notice in told(a_change(violation=violation))} == {ChangeKind.NEW}


def test_a_sample_source_marks_the_alert() -> None:
    sample = a_reported_claim(report=a_report(source=a_source(sample=True)))
    assert body(told(a_change(violation=a_violation(sample)))[0])["sample"] is True
    assert body(told(a_change())[0])["sample"] is False


def test_neither_password_nor_webhook_address_nor_key_is_shown() -> None:
    shown = repr(EVERYBODY) + str(MAIL.server.password)
    assert not [secret for secret in ("hunter2", "token-abc", "whsec") if secret in shown]


def test_a_notice_of_a_megabyte_title_stays_small() -> None:
    report = a_report("Удар " * 200_000)
    claim = a_reported_claim(report=report, spans={"sentence": ((0, len(report.title)),)})
    assert len(told(a_change(violation=a_violation(claim)))[0].payload) < 20_000
