"""Alerts to chats and telephones through Apprise (https://github.com/caronc/apprise). Its one user here."""

import logging
import re
from datetime import datetime

from apprise import Apprise, AppriseAsset, NotifyFormat
from apprise.result import AppriseResult, AppriseResultStatus

from monitor.alerts.brief import brief
from monitor.alerts.email import subject_of
from monitor.alerts.message import parsed
from monitor.alerts.receivers import ChatReceiver
from monitor.alerts.translating import translated
from monitor.errors import ConfigurationError, DeliveryError, Mistake
from monitor.model.judgements import Notice
from monitor.model.text import one_line

# What it logs may name addresses, which are secrets; what matters comes back with the result.
logging.getLogger("apprise").propagate = False

#: Parts of an address shorter than this are no secret worth hiding, and hiding them would garble the message.
_SECRET_LENGTH = 6
_LINK = re.compile(r"https?://\S+")


class ChatSender:
    """Hands notices to one service, in plain text.

    Raises:
        ConfigurationError: the address is none that Apprise knows.
    """

    def __init__(self, receiver: ChatReceiver) -> None:
        # No pictures are fetched from elsewhere, no redirect followed, nothing stored, nothing in the text interpreted.
        asset = AppriseAsset(
            app_id="Ceasefire Monitor",
            app_desc="Ceasefire alerts",
            app_url="",
            image_url_mask="",
            image_url_logo="",
            http_redirects=False,
            interpret_emojis=False,
            storage_mode="memory",
            service_timeout=receiver.timeout_seconds,
        )
        self._locale = receiver.locale
        self._address = receiver.url.get_secret_value()
        self._services = Apprise(asset=asset)
        if not self._services.add(self._address):
            message = "is no address that Apprise knows, or a part of it is missing; see its list of services"
            raise ConfigurationError(
                Mistake(file=f"receiver {receiver.name}", line=None, field="apprise url", message=message)
            )

    async def send(self, notice: Notice, now: datetime) -> None:  # noqa: ARG002 - services stamp it themselves
        """Send one notice.

        Raises:
            DeliveryError: the service did not take it; retryable.
        """
        data = translated(parsed(notice.payload)["data"], self._locale)
        result = await self._services.async_notify(
            title=tame(subject_of(data, self._locale)),
            body=tame(brief(data, locale=self._locale)),
            body_format=NotifyFormat.TEXT,
        )
        if not result:
            raise DeliveryError(
                f"not accepted: {self._reason(result)}",
                retryable=True,
                for_all=result.status is AppriseResultStatus.TIMEOUT,
            )

    async def close(self) -> None:
        """Nothing is kept open."""

    def _reason(self, result: AppriseResult) -> str:
        said = [str(entry.message) for service in result for entry in service.logs()]
        return one_line(self._without_secrets(said[-1]), 200) if said else "the service gave no reason"

    def _without_secrets(self, text: str) -> str:
        parts = (part for part in re.split(r"[/:@?&=,]+", self._address) if len(part) >= _SECRET_LENGTH)
        for part in sorted(parts, key=len, reverse=True):
            text = text.replace(part, "***")
        return text


def tame(text: str) -> str:
    """Return the text without what chats act on: calls to everybody (`@all`, `<!channel>`), links with another name."""
    kept, end = [], 0
    for link in _LINK.finditer(text):
        kept += [_tamed_words(text[end : link.start()]), link.group().replace("@", "%40").replace("<", "%3C")]
        end = link.end()
    return "".join([*kept, _tamed_words(text[end:])])


def _tamed_words(text: str) -> str:
    return text.replace("@", "(at)").replace("<", "\u2039").replace(">", "\u203a").replace("](", "] (")
