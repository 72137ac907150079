from datetime import timedelta

import pytest

from monitor.ingest.fetch import is_public
from monitor.ingest.schedule import ASKED_CAP_SECONDS, BACK_OFF_CAP_SECONDS, asked_interval_seconds, next_due
from monitor.model.times import retry_after_seconds
from tests.ingest.feeds import NOW, a_feed

HOUR = 3600


@pytest.mark.parametrize(
    ("headers", "ttl_seconds", "asked"),
    [
        ({}, None, None),
        ({"cache-control": "public, max-age=7200"}, None, 7200),
        ({"cache-control": "max-age=60"}, 1800, 1800),
        ({"cache-control": "s-maxage=9000, max-age=60"}, None, 60),
        ({"cache-control": "no-cache, max-age=7200"}, None, None),
        ({"expires": "Sun, 01 Nov 2026 14:00:00 GMT", "date": "Sun, 01 Nov 2026 12:00:00 GMT"}, None, 7200),
        ({"expires": "0", "date": "Sun, 01 Nov 2026 12:00:00 GMT"}, None, None),
        ({"cache-control": "max-age=31536000"}, None, ASKED_CAP_SECONDS),
    ],
)
def test_a_server_asks_by_its_headers_and_a_feed_by_its_ttl(
    headers: dict[str, str], ttl_seconds: int | None, asked: int | None
) -> None:
    assert asked_interval_seconds(headers, ttl_seconds) == asked


@pytest.mark.parametrize(
    ("failures", "asked", "retry_after", "least"),
    [
        (0, None, None, 900),
        (0, 2 * HOUR, None, 2 * HOUR),
        (1, None, None, 900),
        (3, None, None, 3600),
        (60, None, None, BACK_OFF_CAP_SECONDS),
        (60, ASKED_CAP_SECONDS, None, ASKED_CAP_SECONDS),
        (3, None, 5.0, 900),
        (1, None, 48.0 * HOUR, 48 * HOUR),
    ],
)
def test_a_feed_is_never_due_before_anybody_asked_nor_long_after(
    failures: int, asked: int | None, retry_after: float | None, least: int
) -> None:
    feed = a_feed(interval_seconds=900)
    wait = next_due(feed, NOW, failures=failures, asked_seconds=asked, retry_after_seconds=retry_after) - NOW
    assert timedelta(seconds=least) <= wait <= timedelta(seconds=least) * 1.1


def test_feeds_of_one_interval_are_spread_and_each_keeps_its_place() -> None:
    dues = [next_due(a_feed(id=f"feed-{n}"), NOW) for n in range(20)]
    assert len(set(dues)) == 20
    assert dues == [next_due(a_feed(id=f"feed-{n}"), NOW) for n in range(20)]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("120", 120),
        ("Sun, 01 Nov 2026 12:10:00 GMT", 600),
        ("Sun, 01 Nov 2026 11:00:00 GMT", 0),
        ("x", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(value, NOW) == seconds


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("::1", False),
        ("::ffff:10.0.0.1", False),
        ("fe80::1%eth0", False),
        ("224.0.0.1", False),
        ("0.0.0.0", False),
    ],
)
def test_private_addresses_are_told_from_public_ones(address: str, public: bool) -> None:
    assert is_public(address) is public
