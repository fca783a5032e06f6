"""Where the answers of a report come out again: check page, officer's page, papers, export."""

import csv
import io
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from reports import csv_files
from reports.export.source import Source
from reports.export.table import columns
from reports.models import Report
from reports.paper.script import printable
from reports.paper.sheets import copy
from reports.sections.base import Line
from tests.resident import Resident
from tests.typing_in import Raw, gathered, left_in_boxes, shown_on


@dataclass(frozen=True)
class Filed:
    """A report on its way: its draft, what stood in the boxes of each step opened again, and the check page."""

    draft: UUID
    report: Report
    boxes: dict[str, list[str]]
    checked: list[str]


def file(resident: Resident, slug: str, raws: dict[str, Raw], *, going_back: bool = False) -> Filed:
    """Type every step, open each once more if one goes back, look at the check page and send."""
    draft = resident.begin(slug)
    for step, raw in raws.items():
        answer = resident.fill(draft, step, raw)
        assert answer.status_code == 302, (step, answer.context["form"].errors)
    pages = {step: resident.url("intake:step", draft, step) for step in raws} if going_back else {}
    boxes = {step: left_in_boxes(resident.client.get(url).text) for step, url in pages.items()}
    checked = shown_on(resident.client.get(resident.url("intake:check", draft)).text)
    assert resident.submit(draft).url == resident.url("intake:sent", draft)
    report = Report.objects.select_related("document", "sealing_key").get(draft_id=draft)
    return Filed(draft, report, boxes, checked)


def on_the_desk(client: Client, report: Report) -> list[str]:
    """Return what an officer reads of the report after a reveal."""
    page = client.post(reverse("review:reveal", args=[report.pk]), {"reason": "decide"}, follow=True)
    return shown_on(page.text)


def on_the_paper(report: Report) -> list[str]:
    """Return the values that are handed to the typesetter for the resident's copy."""
    rows = [row for part in copy(report).parts for row in part.rows]
    return [gathered(" ".join(words.text for words in row.value)) for row in rows]


def printed(values: list[str]) -> list[str]:
    """Return values as paper shows them: line by line, each sign that no font draws by its name."""
    return [" ".join(map(printable, value.splitlines())) for value in values]


def letters_of(paper: bytes) -> str:
    """Return what a reader of the PDF would copy, without white space: where lines end is the layout's affair."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(paper)).pages)


def exported(report: Report) -> list[str]:
    """Return the cells of the report's line in an export, as a reader of CSV gets them."""
    source = Source(report)
    line = csv_files.line(column.value(source) for column in columns(personal=True))
    return next(csv.reader(io.StringIO(line, newline="")))


def in_lines(lines: list[Line]) -> list[str]:
    """Return the values of lines as a page shows them."""
    return [gathered(line.value) for line in lines]


def missing(wanted: list[str], found: list[str]) -> list[Any]:
    """Return what of `wanted` stands nowhere in `found`."""
    return [each for each in wanted if not any(gathered(each) in text for text in found)]
