"""`ceasefire evidence`: is all still what it was, what can be shown of it to a stranger, and what may go?"""

import json
from contextlib import closing
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

import monitor
from monitor.bootstrap import open_store
from monitor.cli.context import Context, data_console, now, parse_time
from monitor.errors import MonitorError
from monitor.evidence import retention
from monitor.model.decisions import PROGRAM
from monitor.model.forms import instant
from monitor.model.text import one_line
from monitor.output.safe import terminal
from monitor.report import find_violation

_PROGRAM = f"ceasefire-monitor {monitor.__version__}"

app = typer.Typer(
    help="The evidence archive: verify it, export dossiers from it, say how long it is kept.", no_args_is_help=True
)


def add_to(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app, name="evidence")


@app.command()
def verify(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """Check every byte, offset and link of the evidence; name the first that fails. Exit status 1 if one does.

    The head is the link of the newest document. Whoever wrote it down, outside of this machine, can tell later that
    nothing of what it covers was changed.
    """
    shared: Context = context.obj
    with closing(open_store(shared.settings)) as store:
        seen = store.verify()
    if as_json:
        typer.echo(json.dumps(asdict(seen), ensure_ascii=False, indent=2))
    else:
        out = data_console()
        out.print(f"documents: {seen.documents}, in {seen.records} records; {seen.bytes} bytes checked", markup=False)
        out.print(f"head: {seen.head}", markup=False, soft_wrap=True)
        for count, meaning in (
            (seen.without_copy, "documents are older than evidentiary copies: their working copy was checked"),
            (seen.removed, "documents were removed; `ceasefire evidence removals` says why"),
            (seen.unrecorded, "copies were kept and not recorded, by a kill; `ceasefire evidence adopt` records them"),
            (seen.unlogged, "links are not in chain.log yet: the next document adds them"),
        ):
            if count:
                shared.say(f"{count} {meaning}")
    if seen.troubles:
        raise MonitorError(seen.troubles[0])
    shared.say("every byte, offset and link is as it was recorded")


@app.command()
def adopt(context: typer.Context) -> None:
    """Record the evidentiary copies that no row names: the program was killed, or an older database was put back.

    They become documents of the chain. Their reports are not read: the feed is fetched again anyway.
    """
    shared: Context = context.obj
    with closing(open_store(shared.settings)) as store:
        count = store.adopt()
    shared.say(f"{count} documents recorded")


@app.command()
def export(
    context: typer.Context,
    violation_id: Annotated[str, typer.Argument(metavar="VIOLATION", help="Its id, or the beginning of it.")],
    output: Annotated[Path | None, typer.Option(help="Write the zip file here. [default: ID.zip]")] = None,
    as_of: Annotated[str | None, typer.Option(help="What was known at this time, such as 2025-04-01T12:00Z.")] = None,
) -> None:
    """Write one zip file with a violation and all that it rests on; a stranger can verify it without this program."""
    from monitor.evidence.dossier import make_dossier, write_zip  # brings the templates

    shared: Context = context.obj
    moment = parse_time(as_of, "--as-of", end_of_day=True)
    with shared.records() as records:
        with records.store.query() as query:
            violation = find_violation(query, violation_id, moment)
            history = query.violation_history(violation.id, as_of=moment)
        names = dict(records.audience.party_names)
        at = now()
        dossier = make_dossier(records.store, violation, history, names, as_of=moment or at, exported_at=at)
    path = output or Path(f"{violation.id}.zip")
    digest = write_zip(dossier, path)
    out = data_console()
    for name, value in (("file", str(path)), ("SHA-256", digest), ("head", dossier.proof.head)):
        out.print(f"{name}: {value}", markup=False, soft_wrap=True)
    shared.say(f"{len(dossier.proof.documents)} documents, {len(dossier.proof.steps)} links of the chain")
    if dossier.not_archived:
        shared.say(f"{len(dossier.not_archived)} reports are shown by no document: not fetched, or removed")


@app.command()
def remove(
    context: typer.Context,
    sha256: Annotated[str, typer.Argument(metavar="SHA256", help="The document, by its hash.")],
    author: Annotated[str, typer.Option(help="Who removes it: a name or initials.")],
    reason: Annotated[str, typer.Option(help="Why; it is kept for good.")],
) -> None:
    """Remove both copies of a document; its hash, who removed it and why stay in the chain as a tombstone.

    What was read from it (reports, claims, quotes) stays in the database.
    """
    shared: Context = context.obj
    with closing(open_store(shared.settings)) as store:
        count = retention.remove(store, sha256, by=author, reason=reason, now=now(), collector=_PROGRAM)
    shared.say(f"{count} files removed")


@app.command()
def expire(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list what would be removed.")] = False,
) -> None:
    """Remove the documents whose time is over by CEASEFIRE_KEEP_UNUSED_DAYS and CEASEFIRE_KEEP_EVIDENCE_DAYS."""
    shared: Context = context.obj
    days = {"unused": shared.settings.keep_unused_days, "evidence": shared.settings.keep_evidence_days}
    keep_for = retention.KeepFor(**{kind: None if n is None else timedelta(days=n) for kind, n in days.items()})
    with closing(open_store(shared.settings)) as store:
        found = retention.expired(store, keep_for, now())
        if not dry_run:
            store.archive.remove(store.left_over())
        for document in found:
            kind = "evidence" if document.is_evidence else "unused"
            typer.echo(f"{document.sha256} {kind}, last fetched {instant(document.last_fetched)}")
            if not dry_run:
                reason = f"kept for {days[kind]} days ({kind})"
                retention.remove(store, document.sha256, by=PROGRAM, reason=reason, now=now(), collector=_PROGRAM)
    shared.say(f"{len(found)} documents {'would be' if dry_run else 'were'} removed")


@app.command()
def articles(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """List what came of fetching articles (CEASEFIRE_FULL_TEXT), newest first: those read, and why others were not."""
    shared: Context = context.obj
    with closing(open_store(shared.settings)) as store, store.query() as query:
        found = query.articles()
    if as_json:
        rows = [asdict(one) | {"fetched_at": instant(one.fetched_at), "due_at": instant(one.due_at)} for one in found]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for one in found:
        why = f": {one_line(one.reason, 300)}" if one.reason else ""
        line = f"{instant(one.fetched_at)}  {one.state.value}  {one_line(one.url, 300)}{why}"
        data_console().print(terminal(line), markup=False, soft_wrap=True)


@app.command()
def removals(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """List what was removed: when, by whom and why."""
    shared: Context = context.obj
    with closing(open_store(shared.settings)) as store:
        found = retention.removals(store)
    if as_json:
        rows = [{"sha256": one.sha256, "at": instant(one.at), "by": one.by, "reason": one.reason} for one in found]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for one in found:
        line = f"{instant(one.at)}  {one.sha256}  {one_line(one.by, 60)}: {one_line(one.reason, 500)}"
        data_console().print(line, markup=False, soft_wrap=True)


@app.command()
def timestamp(context: typer.Context) -> None:
    """Have the timestamp authority of the settings sign the head of the chain; its answer becomes part of the chain."""
    from monitor.evidence.timestamps import Authority, stamp  # brings the network

    shared: Context = context.obj
    settings = shared.settings
    if settings.timestamp_url is None or settings.timestamp_roots is None:
        raise MonitorError(
            "name an authority with CEASEFIRE_TIMESTAMP_URL and its roots with CEASEFIRE_TIMESTAMP_ROOTS"
        )
    authority = Authority(url=str(settings.timestamp_url), roots=settings.timestamp_roots)
    with closing(open_store(settings)) as store:
        stamped = stamp(store, authority, now=now(), collector=_PROGRAM)
    data_console().print(f"{instant(stamped.at)}  {stamped.head}", markup=False, soft_wrap=True)
