"""The log, page by page: what was asked for, and who and what the rows are about, in words."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from reports import cursors
from reports.audit import RESIDENT, SYSTEM
from reports.auditing import wording
from reports.models import AuditEvent, Report

PAGE = 50
CHUNK = 1_000
PLACE = {"at": cursors.MOMENT, "id": cursors.NUMBER}
HEADINGS = ["event", "at", "verb", "actor", "account", "subject", "reference", "details"]


@dataclass(frozen=True)
class Asked:
    """Which part of the log: "" and None ask for all. The days are local, both included."""

    verb: str = ""
    actor: str = ""
    subject: str = ""
    first: date | None = None
    last: date | None = None

    def tokens(self) -> dict[str, str]:
        """Return what was asked for as an audit event may hold it."""
        days = {name: day.isoformat() for name, day in (("first", self.first), ("last", self.last)) if day}
        named = {"verb": self.verb, "actor": self.actor, "of": self.subject}
        return {name: value for name, value in named.items() if value} | days


@dataclass(frozen=True)
class Shown:
    """One event in words."""

    event: AuditEvent
    what: str
    who: str
    account: str
    of: str
    reference: str
    details: list[tuple[str, str]]


def events(asked: Asked) -> QuerySet[AuditEvent]:
    """Return the events asked for, newest first."""
    equal = {"verb": asked.verb, "actor": asked.actor, "subject": asked.subject}
    rows = AuditEvent.objects.filter(**{name: value for name, value in equal.items() if value})
    if asked.first:
        rows = rows.filter(at__gte=_midnight(asked.first))
    if asked.last:
        rows = rows.filter(at__lt=_midnight(asked.last + timedelta(days=1)))
    return rows.order_by("-at", "-id")


def page(asked: Asked, after: str = "") -> tuple[list[Shown], str]:
    """Return one page and the cursor of the next, "" at the end, in the same few statements for any page."""
    found = list(_behind(events(asked), after)[: PAGE + 1])
    following = cursors.tell([found[PAGE - 1].at, found[PAGE - 1].pk], PLACE) if len(found) > PAGE else ""
    return list(in_words(found[:PAGE])), following


def in_words(rows: list[AuditEvent]) -> Iterator[Shown]:
    """Yield events with the names of accounts and the references of reports, each asked for once for all rows."""
    people, reports = _people(rows), _references(row.subject for row in rows)
    for row in rows:
        account = people.get(row.actor)
        reference = reports.get(row.subject, "")
        yield Shown(
            event=row,
            what=str(wording.WORDS.get(row.verb, row.verb)),
            who=wording.actor(row.actor, _name(account)),
            account=account.get_username() if account else "",
            of=reference or _name(people.get(row.subject)) or wording.subject(row.subject),
            reference=reference,
            details=wording.details(row.details),
        )


def cells(rows: QuerySet[AuditEvent]) -> Iterator[list[object]]:
    """Yield the heading and the rows of a CSV, a thousand at a time in memory."""
    yield list(HEADINGS)
    place = ""
    while some := list(_behind(rows, place)[:CHUNK]):
        place = cursors.tell([some[-1].at, some[-1].pk], PLACE)
        for each in in_words(some):
            event = each.event
            at, details = timezone.localtime(event.at).isoformat(), json.dumps(event.details, sort_keys=True)
            yield [event.pk, at, event.verb, event.actor, each.account, event.subject, each.reference, details]


def report_subject(reference: str) -> str:
    """Return how the log names the report of a reference, "" where there is none."""
    pk = Report.objects.filter(reference=reference).values_list("pk", flat=True).first()
    return f"report:{pk}" if pk else ""


def last_check() -> AuditEvent | None:
    """Return the event of the log's last check."""
    return AuditEvent.objects.filter(verb="auditing.verify").order_by("-at", "-id").first()


def actors() -> list[tuple[str, str]]:
    """Return everybody who can stand in the log, the staff by name."""
    people = User.objects.order_by("username").only("username", "first_name", "last_name")
    named = [(f"user:{user.pk}", f"{user.get_username()} {user.get_full_name()}".strip()) for user in people]
    return [(actor.value, wording.actor(actor.value)) for actor in (RESIDENT, SYSTEM)] + named


def _name(account: User | None) -> str:
    return account.get_full_name() or account.get_username() if account else ""


def _people(rows: list[AuditEvent]) -> dict[str, User]:
    """Return the accounts that did something or that something was done to."""
    named = {name for row in rows for name in (row.actor, row.subject)}
    ids = {int(name[5:]) for name in named if re.fullmatch(r"user:\d{1,18}", name)}
    return {f"user:{user.pk}": user for user in User.objects.filter(pk__in=ids)}


def _references(subjects: Iterable[str]) -> dict[str, str]:
    ids = [found for subject in set(subjects) if (found := _report_id(subject))]
    return {f"report:{pk}": text for pk, text in Report.objects.filter(pk__in=ids).values_list("pk", "reference")}


def _report_id(subject: str) -> UUID | None:
    try:
        return UUID(subject.removeprefix("report:")) if subject.startswith("report:") else None
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_default_timezone())


def _behind(rows: QuerySet[AuditEvent], after: str) -> QuerySet[AuditEvent]:
    """Continue behind a cursor; one that is not ours starts from the beginning."""
    place = cursors.read(after, PLACE)
    return rows.filter(cursors.behind(PLACE, place, descending=True)) if place else rows
