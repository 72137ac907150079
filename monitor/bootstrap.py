"""The one place where the parts are put together: settings in, a workshop with everything opened out.

Parts that take a while to import are imported where they are put together: looking things up needs no reader.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pydantic import SecretStr

from monitor.alert_file import Told, load_alert_file
from monitor.alert_file.routes import usual_manner
from monitor.alerts.delivery import Sender
from monitor.alerts.links import Links
from monitor.alerts.receivers import Audience, EmailReceiver, FileReceiver, MailServer, Receiver, WebhookReceiver
from monitor.alerts.senders import senders_for
from monitor.catalogue.agreements import load_agreements, load_with_examples
from monitor.catalogue.data import DataRoots, data_roots
from monitor.catalogue.feeds import FeedList, load_feeds
from monitor.model.agreements import Agreement
from monitor.settings import Settings

if TYPE_CHECKING:
    from monitor.ingest.fetch import Limits
    from monitor.opinion import Advisor
    from monitor.pipeline import Pipeline
    from monitor.store import Store


@dataclass(frozen=True, kw_only=True)
class Records:
    """What looking things up and sending need; a context manager, so that the store is closed.

    It leaves out what reading rests on (words, places, facilities), which takes a second or two to load.
    """

    settings: Settings
    roots: DataRoots
    store: Store
    feeds: FeedList
    agreements: tuple[Agreement, ...]
    audience: Audience
    senders: Mapping[str, Sender]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.store.close()


@dataclass(frozen=True, kw_only=True)
class Workshop(Records):
    """Everything opened and ready, to poll, read and judge."""

    pipeline: Pipeline
    limits: Limits


def open_records(settings: Settings) -> Records:
    """Open what was recorded, the rules and the feed list.

    Raises:
        ConfigurationError: a rule file or the feed list is wrong; all mistakes are named.
        StoreError: the database cannot be used.
    """
    roots = data_roots(settings.rules_dir)
    agreements = load_agreements(roots)
    told = audience(settings, agreements)
    return Records(
        settings=settings,
        roots=roots,
        feeds=load_feeds(roots),
        agreements=agreements,
        audience=told,
        senders=senders_for(told),
        store=open_store(settings),
    )


def open_workshop(settings: Settings) -> Workshop:
    """Open everything.

    Raises:
        ConfigurationError: a rule file, feed list or data file is wrong; all mistakes are named.
        StoreError: the database cannot be used.
    """
    roots = data_roots(settings.rules_dir)
    pipeline = load_pipeline(settings, roots)
    return Workshop(
        settings=settings,
        roots=roots,
        feeds=load_feeds(roots),
        agreements=pipeline.agreements,
        audience=pipeline.audience,
        senders=senders_for(pipeline.audience),
        pipeline=pipeline,
        limits=limits(settings),
        store=open_store(settings),
    )


def limits(settings: Settings) -> Limits:
    """Return what a fetch may cost."""
    from monitor.ingest.fetch import Limits

    return Limits(
        contact_url=settings.contact_url,
        timeout_seconds=settings.fetch_timeout_seconds,
        read_timeout_seconds=min(15, settings.fetch_timeout_seconds),
        max_bytes=settings.fetch_max_bytes,
        allow_private=settings.allow_private_addresses,
        concurrency=settings.poll_concurrency,
    )


def open_store(settings: Settings) -> Store:
    """Open the database that the settings name, made or migrated as needed."""
    from monitor.store import Store

    return Store.open(settings.store_url, settings.data_dir / "evidence")


def load_pipeline(settings: Settings, roots: DataRoots) -> Pipeline:
    """Load rules and knowledge, and say who is told of violations.

    Raises:
        ConfigurationError: a file is wrong, or an agreement names an act, region or country that nothing knows.
    """
    from monitor.catalogue.agreement_names import check_names, known_names
    from monitor.catalogue.knowledge import load_knowledge
    from monitor.extraction import Reader
    from monitor.pipeline import Pipeline

    knowledge = load_knowledge(roots)
    loaded = load_with_examples(roots)
    names = known_names(knowledge)
    check_names(loaded, names)
    agreements = tuple(one.agreement for one in loaded)
    return Pipeline(
        reader=Reader(knowledge),
        agreements=agreements,
        classes=knowledge.target_classes,
        audience=audience(settings, agreements, names.regions),
        advisor=advisor(settings),
    )


def advisor(settings: Settings) -> Advisor | None:
    """Return whom to ask for a second opinion; nobody unless the settings name an endpoint."""
    if settings.opinion_url is None or settings.opinion_model is None:
        return None
    from monitor.opinion import Advisor, ChatEndpoint

    key = settings.opinion_key.get_secret_value() if settings.opinion_key else None
    return Advisor(endpoint=ChatEndpoint(url=str(settings.opinion_url), model=settings.opinion_model, key=key))


def audience(settings: Settings, agreements: Iterable[Agreement], regions: Iterable[str] = ()) -> Audience:
    """Return who is told, and the file that takes what nobody is to be sent.

    Args:
        settings: which name the alert file.
        agreements: those that its routes may name.
        regions: those that they may name; none where the gazetteer is not loaded, which takes a while.

    Raises:
        ConfigurationError: the alert file is wrong; all mistakes are named.
    """
    loaded = tuple(agreements)
    names = {party.id: party.name for agreement in loaded for party in agreement.parties}
    told = receivers(settings, loaded, regions)
    return Audience(
        receivers=told.receivers,
        routes=told.routes,
        operators=told.operators,
        links=links(settings),
        file_sink=FileReceiver(path=kept_alerts(settings)),
        source=settings.contact_url,
        party_names=tuple(sorted(names.items())),
    )


def links(settings: Settings) -> Links | None:
    """Return what makes the links that acknowledge; None unless the settings say where they are answered."""
    if settings.acknowledge_url is None or settings.acknowledge_secret is None:
        return None
    return Links(base=str(settings.acknowledge_url), secret=settings.acknowledge_secret)


def kept_alerts(settings: Settings) -> Path:
    """Return the file that takes the alerts nobody is to be sent."""
    return settings.data_dir / "alerts" / "alerts.jsonl"


def receivers(settings: Settings, agreements: Iterable[Agreement], regions: Iterable[str] = ()) -> Told:
    """Return who is told, and by which routes, as settings and alert file say; nobody where they name nobody."""
    found: list[Receiver] = []
    server = _mail_server(settings)
    if server is not None and settings.mail_to:
        manner = usual_manner(EmailReceiver.kind)
        found.append(EmailReceiver(server=server, recipients=settings.mail_to, manner=manner))
    if settings.webhook_url and settings.webhook_secret:
        secrets = settings.webhook_secret.get_secret_value().split()
        found.append(
            WebhookReceiver(
                url=settings.webhook_url,
                secrets=tuple(map(SecretStr, secrets)),
                allow_private=settings.allow_private_addresses,
            )
        )
    if settings.alerts_file is None:
        return Told(receivers=tuple(found))
    file = load_alert_file(
        settings.alerts_file,
        environment=os.environ,
        mail_server=server,
        allow_private=settings.allow_private_addresses,
        agreements=agreements,
        further=[one.kind for one in found],
        regions=regions,
    )
    return Told(receivers=(*found, *file.receivers), routes=file.routes, operators=file.operators)


def _mail_server(settings: Settings) -> MailServer | None:
    if not (settings.smtp_host and settings.mail_from):
        return None
    return MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=settings.smtp_password,
        sender=settings.mail_from,
    )
