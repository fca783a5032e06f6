"""The quick way for columns of what was sealed says what the other way says, letter by letter."""

import pytest
from django.utils import translation

from accounts.models import User
from reports import vault
from reports.documents import keep_message
from reports.export import formats, sealed, source
from reports.export.columns import Column
from reports.export.table import COLUMNS
from reports.models import Document, Export, Passage, Report, ReportKey, ReportType
from reports.remembering import remembering
from reports.sections import SECTIONS
from reports.sections.base import document_of
from reports.translating.actions import write
from tests.desk import another
from tests.reports.export.conftest import local
from tests.reports.sections.conftest import everything  # noqa: F401 (a fixture)
from tests.reports.sections.test_naughty import accepted
from tests.resident import Resident
from tests.typing_in import NAUGHTY

PICKED = [column for column in COLUMNS.values() if column.sql or column.personal]
# Some of each part of the list, and what a spreadsheet would run.
SOME = [*NAUGHTY[::97], "=1+1", "\u202eright", "x" * 300]


def both(columns: list[Column], ids: list[object]) -> tuple[list[object], list[object]]:
    """Return cells and misfits of both ways, the quick one remembering its labels as an export does."""
    told = []
    with translation.override("en"):
        slow = source.read(ids, frozenset().union(*(column.needs for column in columns)))
        told.append(_cells(columns, slow))
        with remembering():
            told.append(_cells(columns, sealed.read(columns, ids)))
    return told[0], told[1]


def _cells(columns: list[Column], sources: object) -> list[object]:
    misfits: list[list[str]] = []
    return [*([str(cell) for cell in formats.values(columns, each, misfits)] for each in sources), misfits]


def seal(report: Report, parts: dict[str, object]) -> None:
    """Give a report a document under a key of its own."""
    place = ReportKey(report=report).place
    key = vault.new_data_key(place=place)
    ReportKey.objects.create(report=report, wrapped=key.wrapped, wrapped_by=key.wrapped_by)
    whole = vault.seal({"sections": parts}, key=key, place=report.place("document"))
    Document.objects.create(report=report, sealed=whole)


def test_every_section_with_naughty_strings(march: Report, everything: ReportType) -> None:  # noqa: F811
    for number, text in enumerate(SOME):
        parts = {
            key: document_of(accepted(section, everything, text)) | ({"each": []} if key == "files" else {})
            for key, section in SECTIONS.items()
        }
        seal(another(march, dr_number=f"26-{number}", area=None if number % 2 else march.area), parts)
    Report.objects.filter(dr_number="26-0").update(dr_number="=2+2")
    slow, quick = both(PICKED, sorted(Report.objects.values_list("pk", flat=True)))
    assert len(quick) == len(SOME) + 2
    assert quick == slow


def test_words_in_two_languages_and_what_does_not_open(march: Report, olga: User, staff) -> None:
    mei = staff("mei", "translator", languages=["es"])
    spanish, _waiting, unneeded = (Resident("es").file("lost-property").report for _number in range(3))
    write(passage_id=spanish.passages.get(message=None).pk, words="Broken.", version=0, by=mei)
    unneeded.passages.update(stage=Passage.Stage.UNNEEDED, source="en")
    for words, from_agency in (("¿Dónde?", False), ("=1", False), ("Where?", True)):
        keep_message(spanish, text=words, from_agency=from_agency, at=local("2026-03-08T03:00"), by=olga)
    message = spanish.messages.filter(from_agency=False).first()
    passage = Passage.objects.create(
        report=spanish, message=message, source="es", target="en", asked_at=local("2026-03-08T03:00")
    )
    write(passage_id=passage.pk, words="Where is it?", version=0, by=mei)
    shredded, moved, purged, empty = (another(march, dr_number=f"26-{number}") for number in range(4))
    for report in (shredded, moved, purged):
        seal(report, {"narrative": {"story": "x"}})
    shredded.sealing_key.delete()
    Document.objects.filter(report=moved).update(sealed=march.document.sealed)
    Report.objects.filter(pk=purged.pk).update(purged_at=local("2026-04-01T00:00"))
    slow, quick = both(PICKED, sorted(Report.objects.values_list("pk", flat=True)))
    assert quick == slow
    assert sorted(row[0] for row in quick[-1]) == sorted([shredded.reference, moved.reference, empty.reference])
    assert "Where is it?" in str(quick)


def test_plain_columns_open_nothing(march: Report) -> None:
    ReportKey.objects.all().delete()
    plain = [column for column in PICKED if column.sql]
    slow, quick = both(plain, [march.pk])
    assert (quick, quick[-1]) == (slow, [])


def test_only_plain_columns_before_personal_ones_are_read_so() -> None:
    assert sealed.can_read(PICKED)
    assert not sealed.can_read([COLUMNS["section_where"], COLUMNS["reference"]])
    assert not sealed.can_read([COLUMNS["reference"], COLUMNS["nibrs_9"]])


@pytest.mark.parametrize("kind", ["csv", "xlsx", "jsonl"])
def test_a_part_ends_before_its_words_take_too_much_memory(march: Report, made, monkeypatch, kind: str) -> None:
    monkeypatch.setattr(formats, "MOST_BYTES", 100)
    for number in range(2):
        another(march, dr_number=f"{number:09}")
    export = made(kind=Export.Format(kind), preset="everything")
    assert (export.state, export.rows, export.parts.filter(kind="rows").count()) == ("ready", 3, 3)


@pytest.mark.parametrize("count", [1, 30])
def test_it_takes_the_same_statements_however_many_reports(
    march: Report, django_assert_num_queries, count: int
) -> None:
    for number in range(count - 1):
        another(march, dr_number=f"{number:09}")
    ids = list(Report.objects.values_list("pk", flat=True))
    with django_assert_num_queries(3):
        assert len(list(sealed.read(PICKED, ids))) == count
