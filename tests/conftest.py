import os
from collections.abc import Iterator

import pytest

from tests import databases
from tests.installation import CHECKOUT

# What the command line parsed is kept in the checkout, not in the home of whoever runs the tests.
os.environ["XDG_CACHE_HOME"] = str(CHECKOUT / ".cache")


@pytest.fixture(scope="session", autouse=True)
def _no_server_outlives_the_tests() -> Iterator[None]:
    yield
    databases.stop_server()
