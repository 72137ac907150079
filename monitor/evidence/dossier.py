"""A dossier: one violation with all that it rests on, in one zip file that verifies without this program."""

import hashlib
import json
import os
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from monitor import __version__
from monitor.errors import MonitorError
from monitor.model.judgements import Violation
from monitor.output.dossier import dossier_as_dict, dossier_as_html
from monitor.store import PastRating, Proof, Store

_HERE = Path(__file__).parent
#: The first moment that a zip file can name: the same content makes the same file.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)

_README = """\
Dossier {id}

violation.html   for people: what is reported, the verdict under each reading, quotes, history
violation.json   the same for machines, with the text of each report as it was read
chain.json       the chain of documents, from the first of this dossier to the head of the archive
warc/            each document as it came: requests, answers and redirects (WARC 1.1, ISO 28500)
??/??/           each document as it was read, named by its SHA-256
SHA256SUMS       the hash of every file, in the form of sha256sum
verify.py        checks all of this; needs Python 3.8 or newer and nothing else

To verify:       python3 verify.py
By hand:         sha256sum --check SHA256SUMS

What that shows: nothing in this dossier was changed since it was made, and the documents stand in the archive's chain
whose head is
    {head}
Whoever makes a dossier could make all of it anew, chain and all. That the documents were there at some time is shown by
a head that somebody else noted at that time: python3 verify.py --head LINK says whether the chain passes through it.

Where a timestamp authority (RFC 3161) signed the head of the archive, the script says which document that is, and the
command of OpenSSL that checks the signature. ROOTS.pem are the certificates of that authority, from itself.

What it does not show: that a source told the truth. The program reads news reports; it
saw nothing itself.
"""


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """What goes into the file, by path; and what the maker of it should note."""

    name: str
    files: Mapping[str, bytes]
    proof: Proof
    #: Reports that no document of the archive shows, by id.
    not_archived: tuple[str, ...]


def make_dossier(
    store: Store,
    violation: Violation,
    history: tuple[PastRating, ...],
    names: Mapping[str, str],
    *,
    as_of: datetime,
    exported_at: datetime,
) -> Dossier:
    """Return the dossier of a violation as it stood.

    Raises:
        StoreError: the chain is broken, or a document is missing.
        MonitorError: a document is no longer what was recorded.
    """
    reports = {one.report.id: one.report for one in violation.incident.claims}
    wanted = dict.fromkeys(report.document_sha256 for report in reports.values() if report.document_sha256)
    proof = store.prove(wanted)
    documents = {document.sha256: document for document in proof.documents}
    said = dossier_as_dict(
        violation, history, documents, as_of=as_of, exported_at=exported_at, program=f"ceasefire-monitor {__version__}"
    )
    page = dossier_as_html(violation, history, documents, as_of=as_of, head=proof.head, names=names)
    files = {
        "README.txt": _README.format(id=violation.id, head=proof.head).encode(),
        "verify.py": (_HERE / "verify.py").read_bytes(),
        "violation.html": page.encode("utf-8", "replace"),
        "violation.json": _json(said),
        "chain.json": _json(_chain_as_dict(proof)),
        **_copies(store, proof),
    }
    sums = "".join(f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files))
    return Dossier(
        name=violation.id,
        files=files | {"SHA256SUMS": sums.encode()},
        proof=proof,
        not_archived=tuple(key for key, report in reports.items() if report.document_sha256 not in documents),
    )


def _chain_as_dict(proof: Proof) -> dict[str, object]:
    return {
        "start": proof.start,
        "head": proof.head,
        "documents": [document.number for document in proof.documents],
        "steps": [asdict(step) for step in proof.steps],
    }


def _copies(store: Store, proof: Proof) -> dict[str, bytes]:
    """Return both copies of each document; the chain says what they must be."""
    copies = {}
    for document in proof.documents:
        wanted = {document.working_path: document.sha256}
        if document.warc_path is not None:
            wanted[document.warc_path] = document.warc_path.rpartition("-")[2].removesuffix(".warc")
        for path, sha256 in wanted.items():
            copies[path] = store.archive.content(path)
            if hashlib.sha256(copies[path]).hexdigest() != sha256:
                raise MonitorError(
                    f"{store.archive.folder / path} is no longer what was recorded; see `ceasefire evidence verify`"
                )
    return copies


def _json(value: object) -> bytes:
    # ASCII alone: a text from a feed may hold what UTF-8 cannot.
    return (json.dumps(value, indent=1) + "\n").encode()


def write_zip(dossier: Dossier, path: Path) -> str:
    """Write the file, whole or not at all, and return its SHA-256; what stands there already is left alone.

    Raises:
        MonitorError: it cannot be written, or there is such a file.
    """
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with unfinished.open("xb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                for name in sorted(dossier.files):
                    member = zipfile.ZipInfo(f"{dossier.name}/{name}", _ZIP_TIME)
                    member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                    archive.writestr(member, dossier.files[name])
            file.flush()
            os.fsync(file.fileno())
        os.link(unfinished, path)
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileExistsError:
        raise MonitorError(f"there is a file {path} already; name another with --output") from None
    except OSError as error:
        raise MonitorError(f"cannot write {path}: {error.strerror}; name a place where you may write") from None
    finally:
        unfinished.unlink(missing_ok=True)
