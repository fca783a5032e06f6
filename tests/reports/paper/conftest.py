"""Papers as their readers get them."""

import io

import pytest
from pypdf import PdfReader

from reports.models import Report
from tests.resident import ANSWERS, STORY, Resident

# A reader of a PDF hands out letters as they are painted, so the Persian end of the story comes back reversed.
TOLD = STORY.split("شیشه")[0].strip()


def text_of(paper: bytes) -> str:
    """Return the text that a reader of the PDF would copy, its lines joined: where they end is the layout's affair."""
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(paper)).pages)


@pytest.fixture
def told(resident: Resident):
    """File a lost property with a story of one's own: told("...") gives the draft's id and the report."""

    def file(story: str, language: str = "en", **person: str):
        resident.language = language
        changes = {"narrative": {"story": story}, "person": ANSWERS["lost-property"]["person"] | person}
        draft = resident.answer_all("lost-property", **changes)
        resident.submit(draft)
        return draft, Report.objects.get(draft_id=draft)

    return file
