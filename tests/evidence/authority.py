"""A timestamp authority (RFC 3161) on the loopback: OpenSSL signs, with certificates made here."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tests.servers import listening

needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the program openssl to sign")

_CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
"""


@dataclass
class Authority:
    """Where it listens, and its root certificate; `spoil` changes its answers."""

    url: str
    roots: Path
    spoil: str = ""


@contextmanager
def an_authority(folder: Path) -> Iterator[Authority]:
    """Run an authority that keeps its files in this folder."""
    folder.mkdir()
    _make_certificates(folder)
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(_CONFIG.format(folder=folder))
    authority = Authority(url="", roots=folder / "root.pem")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            if authority.spoil == "another question":
                other = ["openssl", "ts", "-query", "-digest", "00" * 32, "-sha256", "-cert"]
                asked = subprocess.run(other, capture_output=True, check=True).stdout
            (folder / "query.tsq").write_bytes(asked)
            reply = ["openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query.tsq"]
            body = subprocess.run(reply, cwd=folder, capture_output=True, check=True).stdout
            if authority.spoil == "a changed byte":
                body = body[:-3] + bytes([body[-3] ^ 1]) + body[-2:]
            self.send_response(503 if authority.spoil == "503" else 200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(
                b"<html>" * (1 if authority.spoil == "a page" else 99_999) if "page" in authority.spoil else body
            )

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    with listening(Handler) as url:
        authority.url = url
        yield authority


def _make_certificates(folder: Path) -> None:
    """Write root.pem, and tsa.pem with tsa.key that it vouches for, to sign timestamps."""
    root_key, key = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
    root_name, name = (
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)]) for text in ("Test root", "Test authority")
    )
    now = datetime.now(UTC)

    def certificate(subject: x509.Name, of: rsa.RSAPrivateKey) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(root_name)
            .public_key(of.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=30))
        )

    root = (
        certificate(root_name, root_key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    signer = (
        certificate(name, key)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(purpose, critical=True)
        .sign(root_key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "root.pem").write_bytes(root.public_bytes(pem))
    (folder / "tsa.pem").write_bytes(signer.public_bytes(pem))
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "tsa.key").write_bytes(private)
