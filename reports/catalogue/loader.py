"""Loading a catalogue folder into the database without ever overwriting what the agency edited."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import override

from reports import audit
from reports.catalogue import live
from reports.catalogue.folder import Entry
from reports.catalogue.reader import read
from reports.models import (
    Area,
    Bureau,
    Code,
    CodeTable,
    ExtraChoice,
    ExtraQuestion,
    MessageTemplate,
    Partner,
    RejectReason,
    ReportType,
    ScreeningQuestion,
    Stopper,
    SupportOrganisation,
)
from reports.models.catalogue import Shipped, next_version

Row = TypeVar("Row", bound=Shipped)
# What tells one row, or one line of a file, from another.
Key: TypeAlias = Callable[[Any], tuple[Any, ...]]


@dataclass
class Counts:
    """How many rows were new, changed, left as the agency edited them, or already as shipped."""

    created: int = 0
    updated: int = 0
    kept: int = 0
    unchanged: int = 0


def load(*, folder: Path, by: audit.By) -> Counts:
    """Load the folder in one transaction and return what happened; raises CatalogueError before anything is written.

    A field changes only while it still holds the value of the last load (or, when it was never loaded, its default).
    So loading twice changes nothing, and an edited field stays. Rows are retired by making them inactive: a row that
    was deleted comes back.

    A report type's texts change in place. When its shape (sections, questions, offence, anonymity) differs from the
    one shipped last, that is a new version, because answers already given belong to the old one. It goes live and
    retires the old version if that one is live and untouched; otherwise the agency has its own way and the new
    version waits as a draft. Questions are made with their version only: one that the agency removed stays away.
    """
    catalogue = read(folder)
    with transaction.atomic(), override(settings.MODELTRANSLATION_DEFAULT_LANGUAGE):
        _wait_for_other_loads()
        loading = _Loading()
        loading.rows(Bureau, catalogue.bureaus, by_key("code"))
        loading.areas(catalogue.areas)
        loading.rows(Code, catalogue.codes, by_key("table", "code"))
        loading.rows(Stopper, catalogue.stoppers, by_key("key"))
        loading.rows(SupportOrganisation, catalogue.support, by_key("key"))
        loading.rows(RejectReason, catalogue.reasons, by_key("key"))
        loading.rows(Partner, catalogue.partners, by_key("key"))
        loading.rows(MessageTemplate, catalogue.messages, by_key("key"))
        for entry in catalogue.report_types:
            loading.report_type(entry, by=by)
        _note(loading.counts, by)
    live.clear()
    return loading.counts


def _wait_for_other_loads() -> None:
    """Let servers that start together load one after the other; the lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('catalogue.load'))")


def _note(counts: Counts, by: audit.By) -> None:
    if counts.created or counts.updated:
        audit.record("catalogue.load", by=by, subject="catalogue", created=counts.created, updated=counts.updated)


def by_key(*names: str) -> Key:
    """Return a function that gives a row's or a dict's values under these names."""
    return lambda of: tuple(of[name] if isinstance(of, dict) else getattr(of, name) for name in names)


class _Loading:
    """One load: the counts so far, and how each kind of row is brought up to date."""

    def __init__(self) -> None:
        self.counts = Counts()

    def rows(self, model: type[Row], entries: Iterable[Entry], key: Key) -> None:
        """Create and update the rows of a table whose entries need no other row."""
        self.apply(model, [entry.columns() for entry in entries], key)

    def areas(self, entries: Iterable[Entry]) -> None:
        """Create and update areas, each with its bureau."""
        bureaus = dict(Bureau.objects.values_list("code", "pk"))
        columns = [{**entry.columns(), "bureau_id": bureaus[entry.links["bureau"]]} for entry in entries]
        self.apply(Area, columns, by_key("number"))

    def apply(self, model: type[Row], wanted: Iterable[dict[str, Any]], key: Key) -> None:
        """Bring a table up to date with `wanted`, row by row, and create what is missing."""
        known = {key(row): row for row in model._default_manager.all()}
        new = []
        for columns in wanted:
            row = known.get(key(columns))
            if row is None:
                new.append(model(**columns, shipped=columns))
            else:
                self.refresh(row, columns)
        self.counts.created += len(model._default_manager.bulk_create(new))

    def refresh(self, row: Shipped, columns: dict[str, Any]) -> None:
        """Set the columns that the agency has not edited, and remember all as shipped."""
        before = {name: getattr(row, name) for name in columns}
        edited = edited_columns(row, columns)
        for name in columns.keys() - edited:
            setattr(row, name, columns[name])
        changed = any(not same(before[name], getattr(row, name)) for name in columns)
        kept = any(not same(getattr(row, name), columns[name]) for name in edited)
        if changed or any(row.shipped.get(name) != value for name, value in columns.items()):
            row.shipped = {**row.shipped, **columns}
            row.save()
        self.counts.updated += changed
        self.counts.kept += kept and not changed
        self.counts.unchanged += not kept and not changed

    def report_type(self, entry: Entry, *, by: audit.By) -> None:
        """Update the version that has the entry's shape, or make a new version."""
        versions = list(ReportType.objects.filter(slug=entry.values["slug"]).order_by("-version"))
        shipped = next((version for version in versions if version.shipped), None)
        if shipped and shipped.shipped["shape"] == shape_of(entry):
            self.texts(shipped, entry)
        else:
            self.new_version(entry, newest=versions[0] if versions else None, by=by)

    def texts(self, version: ReportType, entry: Entry) -> None:
        """Update what may change without a new version: texts, targets, order."""
        self.refresh(version, type_columns(entry))
        self.children(version.screening.all(), entry.children["screening"], by_key("key"))
        self.children(version.questions.all(), entry.children["questions"], by_key("key"))
        choices = {question.values["key"]: question.children["choices"] for question in entry.children["questions"]}
        for question in version.questions.prefetch_related("choices"):
            self.children(question.choices.all(), choices.get(question.key, []), by_key("value"))

    def children(self, existing: Iterable[Shipped], entries: Iterable[Entry], key: Key) -> None:
        """Update the questions or choices that are still there."""
        wanted = {key(columns): columns for columns in map(Entry.columns, entries)}
        for row in existing:
            if key(row) in wanted:
                self.refresh(row, wanted[key(row)])

    def new_version(self, entry: Entry, *, newest: ReportType | None, by: audit.By) -> None:
        """Make the next version: live if it replaces nothing of the agency's own."""
        goes_live = newest is None or is_untouched(newest)
        if newest and goes_live:
            ReportType.objects.filter(pk=newest.pk).update(state=ReportType.State.RETIRED)
        self.make(entry, state=ReportType.State.LIVE if goes_live else ReportType.State.DRAFT, by=by)

    def make(self, entry: Entry, *, state: str, by: audit.By) -> None:
        """Create a version with all its questions."""
        columns = type_columns(entry)
        version = ReportType.objects.create(
            **columns,
            **fixed_columns(entry),
            version=next_version(entry.values["slug"]),
            state=state,
            live_from=timezone.now() if state == ReportType.State.LIVE else None,
            author=None if isinstance(by, audit.Actor) else by,
            shipped={**columns, "shape": shape_of(entry)},
        )
        self.counts.created += 1
        self.screening(version, entry.children["screening"])
        self.questions(version, entry.children["questions"])

    def screening(self, version: ReportType, entries: Iterable[Entry]) -> None:
        """Create the screening questions of a new version."""
        stoppers = dict(Stopper.objects.values_list("key", "pk"))
        links = [{"report_type": version, "stopper_id": stoppers[entry.links["stopper"]]} for entry in entries]
        self.create(ScreeningQuestion, entries, links)

    def questions(self, version: ReportType, entries: list[Entry]) -> None:
        """Create the extra questions of a new version with their choices."""
        rows = self.create(ExtraQuestion, entries, [{"report_type": version}] * len(entries))
        for row, entry in zip(rows, entries, strict=True):
            choices = entry.children["choices"]
            self.create(ExtraChoice, choices, [{"question": row}] * len(choices))

    def create(self, model: type[Row], entries: Iterable[Entry], links: list[dict[str, Any]]) -> list[Row]:
        """Create one row for each entry, linked as given."""
        pairs = zip((entry.columns() for entry in entries), links, strict=True)
        new = [model(**columns, **link, shipped=columns) for columns, link in pairs]
        rows: list[Row] = model._default_manager.bulk_create(new)
        self.counts.created += len(rows)
        return rows


FIXED = ("slug", "sections", "may_be_anonymous", "is_hate")


def type_columns(entry: Entry) -> dict[str, Any]:
    """Return the columns of a report type that may change in place."""
    return {name: value for name, value in entry.columns().items() if name not in FIXED}


def fixed_columns(entry: Entry) -> dict[str, Any]:
    """Return the columns that make a version what it is."""
    offence = Code.objects.filter(table=CodeTable.OFFENCE, code=entry.links["offence"]).first()
    return {**{name: entry.values[name] for name in FIXED}, "offence": offence}


def shape_of(entry: Entry) -> dict[str, Any]:
    """Return what answers depend on, as the folder has it."""
    return {
        **{name: entry.values[name] for name in FIXED},
        "offence": entry.links["offence"],
        "areas": [],
        "screening": [_screening_shape(child.values, child.links["stopper"]) for child in entry.children["screening"]],
        "questions": [
            _question_shape(child.values, [choice.values["value"] for choice in child.children["choices"]])
            for child in entry.children["questions"]
        ],
    }


def shape_in_database(version: ReportType) -> dict[str, Any]:
    """Return the same of a row as it stands now."""
    return {
        **{name: getattr(version, name) for name in FIXED},
        "offence": version.offence.code if version.offence else "",
        "areas": [area.number for area in version.areas.all()],
        "screening": [
            _screening_shape(vars(row), row.stopper.key) for row in version.screening.select_related("stopper")
        ],
        "questions": [
            _question_shape(vars(row), [choice.value for choice in row.choices.all()])
            for row in version.questions.prefetch_related("choices")
        ],
    }


def _screening_shape(values: dict[str, Any], stopper: str) -> list[Any]:
    return [values["key"], values["stops_on"], stopper]


def _question_shape(values: dict[str, Any], choices: list[str]) -> list[Any]:
    return [values["key"], values["kind"], values["required"], values["is_personal"], choices]


def is_untouched(version: ReportType) -> bool:
    """Tell whether a version is live, and field by field as it was shipped, its questions too."""
    if not version.shipped or version.state != ReportType.State.LIVE:
        return False
    if shape_in_database(version) != version.shipped["shape"]:
        return False
    choices = ExtraChoice.objects.filter(question__report_type=version)
    rows = [version, *version.screening.all(), *version.questions.all(), *choices]
    return not any(edited_columns(row, row.shipped.keys() - {"shape"}) for row in rows)


def edited_columns(row: Shipped, names: Iterable[str]) -> set[str]:
    """Return those columns that no longer hold what the last load put there."""
    return {name for name in names if not same(getattr(row, name), row.shipped.get(name, _default(row, name)))}


def _default(row: models.Model, name: str) -> Any:
    return getattr(type(row)(), name)


def same(one: Any, other: Any) -> bool:
    """Compare two values of a column; nothing and an empty text are the same."""
    return one == other or (one in (None, "") and other in (None, ""))
