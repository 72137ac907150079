"""`ceasefire evidence`, over documents that were really fetched."""

import ast
import gzip
import hashlib
import io
import json
import random
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.cli.test_reporting import opened
from tests.commands import CommandLine, Done
from tests.evidence.authority import an_authority, needs_openssl
from tests.installation import Installation, an_rss_feed
from tests.servers import Answer, Responder, serving
from tests.store.tampering import a_fetched_document

NOW = datetime.now(UTC)
BODY = an_rss_feed([("1", "Russian drones hit a power substation in Sumy", NOW - timedelta(hours=1))]).encode()

ANSWERS: dict[str, Answer | Responder] = {
    "/old": Answer(status=302, headers={"Location": "/new"}),
    "/new": Answer(body=gzip.compress(BODY, mtime=0), headers={"Content-Encoding": "gzip", "X-Odd": "caf\xe9"}),
}


@pytest.fixture
def fetched(ceasefire: CommandLine) -> CommandLine:
    """Return an installation that has polled one feed, which was compressed and had moved."""
    with serving(ANSWERS) as server:
        installation = Installation(ceasefire.folder)
        installation.add_agreement_that_binds_now(NOW)
        installation.add_feeds({"outlet": server.address("/old")})
        ceasefire.settings |= installation.settings
        done = ceasefire("once")
    assert done.status == 0, done.err
    return ceasefire


def the_copy(commands: CommandLine) -> Path:
    [path] = (commands.folder / "data" / "evidence").rglob("*.warc")
    return path


def test_the_evidentiary_copy_has_what_was_asked_and_what_came_as_it_came(fetched: CommandLine) -> None:
    seen = []
    for record in ArchiveIterator(io.BytesIO(the_copy(fetched).read_bytes())):
        if record.rec_type in ("request", "response"):
            path = record.rec_headers.get_header("WARC-Target-URI").rpartition("/")[2]
            raw = record.raw_stream.read()
            seen.append((record.rec_type, path, record.http_headers, raw))
    assert [one[:2] for one in seen] == [
        ("request", "old"),
        ("response", "old"),
        ("request", "new"),
        ("response", "new"),
    ]
    first, moved, second, answer = (one[2] for one in seen)
    assert (first.protocol, first.statusline) == ("GET", "/old HTTP/1.1")
    assert second.get_header("Host").startswith("127.0.0.1:")
    assert "ceasefire-monitor/" in second.get_header("User-Agent")
    assert (moved.get_statuscode(), moved.get_header("Location")) == ("302", "/new")
    assert (answer.get_statuscode(), answer.get_header("Content-Encoding")) == ("200", "gzip")
    assert seen[3][3] == gzip.compress(BODY, mtime=0), "the bytes that were sent, still compressed"
    assert b"X-Odd: caf\xe9\r\n" in the_copy(fetched).read_bytes()


def test_verify_says_that_all_is_whole_and_names_the_head(fetched: CommandLine) -> None:
    done = fetched("evidence", "verify")
    assert done.status == 0, done.err
    assert "documents: 1, in 6 records" in done.out
    assert "every byte, offset and link is as it was recorded" in done.err
    found = fetched("evidence", "verify", "--json").json
    assert f"head: {found['head']}" in done.out
    assert (found["documents"], found["troubles"]) == (1, [])


def test_verify_names_the_first_that_fails_and_has_status_1(fetched: CommandLine) -> None:
    path = the_copy(fetched)
    content = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(content.replace(b"caf\xe9", b"cafe"))
    done = fetched("evidence", "verify")
    assert done.status == 1
    assert path.name in done.err.replace("\n", "")
    assert "record 5 (response)" in done.err
    assert len(json.loads(fetched("evidence", "verify", "--json").out)["troubles"]) == 1


def test_verify_of_an_installation_that_fetched_nothing_is_well(ceasefire: CommandLine) -> None:
    assert ceasefire("evidence", "verify").status == 0


# Dossiers


@pytest.fixture(scope="module")
def handed_over(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return the zip file of a dossier, and the head of the archive that it was made from."""
    installation = Installation(tmp_path_factory.mktemp("installation"))
    installation.add_agreement_that_binds_now(NOW)
    with serving(ANSWERS) as server:
        installation.add_feeds({"outlet": server.address("/old")})
        assert installation.run("once").returncode == 0
    done = installation.run("evidence", "export", "V-", "--output", "out.zip")
    assert done.returncode == 0, done.stderr
    return installation.folder / "out.zip", installation.json("evidence", "verify", "--json")["head"]


@pytest.fixture
def dossier(handed_over: tuple[Path, str], tmp_path: Path) -> Path:
    """Return the folder of an unpacked dossier."""
    return unpacked(handed_over[0], tmp_path / "stranger")


def exported(commands: CommandLine, *more: str) -> Done:
    [violation] = commands("violations", "--json").json
    return commands("evidence", "export", violation["id"], "--output", str(commands.folder / "out.zip"), *more)


def unpacked(path: Path, folder: Path) -> Path:
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    [found] = folder.iterdir()
    return found


def verified(folder: Path, *more: str) -> "subprocess.CompletedProcess[str]":
    """Run the script of a dossier as a stranger would, with nothing but the standard library to import."""
    command = [sys.executable, "-I", "-S", str(folder / "verify.py"), *more]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")


def test_a_dossier_verifies_without_this_program(handed_over: tuple[Path, str], dossier: Path) -> None:
    done = verified(dossier)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("7 files, 1 links of the chain, 1 documents, 1 reports: all hold\n")
    assert done.stdout.endswith(f"head of the chain: {handed_over[1]}\n")


def test_what_is_exported_is_named_with_its_hash_and_the_head(fetched: CommandLine) -> None:
    done = exported(fetched)
    digest = hashlib.sha256((fetched.folder / "out.zip").read_bytes()).hexdigest()
    assert f"SHA-256: {digest}" in done.out
    assert f"head: {fetched('evidence', 'verify', '--json').json['head']}" in done.out


def test_a_dossier_holds_what_people_and_machines_read(dossier: Path) -> None:
    said = json.loads((dossier / "violation.json").read_bytes())
    [report] = said["reports"]
    assert said["violation"]["id"] == dossier.name
    assert said["violation"]["evidence"][0]["quote"] == "Russian drones hit a power substation in Sumy"
    assert [past["status"] for past in said["history"]] == ["alleged"]
    assert (report["title"], report["archived"]) == ("Russian drones hit a power substation in Sumy", True)
    page = (dossier / "violation.html").read_text(encoding="utf-8")
    assert "Russian drones hit a power substation in Sumy" in page
    assert (dossier / "README.txt").read_text().startswith(f"Dossier {dossier.name}\n")
    [warc] = dossier.rglob("*.warc")
    assert warc.relative_to(dossier).as_posix() in page
    sums = subprocess.run(["sha256sum", "--check", "SHA256SUMS"], cwd=dossier, capture_output=True, check=False)
    assert sums.returncode == 0


def test_the_script_needs_the_standard_library_alone(dossier: Path) -> None:
    tree = ast.parse((dossier / "verify.py").read_text())
    named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert named <= set(sys.stdlib_module_names)
    compile(tree, "verify.py", "exec")
    assert ast.parse((dossier / "verify.py").read_text(), feature_version=(3, 8))


def test_the_script_finds_each_change_of_a_dossier(dossier: Path) -> None:
    chance = random.Random(5)
    files = sorted(path for path in dossier.rglob("*") if path.is_file() and path.name != "verify.py")
    for _ in range(3):
        for path in files:
            content = path.read_bytes()
            place = chance.randrange(len(content))
            path.write_bytes(
                content[:place] + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1 :]
            )
            assert verified(dossier).returncode == 1, (path, place)
            path.write_bytes(content)
    assert verified(dossier).returncode == 0


def with_new_sums(dossier: Path) -> None:
    """Write the hashes anew, as somebody would who forges a dossier."""
    files = [path for path in dossier.rglob("*") if path.is_file() and path.name != "SHA256SUMS"]
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(dossier).as_posix()}\n" for path in files
    ]
    (dossier / "SHA256SUMS").write_text("".join(lines))


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("*.warc", b"HTTP/1.1 200", b"HTTP/1.1 203", "the WARC file is not what was recorded"),
        ("??/??/*", b"Sumy", b"Kyiv", "the working copy is not what was recorded"),
        ("chain.json", b"HTTP GET", b"HTTP PUT", "the chain breaks at document 1"),
        ("chain.json", b'"head": "', b'"head": "f', "the chain does not end at its head"),
        ("chain.json", b'"documents": [\n  1\n ]', b'"documents": []', "its document is not in the chain"),
        ("violation.json", b'"title": "Russian', b'"title": "Ukrainian', "its text is not what its hash says"),
    ],
)
def test_the_script_finds_what_was_forged_with_new_hashes(
    dossier: Path, name: str, old: bytes, new: bytes, says: str
) -> None:
    [path] = [path for path in dossier.glob("**/*.warc" if name == "*.warc" else name) if path.is_file()]
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new))
    with_new_sums(dossier)
    done = verified(dossier)
    assert done.returncode == 1
    assert says in done.stdout


def test_files_that_were_added_or_taken_out_are_found(dossier: Path) -> None:
    (dossier / "more.txt").write_text("more")
    assert "more.txt is not part of the dossier" in verified(dossier).stdout
    (dossier / "more.txt").unlink()
    (dossier / "violation.html").unlink()
    assert "violation.html is missing" in verified(dossier).stdout


def test_a_head_that_somebody_noted_says_what_was_there_by_then(handed_over: tuple[Path, str], dossier: Path) -> None:
    done = verified(dossier, "--head", handed_over[1])
    assert (done.returncode, "document 1 was in the archive when the head was noted" in done.stdout) == (0, True)
    done = verified(dossier, "--head", "0" * 64)
    assert done.returncode == 1
    assert "does not pass through the noted head" in done.stdout


def test_a_report_that_was_not_fetched_is_marked_in_the_dossier(ceasefire: CommandLine) -> None:
    installation = Installation(ceasefire.folder)
    installation.add_agreement_that_binds_now(NOW)
    ceasefire.settings |= installation.settings
    ceasefire.file("one.txt", "Russian drones hit a power substation in Sumy")
    assert ceasefire("replay", "one.txt", "--published", NOW.isoformat()).status == 0
    done = exported(ceasefire)
    assert done.status == 0, done.err
    assert "1 reports are shown by no document" in done.err
    stranger = verified(unpacked(ceasefire.folder / "out.zip", ceasefire.folder / "stranger"))
    assert stranger.returncode == 0, stranger.stdout
    assert "is shown by no document" in stranger.stdout


def test_what_cannot_be_exported_is_one_clear_error(fetched: CommandLine) -> None:
    assert exported(fetched).status == 0
    again = exported(fetched)
    assert (again.status, "there is a file" in again.err) == (1, True)
    unknown = fetched("evidence", "export", "V-nothing")
    assert (unknown.status, "there is no violation 'V-nothing'" in unknown.err) == (1, True)
    nowhere = fetched("evidence", "export", "V-", "--output", "no/such/folder.zip")
    assert (nowhere.status, "cannot write" in nowhere.err) == (1, True)
    the_copy(fetched).unlink()
    lost = fetched("evidence", "export", "V-", "--output", "lost.zip")
    assert (lost.status, "cannot read the document" in lost.err) == (1, True)
    assert not (fetched.folder / "lost.zip").exists()


# How long it is kept


def test_what_has_expired_is_listed_first_and_then_removed_with_a_reason(fetched: CommandLine) -> None:
    old = a_fetched_document(body=b"fetched in 2025, and no violation rests on it")
    with opened(fetched) as store:
        store.archive.keep(old)
        with store.transaction() as tx:
            tx.add_document(old)
    assert fetched("evidence", "expire").out == "", "everything is kept for good unless a setting says otherwise"
    fetched.set(keep_unused_days="30", keep_evidence_days="1")
    listed = fetched("evidence", "expire", "--dry-run")
    assert listed.out == f"{old.sha256} unused, last fetched 2025-04-02T12:01:00Z\n"
    assert fetched("evidence", "removals", "--json").json == []
    assert fetched("evidence", "expire").out == listed.out
    [removal] = fetched("evidence", "removals", "--json").json
    assert (removal["sha256"], removal["by"]) == (old.sha256, "program")
    assert removal["reason"] == "kept for 30 days (unused)"
    assert f"{old.sha256}  program: kept for 30 days (unused)" in fetched("evidence", "removals").out
    verify = fetched("evidence", "verify")
    assert (verify.status, "1 documents were removed" in verify.err) == (0, True)
    assert fetched("evidence", "export", "V-").status == 0, "what the violation rests on was fetched today"


def test_a_document_is_removed_by_hand_with_author_and_reason(fetched: CommandLine) -> None:
    [sha256] = (path.name for path in (fetched.folder / "data/evidence").glob("??/??/*"))
    done = fetched("evidence", "remove", sha256, "--author", "AK", "--reason", "asked by the outlet")
    assert (done.status, "2 files removed" in done.err) == (0, True)
    again = fetched("evidence", "remove", sha256, "--author", "AK", "--reason", "again")
    assert (again.status, "keeps no document" in again.err) == (1, True)
    assert fetched("evidence", "remove", sha256).status == 2, "author and reason are not optional"
    assert "1 reports are shown by no document" in exported(fetched).err
    stranger = verified(unpacked(fetched.folder / "out.zip", fetched.folder / "stranger"))
    assert stranger.returncode == 0, stranger.stdout
    assert "was not fetched, or the document was removed" in stranger.stdout


# Timestamps


@needs_openssl
def test_a_dossier_says_how_its_timestamp_is_checked_with_openssl(fetched: CommandLine) -> None:
    off = fetched("evidence", "timestamp")
    assert (off.status, "CEASEFIRE_TIMESTAMP_URL" in off.err) == (1, True)
    with an_authority(fetched.folder / "authority") as authority:
        fetched.set(timestamp_url=authority.url, timestamp_roots=str(authority.roots))
        done = fetched("evidence", "timestamp")
    assert done.status == 0, done.err
    assert exported(fetched).status == 0
    folder = unpacked(fetched.folder / "out.zip", fetched.folder / "stranger")
    told = verified(folder)
    assert told.returncode == 0, told.stdout
    assert "document 2 is a timestamp of all documents up to 1, unless this command objects:" in told.stdout
    [command] = [line.split() for line in told.stdout.splitlines() if line.startswith("  openssl ")]
    command[-1] = str(authority.roots)
    checked = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert "Verification: OK" in checked.stdout + checked.stderr
