"""The alert file: one YAML file that says who is told of violations and how. Read by the strict door, as all files are.

Secrets never stand in it: it names environment variables or files that hold them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from monitor.alert_file.making import Making
from monitor.alert_file.receivers import ReceiverEntry
from monitor.alert_file.routes import HoursEntry, RouteEntry, known_values, routes_of, wrong_routes
from monitor.alert_file.secrets import Secrets
from monitor.alerts.receivers import MailServer, Receiver
from monitor.catalogue.door import Strict, locate, mistake_at, read_yaml
from monitor.errors import ConfigurationError, close_to
from monitor.model import words
from monitor.model.agreements import Agreement
from monitor.model.routing import Route


class AlertFile(Strict):
    """The whole file."""

    receivers: tuple[ReceiverEntry, ...] = Field(min_length=1)
    routes: tuple[RouteEntry, ...] = ()
    mute_times: dict[str, HoursEntry] = {}
    operators: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Told:
    """Who is told, and by which routes."""

    receivers: tuple[Receiver, ...] = ()
    routes: tuple[Route, ...] = ()
    operators: tuple[str, ...] = ()


def load_alert_file(
    path: Path,
    *,
    environment: Mapping[str, str],
    mail_server: MailServer | None,
    allow_private: bool,
    agreements: Iterable[Agreement] = (),
    further: Iterable[str] = (),
    regions: Iterable[str] = (),
) -> Told:
    """Return the receivers and routes of an alert file.

    Args:
        path: of the file; relative paths in it start from its folder.
        environment: the environment variables, some of which it names.
        mail_server: taken by mail receivers that name no server of their own.
        allow_private: lets every webhook point to a private or loopback address.
        agreements: those that routes may name, with their clauses, readings and parties.
        further: names of the receivers of the settings, which routes may name too.
        regions: those that routes may name; none where the gazetteer is not loaded.

    Raises:
        ConfigurationError: it cannot be used; all mistakes are named with file, line and field.
    """
    file = read_yaml(path, AlertFile)
    secrets = Secrets(path.parent, environment)
    agreements = tuple(agreements)
    parties = words.names_of_parties(agreements)
    making = Making(secrets=secrets, mail_server=mail_server, allow_private=allow_private, parties=parties)
    found: list[Receiver] = []
    names: set[str] = set()
    for number, entry in enumerate(file.receivers):
        where = ("receivers", number)
        if entry.name in names:
            secrets.blame((*where, "name"), f"{entry.name!r} is listed twice")
        names.add(entry.name)
        receiver = making.receiver(entry, where)
        found += [receiver] if receiver is not None else []
    wrong = wrong_routes(
        file.routes, receivers=names | {*further}, muted=file.mute_times, known=known_values(agreements, regions)
    )
    known = names | {*further}
    for number, entry in enumerate(file.receivers):
        for index, name in enumerate(entry.escalation.to if entry.escalation else ()):
            if name not in known:
                secrets.blame(
                    ("receivers", number, "escalation", "to", index), f"{name!r} is no receiver{close_to(name, known)}"
                )
    for number, name in enumerate(file.operators):
        if name not in known:
            secrets.blame(("operators", number), f"{name!r} is no receiver{close_to(name, known)}")
    for where_wrong, message in wrong:
        secrets.blame(where_wrong, message)
    if secrets.mistakes:
        located = locate(path)
        raise ConfigurationError(*(mistake_at(path, located, where, message) for where, message in secrets.mistakes))
    return Told(receivers=tuple(found), routes=routes_of(file.routes, file.mute_times), operators=file.operators)
