"""The table of what staff are told: whom each kind reaches, how it goes, and what else they may choose."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from reports.models import AlertKind, Way

OFFICER, COORDINATOR, SUPERVISOR = Role.OFFICER, Role.COORDINATOR, Role.SUPERVISOR
READERS = frozenset({OFFICER, COORDINATOR, SUPERVISOR})
# A coordinator or supervisor may get these later or together, but cannot switch them off.
AT_LEAST_DAILY = frozenset({Way.NOW, Way.DAILY})


@dataclass(frozen=True)
class Kind:
    """Whom one kind reaches, and how.

    `roles` in whose reach the report is, the report's claimant, and while nobody claimed it those of `unclaimed`. Who
    is named by the action (a mention, an assignment) needs no row here: `roles` then only says who may choose.
    """

    why: str | Promise
    way: Way
    roles: frozenset[Role] = frozenset()
    claimant: bool = False
    unclaimed: frozenset[Role] = frozenset()
    ways: frozenset[Way] = frozenset(Way)
    # One of these that a person has not seen yet is enough about the same report.
    enough: frozenset[AlertKind] = frozenset()


KINDS: dict[AlertKind, Kind] = {
    AlertKind.ESCALATED: Kind(
        _("A colleague thinks that a report may be a hate crime. It has to be classified."),
        Way.NOW,
        roles=frozenset({COORDINATOR, SUPERVISOR}),
        ways=AT_LEAST_DAILY,
    ),
    AlertKind.UNCLASSIFIED: Kind(
        _("The working days to classify a possible hate crime are over."),
        Way.NOW,
        roles=frozenset({COORDINATOR, SUPERVISOR}),
        ways=AT_LEAST_DAILY,
    ),
    AlertKind.CLASSIFIED: Kind(
        _("A report that you hold or escalated was found to be a hate crime, a hate incident or neither."), Way.HERE
    ),
    AlertKind.PRIORITY: Kind(
        _("A report of high priority came into your areas."),
        Way.NOW,
        roles=READERS,
        enough=frozenset({AlertKind.ESCALATED}),
    ),
    AlertKind.ANSWERED: Kind(
        _("The resident answered or added something to a report that you hold."),
        Way.NOW,
        claimant=True,
        enough=frozenset({AlertKind.ANSWERED}),
    ),
    AlertKind.RETURNED: Kind(
        _("A question of yours got no answer in time; the report is back in review."), Way.DAILY, claimant=True
    ),
    AlertKind.OVERDUE: Kind(
        _("A report passed the moment by which it should have been decided: one that you hold, or one of your areas."),
        Way.DAILY,
        roles=frozenset({SUPERVISOR}),
        claimant=True,
        unclaimed=frozenset({OFFICER, COORDINATOR}),
    ),
    AlertKind.ASSIGNED: Kind(_("Somebody gave you a report."), Way.NOW),
    AlertKind.STOLEN: Kind(_("A colleague took over a report that you held."), Way.NOW),
    AlertKind.MENTIONED: Kind(_("A note on a report names you."), Way.NOW),
    AlertKind.TRANSLATED: Kind(
        _("The words of a resident whose report you hold can be read in English."),
        Way.HERE,
        claimant=True,
        enough=frozenset({AlertKind.TRANSLATED}),
    ),
    AlertKind.COUNTS: Kind(
        _("The nightly check found counts that differ from the reports. They are counted anew by themselves."),
        Way.NOW,
        roles=frozenset({SUPERVISOR}),
        enough=frozenset({AlertKind.COUNTS}),
    ),
    AlertKind.EXPORTED: Kind(
        _("An export that you asked for is ready, or could not be made."),
        Way.NOW,
        roles=frozenset({SUPERVISOR, Role.CLERK}),
    ),
}


def reached(user: User) -> dict[AlertKind, Kind]:
    """Return the kinds that may reach a person with these roles."""
    return {name: kind for name, kind in KINDS.items() if _may_reach(user, kind)}


def _may_reach(user: User, kind: Kind) -> bool:
    by_role = kind.roles | kind.unclaimed
    by_work = kind.claimant or not by_role
    return user.has_role(*by_role) or (by_work and user.has_role(*READERS))


def in_force(kind: AlertKind, chosen: str | None) -> Way:
    """Return how a kind goes to somebody who chose `chosen`; a choice that is not open any more does not hold."""
    known = KINDS[kind]
    return Way(chosen) if chosen in known.ways else known.way
