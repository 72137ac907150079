import gzip
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import FeedError
from monitor.ingest import parse as module
from monitor.ingest.decoding import decode
from monitor.ingest.markup import one_line, plain, text_of
from monitor.ingest.parse import ParsedFeed, parse
from tests.ingest.feeds import item, rss

URL = "https://outlet.example/rss"


def parsed(body: bytes, **headers: str) -> ParsedFeed:
    return parse(body, headers, URL)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a<p>b</p><p>c</p>d", "a\nb\nc\nd"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<b>bo</b>ld", "bold"),
        ("x<script>if (a < b) alert('</b>')</script>y", "xy"),
        ("x<style>p{}</style >y", "xy"),
        ("x<!-- a > b -->y", "xy"),
        ("x<script>never closed", "x"),
        ('<img alt="a > b" src=x onerror=alert(1)>text', "text"),
        ("5 &lt; 8 &amp; 3 < 4", "5 < 8 & 3 < 4"),
        ("Kyiv&nbsp;&laquo;city&raquo; &#1050;", "Kyiv «city» К"),
        ("a\r\n  b", "a b"),
        ("it's <a title='don't'>here</a>", "it's here"),
        ("unfinished <a href", "unfinished <a href"),
    ],
)
def test_markup_becomes_the_text_that_a_reader_sees(markup: str, text: str) -> None:
    assert text_of(markup) == text


@pytest.mark.parametrize(
    "markup", ["<b>" * 300_000, "<" * 300_000, "<a b='" * 100_000, "<!--" * 100_000, "<svg>" * 99_999]
)
def test_hostile_markup_takes_no_more_than_a_moment(markup: str) -> None:
    text_of(markup)  # quadratic work on these would outlast the time limit of the tests


def test_text_is_composed_and_free_of_controls_and_of_marks_that_hide_text() -> None:
    assert plain("и\u0306 a\x1b[31m\u202eb\u00adc\u200b\x00") == "й a[31mbc"
    assert one_line(" a\n\tb ") == "a b"


def test_an_entry_has_its_longest_text_its_times_in_utc_and_only_web_addresses() -> None:
    entry = item(
        "Drones &amp;amp; missiles",
        "7",
        link="javascript:alert(1)",
        description="&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;",
        pubDate="Sun, 30 Mar 2025 04:30:00 +0300",
    )
    (only,) = parsed(rss(entry)).entries
    assert (only.title, only.text, only.link) == ("Drones & missiles", "One.\nTwo.", None)
    assert only.published == datetime(2025, 3, 30, 1, 30, tzinfo=UTC)


def test_relative_links_start_at_the_feed() -> None:
    assert parsed(rss(item("a", link="/news/1"))).entries[0].link == "https://outlet.example/news/1"


def test_the_ttl_counts_minutes() -> None:
    assert parsed(rss(item("a"), head="<ttl>120</ttl>")).ttl_seconds == 7200


def test_a_feed_that_breaks_off_gives_its_complete_entries() -> None:
    cut = parsed(rss(item("whole", "1"), item("cut", "2"))[:-40])
    assert [entry.title for entry in cut.entries] == ["whole"]
    assert cut.truncated


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "an empty document"),
        (b" \n", "an empty document"),
        (b"<!doctype html><title>Login</title>", "an HTML page"),
        (b"Service unavailable", "no feed of any known form"),
        (b"/etc/passwd", "no feed of any known form"),
        (b"https://outlet.example/other", "no feed of any known form"),
        (rss(item("cut"))[:100], "breaks off"),
        (b'{"items": 1}', "no JSON Feed"),
        (b"{" * 100_000, "not a feed"),
        (b"\x1f\x8b broken", "damaged compressed data"),
        (gzip.compress(b" " * (module.MAX_BYTES + 1)), "more than 20,000,000"),
    ],
)
def test_what_is_no_feed_is_named(body: bytes, kind: str) -> None:
    with pytest.raises(FeedError, match=kind):
        parsed(body)


def test_a_feed_has_no_more_entries_than_a_poll_can_read() -> None:
    many = parsed(rss(*(item("a", str(n)) for n in range(module.MAX_ENTRIES + 5))))
    assert (len(many.entries), many.left_out, many.truncated) == (module.MAX_ENTRIES, 5, False)


def test_json_feed_is_read() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Outlet",
        "language": "uk",
        "items": [
            {"id": 7, "url": "/7", "content_html": "<p>Текст</p>", "date_published": "2025-03-19T09:00:00+02:00"},
            "no item",
        ],
    }
    (only,) = parsed(json.dumps(feed).encode()).entries
    assert (only.id, only.link, only.text) == ("7", "https://outlet.example/7", "Текст")
    assert only.published == datetime(2025, 3, 19, 7, tzinfo=UTC)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "koi8-u", "iso8859-5", "cp866", "mac-cyrillic", "utf-16"])
def test_cyrillic_is_read_whatever_its_encoding_even_undeclared(encoding: str) -> None:
    text = "Харків залишився без світла після удару по підстанції, повідомила обласна адміністрація"
    if encoding in ("cp866", "iso8859-5"):
        text = "Харьков остался без света после удара по подстанции, сообщила областная администрация"
    assert decode(text.encode(encoding)) == text


def test_a_label_that_contradicts_the_bytes_is_not_believed() -> None:
    text = "Обстріл підстанції"
    assert decode(text.encode(), "text/xml; charset=windows-1251") == text
    assert decode(text.encode("cp1251"), "text/xml; charset=utf-8") == text
    declared = f'<?xml version="1.0" encoding="windows-1251"?><a>{text}</a>'
    assert text in decode(declared.encode("cp1251"), "text/xml; charset=iso-8859-1")


PIECES = """<rss|<item>|</item>|<title>|]]>|<![CDATA[|&#x0;|&x;|<!DOCTYPE r [|<!ENTITY a 'b'>|<entry>|<link href='//['/>
<?xml version='1.0' encoding='utf-7'?>|<feed xmlns='http://www.w3.org/2005/Atom'>|<content type='xhtml'>|\xff\xfe|\x00
<pubDate>Tue, 31 Feb 99999 25:61</pubDate>|{"items":[|<georss:point>1 x</georss:point>|<media:content url='['/>"""
FRAGMENTS = st.sampled_from([piece.encode("latin-1") for piece in PIECES.replace("\n", "|").split("|")])


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.binary(max_size=300), st.lists(st.one_of(FRAGMENTS, st.binary(max_size=8)), max_size=25).map(b"".join))
)
def test_no_body_whatsoever_raises_anything_but_a_feed_error(body: bytes) -> None:
    try:
        feed = parse(body, {"content-type": "text/xml; charset=x-unknown"}, URL)
    except FeedError:
        return
    assert all(entry.published is None or entry.published.tzinfo is UTC for entry in feed.entries)
