"""`make bench`: speed, start-up and memory on this machine, as figures. Passes no judgement; ends within ten minutes.

Every figure is the median of several rounds; the texts are always the same (`tests.bench_texts`).
"""

import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from statistics import median

from monitor import judging
from monitor.ingest.parse import parse
from monitor.ingest.reports import reports_from
from monitor.model.judgements import Incident
from monitor.model.reports import Document, Feed, Report
from monitor.pipeline import Pipeline, record
from monitor.store import Store
from tests import bench_merging, bench_texts
from tests.bench_alerts import latencies
from tests.builders import NOON, a_reported_claim, a_time, an_incident
from tests.installation import CHECKOUT, SHARED
from tests.parts import a_pipeline, shipped_feeds, shipped_pipeline

ROUNDS = 3
#: Seconds that a measurement of speed may take.
BUDGET = 6.0
INCIDENTS = 1_000
#: Prints the resident memory of a process that holds all knowledge and has read one text in each language, in KiB.
_IDLE = """
from tests.parts import shipped_pipeline
from tests.bench_texts import headlines
reader = shipped_pipeline().reader
for report in headlines()[:30]:
    reader.read(report)
with open("/proc/self/status") as status:
    print(next(line.split()[1] for line in status if line.startswith("VmRSS:")))
"""


#: Prints how long a process takes to import what reading needs and to load all that it rests on, in seconds.
_READY = """
import time
before = time.perf_counter()
from pathlib import Path
from monitor.catalogue.parsed import keep_parsed_in
keep_parsed_in(Path("parsed"))
from monitor.catalogue.data import data_roots
from monitor.catalogue.knowledge import load_knowledge
from monitor.extraction import Reader
Reader(load_knowledge(data_roots()))
print(time.perf_counter() - before)
"""


def main() -> None:
    """Measure everything and print it."""
    say(f"machine:  {machine()}")
    say(f"python:   {platform.python_implementation()} {platform.python_version()}, {platform.system()}")
    say(f"load:     {os.getloadavg()[0]:.1f} before (above the number of cores, the figures are too low)")
    with tempfile.TemporaryDirectory(prefix="ceasefire-bench-") as name:
        folder = Path(name)
        start_up(folder)
        ready(folder)
        memory()
        reading(shipped_pipeline())
        recording(folder)
        assessing(shipped_pipeline())
        feeds()
        alerts(folder / "alerts")
        bench_merging.main()


def say(line: str) -> None:
    """Print one line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def figure(name: str, value: float, unit: str, note: str = "") -> None:
    """Print one figure."""
    shown = f"{value:,.0f}" if value >= 100 else f"{value:.2f}"
    say(f"{name:<52} {shown:>9} {unit:<16} {note}".rstrip())


def machine() -> str:
    """Return the processor and the number of cores that this process may use."""
    try:
        found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    except OSError:
        found = None
    return f"{found[1] if found else platform.processor() or platform.machine()}, {len(os.sched_getaffinity(0))} cores"


def seconds(work: Callable[[], object]) -> float:
    """Return how long something takes: the median of the rounds."""
    taken = []
    for _ in range(ROUNDS):
        before = time.perf_counter()
        work()
        taken.append(time.perf_counter() - before)
    return median(taken)


def start_up(folder: Path) -> None:
    """Measure whole commands, from the call to the end, with everything compiled and cached that stays cached."""
    line = folder / "line.jsonl"
    line.write_text('{"id": 1, "title": "Drones hit a substation in Sumy", "language": "en"}\n', encoding="utf-8")
    commands = (("--version",), ("violations",), ("read", str(line)))
    for command in commands:
        run(folder, *command)
        figure(f"ceasefire {command[0]}, call to end", seconds(lambda c=command: run(folder, *c)), "s")  # type: ignore[misc]


def ready(folder: Path) -> None:
    """Measure how long it takes until a reader is ready."""
    taken = [float(python(folder, "-c", _READY)) for _ in range(ROUNDS + 1)]
    figure(
        "reader ready: imports, data, words", median(taken[1:]), "s", f"first time, parsing all YAML: {taken[0]:.2f} s"
    )


def run(folder: Path, *arguments: str) -> None:
    """Call the command line in a process of its own, with an empty database."""
    python(folder, "-m", "monitor", *arguments)


def python(folder: Path, *arguments: str) -> str:
    """Run Python in a process of its own, with a home of its own; return what it prints."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("CEASEFIRE_")}
    for name in ("PYTHONDONTWRITEBYTECODE", "XDG_CACHE_HOME"):
        kept.pop(name, None)
    own = {"CEASEFIRE_DATA_DIR": str(folder / "data"), "HOME": str(folder), "PYTHONPATH": str(CHECKOUT)}
    command = [sys.executable, *arguments]
    done = subprocess.run(
        command, env=kept | own, cwd=folder, check=True, capture_output=True, text=True, encoding="utf-8", timeout=60
    )
    return done.stdout


def memory() -> None:
    """Measure the resident memory of an idle reader."""
    if not Path("/proc/self/status").exists():
        say("resident memory: not measured here (no /proc)")
        return
    done = subprocess.run(
        [sys.executable, "-c", _IDLE], cwd=CHECKOUT, check=True, capture_output=True, text=True, timeout=60
    )
    figure("resident memory, idle, all knowledge loaded", int(done.stdout) / 1024, "MiB")


def reading(pipeline: Pipeline) -> None:
    """Measure `Reader.read` on one core."""
    data = SHARED / "data"
    sets = (
        ("headlines, synthetic", bench_texts.headlines()),
        ("full texts, synthetic", bench_texts.articles()),
        ("headlines, real news", bench_texts.shared_headlines(data)),
        ("full texts, real news", bench_texts.shared_articles(data)),
    )
    for name, reports in sets:
        if reports:
            speed, claims = reading_speed(pipeline, reports)
            length = sum(len(report.full_text) for report in reports) / len(reports)
            figure(name, speed, "per second", f"{len(reports)} of {length:.0f} characters, {claims} claims")
        else:
            say(f"{name}: not measured, ../shared is absent")


def reading_speed(pipeline: Pipeline, reports: Sequence[Report]) -> tuple[float, int]:
    """Return reports per second of processor time, and how many claims were found in one round."""
    speeds: list[float] = []
    claims, began = 0, time.perf_counter()
    while len(speeds) < ROUNDS and (not speeds or time.perf_counter() - began < BUDGET):
        before = time.process_time()
        claims = sum(len(pipeline.reader.read(report).claims) for report in reports)
        speeds.append(len(reports) / (time.process_time() - before))
    return median(speeds), claims


def recording(folder: Path) -> None:
    """Measure the pipeline from report to committed notices, on SQLite, in batches of a feed's size."""
    pipeline = a_pipeline(folder)
    reports, batch = bench_texts.headlines()[:1_000], 50
    store = Store.open(f"sqlite:///{folder / 'bench.db'}", folder / "evidence")
    try:
        before, recorded = time.perf_counter(), 0
        for first in range(0, len(reports), batch):
            done = record(store, pipeline, reports[first : first + batch], now=NOON + timedelta(days=9), backlog=True)
            recorded += len(done.reports)
            if time.perf_counter() - before > BUDGET * 2:
                break
        taken = time.perf_counter() - before
    finally:
        store.close()
    figure("reports through the pipeline (SQLite)", recorded / taken, "per second", f"{recorded} recorded")


def assessing(pipeline: Pipeline) -> None:
    """Measure judging alone: verdicts under every reading, credibility, violations."""
    incidents = [one(number) for number in range(INCIDENTS)]
    taken = seconds(lambda: [judge(incident, pipeline) for incident in incidents])
    figure(f"judging {INCIDENTS:,} incidents of two claims", taken, "s")


def one(number: int) -> Incident:
    """Return an incident of its own hour, told by two outlets."""
    start = NOON - timedelta(hours=number % 700)
    when = a_time(start.isoformat(), (start + timedelta(hours=6)).isoformat())
    claims = (
        a_reported_claim(id=f"c{number}a", event_time=when),
        a_reported_claim(id=f"c{number}b", event_time=when),
    )
    return an_incident(*claims, id=f"I-{number}", event_time=when)


def judge(incident: Incident, pipeline: Pipeline) -> object:
    """Do what the pipeline does with one incident that was touched."""
    assessments = judging.assess(incident, pipeline.agreements, pipeline.classes)
    accused = {assessment.accused for assessment in assessments}
    ratings = {party: judging.rate(incident, party, pipeline.classes) for party in accused}
    return judging.violations(incident, pipeline.agreements, assessments, ratings)


def feeds() -> None:
    """Measure feed parsing: bytes to reports."""
    entries = 200
    body = bench_texts.feed(entries)
    feed = shipped_feeds().feeds[0]
    taken = seconds(lambda: reports(body, feed))
    figure("feed parsing, bytes to reports", entries / taken, "entries a second", f"{len(body) // 1024} KiB of RSS")


def alerts(folder: Path) -> None:
    """Measure the way of an alert, from the commit of its violation to a webhook's answer, with the real daemon."""
    folder.mkdir()
    taken = sorted(latencies(folder, per_second=50, seconds=15))
    last = taken[int(len(taken) * 0.99)]
    figure("alert by webhook, 50 incidents a second, median", median(taken), "s", f"{len(taken)} alerts")
    figure("alert by webhook, 99 of 100 arrive within", last, "s", f"the last after {taken[-1]:.2f} s")


def reports(body: bytes, feed: Feed) -> tuple[Report, ...]:
    """Return the reports of a document."""
    document = Document(
        url=feed.url, final_url=feed.url, fetched_at=NOON, status=200, headers=(), body=body, collector="bench"
    )
    return reports_from(feed, parse(body, {}, feed.url), document, NOON)


if __name__ == "__main__":
    main()
