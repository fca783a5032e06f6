"""The names behind the ids of the rollup: types, areas, bureaus, codes, groups. Read once for a table."""

from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import get_language_info

from reports.counts.cells import ANONYMOUS, NAMED
from reports.models import Area, Bureau, Code, CodeTable, CountGroup, ReportType
from reports.review.wording import STATES

CHANNELS = {NAMED: "Named", ANONYMOUS: "Anonymous"}


@dataclass(frozen=True)
class Book:
    """What a table of counts needs to know of the catalogue."""

    slugs: dict[int, str]
    offence_of: dict[int, str]
    type_names: dict[str, str]
    live: list[str]
    areas: dict[int, Area]
    bureaus: list[Bureau]
    offences: dict[str, str]
    bias_category: dict[str, str]
    bias_categories: dict[str, str]
    groups: dict[str, CountGroup] = field(default_factory=dict)

    def type_ids(self, slug: str) -> frozenset[int]:
        """Return the ids of all versions of a report type."""
        return frozenset(pk for pk, own in self.slugs.items() if own == slug)

    def residents(self, area_ids: list[int]) -> int | None:
        """Return how many people live in these areas, None where it is not known of each."""
        known = [self.areas[pk].population for pk in area_ids]
        return sum(number or 0 for number in known) if known and all(known) else None


def open_book() -> Book:
    """Read the catalogue, in six statements."""
    types = list(
        ReportType.objects.select_related("offence")
        .only("slug", "version", "name", "state", "position", "offence__code")
        .order_by("position", "slug", "version")
    )
    codes = Code.objects.filter(table__in=[CodeTable.BIAS, CodeTable.OFFENCE, CodeTable.CATEGORY])
    by_table: dict[str, list[Code]] = {table: [] for table in CodeTable.values}
    for code in codes.only("table", "code", "name", "category"):
        by_table[code.table].append(code)
    of_bias = {code.code: code.category or code.code for code in by_table[CodeTable.BIAS]}
    headings = {code.code: code.name for code in by_table[CodeTable.CATEGORY]}
    return Book(
        slugs={each.pk: each.slug for each in types},
        offence_of={each.pk: each.offence.code for each in types if each.offence},
        type_names={each.slug: each.name for each in types},
        live=list(dict.fromkeys(each.slug for each in types if each.state == ReportType.State.LIVE)),
        areas={area.pk: area for area in Area.objects.select_related("bureau").order_by("number")},
        bureaus=list(Bureau.objects.all()),
        offences={code.code: code.name for code in by_table[CodeTable.OFFENCE]},
        bias_category=of_bias,
        bias_categories={category: headings.get(category, category) for category in of_bias.values()},
        groups={str(group.pk): group for group in CountGroup.objects.all()},
    )


def language_name(code: str) -> str:
    """Return a language's English name, or its code where nobody knows it."""
    try:
        return str(get_language_info(code)["name"])
    except KeyError:
        return code


def languages() -> list[str]:
    """Return the codes of the portal's languages in their order."""
    return [code for code, _ in settings.LANGUAGES]


def state_names() -> dict[str, str]:
    """Return the states in officers' words, in the order of a report's life."""
    return {state.value: words for state, words in STATES.items()}
