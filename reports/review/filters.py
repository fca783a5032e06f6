"""What narrows the queue: a table of filters. A value that was tampered with is no value."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reports.catalogue import live
from reports.models import HELD_BACK, Area, Attachment, Code, CodedFact, CodeTable, Priority
from reports.permissions import Shape, asked_by, reaches, visible
from reports.review import wording
from reports.statements import Statement
from reports.states import FINAL, State

Text = str | Promise
Choice = tuple[str, Text]
Values = tuple[str, ...]


@dataclass(frozen=True)
class Filter:
    """One question to a report; of several values chosen, one must be true."""

    key: str
    label: Text
    # What a value looks like; nothing else of an address reaches the database.
    pattern: str
    choices: "Callable[[Offers], list[Choice]]"
    condition: Callable[[Values, User], Q]

    def read(self, given: list[str]) -> Values:
        """Return the values of an address that are such, each once, in a fixed order."""
        return tuple(sorted({value for value in given if re.fullmatch(self.pattern, value)}))


class Offers:
    """What the filters offer a person; what two of them need is asked once."""

    def __init__(self, user: User) -> None:
        self.user = user

    @cached_property
    def areas(self) -> list[Area]:
        """The areas in the person's reach."""
        within = reaches(self.user)
        everywhere = any(reach.areas is None for reach in within)
        mine = {pk for reach in within for pk in reach.areas or ()}
        return sorted(
            (each for each in live.all_areas() if everywhere or each.pk in mine), key=lambda each: each.name.casefold()
        )

    def each(self) -> list[tuple[Filter, list[Choice]]]:
        """Return every filter that has something to choose from, with its choices."""
        offered = [(each, each.choices(self)) for each in FILTERS.values()]
        return [(each, choices) for each, choices in offered if len(choices) > 1]


# --- By plain columns ----------------------------------------------------------------------------
def _types(offers: Offers) -> list[Choice]:
    """Every kind of report that there is or was, by the name of its newest version."""
    return [(each.slug, each.name) for each in live.kinds()]


def _areas(offers: Offers) -> list[Choice]:
    """The areas in the person's reach, and none of them where that is in it."""
    named: list[Choice] = [(str(area.number), area.name) for area in offers.areas]
    unplaced = any(reach.unplaced for reach in reaches(offers.user))
    return [*named, *([("none", _("Not known"))] if unplaced else [])]


def _bureaus(offers: Offers) -> list[Choice]:
    bureaus = {area.bureau for area in offers.areas}
    return [(bureau.code, bureau.name) for bureau in sorted(bureaus, key=lambda each: (each.position, each.code))]


def _in_areas(values: Values, user: User) -> Q:
    numbers = [int(value) for value in values if value != "none"]
    return Q(area__number__in=numbers) | (Q(area=None) if "none" in values else Q(pk__in=[]))


def _languages(offers: Offers) -> list[Choice]:
    named = [(code, str(get_language_info(code)["name"])) for code, _name in settings.LANGUAGES]
    return sorted(named, key=lambda choice: choice[1])


# --- By age: reported at least and less than so many days ago -------------------------------------
AGES: dict[str, tuple[Text, int, int | None]] = {
    "0": (_("Under a day"), 0, 1),
    "1": (_("1 to 3 days"), 1, 3),
    "3": (_("3 to 7 days"), 3, 7),
    "7": (_("7 to 14 days"), 7, 14),
    "14": (_("14 to 30 days"), 14, 30),
    "30": (_("30 days and more"), 30, None),
}


def _aged(values: Values, user: User) -> Q:
    now, found = timezone.now(), Q(pk__in=[])
    for _label, least, most in (AGES[value] for value in values):
        within = Q(reported_at__lte=now - timedelta(days=least))
        found |= within & Q(reported_at__gt=now - timedelta(days=most)) if most else within
    return found


# --- By who works on it ----------------------------------------------------------------------------
def _claimants(offers: Offers) -> list[Choice]:
    """The person, nobody, and the colleagues who have open reports in the person's reach."""
    shape, own = asked_by(offers.user)
    colleagues = _colleagues(shape).objects(own)
    named = [(f"u{each.pk}", each.get_full_name() or each.get_username()) for each in colleagues]
    return [("me", _("Me")), ("nobody", _("Nobody")), *named]


@lru_cache(maxsize=64)
def _colleagues(shape: Shape) -> Statement:
    nobody = shape.stand_in()
    theirs = visible(nobody).exclude(state__in=sorted(FINAL)).filter(claimed_by=OuterRef("pk"))
    found = User.objects.filter(Exists(theirs)).exclude(pk=nobody.pk).order_by("last_name", "first_name", "username")
    return Statement.of(found.only("first_name", "last_name", "username"))


def _claimed(values: Values, user: User) -> Q:
    ids = [user.pk if value == "me" else int(value[1:]) for value in values if value != "nobody"]
    return Q(claimed_by__in=ids) | (Q(claimed_by=None) if "nobody" in values else Q(pk__in=[]))


# --- By what hangs on it -----------------------------------------------------------------------------
def _biases(offers: Offers) -> list[Choice]:
    return [(row.code, row.wording) for row in live.categories(CodeTable.BIAS)]


def _biased(values: Values, user: User) -> Q:
    codes = Code.objects.filter(table=CodeTable.BIAS, category__in=values).values("code")
    facts = CodedFact.objects.filter(report=OuterRef("pk"), kind=CodedFact.Kind.BIAS, code__in=codes)
    return Q(Exists(facts))


def with_files() -> Exists:
    """Tell of each report whether the resident sent files with it or later."""
    return Exists(Attachment.objects.filter(report=OuterRef("pk"), reply=None))


def _either(is_so: Q) -> Callable[[Values, User], Q]:
    """Return the condition of a question with yes and no; both together ask nothing."""
    answers: dict[Values, Q] = {("yes",): is_so, ("no",): ~is_so}
    return lambda values, user: answers.get(values, Q())


def _of(choices: list[Choice]) -> Callable[[Offers], list[Choice]]:
    return lambda offers: choices


def _any_of(keys: Iterable[str]) -> str:
    return "|".join(map(re.escape, keys))


# --- By what is shared with others that are held -----------------------------------------------------
SHARED = "(source|story)-([0-9a-f]{16}|none)|time-([a-z]{4,10})-([0-9]{10})"
HOUR = "%Y%m%d%H"
COLUMNS = {"source": "held_from", "story": "held_like"}


def _sharing(values: Values, user: User) -> Q:
    found = Q(pk__in=[])
    for value in values:
        way, what, *hour = value.split("-")
        found |= _in_hour(what, hour[0]) if hour else Q(**{COLUMNS[way]: "" if what == "none" else what})
    return found


def _in_hour(reason: str, hour: str) -> Q:
    try:
        begin = datetime.strptime(hour, HOUR).replace(tzinfo=UTC)
        return Q(
            held_for="" if reason == "none" else reason,
            reported_at__gte=begin,
            reported_at__lt=begin + timedelta(hours=1),
        )
    except (ValueError, OverflowError):
        return Q(pk__in=[])


CODE = r"[A-Za-z0-9_-]{1,60}"
FILTERS = {
    each.key: each
    for each in (
        Filter("type", _("Type"), CODE, _types, lambda values, user: Q(report_type__slug__in=values)),
        Filter("area", _("Area"), "none|[0-9]{1,5}", _areas, _in_areas),
        Filter("bureau", _("Bureau"), CODE, _bureaus, lambda values, user: Q(area__bureau__code__in=values)),
        Filter("language", _("Language"), CODE, _languages, lambda values, user: Q(language__in=values)),
        Filter(
            "state",
            _("State"),
            _any_of(State.values),
            _of([(state.value, words) for state, words in wording.STATES.items()]),
            lambda values, user: Q(state__in=values),
        ),
        Filter(
            "priority",
            _("Priority"),
            "[1-3]",
            _of([(str(value), label) for value, label in Priority.choices]),
            lambda values, user: Q(priority__in=values),
        ),
        Filter("age", _("Age"), _any_of(AGES), _of([(key, age[0]) for key, age in AGES.items()]), _aged),
        Filter("assigned", _("Claimed by"), "me|nobody|u[0-9]{1,9}", _claimants, _claimed),
        Filter("bias", _("Bias"), CODE, _biases, _biased),
        Filter(
            "files",
            _("Files"),
            "yes|no",
            _of([("yes", _("With files")), ("no", _("Without files"))]),
            _either(Q(with_files())),
        ),
        Filter(
            "held",
            _("Held"),
            "yes|no",
            _of([("yes", _("Held for a look")), ("no", _("Not held"))]),
            _either(HELD_BACK),
        ),
        # Chosen on the page of what is held, not here.
        Filter("shares", _("Group"), SHARED, lambda offers: [], _sharing),
    )
}
