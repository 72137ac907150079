"""Receivers -> senders, by channel."""

from collections.abc import Iterable

from monitor.alerts.delivery import Sender
from monitor.alerts.files import FileSender
from monitor.alerts.receivers import (
    AtomReceiver,
    Audience,
    CapReceiver,
    ChatReceiver,
    EmailReceiver,
    FileReceiver,
    Receiver,
    WebhookReceiver,
)


def senders_for(audience: Audience) -> dict[str, Sender]:
    """Return a sender for each channel that the audience can be told by.

    Raises:
        ConfigurationError: a receiver cannot be used.
    """
    return dict(_senders((audience.file_sink, *audience.receivers)))


def _senders(receivers: Iterable[Receiver]) -> Iterable[tuple[str, Sender]]:
    for receiver in receivers:
        sender = _sender(receiver)
        yield from ((channel, sender) for channel in receiver.channels)


def _sender(receiver: Receiver) -> Sender:
    # Each kind brings its own libraries: only where it is used.
    match receiver:
        case EmailReceiver():
            from monitor.alerts.email import EmailSender

            return EmailSender(receiver)
        case WebhookReceiver():
            from monitor.alerts.webhook import WebhookSender

            return WebhookSender(receiver)
        case ChatReceiver():
            from monitor.alerts.chat import ChatSender

            return ChatSender(receiver)
        case AtomReceiver():
            from monitor.alerts.atom import AtomSender

            return AtomSender(receiver)
        case CapReceiver():
            from monitor.alerts.cap import CapSender

            return CapSender(receiver)
        case FileReceiver():
            return FileSender(receiver)
