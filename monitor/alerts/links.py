"""Links by which whoever got an alert acknowledges it: signed, for one alert, and only for some days. Pure.

A link lets whoever has it acknowledge that one alert, and nothing else.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pydantic import SecretStr

from monitor.errors import UsageError

#: A link is good for so long.
GOOD_FOR = timedelta(days=3)
#: Longest token that is looked at, in characters.
TOKEN_LIMIT = 200
_FORM = re.compile(r"(N-[0-9a-f]{8,64})\.([0-9]{9,12})\.([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Links:
    """Makes links, and reads what comes back.

    The token is "notice.expiry.signature": expiry in seconds since 1970, signature HMAC-SHA256 over the purpose, the
    notice and the expiry.
    """

    #: Under this address links are answered.
    base: str
    secret: SecretStr

    def link(self, notice_id: str, now: datetime) -> str:
        """Return the link that acknowledges an alert."""
        return f"{self.base.rstrip('/')}/{self.token(notice_id, now + GOOD_FOR)}"

    def token(self, notice_id: str, expires: datetime) -> str:
        """Return the last part of a link."""
        until = int(expires.timestamp())
        return f"{notice_id}.{until}.{self._signature(notice_id, until)}"

    def notice_id(self, token: str, now: datetime) -> str:
        """Return the alert that a token, or a whole link, is about.

        Raises:
            UsageError: it was not made with this secret, or has expired. The message does not repeat it.
        """
        found = _FORM.fullmatch(token.rpartition("/")[2]) if len(token) <= TOKEN_LIMIT + len(self.base) else None
        if found is None:
            raise UsageError("this is no link of ours; copy it whole out of the alert")
        notice_id, until, signature = found.group(1), int(found.group(2)), found.group(3)
        if not hmac.compare_digest(signature, self._signature(notice_id, until)):
            raise UsageError("this link was not made here, or the secret was changed since")
        if now.timestamp() > until:
            ended = datetime.fromtimestamp(until, UTC)
            raise UsageError(f"this link has expired ({ended:%Y-%m-%d %H:%M} UTC); use `ceasefire alerts acknowledge`")
        return notice_id

    def _signature(self, notice_id: str, until: int) -> str:
        text = f"ceasefire acknowledge {notice_id} {until}".encode("ascii")
        return hmac.new(self.secret.get_secret_value().encode(), text, hashlib.sha256).hexdigest()
