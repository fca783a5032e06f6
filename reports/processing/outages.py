"""Which failures say that a service of others is away, and the rest that its jobs take then.

A letter that the mail server cannot take now is as good in an hour; a letter that cannot be written never will be. The
first kind must not be counted towards giving up, nor may every job of it wait for the same time-out in turn.
"""

import errno
import time
from datetime import timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from socket import gaierror

from django.db import InterfaceError, OperationalError

from reports.files.scanner import Away
from reports.notices.gateway import Refused, Unreachable
from reports.translating.machine import ServiceBusy, ServiceDown

# A service that is away longer than this is somebody's to look after: its jobs are given up like any other.
LONGEST = timedelta(days=3)
# A job's own pause, and how long this process leaves its whole kind alone.
PAUSE = timedelta(seconds=15)
REST_SECONDS = 10.0
_rest_until: dict[str, float] = {}

SERVICES = (OperationalError, InterfaceError, Away, Unreachable, ServiceDown, ServiceBusy)
NETWORK = (ConnectionError, TimeoutError, gaierror)
# No room on the disk, no way to the machine. A stored file that is gone is an OSError, too, but stays gone.
MACHINE = {errno.ENOSPC, errno.EDQUOT, errno.EHOSTUNREACH, errno.EHOSTDOWN, errno.ENETUNREACH, errno.ENETDOWN}
# From here on an answer of a mail server is a "no" for good, and one of a gateway is about itself.
FIVE_HUNDRED = 500
TOO_MANY = 429


def is_outage(error: Exception) -> bool:
    """Tell whether it failed because a service is away, busy, or has no room."""
    if isinstance(error, SMTPException):
        return _is_mail_outage(error)
    if isinstance(error, Refused):
        return error.status == TOO_MANY or error.status >= FIVE_HUNDRED
    return isinstance(error, SERVICES + NETWORK) or (isinstance(error, OSError) and error.errno in MACHINE)


def _is_mail_outage(error: SMTPException) -> bool:
    """What the server says of one letter or address is about that letter; anything else is about the server."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code < FIVE_HUNDRED for code, _words in error.recipients.values())
    if isinstance(error, SMTPDataError):
        return error.smtp_code < FIVE_HUNDRED
    return True


def rest(kind: str) -> None:
    """Leave jobs of this kind alone for a while."""
    _rest_until[kind] = time.monotonic() + REST_SECONDS


def resting() -> list[str]:
    """Return the kinds that this process leaves alone just now."""
    now = time.monotonic()
    return [kind for kind, until in _rest_until.items() if until > now]
