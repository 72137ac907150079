"""Verify this dossier.

    python3 verify.py [--head LINK]

Needs Python 3.8 or newer and nothing else; reads the files beside it and writes none. What it checks:

1. SHA256SUMS: every file is there, unchanged, and there is none besides.
2. chain.json: each link is the SHA-256 of the link before it and what was recorded, up to the head. Where somebody
   else noted the head of the archive at some time (--head), the chain must pass through it: what stands before was
   there at that time.
3. Each document of the chain that is in the dossier: the WARC file has the length and hash that the chain recorded, so
   has each record in it, at its offset; its block digests are right; the answer in it, decompressed, is the working
   copy.
4. violation.json: the text of each report has the hash that is given for it, and its document is in the chain.

Exit status: 0 all of it holds, 1 something does not, which is named.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import zlib
from pathlib import Path
from typing import Any

SUMS = "SHA256SUMS"
TIMESTAMP = "urn:ceasefire-monitor:timestamp:"


class Problem(Exception):  # noqa: N818 - it is what the reader of this script sees
    """Something does not hold."""


def main() -> int:
    """Check the dossier in the folder of this script."""
    parser = argparse.ArgumentParser(description="Verify this dossier.")
    parser.add_argument("--head", help="a head of the archive that somebody else noted")
    head = parser.parse_args().head
    folder = Path(__file__).resolve().parent
    try:
        files = check_sums(folder)
        chain = read_json(folder / "chain.json")
        entries = check_chain(chain)
        for number, recorded in entries.items():
            check_document(folder, number, recorded)
        said = read_json(folder / "violation.json")
        check_reports(said["reports"], {one["sha256"] for one in entries.values()})
        check_timestamps(chain, entries)
        if head is not None:
            check_head(chain, entries, head)
    except Problem as problem:
        say(f"DOES NOT HOLD: {problem}")
        return 1
    except (OSError, ValueError, KeyError, TypeError, IndexError, zlib.error) as error:
        say(f"DOES NOT HOLD: the dossier cannot be read: {type(error).__name__}: {error}")
        return 1
    counts = f"{files} files, {len(chain['steps'])} links of the chain, {len(entries)} documents"
    say(f"{counts}, {len(said['reports'])} reports: all hold")
    for report in said["reports"]:
        if not report["archived"]:
            say(f"report {report['id']} is shown by no document: it was not fetched, or the document was removed")
    say(f"head of the chain: {chain['head']}")
    return 0


def check_sums(folder: Path) -> int:
    """Return how many files there are; each is the one that SHA256SUMS names."""
    named = {}
    for line in (folder / SUMS).read_text("utf-8").splitlines():
        digest, name = line.split("  ", 1)
        named[name] = digest
    for name, digest in named.items():
        path = folder / name
        if not path.is_file():
            raise Problem(f"{name} is missing")
        if sha256(path.read_bytes()) != digest:
            raise Problem(f"{name} was changed")
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for name in sorted(there - set(named) - {SUMS}):
        if "__pycache__" not in name:
            raise Problem(f"{name} is not part of the dossier")
    return len(named)


def check_chain(chain: dict[str, Any]) -> dict[int, Any]:
    """Return what the chain recorded of the documents in the dossier, by their number."""
    link: str = chain["start"]
    entries: dict[int, Any] = {}
    for step in chain["steps"]:
        number, text = step["number"], step["text"]
        if step["kind"] == "old":
            said = json.loads(text)
            if said[0] != link:
                raise Problem(f"the chain breaks before document {number}")
            link = sha256(text.encode())
            if number in chain["documents"]:
                entries[number] = {"sha256": said[1], "path": said[8], "size_bytes": said[9]}
        else:
            digest = sha256(text.encode()) if step["kind"] == "entry" else text
            link = sha256(f"{link} {digest}".encode())
            if number in chain["documents"]:
                entries[number] = json.loads(text)
        if link != step["chain"]:
            raise Problem(f"the chain breaks at document {number}")
    if link != chain["head"]:
        raise Problem("the chain does not end at its head")
    if set(entries) != set(chain["documents"]):
        raise Problem("the chain lacks the entry of a document")
    return entries


def check_timestamps(chain: dict[str, Any], entries: dict[int, Any]) -> None:
    """Check that each timestamp is of a link of the chain, and say how to check the signature (that needs OpenSSL)."""
    links = {step["chain"]: step["number"] for step in chain["steps"]}
    for number, recorded in entries.items():
        address = recorded.get("url", "")
        if not address.startswith(TIMESTAMP):
            continue
        link = address[len(TIMESTAMP) :]
        if links.get(link, number) >= number:
            raise Problem(f"document {number} is a timestamp of no link before it")
        say(f"document {number} is a timestamp of all documents up to {links[link]}, unless this command objects:")
        say(f"  openssl ts -verify -digest {sha256(link.encode())} -in {recorded['path']} -CAfile ROOTS.pem")


def check_head(chain: dict[str, Any], entries: dict[int, Any], head: str) -> None:
    """Check that the chain passes through a link that somebody noted, and say what was in the archive by then."""
    noted = [step["number"] for step in chain["steps"] if step["chain"] == head.strip().lower()]
    if not noted:
        raise Problem("the chain from the first document to its head does not pass through the noted head")
    for number in entries:
        when = "when the head was noted" if number <= noted[0] else "only after the head was noted"
        say(f"document {number} was in the archive {when}")


def check_document(folder: Path, number: int, recorded: dict[str, Any]) -> None:
    """Check both copies of one document against what the chain recorded of it."""
    body = (folder / recorded["path"]).read_bytes()
    if sha256(body) != recorded["sha256"] or len(body) != recorded["size_bytes"]:
        raise Problem(f"document {number}: the working copy is not what was recorded")
    if "warc_path" not in recorded:
        return  # collected before there were evidentiary copies
    content = (folder / recorded["warc_path"]).read_bytes()
    if sha256(content) != recorded["warc_sha256"] or len(content) != recorded["warc_bytes"]:
        raise Problem(f"document {number}: the WARC file is not what was recorded")
    end, answer = 0, None
    for record in recorded["warc_records"]:
        start, end = end, record["offset"] + record["length"]
        if record["offset"] != start or sha256(content[start:end]) != record["sha256"]:
            raise Problem(f"document {number}: the record at offset {start} is not what was recorded")
        block = check_record(number, content[start:end])
        if record["type"] in ("response", "resource"):
            answer = decoded(block) if record["type"] == "response" else block
    if end != len(content):
        raise Problem(f"document {number}: the WARC file goes on after its last record")
    if answer != body:
        raise Problem(f"document {number}: the working copy is not what the server answered")


def check_record(number: int, record: bytes) -> bytes:
    """Return the block of one WARC record; it has the length and the digest that its header says."""
    head, rest = record.split(b"\r\n\r\n", 1)
    fields = dict(line.split(": ", 1) for line in head.decode("utf-8").split("\r\n")[1:])
    block = rest[: int(fields["Content-Length"])]
    if rest[len(block) :] != b"\r\n\r\n" or fields["WARC-Block-Digest"] != f"sha256:{sha256(block)}":
        raise Problem(f"document {number}: a record of the WARC file has a wrong digest")
    return block


def decoded(block: bytes) -> bytes:
    """Return the body of an HTTP answer as it was before the server compressed it."""
    head, body = block.split(b"\r\n\r\n", 1)
    coding = ""
    for line in head.decode("latin-1").split("\r\n")[1:]:
        name, _, value = line.partition(":")
        if name.strip().lower() == "content-encoding":
            coding = value.strip().lower()
    return inflated(body) if coding in ("gzip", "x-gzip", "deflate") else body


def inflated(body: bytes) -> bytes:
    """Return what a gzip or zlib stream holds; gzip members may follow one another, and padding the last."""
    pieces: list[bytes] = []
    while body and (not pieces or body.startswith(b"\x1f\x8b")):
        stream = zlib.decompressobj(47)
        pieces.append(stream.decompress(body))
        body = stream.unused_data
    return b"".join(pieces)


def check_reports(reports: list[dict[str, Any]], documents: set[str]) -> None:
    """Each text has its hash, and its document is in the chain or known to be not."""
    for report in reports:
        text = f"{report['title']}\n\n{report['text']}" if report["text"] else report["title"]
        # What no database can hold was replaced by U+FFFD, one for one; the hash is of the text before.
        if "\ufffd" not in text and sha256(text.encode()) != report["content_sha256"]:
            raise Problem(f"report {report['id']}: its text is not what its hash says")
        if report["archived"] != (report["document_sha256"] in documents):
            raise Problem(f"report {report['id']}: its document is not in the chain")


def read_json(path: Path) -> Any:
    """Return the value in a file."""
    return json.loads(path.read_text("utf-8"))


def sha256(data: bytes) -> str:
    """Return the SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def say(text: str) -> None:
    """Write one line."""
    sys.stdout.write(text.encode("ascii", "backslashreplace").decode() + "\n")


if __name__ == "__main__":
    sys.exit(main())
