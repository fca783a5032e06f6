"""Who is told of what: the table's roles as a condition of the database, and how each person wants it."""

from collections.abc import Iterable

from django.db.models import Q

from accounts.models import Role, User
from reports import permissions
from reports.alerts.kinds import KINDS, in_force
from reports.audit import By
from reports.models import AlertChoice, AlertKind, Report, Way


def people(kind: AlertKind, report: Report, by: By) -> list[User]:
    """Return whom the table names for a report, without the one who acts."""
    known = KINDS[kind]
    condition = in_reach(report, known.roles)
    if known.claimant and report.claimed_by_id:
        condition |= Q(pk=report.claimed_by_id)
    if report.claimed_by_id is None:
        condition |= in_reach(report, known.unclaimed)
    found = User.objects.filter(condition, is_active=True, is_staff=True)
    return list(found.exclude(pk=by.pk) if isinstance(by, User) else found)


def in_reach(report: Report, roles: Iterable[Role]) -> Q:
    """Return who has one of `roles` with the report in its reach: `permissions.reaches`, read the other way."""
    condition = Q(pk__in=[])
    for role in roles:
        if role == Role.COORDINATOR and not permissions.concerns_hate(report):
            continue
        condition |= Q(roles__contains=[role]) & _within(report, role)
    return condition


def _within(report: Report, role: Role) -> Q:
    if report.area is None:
        return Q() if role == Role.SUPERVISOR else Q(citywide=True)
    of_area = User.areas.through.objects.filter(area=report.area_id).values("user")
    of_bureau = User.bureaus.through.objects.filter(bureau=report.area.bureau_id).values("user")
    return Q(citywide=True) | Q(pk__in=of_area) | Q(pk__in=of_bureau)


def allowed(named: Iterable[User], report: Report | None) -> list[User]:
    """Return those of the people an action names who may read about it."""
    return [
        person
        for person in named
        if permissions.may_open(person, "alerts.show") and (report is None or permissions.sees(person, report))
    ]


def ways(kind: AlertKind, told: Iterable[User]) -> dict[int, Way]:
    """Return how each person wants to be told, by their ids, in one statement."""
    chosen = dict(AlertChoice.objects.filter(kind=kind, user__in=told).values_list("user", "way"))
    return {person.pk: in_force(kind, chosen.get(person.pk)) for person in told}
