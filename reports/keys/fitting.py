"""Whether the keyring fits the database: every process asks before it begins, and does not begin with a wrong one."""

import logging

from django.core.exceptions import ImproperlyConfigured
from django.db import Error, transaction

from reports import vault
from reports.documents import opened
from reports.models import Report

logger = logging.getLogger(__name__)
WRONG = (
    "KEYRING does not open the newest report ({reason}). Nothing is lost: give this process the keyring that the "
    "database was filled with. Docs: operations, Keys."
)


def fault() -> str:
    """Return why the keyring does not fit, "" when it opens the newest report or there is none.

    Raises a database's Error where it cannot be asked, or has no tables yet.
    """
    with transaction.atomic():
        rows = Report.objects.filter(sealing_key__isnull=False).select_related("sealing_key", "document")
        newest = rows.order_by("-pk").first()
    try:
        if newest:
            opened(newest)
    except vault.CannotOpen as error:
        return WRONG.format(reason=str(error).rstrip("."))
    return ""


def at_start() -> None:
    """Raise ImproperlyConfigured when the keyring does not fit; a database that cannot be reached yet keeps nobody."""
    try:
        found = fault()
    except Error as error:
        logger.warning("the keyring could not be tried: %s", type(error).__name__)
        return
    if found:
        raise ImproperlyConfigured(found)
