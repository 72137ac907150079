"""The shipped parts, put together once in each test process: loading words and places takes seconds."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from monitor.alerts.receivers import Audience, FileReceiver, Receiver
from monitor.alerts.senders import senders_for
from monitor.bootstrap import Workshop, limits
from monitor.catalogue.agreements import load_agreements
from monitor.catalogue.data import DataRoots, data_roots
from monitor.catalogue.feeds import FeedList, load_feeds
from monitor.catalogue.knowledge import load_knowledge
from monitor.extraction import Reader
from monitor.model.reports import Feed
from monitor.pipeline import Pipeline
from monitor.settings import Settings
from monitor.store import Store


@cache
def shipped_pipeline() -> Pipeline:
    """Return the shipped rules and words; its alerts go nowhere that exists."""
    return pipeline_of(data_roots())


def pipeline_of(roots: DataRoots) -> Pipeline:
    """Return the rules and words of these folders; its alerts go nowhere that exists."""
    knowledge = load_knowledge(roots)
    return Pipeline(
        reader=Reader(knowledge),
        agreements=load_agreements(roots),
        classes=knowledge.target_classes,
        audience=Audience(file_sink=FileReceiver(path=Path("/nowhere/alerts.jsonl"))),
    )


@cache
def shipped_feeds() -> FeedList:
    return load_feeds(data_roots())


def a_pipeline(folder: Path, *receivers: Receiver) -> Pipeline:
    """Return the shipped rules and words; the file sink is in the folder, and the receivers are told."""
    sink = FileReceiver(path=folder / "alerts" / "alerts.jsonl")
    return replace(shipped_pipeline(), audience=Audience(receivers=receivers, file_sink=sink))


def a_workshop(folder: Path, store: Store, pipeline: Pipeline, *feeds: Feed) -> Workshop:
    """Return a workshop over this store that polls these feeds; loopback addresses are allowed."""
    settings = Settings(data_dir=folder, allow_private_addresses=True)
    return Workshop(
        settings=settings,
        roots=data_roots(),
        store=store,
        feeds=FeedList(feeds=feeds, sources=tuple(feed.source for feed in feeds)),
        agreements=pipeline.agreements,
        audience=pipeline.audience,
        senders=senders_for(pipeline.audience),
        pipeline=pipeline,
        limits=limits(settings),
    )
