"""Builders and helpers for the tests of ingest."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.ingest.fetch import Limits
from monitor.model.reports import Feed, Language
from tests.builders import a_source

SHARED = Path(__file__).parents[3] / "shared"
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
LIMITS = Limits(contact_url="https://monitor.example/contact", timeout_seconds=5, read_timeout_seconds=2)


def needs_shared(part: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(
        not (SHARED / part).exists(), reason=f"needs the folder shared/{part} beside the checkout"
    )


def a_feed(url: str = "https://outlet.example/rss", **changes: Any) -> Feed:
    defaults: dict[str, Any] = {"id": "outlet-en", "url": url, "source": a_source(), "language": Language.ENGLISH}
    return Feed(**defaults | changes)


def item(title: str, guid: str | None = None, **elements: str) -> str:
    parts = {"title": title} | ({"guid": guid} if guid else {}) | elements
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in parts.items()) + "</item>"


def rss(*items: str, head: str = "") -> bytes:
    text = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Outlet</title>{head}'
    return f"{text}{''.join(items)}</channel></rss>".encode()
