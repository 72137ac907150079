"""Who hears of what and when: routes, quiet hours, digests, silences. Nothing that changed is ever lost on the way."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from monitor.alerts.notices import Heard, notices_for
from monitor.alerts.receivers import Audience, FileReceiver, WebhookReceiver
from monitor.alerts.routing import routes_for, traits_of
from monitor.alerts.severity import severity_of
from monitor.model.agreements import Verdict
from monitor.model.judgements import Change, ChangeKind, Notice, NoticeState, Status
from monitor.model.routing import Digest, Every, Grouping, Hours, Manner, Matcher, Route, Severity, Silence, Trait
from tests.builders import a_place, a_reported_claim, at
from tests.judgement_builders import a_change, a_rating, a_violation, an_assessment

KYIV = ZoneInfo("Europe/Kyiv")
NIGHT = Hours(start=time(22), end=time(7), zone=KYIV)
NOW = at("2025-04-02T12:00")


def a_receiver(name: str, manner: Manner | None = None) -> WebhookReceiver:
    return WebhookReceiver(
        name=name, url=SecretStr("https://x.example"), secrets=(SecretStr("whsec_AAAA"),), manner=manner or Manner()
    )


def an_audience(*receivers: WebhookReceiver, routes: tuple[Route, ...] = ()) -> Audience:
    return Audience(receivers=receivers, file_sink=FileReceiver(path=Path("alerts.jsonl")), routes=routes)


def a_matcher(**wanted: str) -> Matcher:
    return Matcher(wanted={Trait(trait): frozenset(values.split("|")) for trait, values in wanted.items()})


def a_route(*receivers: str, path: str = "routes.0", **changes: object) -> Route:
    return replace(Route(path=path, receivers=receivers), **changes)  # type: ignore[arg-type]


BREACHES = (an_assessment(Verdict.BREACH, "kremlin"), an_assessment(Verdict.BREACH, "kyiv"))
DIFFER = (an_assessment(Verdict.BREACH, "kremlin"), an_assessment(Verdict.NO_BREACH, "kyiv"))


# Severity


@pytest.mark.parametrize(
    ("kind", "status", "assessments", "class_id", "severity"),
    [
        (ChangeKind.NEW, Status.ALLEGED, BREACHES, "substation", Severity.WARNING),
        (ChangeKind.CORROBORATED, Status.CORROBORATED, BREACHES, "substation", Severity.CRITICAL),
        (ChangeKind.CORROBORATED, Status.CORROBORATED, DIFFER, "substation", Severity.WARNING),
        (ChangeKind.CONFIRMED, Status.CONFIRMED, BREACHES, "substation", Severity.CRITICAL),
        (ChangeKind.NEW, Status.ALLEGED, DIFFER, "nuclear_plant", Severity.CRITICAL),
        (ChangeKind.DISMISSED, Status.DISMISSED, BREACHES, "nuclear_plant", Severity.INFO),
        (ChangeKind.WITHDRAWN, Status.WITHDRAWN, BREACHES, "substation", Severity.INFO),
        (ChangeKind.CORRECTED, Status.CORROBORATED, BREACHES, "substation", Severity.INFO),
    ],
)
def test_severity_follows_from_what_is_known(
    kind: ChangeKind, status: Status, assessments: tuple[object, ...], class_id: str, severity: Severity
) -> None:
    violation = a_violation(assessments=assessments, rating=a_rating(status=status))
    incident = violation.incident
    struck = replace(violation, incident=replace(incident, target=replace(incident.target, class_id=class_id)))
    assert severity_of(a_change(kind, struck)) is severity


# Routes


A_CHANGE = a_change(violation=a_violation(a_reported_claim(place=a_place(region="UA.21")), assessments=BREACHES))


@pytest.mark.parametrize(
    ("matcher", "fits"),
    [
        ({}, True),
        ({"agreement": "energy-pause-2025|other"}, True),
        ({"agreement": "other"}, False),
        ({"party": "RU"}, True),
        ({"party": "UA"}, False),
        ({"reading": "kyiv"}, True),
        ({"reading": "white-house"}, False),
        ({"region": "UA.12|UA.21"}, True),
        ({"region": "UA.12"}, False),
        ({"party": "RU", "region": "UA.12"}, False),
        ({"kind": "new", "severity": "warning", "status": "alleged"}, True),
        ({"severity": "critical"}, False),
    ],
)
def test_a_matcher_fits_what_has_one_of_the_values_of_each_trait_it_names(matcher: dict[str, str], fits: bool) -> None:
    change = replace(A_CHANGE, violation=replace(A_CHANGE.violation, agreement_id="energy-pause-2025"))
    assert a_matcher(**matcher).fits(traits_of(change)) is fits


def test_the_first_route_that_fits_takes_a_change_unless_it_goes_on() -> None:
    first, second = a_route("a"), a_route("b", path="routes.1")
    assert [one.receivers for one in routes_for([first, second], traits_of(A_CHANGE))] == [("a",)]
    goes_on = replace(first, goes_on=True)
    assert [one.receivers for one in routes_for([goes_on, second], traits_of(A_CHANGE))] == [("a",), ("b",)]


def test_a_route_within_a_route_comes_first_and_has_the_receivers_of_the_outer_one() -> None:
    inner = a_route(path="routes.0.routes.0", matcher=a_matcher(party="RU"))
    named = a_route("c", path="routes.0.routes.0", matcher=a_matcher(party="RU"))
    other = a_route("d", path="routes.0.routes.0", matcher=a_matcher(party="UA"))
    for child, expected in ((inner, ("a",)), (named, ("c",)), (other, ("a",))):
        (taken,) = routes_for([a_route("a", routes=(child,))], traits_of(A_CHANGE))
        assert taken.receivers == expected


def told(
    change: Change, audience: Audience, *, before: tuple[str, ...] = (), silences: tuple[Silence, ...] = (),
    hushed: tuple[str, ...] = (), now: datetime = NOW,
) -> tuple[Notice, ...]:  # fmt: skip
    key = change.violation.id
    heard = Heard(told={key: before} if before else {}, hushed={key: hushed} if hushed else {}, silences=silences)
    return notices_for([change], audience, heard=heard, now=now, backlog=False)


BOTH = an_audience(
    a_receiver("desk"),
    a_receiver("south"),
    routes=(a_route("desk", matcher=a_matcher(status="corroborated|confirmed")),),
)


def test_what_no_route_fits_is_kept_in_the_file_of_alerts() -> None:
    assert [one.channel for one in told(A_CHANGE, BOTH)] == ["file"]


def test_a_route_that_fits_only_later_begins_with_what_then_happens() -> None:
    corroborated = replace(A_CHANGE.violation, rating=a_rating(status=Status.CORROBORATED))
    notices = told(a_change(ChangeKind.CORROBORATED, corroborated), BOTH, before=("file",))
    assert [one.channel for one in notices] == ["webhook:desk", "file"]


def test_whoever_was_told_hears_what_follows_whatever_the_routes_say() -> None:
    for kind in (ChangeKind.DISMISSED, ChangeKind.WITHDRAWN, ChangeKind.CORRECTED, ChangeKind.DISPUTED):
        notices = told(a_change(kind, A_CHANGE.violation), BOTH, before=("webhook:south",))
        assert [one.channel for one in notices] == ["webhook:south"]


# Times


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2025-04-02T12:00", None),
        ("2025-04-02T18:59", None),
        ("2025-04-02T19:00", "2025-04-03T04:00"),
        ("2025-04-03T03:59", "2025-04-03T04:00"),
        ("2025-04-03T04:00", None),
        # the night in which an hour is missing, and the one in which an hour comes twice
        ("2025-03-29T21:00", "2025-03-30T04:00"),
        ("2025-10-25T21:00", "2025-10-26T05:00"),
    ],
)
def test_quiet_hours_end_by_the_clock_of_their_place(now: str, until: str | None) -> None:
    assert NIGHT.until(at(now)) == (at(until) if until else None)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        # 03:30 comes twice: at 00:30 and at 01:30 UTC
        ("2025-10-26T00:10", "2025-10-26T01:30"),
        ("2025-10-26T00:45", "2025-10-26T01:30"),
        ("2025-10-26T01:15", "2025-10-26T01:30"),
        ("2025-10-26T01:30", None),
        # 03:30 never comes: the clock goes on from 03:00 to 04:00 at 01:00 UTC
        ("2025-03-30T00:59", "2025-03-30T01:30"),
        ("2025-03-30T01:10", "2025-03-30T01:30"),
        ("2025-03-30T01:30", None),
    ],
)
def test_quiet_hours_that_end_while_clocks_change_end_once_and_never_in_the_past(now: str, until: str | None) -> None:
    assert replace(NIGHT, end=time(3, 30)).until(at(now)) == (at(until) if until else None)


def test_hours_of_some_days_hold_on_the_day_on_which_they_begin() -> None:
    friday = replace(NIGHT, days=frozenset({4}))
    assert friday.until(at("2025-04-05T02:00")) == at("2025-04-05T04:00"), "the night from Friday to Saturday"
    assert friday.until(at("2025-04-06T02:00")) is None


@pytest.mark.parametrize(
    ("digest", "now", "then"),
    [
        (Digest(every=Every.DAILY, zone=KYIV), "2025-03-29T12:00", "2025-03-30T05:00"),
        (Digest(every=Every.DAILY, zone=KYIV), "2025-03-28T12:00", "2025-03-29T06:00"),
        (Digest(every=Every.HOURLY, at=time(0, 15), zone=KYIV), "2025-03-30T00:20", "2025-03-30T01:15"),
        (Digest(every=Every.HOURLY, at=time(0, 15), zone=KYIV), "2025-10-26T00:20", "2025-10-26T01:15"),
        # a time that comes twice counts once, one that is missing counts as if the hour were there
        (Digest(every=Every.DAILY, at=time(3, 30), zone=KYIV), "2025-10-26T00:10", "2025-10-26T00:30"),
        (Digest(every=Every.DAILY, at=time(3, 30), zone=KYIV), "2025-10-26T01:15", "2025-10-27T01:30"),
        (Digest(every=Every.DAILY, at=time(3, 30), zone=KYIV), "2025-03-30T01:10", "2025-03-30T01:30"),
        (Digest(every=Every.WEEKLY, day=0, at=time(9), zone=KYIV), "2025-04-01T12:00", "2025-04-07T06:00"),
        (Digest(every=Every.WEEKLY, day=0, at=time(9), zone=KYIV), "2025-04-07T06:00", "2025-04-14T06:00"),
    ],
)
def test_a_digest_comes_by_the_clock_of_its_place(digest: Digest, now: str, then: str) -> None:
    assert digest.next_after(at(now)) == at(then)


@pytest.mark.parametrize(
    ("manner", "kind", "due", "why"),
    [
        (Manner(), ChangeKind.NEW, "2025-04-02T22:00", None),
        (Manner(quiet=NIGHT), ChangeKind.NEW, "2025-04-03T04:00", "quiet hours until 3 April 2025 04:00 UTC"),
        (Manner(quiet=NIGHT), ChangeKind.DISMISSED, "2025-04-03T04:00", "quiet hours until 3 April 2025 04:00 UTC"),
        (Manner(digest=Digest(every=Every.DAILY, zone=KYIV)), ChangeKind.NEW, "2025-04-03T05:00",
         "daily digest at 3 April 2025 05:00 UTC"),
        (Manner(digest=Digest(every=Every.DAILY, zone=KYIV)), ChangeKind.DISMISSED, "2025-04-02T22:00", None),
    ],
)  # fmt: skip
def test_a_receiver_is_told_when_it_wants_to_be(manner: Manner, kind: ChangeKind, due: str, why: str | None) -> None:
    audience = an_audience(a_receiver("desk", manner))
    (notice,) = told(a_change(kind, A_CHANGE.violation), audience, before=("webhook:desk",), now=at("2025-04-02T22:00"))
    assert (notice.due_at, notice.held_because) == (at(due), why)


def test_what_is_critical_goes_through_quiet_hours_and_digests() -> None:
    grave = replace(A_CHANGE.violation, rating=a_rating(status=Status.CONFIRMED))
    for manner in (Manner(quiet=NIGHT), Manner(digest=Digest(every=Every.WEEKLY, zone=KYIV))):
        (notice,) = told(
            a_change(ChangeKind.NEW, grave), an_audience(a_receiver("desk", manner)), now=at("2025-04-02T22:00")
        )
        assert (notice.due_at, notice.held_because) == (at("2025-04-02T22:00"), None)


def test_a_route_is_muted_at_its_times_whatever_the_receiver_wants() -> None:
    audience = an_audience(a_receiver("desk"), routes=(a_route("desk", muted=(NIGHT,)),))
    (notice,) = told(A_CHANGE, audience, now=at("2025-04-02T22:00"))
    assert (notice.due_at, notice.held_because) == (at("2025-04-03T04:00"), "muted until 3 April 2025 04:00 UTC")


MORNING = replace(NIGHT, start=time(6), end=time(9))
HOURLY = Digest(every=Every.HOURLY, at=time(0, 15), zone=KYIV)


@pytest.mark.parametrize(
    ("manner", "muted", "now", "due", "why"),
    [
        (Manner(quiet=NIGHT), MORNING, "2025-04-02T22:00", "2025-04-03T06:00", "muted until 3 April 2025 06:00 UTC"),
        (Manner(quiet=MORNING), NIGHT, "2025-04-02T22:00", "2025-04-03T06:00",
         "quiet hours until 3 April 2025 06:00 UTC"),
        (Manner(digest=HOURLY, quiet=NIGHT), MORNING, "2025-04-02T12:00", "2025-04-02T12:15",
         "hourly digest at 2 April 2025 12:15 UTC"),
        (Manner(digest=HOURLY, quiet=NIGHT), MORNING, "2025-04-02T22:00", "2025-04-03T06:00",
         "muted until 3 April 2025 06:00 UTC"),
        # a route that is muted day and night lets go after some days: nothing is lost
        (Manner(), Hours(start=time(0), end=time(0), zone=KYIV), "2025-04-02T22:00", "2025-04-12T21:00",
         "muted until 12 April 2025 21:00 UTC"),
    ],
)  # fmt: skip
def test_what_is_held_back_is_due_when_nothing_holds_it_any_more(
    manner: Manner, muted: Hours, now: str, due: str, why: str
) -> None:
    audience = an_audience(a_receiver("desk", manner), routes=(a_route("desk", muted=(muted,)),))
    (notice,) = told(A_CHANGE, audience, now=at(now))
    assert (notice.due_at, notice.held_because) == (at(due), why)


def test_the_first_alert_of_a_group_waits_for_others() -> None:
    grouping = Grouping(by=(Trait.REGION,), wait=timedelta(seconds=30))
    audience = an_audience(a_receiver("desk"), routes=(a_route("desk", grouping=grouping),))
    (notice,) = told(A_CHANGE, audience)
    elsewhere = a_violation(a_reported_claim(id="other", place=a_place(region="UA.12")), assessments=BREACHES)
    (other,) = told(a_change(violation=elsewhere), audience)
    assert notice.due_at == NOW + timedelta(seconds=30)
    assert notice.group_key != other.group_key


# Silences


A_SILENCE = Silence(
    id="M-1",
    matcher=a_matcher(party="RU"),
    begins=NOW,
    until=NOW + timedelta(hours=1),
    author="Olena",
    reason="a drill",
)


def test_what_a_silence_covers_is_recorded_with_who_asked_for_it_and_not_sent() -> None:
    (notice,) = told(A_CHANGE, an_audience(a_receiver("desk")), silences=(A_SILENCE,))
    assert notice.state is NoticeState.SILENCED
    assert notice.held_because == "silence M-1 by Olena until 2 April 2025 13:00 UTC: a drill"


@pytest.mark.parametrize(
    ("silence", "now"),
    [
        (replace(A_SILENCE, matcher=a_matcher(party="UA")), NOW),
        (A_SILENCE, NOW - timedelta(seconds=1)),
        (A_SILENCE, NOW + timedelta(hours=1)),
    ],
)
def test_a_silence_keeps_back_only_what_it_covers_and_while_it_holds(silence: Silence, now: datetime) -> None:
    (notice,) = told(A_CHANGE, an_audience(a_receiver("desk")), silences=(silence,), now=now)
    assert notice.state is NoticeState.PENDING


def test_no_silence_keeps_back_what_takes_an_alert_back() -> None:
    change = a_change(ChangeKind.DISMISSED, A_CHANGE.violation)
    (notice,) = told(change, an_audience(a_receiver("desk")), before=("webhook:desk",), silences=(A_SILENCE,))
    assert notice.state is NoticeState.PENDING


def test_whoever_a_silence_kept_an_alert_from_hears_of_what_follows_it() -> None:
    corroborated = replace(A_CHANGE.violation, rating=a_rating(status=Status.CORROBORATED))
    change = a_change(ChangeKind.CORROBORATED, corroborated)
    (notice,) = told(change, an_audience(a_receiver("desk")), hushed=("webhook:desk",))
    assert (notice.channel, notice.state) == ("webhook:desk", NoticeState.PENDING)


# Nothing is lost


TREES = st.lists(
    st.builds(
        a_route,
        st.sampled_from(["desk", "south"]),
        matcher=st.sampled_from([a_matcher(), a_matcher(party="RU"), a_matcher(party="UA"), a_matcher(kind="new")]),
        goes_on=st.booleans(),
        muted=st.sampled_from([(), (NIGHT,)]),
        grouping=st.sampled_from([Grouping(), Grouping(wait=timedelta(minutes=1))]),
    ),
    max_size=3,
)
MANNERS = st.sampled_from(
    [Manner(), Manner(quiet=NIGHT), Manner(digest=Digest(every=Every.DAILY, zone=KYIV)), Manner(storm=3)]
)


@given(
    routes=TREES,
    manners=st.tuples(MANNERS, MANNERS),
    kind=st.sampled_from([kind for kind in ChangeKind if kind.of_a_violation]),
    before=st.sets(st.sampled_from(["webhook:desk", "webhook:south"])),
    hour=st.integers(0, 23),
    silences=st.sampled_from([(), (A_SILENCE,)]),
)
def test_every_change_is_sent_held_back_with_a_time_or_recorded_with_who_wanted_it_so(
    routes: list[Route],
    manners: tuple[Manner, Manner],
    kind: ChangeKind,
    before: set[str],
    hour: int,
    silences: tuple[Silence, ...],
) -> None:
    now = datetime(2025, 4, 2, hour, tzinfo=UTC)
    audience = an_audience(a_receiver("desk", manners[0]), a_receiver("south", manners[1]), routes=tuple(routes))
    notices = told(a_change(kind, A_CHANGE.violation), audience, before=tuple(before), silences=silences, now=now)
    assert notices, "somebody, or the file of alerts, has it"
    assert {one.channel for one in notices} >= (before if kind is not ChangeKind.NEW or not routes else set())
    for one in notices:
        assert one.violation_ids == (A_CHANGE.violation.id,)
        assert now <= one.due_at <= now + timedelta(days=2)
        assert one.due_at == now or one.held_because
        assert one.state is NoticeState.PENDING or (one.state is NoticeState.SILENCED and one.held_because)
