"""Receivers -> senders, by kind of channel."""

from monitor.alerts.delivery import Sender
from monitor.alerts.files import FileSender
from monitor.alerts.receivers import Audience, EmailReceiver, FileReceiver, WebhookReceiver


def senders_for(audience: Audience) -> dict[str, Sender]:
    """Return a sender for each kind of channel that the audience can be told by.

    Raises:
        ConfigurationError: a receiver cannot be used.
    """
    senders: dict[str, Sender] = {"file": FileSender(audience.file_sink)}
    for receiver in audience.receivers:
        match receiver:
            case EmailReceiver():
                from monitor.alerts.email import EmailSender  # brings mail and templates: only where they are used

                senders["email"] = EmailSender(receiver)
            case WebhookReceiver():
                from monitor.alerts.webhook import WebhookSender

                senders["webhook"] = WebhookSender(receiver)
            case FileReceiver():
                senders["file"] = FileSender(receiver)
    return senders
