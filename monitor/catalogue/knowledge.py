"""Puts together all that reading rests on: words, target classes, places, facilities, control."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from monitor.catalogue import geography
from monitor.catalogue.data import DataRoots
from monitor.catalogue.events import load_events
from monitor.catalogue.statements import load_statements
from monitor.catalogue.target_classes import load_target_classes
from monitor.catalogue.theatres import load_theatres
from monitor.catalogue.vocabulary import load_vocabulary
from monitor.model.geography import Geography
from monitor.model.knowledge import Knowledge


def load_knowledge(roots: DataRoots) -> Knowledge:
    """Return everything a `Reader` needs.

    Raises:
        ConfigurationError: a file is missing or wrong; the mistakes are named by file and line.
    """
    seeds = seed_folders(roots)
    classes = load_target_classes(roots)
    home = Knowledge(
        vocabulary=load_vocabulary(roots, frozenset(classes)),
        target_classes=classes,
        geography=Geography.of(
            geography.load_gazetteer(seeds), geography.load_facilities(seeds), geography.load_officials(seeds)
        ),
        control=geography.load_control(seeds),
        events=load_events(roots),
        statements=load_statements(roots),
    )
    return replace(home, theatres=load_theatres(roots, home))


def seed_folders(roots: DataRoots) -> Sequence[Path]:
    """Return the folders with places, facilities and who holds what: the user's own first."""
    return [folder / "seeds" for folder in roots.folders if (folder / "seeds").is_dir()]
