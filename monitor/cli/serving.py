"""`ceasefire alerts serve-acknowledgements`: answers the links of alerts.

Opening a link changes nothing, for mail scanners open links; pressing the button on its page does.
"""

import logging
from collections.abc import Callable
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Annotated
from urllib.parse import parse_qs

import typer

from monitor.acknowledging import acknowledge_by_link, asked
from monitor.alerts.links import TOKEN_LIMIT, Links
from monitor.bootstrap import links
from monitor.cli.context import Context, now
from monitor.errors import MonitorError, UsageError
from monitor.store import Store

logger = logging.getLogger("ceasefire.acknowledgements")

#: Longest form that is read, in bytes; how long a caller may take, in seconds.
_FORM_BYTES, _PATIENCE = 8_192, 10
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    # The address is what lets somebody acknowledge: it must go nowhere else, and be kept nowhere.
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
}
_PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>{body}</body></html>'
)
_FORM = (
    '<form method="post"><p><label>Note <input name="note" maxlength="1000"></label></p>'
    "<button>Acknowledge</button></form>"
)


def serve_acknowledgements(
    context: typer.Context,
    listen: Annotated[str, typer.Option(help="HOST:PORT; put a web server with TLS before it.")] = "127.0.0.1:8026",
) -> None:
    """Answer the links of alerts, by which whoever got one acknowledges it, until it is stopped."""
    shared: Context = context.obj
    with shared.records() as records:
        found = links(records.settings)
        if found is None:
            raise MonitorError("no links are made: set CEASEFIRE_ACKNOWLEDGE_URL and CEASEFIRE_ACKNOWLEDGE_SECRET")
        with server_at(listen, records.store, found) as server:
            shared.say(f"answering links at {listen}; stop with Ctrl-C")
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                shared.say("stopped")


def server_at(listen: str, store: Store, made: Links) -> ThreadingHTTPServer:
    """Return the server, bound and not yet serving; close it with `with`.

    Raises:
        UsageError: the address cannot be listened at.
    """
    host, _, port = listen.rpartition(":")
    if not (host and port.isascii() and port.isdigit() and int(port) < 65_536):
        raise UsageError(f"--listen: {listen!r} is not HOST:PORT, such as 127.0.0.1:8026")
    try:
        return _Server((host.strip("[]"), int(port)), store, made)
    except OSError as error:
        raise UsageError(f"--listen: {listen}: cannot be listened at: {error.strerror or error}") from None


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], store: Store, made: Links) -> None:
        self.store, self.links = store, made
        super().__init__(address, _Handler)

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002 - the library's method
        """Log that a caller broke off, without what it sent."""
        logger.warning("a request to acknowledge broke off")


class _Handler(BaseHTTPRequestHandler):
    server: "_Server"

    timeout = _PATIENCE
    server_version, sys_version = "ceasefire", ""

    def do_GET(self) -> None:
        self._answer(self._shown)

    def do_HEAD(self) -> None:
        self._answer(self._shown)

    def do_POST(self) -> None:
        self._answer(self._recorded)

    def _shown(self) -> str:
        with self.server.store.query() as query:
            found = asked(query, self.server.links, self._token(), now())
        before = f"<p>Acknowledged before by {escape(found.by)}.</p>" if found.by else ""
        return f"<p>{escape(found.headline)}</p><p>Incident {escape(found.incident_id)}</p>{before}{_FORM}"

    def _recorded(self) -> str:
        length = self.headers.get("Content-Length", "0")
        if not (length.isascii() and length.isdigit()) or int(length) > _FORM_BYTES:
            raise UsageError("the form is too long")
        form = parse_qs(self.rfile.read(int(length)).decode("utf-8", "replace"), max_num_fields=10)
        found = acknowledge_by_link(
            self.server.store, self.server.links, self._token(), form.get("note", [""])[0], now()
        )
        logger.info("incident %s is acknowledged by link", found.incident_id)
        return f"<p>Acknowledged by {escape(found.receiver)}: {escape(found.headline)}</p>"

    def _token(self) -> str:
        return self.path.partition("?")[0].rpartition("/")[2][: TOKEN_LIMIT + 1]

    def _answer(self, make: Callable[[], str]) -> None:
        try:
            status, body = HTTPStatus.OK, make()
        except (UsageError, ValueError) as error:
            said = str(error) if isinstance(error, UsageError) else "the form cannot be read"
            status, body = HTTPStatus.FORBIDDEN, f"<p>{escape(said)}</p>"
        except MonitorError:
            logger.exception("an acknowledgement could not be recorded")
            status, body = HTTPStatus.SERVICE_UNAVAILABLE, "<p>It could not be recorded; try again.</p>"
        page = _PAGE.format(title="Acknowledge an alert", body=body).encode()
        self.send_response(status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Log nothing: the path is what lets somebody acknowledge."""
