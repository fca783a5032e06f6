"""A report with a word of its own in every field of every section, in every message, note, translation and file."""

import io
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import User
from reports import terms, vault
from reports.audit import RESIDENT
from reports.documents import opened, read_messages
from reports.hate import actions as hate
from reports.models import Passage, Report, ReportType, Sign, Verdict
from reports.processing import actions as processing
from reports.review import actions as review
from reports.review import claiming, informing, noting
from reports.sections import SECTIONS
from reports.status import actions as status
from reports.translating import actions as translating
from tests.outputs import file
from tests.reports.sections.conftest import EVERYTHING, ask
from tests.resident import Resident, with_area
from tests.typing_in import Raw, fill, has_room, is_words, plain

# Take free text, but only some.
TAKES_LITTLE = {"phone", "last_digits", "institution", "latitude", "longitude"}
# A long number would be taken for an account's.
LETTERS = str.maketrans("0123456789", "ghijklmnop")
PDF = b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Title(%s)>>endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n"


@dataclass
class Canary:
    """The report, and every word that was planted in it."""

    report: Report = field(init=False)
    access_code: str = ""
    words: list[str] = field(default_factory=list)

    def word(self, room: int | None = None) -> str:
        """Return a fresh word and remember it; at least six letters of it are its own."""
        made = f"canary{uuid4().hex.translate(LETTERS)}"[: room or 38]
        self.words.append(made)
        return made

    def typed(self, name: str, a_field: Any) -> list[str]:
        """Return what is typed into a field: a word wherever one fits, else a plain answer."""
        if isinstance(a_field, forms.EmailField):
            return [f"{self.word()}@example.org"]
        if is_words(a_field) and name not in TAKES_LITTLE and has_room(a_field, "canary123456"):
            return [self.word(a_field.max_length)]
        return plain(name, a_field)

    def everywhere(self) -> str:
        """Return all that can be opened of the report, as one text."""
        report = Report.objects.get(pk=self.report.pk)
        said = [text for _message, text in read_messages(report)]
        return repr(opened(report)) + repr(said)


def picture(words: str) -> bytes:
    """Return a picture whose camera is called by a word."""
    exif, content = Image.Exif(), io.BytesIO()
    exif[0x0110] = words
    Image.new("RGB", (60, 40), (200, 30, 30)).save(content, "JPEG", exif=exif.tobytes())
    return content.getvalue()


def plant(*, officer: User, coordinator: User, translator: User, language: str = "es") -> Canary:
    """File a report of a type that asks everything and let it live: questions, answers, notes, a classification.

    `officer` must decide in the area of number 1, `coordinator` classify there, `translator` know the language.
    """
    canary, resident = Canary(), Resident(language)
    report_type = ask(EVERYTHING, [(key, {}) for key in SECTIONS])
    raws = answers(canary, report_type)
    raws["files"] = {**raws["files"], "files": [_pdf(canary), _jpeg(canary)]}  # type: ignore[list-item]
    canary.report = file(resident, EVERYTHING, raws).report
    processing.work()
    _talk(canary, officer)
    _classify(canary, officer, coordinator)
    for passage in Passage.objects.filter(report=canary.report):
        translating.write(passage_id=passage.pk, words=canary.word(), version=0, by=translator)
    return canary


def answers(canary: Canary, report_type: ReportType) -> dict[str, Raw]:
    """Return what is typed into each step of the report, words wherever they fit; the files are not among it."""
    raws = {"screening": fill(SECTIONS["screening"], report_type, plain)}
    raws |= {
        key: fill(SECTIONS[key], report_type, canary.typed) for key in report_type.section_keys if key != "screening"
    }
    raws["where"] |= {"area": [with_area({"area": "1"})["area"]]}
    return raws


def _pdf(canary: Canary) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{canary.word()}.pdf", PDF % canary.word().encode())


def _jpeg(canary: Canary) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{canary.word()}.jpg", picture(canary.word()))


def _talk(canary: Canary, officer: User) -> None:
    report_id = canary.report.pk
    claiming.claim(report_id=report_id, by=officer)
    noting.note(report_id=report_id, text=canary.word(), by=officer)
    informing.inform(report_id=report_id, text=canary.word(), by=officer)
    review.ask(report_id=report_id, text=canary.word(), by=officer)
    report = Report.objects.get(pk=report_id)
    status.answer(report=report, text=canary.word(), by=RESIDENT)
    status.add(report=report, text=canary.word(), by=RESIDENT)
    status.contact(report=Report.objects.get(pk=report_id), email=f"{canary.word()}@example.org", by=RESIDENT)


def _classify(canary: Canary, officer: User, coordinator: User) -> None:
    report_id = canary.report.pk
    hate.escalate(report_id=report_id, signs=[Sign.THREAT], characteristics=[], note=canary.word(), by=officer)
    found = hate.Found(verdict=Verdict.NEITHER, basis=["no_bias"], note=canary.word())
    seen = hate.standing(Report.objects.get(pk=report_id)).steps
    hate.classify(report_id=report_id, seen=seen, found=found, by=coordinator)


def age(report: Report, days: int) -> None:
    """Let a decided report's decision lie back."""
    row = Report.objects.get(pk=report.pk)
    Report.objects.filter(pk=row.pk).update(decided_at=row.decided_at - timedelta(days=days))


def terms_of(words: list[str]) -> list[int]:
    """Return by which keyed terms the words would be found."""
    return vault.keyed({term for word in words for term in terms.words(word)})
