"""The reports behind a cell of a table: the same conditions, asked of the reports themselves."""

from datetime import datetime, time

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from reports.counts.book import Book
from reports.counts.cells import ANONYMOUS, MOMENTS
from reports.counts.choices import BASES, Choice
from reports.counts.periods import DAY, Period
from reports.counts.scope import scope_of
from reports.counts.tables import UNPLACED
from reports.models import CodedFact, Report
from reports.permissions import visible


def reports_of(choice: Choice, unit: str, period: Period, *, user: User, book: Book) -> QuerySet[Report]:
    """Return the reports that one cell counts, as far as the person sees them; unit "" is the total.

    What history adds to a cell has no reports.
    """
    rows = visible(user).filter(scope_of(user).q(), _days(choice, period), _unit(choice, unit))
    if choice.bureau:
        rows = rows.filter(area__bureau__code=choice.bureau)
    key = choice.key
    return rows if key is None else rows.filter(_heading(choice.of, key, book))


def _days(choice: Choice, period: Period) -> Q:
    moment, zone, found = MOMENTS[BASES[choice.basis]], timezone.get_default_timezone(), Q(pk__in=[])
    for first, last in period.ranges:
        start = datetime.combine(first, time.min, zone)
        end = datetime.combine(last + DAY, time.min, zone)
        found |= Q((f"{moment}__gte", start), (f"{moment}__lt", end))
    return found


def _unit(choice: Choice, unit: str) -> Q:
    if not unit:
        return Q()
    if unit == UNPLACED:
        return Q(area=None)
    if choice.by == "area":
        return Q(area__number=int(unit)) if unit.isdecimal() else Q(pk__in=[])
    names = {"bureau": "area__bureau__code", "type": "report_type__slug", "language": "language"}
    return Q((names[choice.by], unit))


def _heading(of: str, key: str, book: Book) -> Q:
    if of == "group":
        group = book.groups.get(key)
        return Q(report_type__slug__in=group.report_types) | _offences(group.offences) if group else Q(pk__in=[])
    if of == "all":
        return Q()
    return {
        "type": lambda: Q(report_type__slug=key),
        "offence": lambda: _offences([key]),
        "bias": lambda: _coded("bias", [code for code, own in book.bias_category.items() if own == key] or [key]),
        "channel": lambda: Q(is_anonymous=key == ANONYMOUS),
        "state": lambda: Q(state=key),
        "language": lambda: Q(language=key),
    }.get(of, lambda: Q(pk__in=[]))()


def _coded(kind: str, codes: list[str]) -> Q:
    return Q(Exists(CodedFact.objects.filter(report=OuterRef("pk"), kind=kind, code__in=codes)))


def _offences(codes: list[str]) -> Q:
    """A report's own offences, or else that of its type."""
    has_own = Exists(CodedFact.objects.filter(report=OuterRef("pk"), kind="offence"))
    return _coded("offence", codes) | (~Q(has_own) & Q(report_type__offence__code__in=codes))
