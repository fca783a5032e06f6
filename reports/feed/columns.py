"""What the feed tells of a report: a table of columns. A token names those that it may see."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports import vault
from reports.documents import opened
from reports.models import CodedFact, FeedToken, Passage, Report, ReportKey, Translation
from reports.sections import SECTIONS
from reports.translating.passages import translated

Kind = CodedFact.Kind


@dataclass
class Opened:
    """A report in hand; its sealed document is opened when a column asks for it, and once."""

    report: Report

    @cached_property
    def key(self) -> vault.DataKey | None:
        """The report's key, None where it was destroyed."""
        try:
            return self.report.sealing_key.unwrap()
        except ReportKey.DoesNotExist:
            return None

    @cached_property
    def parts(self) -> dict[str, Any]:
        """The document's parts by section key. Raises vault.CannotOpen."""
        return opened(self.report) if self.key else {}

    def codes(self, kind: CodedFact.Kind) -> list[CodedFact]:
        """Return the counted codes of a kind in a fixed order."""
        return sorted((fact for fact in self.report.facts.all() if fact.kind == kind), key=lambda fact: fact.code)

    @property
    def english(self) -> tuple[str | None, str | None]:
        """The narrative in English, and who wrote it so: the resident, a machine, a person; nobody yet."""
        story = self.parts.get("narrative", {}).get("story")
        passages: list[Passage] = self.report.narratives  # type: ignore[attr-defined]
        if story is None or not passages or passages[0].stage == Passage.Stage.UNNEEDED:
            return story, "resident" if story is not None else None
        versions = list(passages[0].translations.all())
        if not versions or self.key is None:
            return None, None
        return translated(versions[-1], self.key), versions[-1].origin


@dataclass(frozen=True)
class Column:
    """One column: its name in the feed, its words for the admin and the document, its shape, how it is filled."""

    key: str
    label: str | Promise
    shape: Any
    value: Callable[[Opened], Any]
    personal: bool = False


def _moment(moment: Any) -> str | None:
    return moment.isoformat().replace("+00:00", "Z") if moment else None


def _offence(of: Opened) -> str | None:
    """Return the offence that it is counted under; one from before that was chosen has its type's."""
    counted = of.codes(Kind.OFFENCE)
    if counted:
        return counted[0].code
    return of.report.report_type.offence.code if of.report.report_type.offence else None


def _property(of: Opened) -> list[dict[str, Any]]:
    return [
        {
            "code": fact.code,
            "loss": fact.loss or None,
            "quantity": fact.quantity,
            "value": None if fact.value is None else f"{fact.value:.2f}",
        }
        for fact in of.codes(Kind.PROPERTY)
    ]


def _of_area(value: Callable[[Any], Any]) -> Callable[[Opened], Any]:
    return lambda of: value(of.report.area) if of.report.area else None


def _answer(key: str, name: str) -> Callable[[Opened], Any]:
    def value(of: Opened) -> str | None:
        found = of.parts.get(key, {}).get(name)
        return None if found is None else str(found)

    return value


def _section(key: str) -> Callable[[Opened], list[dict[str, str]]]:
    """Return a section's answers with their labels in English, so that a new section needs no new code here."""

    def value(of: Opened) -> list[dict[str, str]]:
        lines = SECTIONS[key].lines(of.parts[key]) if key in of.parts else ()
        return [{"label": str(line.label), "value": str(line.value)} for line in lines]

    return value


TEXT, MOMENT = str | None, str | None
PLAIN = [
    Column("dr_number", _("DR number"), str, lambda of: of.report.dr_number),
    Column("type", _("Report type"), str, lambda of: of.report.report_type.slug),
    Column("offence_code", _("Offence code"), TEXT, _offence),
    Column("bureau", _("Bureau"), TEXT, _of_area(lambda area: area.bureau.code)),
    Column("area", _("Area number"), int | None, _of_area(lambda area: area.number)),
    Column("area_name", _("Area"), TEXT, _of_area(lambda area: area.name)),
    Column("language", _("Language of the resident"), str, lambda of: of.report.language),
    Column("anonymous", _("Anonymous"), bool, lambda of: of.report.is_anonymous),
    Column("premise_code", _("Kind of place (code)"), TEXT, lambda of: of.report.premise or None),
    Column("bias_codes", _("Bias codes"), list[str], lambda of: [fact.code for fact in of.codes(Kind.BIAS)]),
    Column("property", _("Property codes, losses, values"), list[dict[str, Any]], _property),
    Column("possible_hate", _("Possible hate crime"), bool, lambda of: of.report.possible_hate),
    Column("hate_verdict", _("Classified as"), TEXT, lambda of: of.report.hate_verdict or None),
    Column("occurred_from", _("Occurred from"), MOMENT, lambda of: _moment(of.report.occurred_from)),
    Column("occurred_until", _("Occurred until"), MOMENT, lambda of: _moment(of.report.occurred_until)),
    Column("reported_at", _("Reported"), MOMENT, lambda of: _moment(of.report.reported_at)),
    Column("approved_at", _("Approved"), MOMENT, lambda of: _moment(of.report.decided_at)),
]
PERSONAL = [
    Column("narrative", _("What happened, as written"), TEXT, _answer("narrative", "story"), personal=True),
    Column("narrative_english", _("What happened, in English"), TEXT, lambda of: of.english[0], personal=True),
    Column("narrative_english_by", _("Who wrote the English"), TEXT, lambda of: of.english[1], personal=True),
    Column("latitude", _("Latitude"), TEXT, _answer("where", "latitude"), personal=True),
    Column("longitude", _("Longitude"), TEXT, _answer("where", "longitude"), personal=True),
    *(
        Column(f"section_{key}", section.title, list[dict[str, str]], _section(key), personal=True)
        for key, section in SECTIONS.items()
        if key != "narrative"
    ),
]
COLUMNS = {column.key: column for column in PLAIN + PERSONAL}


def are_personal(columns: Iterable[str]) -> bool:
    """Tell whether one of the columns holds personal data."""
    return any(COLUMNS[key].personal for key in columns)


def needs_reason(columns: Iterable[str], files: str) -> bool:
    """Tell whether personal data would leave: in a column, or in files."""
    return are_personal(columns) or files != FeedToken.Files.NONE


def fields_of(report: Report, columns: Iterable[str]) -> Mapping[str, Any]:
    """Return what a system with these columns is told of a report that `loaded` brought. Raises vault.CannotOpen."""
    of = Opened(report)
    return {key: COLUMNS[key].value(of) for key in COLUMNS if key in set(columns)}


def loaded(reports: QuerySet[Report], columns: Iterable[str]) -> QuerySet[Report]:
    """Return the reports with all that the columns need, in a number of statements that does not grow with them."""
    rows = reports.select_related("report_type__offence", "area__bureau").prefetch_related("facts")
    if not are_personal(columns):
        return rows
    versions = Translation.objects.order_by("version").select_related("passage")
    narratives = Passage.objects.filter(message=None).prefetch_related(Prefetch("translations", versions))
    return rows.select_related("document", "sealing_key").prefetch_related(
        Prefetch("passages", narratives, to_attr="narratives")
    )
