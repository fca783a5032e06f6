"""One report as the columns of an export read it: its row, what was sealed of it, and its translations.

What a column needs is opened at the first look, so that an export without personal data opens nothing.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Prefetch, QuerySet

from reports import vault
from reports.documents import opened, words_of
from reports.models import Area, Message, Passage, Report, ReportType, Translation
from reports.translating.passages import translated

# What a column may need beside the report's own row.
FACTS, DOCUMENT, TEXTS, MESSAGES = "facts", "document", "texts", "messages"


class Source:
    """A report to be exported. What cannot be opened any more is empty, and `is_closed` says so."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.is_closed = False

    @cached_property
    def parts(self) -> dict[str, Any]:
        """The parts of the sealed document by section; none where it was shredded or does not open."""
        try:
            return opened(self.report)
        except (vault.CannotOpen, ObjectDoesNotExist):
            self.is_closed = True
            return {}

    @cached_property
    def passages(self) -> dict[UUID | None, Passage]:
        """What there is in two languages, by the message's id; the narrative under None."""
        return {passage.message_id: passage for passage in self.report.passages.all()}

    @property
    def story(self) -> str:
        """What happened, as it was written."""
        return str(self.parts.get("narrative", {}).get("story", ""))

    @cached_property
    def story_in_english(self) -> tuple[str, str]:
        """What happened in English, and who put it so, as `english` says: several columns ask."""
        return self.english(None, self.story)

    def english(self, message_id: UUID | None, original: str) -> tuple[str, str]:
        """Return a text in English and who put it so: "original", "person", "machine", or "" where nobody did yet."""
        passage = self.passages.get(message_id)
        if passage is None or passage.stage == Passage.Stage.UNNEEDED:
            return original, "original" if original else ""
        in_force = next((row for row in passage.translations.all() if row.version == passage.version), None)
        if in_force is None or not self.parts:
            return "", ""
        in_force.passage = passage
        return translated(in_force, self.report.sealing_key.unwrap()), in_force.origin

    @cached_property
    def messages(self) -> list[tuple[Message, str]]:
        """What the resident and the agency wrote to each other, the oldest first."""
        if not self.parts:
            return []
        key = self.report.sealing_key.unwrap()
        return [(message, words_of(message, key)) for message in self.report.messages.all()]


def read(rows: QuerySet[Report], needs: Iterable[str]) -> list[Source]:
    """Return reports with what their columns need, in a fixed number of statements."""
    wanted = set(needs)
    if wanted & {DOCUMENT, TEXTS, MESSAGES}:
        # Its terms are as large as itself, and no column asks for them.
        rows = rows.select_related("document", "sealing_key").defer("document__terms")
    versions = Prefetch("translations", queryset=Translation.objects.order_by("version"))
    passages = Prefetch("passages", queryset=Passage.objects.prefetch_related(versions))
    also: dict[str, Any] = {FACTS: "facts", TEXTS: passages, MESSAGES: "messages"}
    rows = rows.prefetch_related(*(also[need] for need in sorted(wanted & also.keys())))
    return [Source(report) for report in _with_catalogue(list(rows))]


def _with_catalogue(reports: list[Report]) -> list[Report]:
    """Give reports their types and areas, one object for all that share it: a type has its texts in every language."""
    types = ReportType.objects.select_related("offence").in_bulk({report.report_type_id for report in reports})
    areas = Area.objects.select_related("bureau").in_bulk({report.area_id for report in reports if report.area_id})
    for report in reports:
        report.report_type = types[report.report_type_id]
        report.area = areas[report.area_id] if report.area_id else None
    return reports
