"""Who may see and do what: one table of roles, one description of each role's reach."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.db.models import F, Q, QuerySet

from accounts.models import Role, User
from reports import states
from reports.models import (
    HELD_BACK_THERE,
    LIFE,
    Area,
    Attachment,
    FeedEntry,
    FeedScope,
    FeedToken,
    Passage,
    Report,
    ReportType,
    TypeStep,
)
from reports.statements import Among
from reports.states import FINAL, Action, State

READERS = frozenset({Role.OFFICER, Role.COORDINATOR, Role.SUPERVISOR})

# Who decides whether a report is a hate crime, a hate incident or neither. Never the person who filed it.
CLASSIFIERS = frozenset({Role.COORDINATOR, Role.SUPERVISOR})

# What needs no report: pages and files.
PAGES = {
    "review.queue": READERS,
    # A clerk is told that an export is ready.
    "alerts.show": READERS | {Role.CLERK},
    "hate.due": CLASSIFIERS,
    "retention.holds": frozenset({Role.SUPERVISOR}),
    "translating.desk": frozenset({Role.TRANSLATOR}),
    "export.download": frozenset({Role.SUPERVISOR, Role.CLERK}),
    "counts.week": frozenset({Role.SUPERVISOR}),
    "texts.choose": frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR}),
    "workshop": frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR}),
    "dashboard.show": frozenset({Role.SUPERVISOR}),
    "accounts": frozenset({Role.ADMINISTRATOR}),
    "audit": frozenset({Role.AUDITOR}),
    "feed": frozenset({Role.ADMINISTRATOR}),
}

# Which roles take which step with a report in their reach.
ACTIONS = {
    Action.CLAIM: READERS,
    Action.RELEASE: READERS,
    Action.ASSIGN: frozenset({Role.SUPERVISOR}),
    Action.STEAL: READERS,
    Action.APPROVE: READERS,
    Action.ASK: READERS,
    Action.REJECT: READERS,
    Action.REFER: READERS,
    Action.JOIN: READERS,
    # As the resident asked on the phone or at the station.
    Action.WITHDRAW: READERS,
    Action.REOPEN: frozenset({Role.SUPERVISOR}),
}
# Steps of the officer who has claimed the report, or of a supervisor in their stead.
CLAIMANTS = frozenset(
    {Action.RELEASE, Action.APPROVE, Action.ASK, Action.REJECT, Action.REFER, Action.JOIN, Action.WITHDRAW}
)
# Steps with a report that is not the person's own yet.
OTHERS = frozenset({Action.STEAL})
# What is offered for many reports at once; each report is asked for itself all the same.
AT_ONCE = {
    "assign": frozenset({Role.SUPERVISOR}),
    "area": frozenset({Role.SUPERVISOR}),
    "let_in": READERS,
    "reject": READERS,
    "join": READERS,
    # Asking for it is all that it does; to download asks for the password anew.
    "export": PAGES["export.download"],
}
# Who may take personal columns along in an export, with a reason.
EXPORTS_PERSONAL = frozenset({Role.SUPERVISOR, Role.CLERK})

# Which roles take which step in the life of a report type. Going live at its date is the portal's own.
COMPOSERS = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})
TYPE_STEPS: dict[TypeStep.Kind, frozenset[Role]] = {
    kind: COMPOSERS for kind in TypeStep.Kind if kind != TypeStep.Kind.LAUNCH
}


# Stand in for a person and for areas in statements that are made once.
NOBODY, NOWHERE = -1_000_000_001, -1_000_000_002


@dataclass(frozen=True)
class Reach:
    """The reports one role of a person covers: None for areas means the whole city."""

    areas: frozenset[int] | None
    unplaced: bool
    hate_only: bool = False
    approved_only: bool = False

    def q(self) -> Q:
        """Return the reach as a condition of the database."""
        placed = Q(area__isnull=False) if self.areas is None else among_areas(self.areas)
        condition = placed | Q(area=None) if self.unplaced else placed
        if self.hate_only:
            condition &= Q(possible_hate=True) | Q(report_type__is_hate=True) | ~Q(hate_verdict="")
        return condition & Q(state=State.APPROVED) if self.approved_only else condition

    def covers(self, report: Report) -> bool:
        """Tell the same of one report in hand."""
        within = self.unplaced if report.area_id is None else self.areas is None or report.area_id in self.areas
        if self.hate_only:
            within = within and concerns_hate(report)
        return within and (report.state == State.APPROVED or not self.approved_only)


def among_areas(areas: Iterable[int]) -> Q:
    """Return the condition of a report's place being one of these areas."""
    ids = sorted(areas)
    return Q(Among(F("area"), ids)) if ids else Q(pk__in=[])


def concerns_hate(report: Report) -> bool:
    """Tell a report that is a coordinator's matter: filed as hate, escalated as such, or classified."""
    return report.possible_hate or report.report_type.is_hate or bool(report.hate_verdict)


def reaches(user: User) -> list[Reach]:
    """Return what each role of the person covers; roles that are not named here see no report."""
    if not user.has_role(*READERS, Role.CLERK):
        return []
    areas = None if user.citywide else own_areas(user)
    table = {
        Role.OFFICER: Reach(areas, unplaced=user.citywide),
        Role.COORDINATOR: Reach(areas, unplaced=user.citywide, hate_only=True),
        # A report without an area must be somebody's: the supervisors place it.
        Role.SUPERVISOR: Reach(areas, unplaced=True),
        Role.CLERK: Reach(areas, unplaced=user.citywide, approved_only=True),
    }
    return [table[role] for role in map(Role, sorted(user.roles)) if role in table]


def own_areas(user: User) -> frozenset[int]:
    """Return the ids of the person's areas and of all areas of their bureaus, asked once for each user object.

    Always from the primary: a replica may not know yet that an area was taken away.
    """
    known: frozenset[int] | None = getattr(user, "known_areas", None)
    if known is None:
        rows = Area.objects.using(DEFAULT_DB_ALIAS).filter(Q(staff=user) | Q(bureau__staff=user))
        known = frozenset(rows.values_list("pk", flat=True))
        user.known_areas = known  # type: ignore[attr-defined]
    return known


@dataclass(frozen=True)
class Shape:
    """All of a person that decides how conditions on their reports are worded; who they are and where are values."""

    roles: frozenset[str]
    citywide: bool
    has_areas: bool

    def stand_in(self) -> User:
        """Return nobody, of the same shape, of whom a statement for all of them can be made."""
        person = User(pk=NOBODY, roles=sorted(self.roles), citywide=self.citywide)
        person.known_areas = frozenset([NOWHERE] if self.has_areas else [])  # type: ignore[attr-defined]
        return person


def asked_by(user: User, *, own: bool = False) -> tuple[Shape, dict[Any, Any]]:
    """Return a person's shape, and their own values, each under its stand-in.

    With `own` the areas that are theirs matter also where they see the whole city.
    """
    areas = own_areas(user) if own or not user.citywide else frozenset()
    roles = frozenset(user.roles if user.is_active else ())
    return Shape(roles, user.citywide, bool(areas)), {NOBODY: user.pk, (NOWHERE,): sorted(areas)}


def visible(user: User) -> QuerySet[Report]:
    """Return the reports that exist for the person. Every list, page, search and file starts here."""
    condition = Q(pk__in=[])
    for reach in reaches(user):
        condition |= reach.q()
    return Report.objects.filter(condition)


def fed(scope: FeedScope) -> QuerySet[Report]:
    """Return the reports that exist for a system outside: approved, not purged, of its areas, of its types.

    Whole city includes reports whose area is not known.
    """
    condition = Q(state=State.APPROVED, purged_at=None)
    if not scope.citywide:
        condition &= Q(area__in=scope.area_ids)
    if not scope.every_type:
        condition &= Q(report_type__slug__in=scope.types)
    return Report.objects.filter(condition)


def told(scope: FeedScope) -> QuerySet[FeedEntry]:
    """Return the changes that a system outside hears of: of reports that were in its scope before or are after."""
    condition = Q() if scope.citywide else Q(area__in=scope.area_ids)
    return FeedEntry.objects.filter(condition if scope.every_type else condition & Q(type__in=scope.types))


def fed_files(token: FeedToken) -> QuerySet[Attachment]:
    """Return the files that exist for a system outside: clean ones of its reports, if it has a right to any."""
    if token.files == FeedToken.Files.NONE:
        return Attachment.objects.none()
    return Attachment.objects.filter(report__in=fed(token), reply=None, scan=Attachment.Scan.CLEAN)


def translatable(user: User) -> QuerySet[Passage]:
    """Return the texts that exist for a translator: those from or into their languages, of the whole city.

    Of a decided report only what the agency said, which the resident must still be able to read; nothing of one that
    is held back for a look. Nothing else of any report exists for this role.
    """
    if not user.has_role(Role.TRANSLATOR):
        return Passage.objects.none()
    to_resident = ~Q(target=settings.LANGUAGE_CODE) & Q(target__in=user.languages)
    to_officer = Q(target=settings.LANGUAGE_CODE, source__in=user.languages) & ~Q(report__state__in=sorted(FINAL))
    return Passage.objects.filter(~HELD_BACK_THERE, to_resident | to_officer)


def translates(user: User, passage: Passage) -> bool:
    """Tell the same of one text in hand."""
    is_theirs = passage.foreign in user.languages and user.has_role(Role.TRANSLATOR)
    within = is_theirs and not passage.report.is_held_back
    return within and (passage.is_to_resident or passage.report.state not in FINAL)


def sees(user: User, report: Report) -> bool:
    """Tell whether the report is in the person's reach."""
    return any(reach.covers(report) for reach in reaches(user))


def may(user: User, action: Action, report: Report) -> bool:
    """Tell whether the person may take this step now: role, reach, claim and state."""
    return (
        user.has_role(*ACTIONS.get(action, ()))
        and sees(user, report)
        and report.purged_at is None
        and (action not in CLAIMANTS or report.claimed_by_id == user.pk or user.has_role(Role.SUPERVISOR))
        and (action not in OTHERS or report.claimed_by_id != user.pk)
        and states.target(action, State(report.state)) is not None
    )


def may_escalate(user: User, report: Report) -> bool:
    """Tell whether the person may say that the report may be a hate crime, in whichever state it is."""
    return user.has_role(*READERS) and sees(user, report) and report.purged_at is None


def may_let_in(user: User, report: Report) -> bool:
    """Tell whether the person may say that a report need not be held for a look any more."""
    return user.has_role(*AT_ONCE["let_in"]) and sees(user, report) and report.is_held_back


def may_hold_back(user: User, report: Report) -> bool:
    """Tell whether the person may keep a report from being deleted, and say that it need not be kept any more."""
    return user.has_role(Role.SUPERVISOR) and sees(user, report) and report.purged_at is None


def may_classify(user: User, report: Report) -> bool:
    """Tell whether the person may decide what a hate report is, in whichever state it is."""
    may = user.has_role(*CLASSIFIERS) and sees(user, report) and concerns_hate(report)
    return may and report.purged_at is None


def may_write(user: User, report: Report) -> bool:
    """Tell whether the person may write to the resident: an open or decided report in reach that is no colleague's."""
    return user.has_role(*READERS) and sees(user, report) and _is_free_for(user, report)


def may_correct(user: User, report: Report) -> bool:
    """Tell whether the person may put right how the report is filed; what is decided only a supervisor."""
    return may_write(user, report) and (report.state not in FINAL or user.has_role(Role.SUPERVISOR))


def _is_free_for(user: User, report: Report) -> bool:
    return report.purged_at is None and (report.claimed_by_id in {None, user.pk} or user.has_role(Role.SUPERVISOR))


def may_hold(user: User, report: Report) -> bool:
    """Tell whether the report may be given to the person: somebody who decides, in whose reach it is."""
    return user.is_staff and user.has_role(*READERS) and sees(user, report)


def holders(reports: Iterable[Report]) -> QuerySet[User]:
    """Return the staff to whom at least one of the reports may be given, as `may_hold` tells of one person."""
    condition = Q(pk__in=[])
    for area, is_hate in {(report.area_id, concerns_hate(report)) for report in reports}:
        placed = Q(areas=area) | Q(bureaus__areas=area) if area else Q(roles__contains=[Role.SUPERVISOR])
        roles = [Role.OFFICER, Role.SUPERVISOR, *([Role.COORDINATOR] if is_hate else [])]
        condition |= (Q(citywide=True) | placed) & Q(roles__overlap=roles)
    found = User.objects.filter(condition, is_active=True, is_staff=True)
    return User.objects.filter(pk__in=found.values("pk"))


def may_open(user: User, page: str) -> bool:
    """Tell whether the person may open a page of the table above."""
    return user.is_authenticated and user.is_staff and user.has_role(*PAGES[page])


def may_export(user: User, *, personal: bool) -> bool:
    """Tell whether the person may export reports in their reach, with or without what is personal in them."""
    return may_open(user, "export.download") and (not personal or user.has_role(*EXPORTS_PERSONAL))


def reach_digest(user: User) -> str:
    """Return a short text that changes when the reports a person's roles and areas cover do."""
    told = sorted(
        f"{reach.areas if reach.areas is None else sorted(reach.areas)} {reach.unplaced} {reach.hate_only}"
        f" {reach.approved_only}"
        for reach in reaches(user)
    )
    return sha256("\n".join(told).encode()).hexdigest()


def is_second_person(user: User, report_type: ReportType) -> bool:
    """Tell whether the person neither began this version nor was the last to change it."""
    return user.pk not in {report_type.author_id, report_type.edited_by_id}


def may_step(user: User, kind: TypeStep.Kind, report_type: ReportType) -> bool:
    """Tell whether the person may take this step with a version of a report type now: role, state, second person."""
    return (
        user.has_role(*TYPE_STEPS.get(kind, frozenset()))
        and (kind not in LIFE or report_type.state in LIFE[kind].sources)
        and (kind != TypeStep.Kind.APPROVE or is_second_person(user, report_type))
    )
