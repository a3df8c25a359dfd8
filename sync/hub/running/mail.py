"""Mail that the hub sends: through the server that was named at its start, or not at all. Never a patient's words."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from smtplib import SMTPException
from typing import Final, TypeAlias
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from sync.hub.errors import HubError

log = logging.getLogger("hub")

PORTS: Final = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
WAIT_SECONDS: Final = 20
Attachment: TypeAlias = tuple[str, bytes, str]
"""File name, content, media type."""


class MailUnusable(HubError):
    """The address of the mail server cannot be read."""


def is_set_up() -> bool:
    """Whether a mail server was named."""
    return bool(settings.EMAIL_HOST)


def send(subject: str, text: str, to: Iterable[str], attachments: Sequence[Attachment] = ()) -> bool:
    """Send one message; False when there is no mail server, nobody to send it to, or the server would not take it."""
    addresses = [address.strip() for address in to if address.strip()]
    if not addresses or not is_set_up():
        return False
    message = EmailMessage(" ".join(subject.split()), text, to=addresses)
    for name, content, media in attachments:
        message.attach(name, content, media)
    try:
        message.send()
    except (OSError, SMTPException) as problem:
        log.warning("Mail could not be sent: %s. It will be tried again.", type(problem).__name__)
        return False
    return True


def settings_for_mail(address: str, sender: str) -> dict[str, object]:
    """Django's settings for a mail server such as ``smtp+starttls://user:password@mail.example:587``. Raises MailUnusable."""
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if address and (parts.scheme not in PORTS or not parts.hostname or port == -1):
        raise MailUnusable("The mail server must look like smtp+starttls://user:password@mail.example.org:587.")
    if address and "@" not in sender:
        raise MailUnusable("Name the address that mail comes from: --mail-from feedback@example.org.")
    return {
        "EMAIL_HOST": parts.hostname or "",
        "EMAIL_PORT": port or PORTS.get(parts.scheme, 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+starttls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": WAIT_SECONDS,
        "DEFAULT_FROM_EMAIL": sender or "feedback-hub@localhost",
    }
