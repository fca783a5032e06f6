"""Changing the keys while the portal serves: small transactions, safe to kill and to repeat. What is done stays done.

Each step finds its rows by what they say of themselves, so that a killed one goes on where it was, and a second one
finds nothing to do. Until the last row is done the keyring holds the key before; reading and finding go by both.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Count

from accounts.adapters import reseal
from reports import audit, cursors, found_by, vault
from reports.audit import By
from reports.intake import resume
from reports.keys.sealed import WRAPPED, Wrapped
from reports.models import Document, Draft, Report

BATCH = 500
Tell = Callable[[int], object]


@dataclass
class Done:
    """How many rows were done, and the ids of those that do not open with this keyring."""

    rows: int = 0
    shut: list[str] = field(default_factory=list)


# --- The keys that seal ----------------------------------------------------------------
def rotate(*, by: By, tell: Tell = lambda number: None) -> Done:
    """Wrap every data key by the primary key of the keyring, and seal every secret of second factors by it.

    `tell` hears how many rows are done. What does not open is left as it is and named.
    """
    done = Done()
    for each in WRAPPED:
        _rotate_column(each, done, tell)
    _rotate_factors(done, tell)
    if done.rows:
        audit.record("keys.rotate", by=by, subject="keys", rows=done.rows, shut=len(done.shut))
    return done


def still_wrapped() -> dict[str, int]:
    """Return how many data keys each key of the keyring other than the primary one still wraps."""
    found: dict[str, int] = {}
    for each in WRAPPED:
        rows = each.model._default_manager.exclude(**{each.named_by: vault.primary_key()}).order_by()
        for name, count in rows.values_list(each.named_by).annotate(count=Count("pk")):
            found[name] = found.get(name, 0) + count
    return found


def to_rotate() -> int:
    """Return how many rows there may be for `rotate` to do."""
    return sum(still_wrapped().values()) + int(Authenticator.objects.count())


def _rotate_column(each: Wrapped, done: Done, tell: Tell) -> None:
    last: Any = None
    while True:
        with transaction.atomic():
            rows = _next_batch(each, after=last)
            fresh = [row for row in rows if _rewrap(each, row, done)]
            each.model._default_manager.bulk_update(fresh, [each.column, each.named_by])
        if not rows:
            return
        last = rows[-1].pk
        done.rows += len(fresh)
        tell(len(rows))


def _next_batch(each: Wrapped, *, after: Any) -> list[Any]:
    """Return the next rows that another key wraps, locked in the order of their ids."""
    rows = each.model._default_manager.exclude(**{each.named_by: vault.primary_key()})
    rows = rows.filter(pk__gt=after) if after is not None else rows
    return list(rows.select_for_update(of=("self",)).order_by("pk")[:BATCH])


def _rewrap(each: Wrapped, row: Any, done: Done) -> bool:
    try:
        key = vault.rewrap(
            wrapped=getattr(row, each.column), wrapped_by=getattr(row, each.named_by), place=each.place(row)
        )
    except vault.CannotOpen:
        done.shut.append(f"{each.model._meta.db_table} {row.pk}")
        return False
    setattr(row, each.column, key.wrapped)
    setattr(row, each.named_by, key.wrapped_by)
    return True


def _rotate_factors(done: Done, tell: Tell) -> None:
    for pk in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            factor = Authenticator.objects.select_for_update().filter(pk=pk).first()
            done.rows += int(_reseal(factor, done)) if factor else 0
        tell(1)


def _reseal(factor: Authenticator, done: Done) -> bool:
    try:
        if not reseal(factor):
            return False
    except vault.CannotOpen:
        done.shut.append(f"{Authenticator._meta.db_table} {factor.pk}")
        return False
    factor.save(update_fields=["data"])
    return True


# --- The key of the search ------------------------------------------------------------
def renew_search(*, by: By, everything: bool = False, tell: Tell = lambda number: None) -> Done:
    """Make the search terms of reports anew that another key made, or an earlier edition of the search.

    With `everything` those of all reports. Saved drafts are found by the new key as well. `tell` hears of each row.
    """
    done = Done()
    for report in _to_renew(everything=everything):
        try:
            found_by.renew(report)
            done.rows += 1
        except (Document.DoesNotExist, Report.sealing_key.RelatedObjectDoesNotExist):
            pass  # deleted meanwhile
        except vault.CannotOpen:
            done.shut.append(f"{Document._meta.db_table} {report.pk}")
        tell(1)
    for draft in cursors.in_turn(Draft.objects.exclude(resume_term=None)):
        resume.renew(draft)
    if done.rows:
        audit.record("keys.renew_search", by=by, subject="keys", rows=done.rows, shut=len(done.shut))
    return done


def to_renew(*, everything: bool) -> int:
    """Return how many reports `renew_search` has to do."""
    return (Document.objects.all() if everything else found_by.outdated()).count()


def _to_renew(*, everything: bool) -> Iterator[Report]:
    last: Any = None
    while True:
        rows = Document.objects.all() if everything else found_by.outdated()
        rows = rows.filter(pk__gt=last) if last is not None else rows
        ids = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
        if not ids:
            return
        yield from Report.objects.filter(pk__in=ids).select_related("sealing_key", "report_type").order_by("pk")
        last = ids[-1]
