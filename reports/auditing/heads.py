"""The head of the log, printed where the database's own administrators cannot reach it: a file, or syslog."""

import os
import re
import socket
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.utils import timezone

from reports.auditing.chain import Head

# Found anywhere in a line, so that a syslog's own file can be read as it is.
LINE = re.compile(
    r"cors-audit-head event=(?P<event>\d+) count=(?P<count>\d+) at=(?P<at>\S+)"
    r" link=(?P<link>[0-9a-f]{64}) verified=(?P<verified>yes|no)"
)
SYSLOG_PORT = 514
SYSLOG_SECONDS = 10


def current() -> Head | None:
    """Return the head of the log as it stands, without having read the chain; None for an empty log."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, link FROM reports_auditevent ORDER BY id DESC LIMIT 1")
        last = cursor.fetchone()
        if last is None:
            return None
        cursor.execute(
            "SELECT count(*) + (SELECT coalesce(max(count), 0) FROM reports_auditcheckpoint)"
            " FROM reports_auditevent WHERE id <= %s",
            [last[0]],
        )
        return Head(last[0], cursor.fetchone()[0], bytes(last[1]), timezone.now())


def line(head: Head) -> str:
    """Return a head as it is printed."""
    verified, at = "yes" if head.verified else "no", head.at.isoformat(timespec="seconds")
    return f"cors-audit-head event={head.event} count={head.count} at={at} link={head.link.hex()} verified={verified}"


def print_out(head: Head) -> None:
    """Append the head to the file and hand it to syslog, as the settings say. Raises OSError."""
    if settings.AUDIT_HEAD_FILE:
        _append(Path(settings.AUDIT_HEAD_FILE), line(head))
    if settings.AUDIT_HEAD_SYSLOG:
        _tell_syslog(settings.AUDIT_HEAD_SYSLOG, line(head))


def printed(file: Path) -> list[Head]:
    """Return the heads that a file holds, whatever else stands in it. Raises OSError."""
    with file.open(encoding="utf-8", errors="replace") as lines:
        return [_head(found) for found in map(LINE.search, lines) if found]


def last_verified(heads: list[Head]) -> Head | None:
    """Return the furthest head up to which the chain was read and found whole."""
    return max((head for head in heads if head.verified), key=lambda head: head.event, default=None)


def _head(found: re.Match[str]) -> Head:
    at, link = datetime.fromisoformat(found["at"]), bytes.fromhex(found["link"])
    return Head(int(found["event"]), int(found["count"]), link, at, verified=found["verified"] == "yes")


def _append(file: Path, text: str) -> None:
    """Add one line, and return when it is on the disk. The file is only ever opened for appending."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        os.write(descriptor, f"{text}\n".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _tell_syslog(address: str, text: str) -> None:
    """Send one message of informational severity, facility authpriv (RFC 3164)."""
    parts, message = urlsplit(address), f"<86>{text}"
    where = (parts.hostname or "", parts.port or SYSLOG_PORT)
    if parts.scheme == "tcp":
        with socket.create_connection(where, timeout=SYSLOG_SECONDS) as link:
            link.sendall(f"{message}\n".encode())
        return
    is_here = not parts.scheme
    with socket.socket(socket.AF_UNIX if is_here else socket.AF_INET, socket.SOCK_DGRAM) as link:
        link.settimeout(SYSLOG_SECONDS)
        link.connect(address if is_here else where)
        link.send(message.encode())
