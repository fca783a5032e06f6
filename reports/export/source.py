"""One report as the columns of an export read it: its row, what was sealed of it, and its translations.

What a column needs is opened at the first look, so that an export without personal data opens nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property

from reports import vault
from reports.documents import opened, words_of
from reports.models import Area, Passage, Report, ReportType, Translation
from reports.models.passage import translation_place

# What a column may need beside the report's own row.
FACTS, DOCUMENT, TEXTS, MESSAGES = "facts", "document", "texts", "messages"
# So many reports are held at a time.
BATCH = 250


def local(moment: Any) -> str:
    """Return a moment in the agency's time zone as ISO 8601 to the minute, "" for none."""
    return timezone.localtime(moment).isoformat(timespec="minutes") if moment else ""


class Translated(NamedTuple):
    """A text that its reader may not understand: the language it is written in, and its translation in force."""

    id: UUID
    source: str
    stage: str
    version: int
    sealed: vault.Stored | None = None
    origin: str = ""


class Said(NamedTuple):
    """A message, opened, and when it was written, as `local` says."""

    id: UUID
    from_agency: bool
    at: str
    words: str


class Source:
    """A report to be exported. What cannot be opened any more is empty, and `is_closed` says so.

    `given` are the cells of the first columns, where they came with its row.
    """

    given: Sequence[Any] = ()

    def __init__(self, report: Report) -> None:
        self.report = report
        self.pk, self.reference, self.language = report.pk, report.reference, report.language
        self.is_closed = False

    @cached_property
    def key(self) -> vault.DataKey:
        """Its data key."""
        return self.report.sealing_key.unwrap()

    @cached_property
    def parts(self) -> dict[str, Any]:
        """The parts of the sealed document by section; none where it was shredded or does not open."""
        try:
            return opened(self.report)
        except (vault.CannotOpen, ObjectDoesNotExist):
            self.is_closed = True
            return {}

    @cached_property
    def translated(self) -> dict[UUID | None, Translated]:
        """What there is in two languages, by the message's id; the narrative under None."""
        return {passage.message_id: _in_force(passage) for passage in self.report.passages.all()}

    @cached_property
    def story(self) -> str:
        """What happened, as it was written."""
        return str(self.parts.get("narrative", {}).get("story", ""))

    @cached_property
    def story_in_english(self) -> tuple[str, str]:
        """What happened in English, and who put it so, as `english` says: several columns ask."""
        return self.english(None, self.story)

    def english(self, message_id: UUID | None, original: str) -> tuple[str, str]:
        """Return a text in English and who put it so: "original", "person", "machine", or "" where nobody did yet."""
        found = self.translated.get(message_id)
        if found is None or found.stage == Passage.Stage.UNNEEDED:
            return original, "original" if original else ""
        if found.sealed is None or not self.parts:
            return "", ""
        place = translation_place(found.id, found.version)
        return str(vault.open_sealed(found.sealed, key=self.key, place=place)), found.origin

    @cached_property
    def messages(self) -> list[Said]:
        """What the resident and the agency wrote to each other, the oldest first."""
        if not self.parts:
            return []
        rows = self.report.messages.all()
        return [Said(row.pk, row.from_agency, local(row.at), words_of(row, self.key)) for row in rows]


def _in_force(passage: Passage) -> Translated:
    row = next((row for row in passage.translations.all() if row.version == passage.version), None)
    put = (row.sealed, row.origin) if row else ()
    return Translated(passage.pk, passage.source, passage.stage, passage.version, *put)


def read(ids: list[UUID], needs: Iterable[str]) -> Iterator[Source]:
    """Yield reports by their ids in the order of these with what their columns need, some of them read at a time."""
    rows = _rows(set(needs))
    for begin in range(0, len(ids), BATCH):
        some = rows.filter(pk__in=ids[begin : begin + BATCH]).order_by("pk")
        yield from map(Source, _with_catalogue(list(some)))


def _rows(wanted: set[str]) -> QuerySet[Report]:
    rows = Report.objects.all()
    if wanted & {DOCUMENT, TEXTS, MESSAGES}:
        # Its terms are as large as itself, and no column asks for them.
        rows = rows.select_related("document", "sealing_key").defer("document__terms")
    versions = Prefetch("translations", queryset=Translation.objects.order_by("version"))
    passages = Prefetch("passages", queryset=Passage.objects.prefetch_related(versions))
    also: dict[str, Any] = {FACTS: "facts", TEXTS: passages, MESSAGES: "messages"}
    return rows.prefetch_related(*(also[need] for need in sorted(wanted & also.keys())))


def _with_catalogue(reports: list[Report]) -> list[Report]:
    """Give reports their types and areas, one object for all that share it: a type has its texts in every language."""
    types = ReportType.objects.select_related("offence").in_bulk({report.report_type_id for report in reports})
    areas = Area.objects.select_related("bureau").in_bulk({report.area_id for report in reports if report.area_id})
    for report in reports:
        report.report_type = types[report.report_type_id]
        report.area = areas[report.area_id] if report.area_id else None
    return reports
