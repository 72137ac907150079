from collections.abc import Iterator

import pytest

from tests import databases


@pytest.fixture(scope="session", autouse=True)
def _no_server_outlives_the_tests() -> Iterator[None]:
    yield
    databases.stop_server()
