"""The queue: what is to be done, in which order, page by page. Everything starts from what the person may see."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from typing import Any, Protocol
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, DateTimeField, Exists, F, OuterRef, Q, QuerySet, SmallIntegerField, UUIDField, Value
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reports.models import HELD_BACK, Note, Passage, Report
from reports.permissions import Shape, among_areas, asked_by, own_areas, visible
from reports.review.filters import FILTERS, Values, with_files
from reports.review.naming import name_all
from reports.review.ordering import OF_DECIDED, OF_OPEN, Page, Place, Sort, beside, page, page_of, some
from reports.statements import Statement
from reports.states import FINAL, State

# Stand in for this moment, and for the place in an order from which a page begins.
NEVER = datetime.min.replace(tzinfo=UTC)
NOWHERE_IN: dict[Any, Any] = {
    DateTimeField: NEVER + timedelta(days=1),
    SmallIntegerField: -32_001,
    UUIDField: UUID(int=0),
}
# What a row shows of who has claimed the report.
CLAIMANT = {"first_name": "claimant_first", "last_name": "claimant_last", "username": "claimant"}
STILL_OPEN = ~Q(state__in=sorted(FINAL))
# Work for everybody. Thousands of a program's reports may be held back, and nobody has to leaf through them.
IN_QUEUE = ~HELD_BACK


# What an empty tab says.
NOTHING = {
    "todo": _("Every report has somebody who reads it."),
    "unclaimed": _("Every report has somebody who reads it."),
    "mine": _("Claim a report and it stands here until you decide."),
    "waiting": _("No question to a resident is open."),
    "overdue": _("Every report is within its target."),
    "escalated": _("No open report is a possible hate crime."),
    "translation": _("Every text can be read."),
    "held": _("No report is held for a look."),
    "open": _("Every report is decided."),
}


@dataclass(frozen=True)
class Tab:
    """One view of the queue: which of the open reports, or of others as `base` says, under which name.

    `group` parts the work, what needs an eye, and everything; `claims` says that unclaimed reports may be among them.
    `says_state` is where `within` leaves only open reports by itself. Said twice, the planner takes it for two
    conditions that hardly any report meets together, and sorts thousands instead of reading the first in their order.
    """

    key: str
    label: str | Promise
    within: Q
    group: str = "work"
    claims: bool = True
    sorts: tuple[Sort, ...] = OF_OPEN
    base: Q = STILL_OPEN
    says_state: bool = False

    @property
    def condition(self) -> Q:
        """Which reports it shows."""
        return self.within if self.says_state else self.base & self.within

    @property
    def nothing(self) -> str | Promise:
        """What is said when it is empty."""
        return NOTHING.get(self.key, "")


def tabs(user: User, *, now: datetime | None = None) -> list[Tab]:
    """Return the tabs in order; the first is where a shift begins.

    What is held back stands in its own tab and, said there, in that of all open ones.
    """
    mine, unclaimed = Q(state=State.IN_REVIEW, claimed_by=user), Q(state=State.QUEUED) & IN_QUEUE
    todo, late = mine | unclaimed & _own(user), Q(due_at__lt=now or timezone.now()) & IN_QUEUE
    return [
        Tab("todo", _("To do"), todo, says_state=True),
        Tab("unclaimed", _("Unclaimed"), unclaimed, says_state=True),
        Tab("mine", _("Mine"), mine, claims=False, says_state=True),
        Tab("waiting", _("Waiting"), Q(state=State.WAITING), claims=False, says_state=True),
        Tab("overdue", _("Overdue"), late, "eye"),
        Tab("escalated", _("Escalated"), Q(possible_hate=True) & IN_QUEUE, "eye"),
        Tab("translation", _("Translation"), Q(pk__in=to_be_translated()) & IN_QUEUE, "eye"),
        Tab("held", _("Held"), HELD_BACK, "eye"),
        Tab("open", _("All open"), Q(), "all"),
        Tab("decided", _("Decided"), Q(), "all", claims=False, sorts=OF_DECIDED, base=Q(state__in=sorted(FINAL))),
    ]


def _own(user: User) -> Q:
    """What one's own is for somebody who sees the whole city: their areas, or all of it where they have none."""
    areas = own_areas(user) if user.citywide else None
    return among_areas(areas) if areas else Q()


def awaits_translation() -> Exists:
    """Tell of each report whether one of its texts has no translation yet, not even a machine's."""
    return Exists(Passage.objects.filter(report=OuterRef("pk"), stage=Passage.Stage.WAITING))


def to_be_translated() -> QuerySet[Passage, Any]:
    """Return the ids of all such reports: looked up once and not for each report, where many are asked."""
    return Passage.objects.filter(stage=Passage.Stage.WAITING).values("report")


# --- What was chosen ---------------------------------------------------------------------------------
class Lists(Protocol):
    """An address's parameters: several values under one name."""

    def getlist(self, key: str) -> list[str]:
        """Return all values of a name."""


@dataclass(frozen=True)
class Selection:
    """A tab, an order and filters, as they stand in the address. Whatever is not known falls away."""

    tab: Tab
    sort: Sort
    chosen: Mapping[str, Values] = field(default_factory=dict)

    def condition(self, user: User) -> Q:
        """Return what the filters ask together."""
        asked = Q()
        for key, values in self.chosen.items():
            asked &= FILTERS[key].condition(values, user)
        return asked

    def query(self) -> str:
        """Return the selection as an address has it: always the same text for the same selection."""
        sort = {} if self.sort == self.tab.sorts[0] else {"sort": self.sort.key}
        chosen = {key: self.chosen[key] for key in FILTERS if key in self.chosen}
        return urlencode({"tab": self.tab.key, **sort, **chosen}, doseq=True)

    def on(self, tab: Tab) -> "Selection":
        """Return the same filters on another tab; the order stays where that tab has it."""
        return replace(self, tab=tab, sort=self.sort if self.sort in tab.sorts else tab.sorts[0])

    def by(self, sort: Sort) -> "Selection":
        """Return the same in another order."""
        return replace(self, sort=sort)

    def without(self, key: str, value: str) -> "Selection":
        """Return the selection with one value of a filter less."""
        left = tuple(each for each in self.chosen[key] if each != value)
        others = {name: values for name, values in self.chosen.items() if name != key}
        return replace(self, chosen={**others, key: left} if left else others)

    def bare(self) -> "Selection":
        """Return the selection without filters."""
        return replace(self, chosen={})


def selection(given: Lists, among: list[Tab]) -> Selection:
    """Read a selection out of an address; the first tab and each tab's first order are what nobody chose."""
    named = {tab.key: tab for tab in among}
    tab = next((named[key] for key in given.getlist("tab") if key in named), among[0])
    sorts = {sort.key: sort for sort in tab.sorts}
    sort = next((sorts[key] for key in given.getlist("sort") if key in sorts), tab.sorts[0])
    chosen = {key: values for key, each in FILTERS.items() if (values := each.read(given.getlist(key)))}
    return Selection(tab, sort, chosen)


# --- What is there ------------------------------------------------------------------------------------
def listed(user: User, selected: Selection) -> QuerySet[Report]:
    """Return the reports of a selection that exist for the person."""
    return visible(user).filter(selected.tab.condition).filter(selected.condition(user))


def counts(user: User, among: list[Tab], selected: Selection | None = None) -> dict[str, int]:
    """Return how many reports each tab of open reports holds under the same filters, in one statement.

    Without filters that statement reads one index alone: `queue_numbers` holds every column that a tab asks for.
    """
    asked = selected.condition(user) if selected else Q()
    numbers = _numbers(among)
    if asked:
        return _open(user).filter(asked).aggregate(**numbers)
    shape, own = asked_by(user, own=True)
    rows = _of_all(shape).ask({**own, NEVER: timezone.now()})
    return dict(zip(numbers, rows[0] if rows else [0] * len(numbers), strict=True))


def _open(user: User) -> QuerySet[Report]:
    return visible(user).filter(STILL_OPEN)


def _numbers(among: list[Tab]) -> dict[str, Count]:
    return {tab.key: Count("pk", filter=tab.within or None) for tab in among if tab.base == STILL_OPEN}


@lru_cache(maxsize=64)
def _of_all(shape: Shape) -> Statement:
    """Return the statement of all numbers: under a column that is the same for each row, all rows are one group."""
    nobody = shape.stand_in()
    numbers = _numbers(tabs(nobody, now=NEVER))
    rows = _open(nobody).order_by().values(all=Value(1)).annotate(**numbers)
    return Statement.of(rows.values_list(*numbers))


def listing(user: User, selected: Selection, place: Place) -> Page:
    """Return one page of a selection, each report with what its row shows."""
    if selected.chosen:
        found = page(_shown(listed(user, selected)), selected.sort, place)
    else:
        found = page_of(partial(_fetched, user, selected), selected.sort, place)
    name_all(found.rows)
    for report in found.rows:
        if report.claimed_by_id:
            names = {column: getattr(report, name) for column, name in CLAIMANT.items()}
            report.claimed_by = User(pk=report.claimed_by_id, **names)
    return found


def _shown(rows: QuerySet[Report]) -> QuerySet[Report]:
    """Add what a row shows beside the report's own columns."""
    notes = Exists(Note.objects.filter(report=OuterRef("pk")))
    claimant = {name: F(f"claimed_by__{column}") for column, name in CLAIMANT.items()}
    return rows.annotate(with_files=with_files(), with_notes=notes, awaits_translation=awaits_translation(), **claimant)


def _fetched(user: User, selected: Selection, position: list[Any] | None, *, backwards: bool) -> list[Report]:
    shape, own = asked_by(user, own=True)
    begins = dict(zip(_beginning(selected.sort), position or (), strict=False))
    statement = _rows(shape, selected.tab.key, selected.sort.key, begins=bool(begins), backwards=backwards)
    return statement.objects({**own, NEVER: timezone.now(), **begins})


def _beginning(sort: Sort) -> list[Any]:
    """Return what stands in for the place in an order from which a page begins."""
    return [NOWHERE_IN[kind.column] for kind in sort.kinds.values()]


@lru_cache(maxsize=256)
def _rows(shape: Shape, tab: str, sort: str, *, begins: bool, backwards: bool) -> Statement:
    """Return the statement of a page without filters."""
    nobody = shape.stand_in()
    (chosen,) = [each for each in tabs(nobody, now=NEVER) if each.key == tab]
    (order,) = [each for each in chosen.sorts if each.key == sort]
    rows = _shown(listed(nobody, Selection(chosen, order)))
    return Statement.of(some(rows, order, _beginning(order) if begins else None, backwards=backwards))


def first_unclaimed(user: User, selected: Selection) -> QuerySet[Report]:
    """Return what `claiming.claim_next` takes from: the selection's queued reports in its own order.

    What is held back comes next only to who looks for it.
    """
    rows = listed(user, selected).filter(state=State.QUEUED)
    among = rows if selected.tab.key == "held" or "held" in selected.chosen else rows.filter(IN_QUEUE)
    return among.order_by(*selected.sort.order())


def neighbours(user: User, selected: Selection, report: Report) -> tuple[UUID | None, UUID | None]:
    """Return the ids of the reports before and behind one in a selection, or None."""
    return beside(listed(user, selected), selected.sort, report)
