"""Telling staff: rows in the transaction of what they are about, e-mails by jobs after it."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from reports import audit
from reports.alerts import recipients
from reports.alerts.kinds import KINDS, reached
from reports.audit import By
from reports.models import (
    HELD_BACK_THERE,
    Alert,
    AlertChoice,
    AlertKind,
    AlertMail,
    Export,
    Job,
    Passing,
    Report,
    Way,
)


def alert(
    *, kind: AlertKind, report: Report | None, by: By, to: Iterable[User] | None = None, export: Export | None = None
) -> list[Job]:
    """Store what staff are told, each as they wish, and return the jobs of the e-mails (unsaved, for `ask_for`).

    Whom the table of kinds names for the report, or `to`: the people that the action itself names, as far as the
    report is in their reach. Nobody is told of what they did themselves. Call it before the audit event.
    """
    if to is not None:
        told = [person for person in recipients.allowed(to, report) if person != by]
    else:
        told = recipients.people(kind, report, by) if report else []
    wished = recipients.ways(kind, told)
    enough = _told_enough(kind, report, by_table=to is None)
    told = [person for person in told if wished[person.pk] != Way.NEVER and person.pk not in enough]
    mails = {person.pk: AlertMail(user=person) for person in told if wished[person.pk] == Way.NOW and person.email}
    AlertMail.objects.bulk_create(mails.values())
    Alert.objects.bulk_create(
        Alert(
            user=person,
            kind=kind,
            report=report,
            export=export,
            by=by if isinstance(by, User) else None,
            way=wished[person.pk],
            mail=mails.get(person.pk),
        )
        for person in told
    )
    return [Job(kind=Job.Kind.ALERT, alert_mail=mail) for mail in mails.values()]


def _told_enough(kind: AlertKind, report: Report | None, *, by_table: bool) -> set[int]:
    """Return who has an unseen word about the report that is enough, so that one event rings once."""
    about = Q(kind__in=KINDS[kind].enough, report=report)
    if report and report.is_held_back and by_table:
        # A program may send thousands: of what is held one rings for all, until somebody looks.
        about |= Q(HELD_BACK_THERE, kind=kind)
    elif not KINDS[kind].enough:
        return set()
    return set(Alert.objects.filter(about, seen_at=None).values_list("user", flat=True))


def see(*, report: Report, by: User) -> None:
    """Count as seen what told a person of the report whose page they open."""
    Alert.objects.filter(user=by, report=report, seen_at=None).update(seen_at=timezone.now())


def read(*, by: User, alert_id: int | None = None) -> None:
    """Count one alert of a person as seen, or all of them."""
    unseen = Alert.objects.filter(user=by, seen_at=None)
    (unseen.filter(pk=alert_id) if alert_id else unseen).update(seen_at=timezone.now())


@transaction.atomic
def choose(*, ways: dict[AlertKind, Way], by: User) -> None:
    """Keep how a person wants to be told of each kind. What they may not choose is left as it is."""
    kinds = reached(by)
    rows = [AlertChoice(user=by, kind=kind, way=way) for kind, way in ways.items() if way in kinds[kind].ways]
    AlertChoice.objects.bulk_create(rows, update_conflicts=True, unique_fields=["user", "kind"], update_fields=["way"])
    audit.record("alerts.choose", by=by, subject=f"user:{by.pk}", **{row.kind: str(row.way) for row in rows})


def purge(*, by: By) -> int:
    """Delete alerts after ALERT_DAYS, and what kept second words away; return how many alerts went."""
    before = timezone.now() - timedelta(days=settings.ALERT_DAYS)
    AlertMail.objects.filter(created_at__lt=before).delete()
    Passing.objects.filter(due_at__lt=before).delete()
    return Alert.objects.filter(created_at__lt=before).delete()[1].get("reports.Alert", 0)
