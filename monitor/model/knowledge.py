"""All that reading rests on beside the text itself: words, classes, places, facilities, and who holds which ground."""

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.model.agreements import TargetClass
from monitor.model.geography import Control, Facility, Gazetteer
from monitor.model.vocabulary import Vocabulary


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """What `Reader` is made from; the catalogue loads it (`load_knowledge`)."""

    vocabulary: Vocabulary
    target_classes: Mapping[str, TargetClass]
    gazetteer: Gazetteer
    facilities: tuple[Facility, ...]
    control: tuple[Control, ...]
