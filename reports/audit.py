"""The only writer of audit events. The database chains them and refuses to change them."""

import re
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from django.db import connection

from reports.models import AuditEvent, FeedToken

if TYPE_CHECKING:
    from accounts.models import User


class Actor(Enum):
    """Who acts without a staff account."""

    RESIDENT = "resident"
    SYSTEM = "system"


RESIDENT, SYSTEM = Actor.RESIDENT, Actor.SYSTEM
By: TypeAlias = "User | Actor"
# A system outside has no account either: its token stands for it.
Recorded: TypeAlias = "User | Actor | FeedToken"

# What a detail may be made of. A sentence, a name, a phone number or an address does not fit.
TOKEN = re.compile(r"[A-Za-z_][A-Za-z0-9_.,:*-]{0,59}|[0-9]{4}-[0-9]{2}-[0-9]{2}|")


def record(verb: str, /, *, by: Recorded, subject: str, **details: str | int | bool | None) -> None:
    """Append one event. Call it last in a transaction: it holds the chain's lock until the commit.

    `subject` is "kind:id" or "kind". Raises ValueError for a detail that could carry personal text.
    """
    for name, value in details.items():
        if isinstance(value, str) and not TOKEN.fullmatch(value):
            raise ValueError(f"Audit detail {name} is not a plain token.")
    AuditEvent.objects.create(verb=verb, actor=actor(by), subject=subject, details=details)


def actor(by: Recorded) -> str:
    """Return how an actor stands in the log: resident, system, token:<id> or user:<id>."""
    if isinstance(by, Actor):
        return by.value
    return f"token:{by.pk}" if isinstance(by, FeedToken) else f"user:{by.pk}"


def first_broken() -> int | None:
    """Return the id of the first event whose link does not follow from the one before it, or None.

    Quick, and as trustworthy as the database's own function; `reports.auditing.chain` recomputes the links itself.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM (SELECT id, link, audit_link(coalesce(lag(link) OVER (ORDER BY id),"
            " (SELECT link FROM reports_auditcheckpoint ORDER BY event DESC LIMIT 1), ''::bytea), e) AS expected"
            " FROM reports_auditevent e) chain WHERE link IS DISTINCT FROM expected ORDER BY id LIMIT 1"
        )
        row = cursor.fetchone()
    return row[0] if row else None
