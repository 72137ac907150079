"""One feed from end to end, over a real connection."""

import asyncio
import gzip
import re
import time
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from monitor.errors import FetchError
from monitor.ingest.fetch import Limits, fetch, new_client
from monitor.ingest.poll import Polled, due, poll, poll_due
from monitor.model.reports import Feed, Language, PollState
from tests.ingest.feeds import LIMITS, NOW, SHARED, a_feed, item, needs_shared, rss
from tests.servers import Answer, Seen, serving, serving_folder, with_validators

FEED_FILES = SHARED / "data" / "feeds"


def polled(feed: Feed, state: PollState | None = None, now: datetime = NOW, limits: Limits = LIMITS) -> Polled:
    async def once() -> Polled:
        async with new_client(limits) as client:
            return await poll(client, feed, state, lambda: now, limits)

    return asyncio.run(once())


def all_due(feeds: list[Feed], states: dict[str, PollState], now: datetime = NOW) -> list[Polled]:
    async def run() -> list[Polled]:
        return [result async for result in poll_due(feeds, states, clock=lambda: now, limits=LIMITS)]

    return asyncio.run(run())


@needs_shared("data/feeds")
def test_real_feeds_come_in_whole_and_a_second_poll_adds_nothing() -> None:
    files = sorted(FEED_FILES.glob("*.xml"))
    with serving_folder(FEED_FILES) as server:
        feeds = [a_feed(server.address(f"/{path.name}"), id=f"feed-{n}") for n, path in enumerate(files)]
        first = {result.feed.id: result for result in all_due(feeds, {})}
        states = {key: result.state for key, result in first.items()}
        second = all_due(feeds, states, NOW + timedelta(days=1))
    counted = [len(re.findall(rb"<item[ >]", path.read_bytes())) for path in files]
    assert [len(first[feed.id].reports) for feed in feeds] == counted
    assert [result.error for result in first.values()] == [None] * 8
    assert [(result.reports, result.document, result.error) for result in second] == [((), None, None)] * 8
    assert all("if-none-match" in seen.headers for seen in server.seen[8:])


@needs_shared("data/feeds")
def test_windows_1251_titles_are_read_right() -> None:
    name = "raw_stub_pravda_rss.xml"
    with serving_folder(FEED_FILES, name) as server:
        result = polled(a_feed(server.address(f"/{name}"), language=Language.UKRAINIAN))
    expected = re.findall(
        r"<item>\s*<title>(.*?)</title>", (FEED_FILES / name).read_bytes().decode("cp1251"), re.DOTALL
    )
    assert [" ".join(report.title.split()) for report in result.reports] == [
        " ".join(title.replace("&quot;", '"').split()) for title in expected
    ]


def test_a_body_that_has_not_changed_is_not_read_again_even_without_validators() -> None:
    with serving({"/rss": Answer(body=rss(item("One", "1")))}) as server:
        feed = a_feed(server.address("/rss"))
        first = polled(feed)
        second = polled(feed, first.state, NOW + timedelta(hours=1))
    assert [report.title for report in first.reports] == ["One"]
    assert (second.reports, second.document, second.error) == ((), None, None)


def test_the_first_request_is_bare_and_says_who_we_are() -> None:
    with serving({"/rss": with_validators(rss(item("One")))}) as server:
        polled(a_feed(server.address("/rss")))
    headers = server.seen[0].headers
    assert not {"if-none-match", "if-modified-since", "cookie", "referer"} & set(headers)
    assert "https://monitor.example/contact" in headers["user-agent"]


def test_an_edited_item_keeps_its_id_and_changes_its_content() -> None:
    with serving({"/rss": Answer(body=rss(item("Three dead", "1")))}) as server:
        feed = a_feed(server.address("/rss"))
        first = polled(feed)
        server.answers["/rss"] = Answer(body=rss(item("Four dead", "1")))
        second = polled(feed, first.state)
    assert first.reports[0].id == second.reports[0].id
    assert first.reports[0].content_sha256 != second.reports[0].content_sha256


def redirect(to: str, status: int) -> Answer:
    return Answer(status=status, headers={"Location": to})


BOMB = gzip.compress(b"<rss>" + b" " * 30_000_000)
TROUBLES: list[tuple[str, Answer, str]] = [
    ("not found", Answer(status=404), "404"),
    ("a body shorter than announced", Answer(body=rss(item("One")), length=5_000), "peer closed connection"),
    ("an address that is not the web", redirect("file:///etc/passwd", 302), "not http or https"),
    ("a circle", redirect("/rss", 302), "circle"),
    ("a redirect to a private host", redirect("http://localhost:1/", 301), "rss"),
    ("a bomb", Answer(body=BOMB, headers={"Content-Encoding": "gzip"}), "larger than 20,000,000"),
    ("cut compressed data", Answer(body=gzip.compress(rss())[:-9], headers={"Content-Encoding": "gzip"}), "too early"),
    ("another encoding", Answer(body=b"x", headers={"Content-Encoding": "br"}), "did not ask for"),
    ("a login page", Answer(body=b"<!doctype html><html><body>Log in</body></html>"), "an HTML page"),
    ("nothing", Answer(), "an empty document"),
]


@pytest.mark.parametrize(("answer", "message"), [case[1:] for case in TROUBLES], ids=[case[0] for case in TROUBLES])
def test_trouble_is_recorded_with_its_cause_and_makes_us_wait_longer(answer: Answer, message: str) -> None:
    with serving({"/rss": answer}) as server:
        feed = a_feed(server.address("/rss"))
        first = polled(feed)
        second = polled(feed, first.state)
    assert message in (first.error or "")
    assert first.state.last_error == first.error
    assert [first.state.failures, second.state.failures] == [1, 2]
    assert first.state.due_at is not None
    assert second.state.due_at is not None
    assert second.state.due_at > first.state.due_at > NOW
    assert first.state.first_success_at is None


def test_a_redirect_from_a_public_host_to_loopback_is_refused_before_anything_is_sent() -> None:
    with serving({"/secret": Answer(body=rss(item("secret")))}) as server:
        port = server.url.rsplit(":", 1)[1]
        server.answers["/rss"] = redirect(f"http://localhost:{port}/secret", 302)
        result = polled(a_feed(server.address("/rss")))
        allowed = polled(a_feed(server.address("/rss")), limits=replace(LIMITS, allow_private=True))
    assert "private address" in (result.error or "")
    assert [report.title for report in allowed.reports] == ["secret"]
    assert [seen.path for seen in server.seen] == ["/rss", "/rss", "/secret"]


def test_validators_go_back_to_the_address_that_gave_them_only() -> None:
    with serving({"/new": with_validators(rss(item("One"))), "/old": redirect("/new", 302)}) as server:
        feed = a_feed(server.address("/old"))
        first = polled(feed)
        second = polled(feed, first.state)
    assert second.error is None
    assert second.document is None
    sent = [(seen.path, "if-none-match" in seen.headers) for seen in server.seen]
    assert sent == [("/old", False), ("/new", False), ("/old", False), ("/new", True)]


def test_a_permanent_redirect_is_followed_by_itself_after_two_days_and_forgotten_when_it_fails() -> None:
    with serving({"/new": with_validators(rss(item("One"))), "/old": redirect("/new", 301)}) as server:
        feed = a_feed(server.address("/old"))
        state = polled(feed).state
        state = polled(feed, state, NOW + timedelta(days=1)).state
        state = polled(feed, state, NOW + timedelta(days=2, minutes=1)).state
        paths = [seen.path for seen in server.seen]
        server.answers["/new"] = Answer(status=500)
        failed = polled(feed, state, NOW + timedelta(days=3)).state
    assert paths == ["/old", "/new", "/old", "/new", "/new"]
    assert state.moved_to == server.address("/new")
    assert failed.moved_to is None


def test_retry_after_is_obeyed_in_seconds_and_as_a_date() -> None:
    date = (NOW + timedelta(hours=9)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    for value in (str(9 * 3600), date):
        with serving({"/rss": Answer(status=503, headers={"Retry-After": value})}) as server:
            state = polled(a_feed(server.address("/rss"))).state
        assert state.due_at is not None
        assert timedelta(hours=9) <= state.due_at - NOW <= timedelta(hours=9, minutes=10)


def test_a_feed_that_is_gone_is_not_polled_again_until_the_list_names_another_address() -> None:
    with serving({"/rss": Answer(status=410)}) as server:
        feed = a_feed(server.address("/rss"))
        state = polled(feed).state
    assert state.gone
    assert not due(feed, state, NOW + timedelta(days=400))
    assert due(replace(feed, url=server.address("/new")), state, NOW)


def test_a_feed_that_is_switched_off_or_not_yet_due_is_left_alone() -> None:
    feed = a_feed()
    assert due(feed, None, NOW)
    assert not due(replace(feed, enabled=False), None, NOW)
    assert not due(feed, PollState(feed_id=feed.id, due_at=NOW + timedelta(seconds=1)), NOW)


def test_one_bad_feed_never_stops_the_others() -> None:
    with serving({"/good": Answer(body=rss(item("Good"))), "/bad": Answer(body=b"\x00\xff" * 99)}) as server:
        feeds = [a_feed(server.address(f"/{name}"), id=name) for name in ("bad", "good", "missing")]
        results = {result.feed.id: result for result in all_due([*feeds, a_feed("http://[", id="odd")], {})}
    assert [report.title for report in results["good"].reports] == ["Good"]
    assert {name for name, result in results.items() if result.error} == {"bad", "missing", "odd"}


def test_a_defect_in_the_program_is_recorded_with_its_type(caplog: pytest.LogCaptureFixture) -> None:
    calls: list[int] = []

    def broken_once() -> datetime:
        calls.append(1)
        if len(calls) == 1:
            raise ZeroDivisionError("a defect")
        return NOW

    async def once() -> Polled:
        async with new_client(LIMITS) as client:
            return await poll(client, a_feed(), None, broken_once, LIMITS)

    result = asyncio.run(once())
    assert result.error == "ZeroDivisionError: a defect"
    assert "unexpected error" in caplog.text


def test_a_slow_server_is_given_up_at_the_deadline() -> None:
    def sleepy(_: Seen) -> Answer:
        time.sleep(0.6)
        return Answer(body=rss(item("Late")))

    with serving({"/rss": sleepy}) as server:
        result = polled(a_feed(server.address("/rss")), limits=replace(LIMITS, timeout_seconds=0.2))
    assert "within 0.2 seconds" in (result.error or "")


def test_an_error_says_whether_to_try_again() -> None:
    async def fetched(server_url: str) -> bool:
        async with new_client(LIMITS) as client:
            with pytest.raises(FetchError) as caught:
                await fetch(client, a_feed(server_url), None, now=lambda: NOW, limits=LIMITS)
        return caught.value.retryable

    with serving({"/busy": Answer(status=503), "/forbidden": Answer(status=403)}) as server:
        assert asyncio.run(fetched(server.address("/busy")))
        assert not asyncio.run(fetched(server.address("/forbidden")))
