"""How well reports of one event are brought together: pairs of real texts, labelled by hand.

    python -m tests.bench_pairs [--errors]

`tests/merging_events.csv` says of each text which event it tells of: labelled by hand from the texts alone, before the
program read them. The texts stay in the folder of real texts beside the checkout and are found by a hash. A pair is any
two texts published within three days of each other; it is one event where the labels share one, and the program says so
where a claim of each stands in one incident. Texts of the half `develop` may be looked at to mend the program; those of
`blind` are only counted.
"""

import csv
import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import combinations
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from monitor.evaluation.statistics import wilson
from monitor.model.claims import ReportedClaim
from monitor.model.reports import Language
from tests.bench_merging import Kept
from tests.builders import a_report, a_source
from tests.extraction.reading import the_knowledge, the_reader
from tests.installation import SHARED

LABELS = Path(__file__).with_name("merging_events.csv")
_WITHIN = timedelta(days=3)
#: The texts are dated by day: they are taken to be of its evening, by the clock of Kyiv.
_EVENING = time(20, tzinfo=ZoneInfo("Europe/Kyiv"))


class Label(NamedTuple):
    """What a person found in one text."""

    half: str
    published: date
    events: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Score:
    """How many pairs came out how; the labels say "one event" of `same`, the program of `joined`, both of `right`."""

    same: int
    joined: int
    right: int
    pairs: int


def labels() -> Mapping[str, Label]:
    """Return the labels by the hash of the text."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        return {
            row["text"]: Label(row["half"], date.fromisoformat(row["published"]), frozenset(row["events"].split()))
            for row in csv.DictReader(file)
        }


def key(text: str) -> str:
    """Return by what a text is found again."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Return the real texts with their languages."""
    with (folder / "news" / "viina_texts_2022_2024.csv").open(encoding="utf-8", newline="") as file:
        yield from ((row["text"], _language(row["text"], row["lang"])) for row in csv.DictReader(file))
    with (folder / "reading" / "headlines.jsonl").open(encoding="utf-8") as lines:
        yield from ((row["title"], row["language"]) for row in map(json.loads, lines))


def _language(text: str, told: str) -> str:
    """Return the language of a text; where the list leaves it open, by letters that Russian does not have."""
    if told in {one.value for one in Language}:
        return told
    return "uk" if set("іїєґ") & set(text.lower()) else "ru"


def claims_of(text: str, language: str, published: date) -> list[ReportedClaim]:
    """Return what the text tells of energy, each text as an outlet of its own."""
    name = key(text)
    when = datetime.combine(published, _EVENING)
    source = a_source(id=name, name=name, publisher_group=name, timezone="Europe/Kyiv")
    report = a_report(
        text, id=name, language=Language(language), source=source, published=when, first_seen=when + timedelta(hours=1)
    )
    energy = the_knowledge().energy_classes
    found = the_reader().read(report).claims
    return [ReportedClaim(claim=one, report=report) for one in found if one.target.class_id in energy]


def incidents_of(told: Mapping[str, list[ReportedClaim]]) -> Mapping[str, frozenset[str]]:
    """Return in which incidents each text stands."""
    kept = Kept(classes=the_knowledge().target_classes)
    kept.take([one for claims in told.values() for one in claims])
    return {
        name: frozenset(join.incident_id for one in claims if (join := kept.joins.get(one.claim.id)) is not None)
        for name, claims in told.items()
    }


def score(known: Mapping[str, Label], stand: Mapping[str, frozenset[str]], names: list[str]) -> tuple[Score, list[str]]:
    """Return how the pairs of these texts came out, and the wrong ones in words."""
    same = joined = right = pairs = 0
    wrong = []
    for one, other in combinations(names, 2):
        if abs(known[one].published - known[other].published) > _WITHIN:
            continue
        truth, found = bool(known[one].events & known[other].events), bool(stand[one] & stand[other])
        pairs, same, joined, right = pairs + 1, same + truth, joined + found, right + (truth and found)
        if truth is not found:
            wrong.append(f"{'MISSED' if truth else 'WRONG '} {one} {other} {' '.join(sorted(known[one].events))}")
    return Score(same=same, joined=joined, right=right, pairs=pairs), wrong


def share(right: int, total: int) -> str:
    """Return a share with its 95 % interval (Wilson; pairs of one event depend on each other, so it is too narrow)."""
    low, high = wilson(right, total)
    return f"{right / total:.2f} [{low:.2f}, {high:.2f}]" if total else "no pairs"


def measure(folder: Path) -> Iterator[tuple[str, Score, list[str]]]:
    """Return a score and the errors for each half: of all texts, and of those that the program read as an event."""
    known = labels()
    there = {key(text): (text, language) for text, language in texts(folder) if key(text) in known}
    told = {name: claims_of(*there[name], known[name].published) for name in sorted(there)}
    stand = incidents_of(told)
    for half in ("develop", "blind"):
        names = [name for name in told if known[name].half == half]
        read = [name for name in names if any(one.claim.stance.reports_event for one in told[name])]
        for what, some in (("all texts", names), ("texts read", read)):
            counted, wrong = score(known, stand, some)
            yield f"{half}, {what} ({len(some)})", counted, wrong


def main() -> None:
    """Measure and print; with --errors, the pairs of the half to develop with that came out wrong."""
    folder = SHARED / "data"
    if not folder.is_dir():
        sys.exit(f"needs the folder of real texts {folder}")
    for name, counted, wrong in measure(folder):
        found = f"precision {share(counted.right, counted.joined)}, recall {share(counted.right, counted.same)}"
        sys.stdout.write(f"{name:<28} {counted.pairs:>5} pairs, {counted.same:>4} of one event: {found}\n")
        if "--errors" in sys.argv and name.startswith("develop, texts read"):
            sys.stdout.writelines(f"  {line}\n" for line in wrong)


if __name__ == "__main__":
    main()
