"""`ceasefire feeds check`, against a real server on the loopback."""

from datetime import UTC, datetime, timedelta

from tests.commands import CommandLine
from tests.installation import Installation, an_rss_feed
from tests.servers import Answer, serving


def test_each_feed_is_fetched_once_and_told_in_one_line_and_nothing_is_stored(ceasefire: CommandLine) -> None:
    now = datetime.now(UTC)
    items = [
        ("1", "Grain harvest begins in the south of the country", now - timedelta(hours=5)),
        ("2", "Збирання врожаю почалося на півдні країни", now - timedelta(days=9)),
    ]
    body = an_rss_feed(items).encode()
    answers = {
        "/good": Answer(body=body),
        "/moved": Answer(status=302, headers={"Location": "/good"}),
        "/page": Answer(body=b"<html><body>Please log in</body></html>"),
        "/down": Answer(status=503),
        "/bare": Answer(body=an_rss_feed([]).encode()),
    }
    with serving(answers) as server:
        installation = Installation(ceasefire.folder)
        installation.add_feeds({path[1:]: server.address(path) for path in answers})
        ceasefire.settings |= installation.settings
        done = ceasefire("feeds", "check")
        named = ceasefire("feeds", "check", "good", "bare")
        target = server.address("/good")
        asked = [seen.path for seen in server.seen]
    lines = dict(line.split(": ", 1) for line in done.out.splitlines())
    assert done.status == 1
    assert lines["good"] == f"200; 2 items; 1 en, 1 uk; newest 5 h old; {len(body):,} bytes"
    assert lines["moved"].endswith(f"redirected to {target}")
    assert lines["page"].startswith("FAILED:")
    assert "an HTML page" in lines["page"]
    assert "503" in lines["down"]
    assert lines["bare"].startswith("200; 0 items; no item says when it was published")
    assert (named.status, len(named.out.splitlines())) == (0, 2)
    assert asked.count("/down") == 1
    assert not (ceasefire.folder / "data" / "monitor.db").exists()
    assert not (ceasefire.folder / "data" / "evidence").exists()
