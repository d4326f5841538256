"""A clean page as MHTML again, for where its name must not change."""

from __future__ import annotations

import email
import hashlib
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32

_LINES = compat32.clone(linesep="\r\n")
_OWN = frozenset({"content-type", "content-transfer-encoding", "mime-version"})


def rewrapped(data: bytes, html: str) -> bytes:
    """MHTML with the headers and pictures of `data` and the page `html`."""
    old = email.message_from_bytes(data)
    boundary = f"----{hashlib.sha256(html.encode()).hexdigest()[:32]}"  # else it would be another one each time
    new = MIMEMultipart("related", boundary, type="text/html", policy=_LINES)
    for name, value in old.items():
        if name.lower() not in _OWN:
            new[name] = value
    page = MIMEText(html, "html", "utf-8", policy=_LINES)
    location = old.get("Snapshot-Content-Location")
    if location:
        page["Content-Location"] = location
    new.attach(page)
    for part in old.walk():
        if part.get_content_maintype() == "image":
            new.attach(part)
    return new.as_bytes(policy=_LINES)
