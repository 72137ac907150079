"""The shipped geography, loaded once for all tests of places."""

from functools import lru_cache
from pathlib import Path

from monitor.catalogue.geography import load_control, load_facilities, load_gazetteer, load_officials
from monitor.model.geography import Control, Geography

SEEDS = Path(__file__).parents[2] / "seeds"


@lru_cache(maxsize=1)
def the_geography() -> Geography:
    return Geography.of(load_gazetteer([SEEDS]), load_facilities([SEEDS]), load_officials([SEEDS]))


@lru_cache(maxsize=1)
def the_control() -> tuple[Control, ...]:
    return load_control([SEEDS])
