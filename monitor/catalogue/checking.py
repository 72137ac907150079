"""Looks through all that people write in `rules/` and `seeds/`, so that one run names every mistake in every file."""

from collections.abc import Callable

from monitor.catalogue.agreement_names import check_names, known_names
from monitor.catalogue.agreements import LoadedAgreement, load_with_examples
from monitor.catalogue.data import DataRoots
from monitor.catalogue.events import load_events
from monitor.catalogue.feeds import load_feeds
from monitor.catalogue.geography import load_control, load_facilities, load_officials
from monitor.catalogue.knowledge import load_knowledge, seed_folders
from monitor.catalogue.statements import load_statements
from monitor.catalogue.target_classes import load_target_classes
from monitor.catalogue.theatres import check_theatres
from monitor.catalogue.vocabulary import load_vocabulary
from monitor.errors import ConfigurationError, Mistake


def check_all(roots: DataRoots) -> tuple[LoadedAgreement, ...]:
    """Return the agreements, where nothing is wrong in any file.

    Raises:
        ConfigurationError: files are wrong; every mistake in every file is named, each once.
    """
    found: dict[Mistake, None] = {}
    parts: tuple[Callable[[], object], ...] = (
        lambda: load_with_examples(roots),
        lambda: load_feeds(roots),
        lambda: load_events(roots),
        lambda: load_statements(roots),
        lambda: check_theatres(roots),
        lambda: load_facilities(seed_folders(roots)),
        lambda: load_control(seed_folders(roots)),
        lambda: load_officials(seed_folders(roots)),
        lambda: load_vocabulary(roots, frozenset(load_target_classes(roots))),
    )
    for part in parts:
        try:
            part()
        except ConfigurationError as error:
            found |= dict.fromkeys(error.mistakes)
    if found:
        raise ConfigurationError(*found)
    loaded = load_with_examples(roots)
    check_names(loaded, known_names(load_knowledge(roots)))
    return loaded
