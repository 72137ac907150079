"""Receivers -> senders, by kind of channel."""

from monitor.alerts.delivery import Sender
from monitor.alerts.email import EmailSender
from monitor.alerts.files import FileSender
from monitor.alerts.receivers import Audience, EmailReceiver, FileReceiver, WebhookReceiver
from monitor.alerts.webhook import WebhookSender


def senders_for(audience: Audience) -> dict[str, Sender]:
    """Return a sender for each kind of channel that the audience can be told by.

    Raises:
        ConfigurationError: a receiver cannot be used.
    """
    senders: dict[str, Sender] = {"file": FileSender(audience.file_sink)}
    for receiver in audience.receivers:
        match receiver:
            case EmailReceiver():
                senders["email"] = EmailSender(receiver)
            case WebhookReceiver():
                senders["webhook"] = WebhookSender(receiver)
            case FileReceiver():
                senders["file"] = FileSender(receiver)
    return senders
