from tests.databases import database_url
from tests.store.conftest import store

__all__ = ["database_url", "store"]
