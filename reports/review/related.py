"""Other reports that may belong to one in hand, each with the reasons why it is shown.

Found by keyed terms and plain columns alone; nothing is opened. Only what the person sees anyway can be found, and a
report elsewhere leaves no trace here, not even as a number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from reports import codes, terms, vault
from reports.catalogue import live
from reports.models import Document, Report
from reports.permissions import visible
from reports.sections import SECTIONS
from reports.sections.pin import Pin, around
from reports.statements import Among

MOST_SHOWN = 6
# How many of each kind are looked at: who has more in common with everybody tells nothing.
MOST_FOUND = 40
# Of so many that share an identifier a person looks at the search instead.
ALL = 10_000
NEAR = timedelta(days=7)
# Before and after it was sent, for places and words. Ids begin with the moment, so that one index bounds it.
AROUND = timedelta(days=60)
# Words this long say more than what every story has; of so many of them pairs are looked for.
LONG, WORDS = 5, 8
# The share of a text's telling words that another must have to be called similar, and how many it must have at all.
SIMILAR = 0.6
FEWEST_WORDS = 6
# Which terms are worth what, and what they are called.
IDENTIFIERS = {
    "p": gettext_lazy("Same phone number"),
    "e": gettext_lazy("Same e-mail address"),
    "plate": gettext_lazy("Same license plate"),
    "vin": gettext_lazy("Same vehicle number (VIN)"),
    "serial": gettext_lazy("Same serial number"),
    "report": gettext_lazy("Both name the same earlier report"),
}
FOUND = (
    "pk",
    "reference",
    "dr_number",
    "report_type_id",
    "area_id",
    "state",
    "reported_at",
    "occurred_from",
    "document__terms",
    "document__terms_key",
)


@dataclass
class Related:
    """One report beside another: what a list shows of it, and why it stands there. No personal data."""

    pk: UUID
    reference: str
    type_name: str
    area_name: str
    state: str
    reported_at: datetime
    reasons: list[str] = field(default_factory=list)
    weight: float = 0.0

    def because(self, reason: str, weight: float) -> None:
        """Add a reason."""
        self.reasons.append(reason)
        self.weight += weight


@dataclass(frozen=True)
class Traits:
    """What of a report others are compared with: the kinds of its keyed identifiers, and other keyed terms.

    All of it by one search key; `key` is its name. `names` are the reports that it names, `numbers` those of them by
    the agency's own number; their references, which may be any word, are looked for as keyed terms, `own_of_named`.
    """

    key: str
    identifiers: dict[int, str]
    named_by: frozenset[int]
    names: frozenset[str]
    numbers: frozenset[str]
    own_of_named: frozenset[int]
    place: frozenset[int]
    address: frozenset[int]
    words: dict[int, str]

    @classmethod
    def of(cls, report: Report, parts: dict[str, Any], key: str) -> "Traits":
        """Return the traits of a report whose document is open."""
        keyed = partial(vault.keyed, by=key)
        found = {term for step, part in parts.items() if step in SECTIONS for term in SECTIONS[step].terms(part)}
        kinds = {term: term.partition(":")[0] for term in found}
        where, story = parts.get("where", {}), parts.get("narrative", {}).get("story", "")
        pin = Pin.of(where)
        naming = [
            term for number in (report.reference, report.dr_number) for term in terms.identifier("report", number)
        ]
        address = set(terms.words(where.get("address", "")))
        typed = parts.get("original", {}).get("number", "")
        named, ours = codes.understand_reference(typed), _numbers(typed)
        return cls(
            key=key,
            identifiers={keyed([term])[0]: kind for term, kind in kinds.items() if kind in IDENTIFIERS},
            named_by=frozenset(keyed(naming)),
            names=frozenset(filter(None, [named, *ours])),
            numbers=frozenset(ours),
            own_of_named=frozenset(keyed([terms.own(named)] if named else [])),
            place=frozenset(keyed(around(pin))) if pin else frozenset(),
            address=frozenset(keyed(address)) if len(address) > 1 else frozenset(),
            words={keyed([word])[0]: word for word in set(terms.words(story)) if _tells(word.removeprefix("w:"))},
        )


def _tells(word: str) -> bool:
    """Tell a word that not every story has: a long one; in scripts without alphabets or blanks every one."""
    return len(word) >= LONG or not word.isascii()


def _numbers(typed: str) -> list[str]:
    """Return a resident's number of an earlier report where it has the shape of the agency's own, else nothing.

    Whatever has not the shape of one is theirs alone, and goes into no statement, which a database may log.
    """
    bare = "".join(letter for letter in terms.fold(typed) if letter.isalnum()).upper()
    return [bare] if re.fullmatch(settings.DR_NUMBER_PATTERN, bare) else []


def of_report(report: Report, parts: dict[str, Any], *, by: User) -> list[Related]:
    """Return the reports that may belong to one, the likeliest first, in two statements."""
    traits = {key: Traits.of(report, parts, key) for key in vault.search_keys()}
    candidates = (each for one in traits.values() for each in _candidates(report, one, by))
    rows = [each.values(*FOUND)[:MOST_FOUND] for each in candidates]
    if not rows:
        return []
    found = {row["pk"]: row for row in rows[0].union(*rows[1:], all=True)}
    compared = (_compared(report, traits[_key_of(row)], row) for row in found.values())
    return sorted((each for each in compared if each.reasons), key=lambda each: -each.weight)[:MOST_SHOWN]


def _candidates(report: Report, traits: Traits, by: User) -> Iterator[QuerySet[Report]]:
    others = visible(by).filter(purged_at=None).exclude(pk=report.pk).order_by()
    first, last = (_first_id(report.reported_at + apart) for apart in (-AROUND, AROUND))
    # Said of the document, too: the planner does not carry a range from one table into another, and would look through
    # the words of all years.
    recent = others.filter(pk__range=(first, last), document__report__gte=first, document__report__lte=last)
    if known := [*traits.identifiers, *traits.named_by, *traits.own_of_named]:
        # Their ids first: for a few rows the planner would rather read a whole table until it has met so many.
        ids = Document.objects.filter(terms__overlap=known).values_list("pk", flat=True)[:ALL]
        yield others.filter(Among(F("pk"), list(ids)))
    if traits.numbers:
        yield others.filter(dr_number__in=traits.numbers)
    if traits.place:
        yield recent.filter(document__terms__overlap=sorted(traits.place))
    if traits.address and report.area_id:
        yield recent.filter(area=report.area_id, document__terms__contains=sorted(traits.address))
    if pairs := _pairs(traits.words):
        yield recent.filter(pairs)
    if report.area_id and report.occurred_from:
        at = report.occurred_from
        near = others.filter(area=report.area_id, occurred_from__range=(at - NEAR, at + NEAR))
        yield near.filter(report_type__slug=report.report_type.slug)


def _key_of(row: dict[str, Any]) -> str:
    """Return the name of the search key that made a row's terms."""
    return vault.made_with(row["document__terms_key"] or "")


def _first_id(moment: datetime) -> UUID:
    """Return the smallest id that a row of this moment can have (RFC 9562, version 7)."""
    return UUID(int=max(0, int(moment.timestamp() * 1000)) << 80)


def _pairs(words: dict[int, str]) -> Q:
    """Return the condition of texts that share two neighbours of the longest words, "" where there are too few."""
    if len(words) < FEWEST_WORDS:
        return Q()
    longest = sorted(words, key=lambda key: (-len(words[key]), words[key]))[:WORDS]
    condition = Q()
    for first, second in zip(longest[::2], longest[1::2], strict=False):
        condition |= Q(document__terms__contains=[first, second])
    return condition


def _compared(report: Report, traits: Traits, row: dict[str, Any]) -> Related:
    """Return another report with the reasons that connect the two."""
    of_type, area = live.report_type(row["report_type_id"]), live.area(row["area_id"])
    other = Related(
        row["pk"], row["reference"], of_type.name, area.name if area else "", row["state"], row["reported_at"]
    )
    found = frozenset(row["document__terms"] or ())
    if {row["reference"], row["dr_number"]} & traits.names:
        other.because(_("This report adds to it"), 200)
    if traits.named_by & found:
        other.because(_("It adds to this report"), 200)
    for kind in sorted({kind for term, kind in traits.identifiers.items() if term in found}):
        other.because(str(IDENTIFIERS[kind]), 100)
    days = _days_apart(report.reported_at, row["reported_at"])
    if traits.place & found and days <= AROUND.days:
        other.because(_("Marked within about half a mile, %(when)s") % {"when": _when(days)}, 40 - days / 2)
    elif traits.address and traits.address <= found and row["area_id"] == report.area_id and days <= AROUND.days:
        other.because(_("The same words for the place, %(when)s") % {"when": _when(days)}, 35 - days / 2)
    _compare_words(other, traits, found)
    _compare_time(other, report, row, of_type.slug)
    return other


def _compare_words(other: Related, traits: Traits, found: frozenset[int]) -> None:
    """Say so where most words of the story stand in the other report too."""
    if len(traits.words) < FEWEST_WORDS:
        return
    share = len(traits.words.keys() & found) / len(traits.words)
    if share >= SIMILAR:
        other.because(_("Similar text: %(share)d %% of the words") % {"share": round(share * 100)}, 60 * share)


def _compare_time(other: Related, report: Report, row: dict[str, Any], slug: str) -> None:
    """Say so where the same kind of thing happened in the same area within a week."""
    if not (report.occurred_from and row["occurred_from"] and report.area_id == row["area_id"] and report.area_id):
        return
    if slug == report.report_type.slug and abs(row["occurred_from"] - report.occurred_from) <= NEAR:
        days = _days_apart(report.occurred_from, row["occurred_from"])
        other.because(_("Same kind, same area, %(when)s") % {"when": _when(days)}, 10 - days)


def _days_apart(one: datetime, other: datetime) -> int:
    return abs((timezone.localdate(one) - timezone.localdate(other)).days)


def _when(days: int) -> str:
    if not days:
        return _("on the same day")
    return ngettext("%(days)d day apart", "%(days)d days apart", days) % {"days": days}
