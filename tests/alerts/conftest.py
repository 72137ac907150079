from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.store import Store
from tests.databases import database_url

__all__ = ["database_url"]


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    """Return an empty store; the test runs once on each kind of database."""
    opened = Store.open(database_url, tmp_path / "evidence")
    yield opened
    opened.close()
