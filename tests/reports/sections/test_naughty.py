"""The Big List of Naughty Strings in every field of every section, to every output.

Each string meets each field by itself: form, sealed document, lines, search terms, check page and export. What comes
after the lines no longer knows from which field they are, so pages and papers as a whole see each string at least once.
"""

import csv
import io
from collections.abc import Callable
from contextlib import suppress
from email.message import Message as Letter
from email.utils import getaddresses
from itertools import cycle
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from pypdf import PdfReader

from accounts.models import Role, User
from reports import csv_files, vault
from reports.csv_files import safe
from reports.documents import new_message
from reports.models import Message, Notice, ReportType
from reports.notices.actions import letter
from reports.paper.script import printable, words
from reports.paper.typeset import Part, Row, Sheet, pdf
from reports.sections import SECTIONS
from reports.sections.base import Line, document_of
from reports.status.forms import AddForm, AnswerForm, ContactForm
from tests.desk import show
from tests.outputs import exported, file, in_lines, letters_of, missing, on_the_desk, on_the_paper, printed
from tests.reports.sections.conftest import CASES, EVERYTHING, ask, case_name
from tests.resident import Receipt, Resident
from tests.typing_in import (
    NAUGHTY,
    Raw,
    as_typed,
    bound,
    fill,
    forms_of,
    gathered,
    has_room,
    is_words,
    plain,
    shown_on,
    to_be_seen,
)

ONE_ROW = {"form-TOTAL_FORMS": ["1"], "form-INITIAL_FORMS": ["0"]}
# Boxes that take free text and may say no, each with the reason why.
MAY_REFUSE = {
    "phone": "too few digits for a number",
    "last_digits": "more than the last four digits",
    "institution": "looks like a whole account number",
    "note": "looks like a whole account number",
}


def test_the_list_is_whole() -> None:
    assert len(NAUGHTY) == 461


# --- Each string in each field --------------------------------------------------------
def meet(field: Any, text: str) -> bool:
    """Tell whether a string can be tried on a field: it fits in, and more than blanks is left of it."""
    return is_words(field) and has_room(field, text) and bool(as_typed(field, text).strip())


@pytest.mark.parametrize("case", CASES, ids=case_name)
def test_every_string_in_every_field_is_kept_and_shown_as_typed(db: None, case: tuple[str, dict[str, Any]]) -> None:
    section, report_type = SECTIONS[case[0]], ask("naughty", [case])
    key, place = vault.loose_key(), vault.Place("report", "document", "x")
    lines: list[Line] = []
    parts = []
    for text in NAUGHTY:
        form = accepted(section, report_type, text)
        part = document_of(form)
        shown = list(section.lines(part | ({"each": []} if section.key == "files" else {})))
        assert missing(to_be_seen(form), in_lines(shown)) == [], text
        assert all(isinstance(term, str) for term in section.terms(part))
        section.columns(part)
        section.facts(part)
        parts.append(part)
        lines += shown
    assert vault.open_sealed(vault.seal(parts, key=key, place=place), key=key, place=place) == parts
    assert [found for found in answers_in(lines) if found] == [value for value in in_lines(lines) if value]
    cells = [line.value for line in lines]
    read = next(csv.reader(io.StringIO(csv_files.line(cells), newline="")))
    assert read == [safe(cell) for cell in cells]


def accepted(section: Any, report_type: ReportType, text: str) -> Any:
    """Return the section's form with a string in every box that takes it, and plain words in those that may refuse."""

    def typed(name: str, field: Any) -> list[str]:
        return [text] if name not in refused and meet(field, text) else plain(name, field)

    refused: set[str] = set()
    form = bound(section, report_type, fill(section, report_type, typed))
    if not form.is_valid():
        refused = {name for each in forms_of(form) for name in each.errors}
        assert refused <= MAY_REFUSE.keys(), (text, form.errors)
        form = bound(section, report_type, fill(section, report_type, typed))
    assert form.is_valid(), (text, form.errors)
    return form


def answers_in(lines: list[Line]) -> list[str]:
    """Return what a reader of a check page sees of lines, in order."""
    page = render_to_string("components/summary_list.html", {"lines": lines})
    # Each answer stands in a <dd>, and in a <bdi> within.
    return shown_on(page.replace("<bdi>", "").replace("</bdi>", ""))


@pytest.mark.parametrize("case", CASES, ids=case_name)
def test_no_string_breaks_a_field_of_another_kind(db: None, case: tuple[str, dict[str, Any]]) -> None:
    """Choices, numbers, days and addresses say no to nonsense, and nothing else happens."""
    form = forms_of(bound(SECTIONS[case[0]], ask("naughty", [case]), ONE_ROW))[0]
    for field in form.fields.values():
        for text in NAUGHTY:
            with suppress(ValidationError):
                field.clean(field.widget.value_from_datadict(MultiValueDict({"x": [text]}), {}, "x"))


# --- The whole way ------------------------------------------------------------------------
@pytest.fixture
def chief(staff: Callable[..., User]) -> User:
    """A supervisor of the whole city."""
    return staff("chief", Role.SUPERVISOR, citywide=True)


def everywhere(report_type: ReportType, left: list[str]) -> dict[str, Raw]:
    """Fill every section in, each box with the first string left that it takes, and take that one away."""
    others = cycle(NAUGHTY)

    def typed(name: str, field: Any) -> list[str]:
        if not is_words(field) or name in MAY_REFUSE:
            return plain(name, field)
        fitting = next((text for text in left if meet(field, text)), None)
        if fitting is None:
            return [next(text for text in others if meet(field, text))]
        left.remove(fitting)
        return [fitting]

    return {key: fill(section, report_type, typed, rows=5) for key, section in SECTIONS.items()}


def test_every_string_goes_the_whole_way(everything: ReportType, resident: Resident, chief: User, at_desk: Any) -> None:
    left, client = [text for text in NAUGHTY if text.strip()], at_desk(chief)
    while left:
        raws = everywhere(everything, left)
        wanted = [seen for key in raws for seen in to_be_seen(judged(everything, key, raws[key]))]
        filed = file(resident, EVERYTHING, raws, going_back=True)
        assert {key: texts for key, texts in lost_from_boxes(raws, filed.boxes).items() if texts} == {}
        assert missing(wanted, filed.checked) == []
        assert missing(wanted, on_the_desk(client, filed.report)) == []
        assert missing(printed(wanted), on_the_paper(filed.report)) == []
        paper = resident.client.get(resident.url("paper:copy", filed.draft)).content
        assert paper.startswith(b"%PDF")
        assert missing(wanted, in_an_export(filed.report)) == []


def lost_from_boxes(raws: dict[str, Raw], boxes: dict[str, list[str]]) -> dict[str, set[str]]:
    """Return for each step the naughty strings that its page does not give back."""
    typed = {key: {gathered(text) for texts in raw.values() for text in texts} for key, raw in raws.items()}
    naughty = set(map(gathered, NAUGHTY)) - {"", "1", "0"}
    return {key: (texts & naughty) - set(boxes[key]) for key, texts in typed.items()}


def judged(report_type: ReportType, key: str, raw: Raw) -> Any:
    """Return a section's form, found valid."""
    form = bound(SECTIONS[key], report_type, raw)
    assert form.is_valid(), form.errors
    return form


def in_an_export(report: Any) -> list[str]:
    """Return the cells of the report's line in an export, each of them harmless."""
    cells = exported(report)
    assert all(safe(cell.removeprefix("'")) == cell or safe(cell) == cell for cell in cells)
    return [gathered(cell) for cell in cells]


# --- Further outputs ----------------------------------------------------------------------
def paper_of(texts: list[str]) -> bytes:
    """Return a paper with each text as an answer."""
    rows = [Row(words("Label", "en"), [words(line, "en") for line in text.splitlines()]) for text in texts]
    title = words("Title", "en")
    return pdf(Sheet("en", "ltr", title, title, [], title, "R-0000-0000", [], [Part(title, rows, [])]))


def test_every_string_is_set_on_paper() -> None:
    """The standard of our papers refuses a sign without a shape: that it comes at all says that none was left out."""
    assert len(PdfReader(io.BytesIO(paper_of([text for text in NAUGHTY if text]))).pages) > 5


def test_plain_letters_can_be_copied_from_the_paper_as_they_were_typed() -> None:
    """Of other strings a PDF tells which letters they hold, not in which order they are painted."""
    plainly = [text for text in NAUGHTY if text and text.isascii()]
    copied = letters_of(paper_of(plainly))
    assert [text for text in plainly if "".join(printable(text).split()) not in copied] == []


@pytest.mark.parametrize("form", [AddForm, AnswerForm])
def test_every_string_can_be_said_on_the_status_page(
    resident: Resident, receipt: Receipt, chief: User, at_desk: Any, form: Any
) -> None:
    said = []
    for text in NAUGHTY:
        typed = form({"text": text}, is_sent=True)
        assert typed.is_valid() == bool(text.strip())
        if typed.is_valid():
            assert typed.cleaned_data["text"] == text.strip()
            said.append(typed.cleaned_data["text"])
    report = receipt.report
    now = timezone.now()
    Message.objects.bulk_create(new_message(report, text=text, from_agency=False, at=now) for text in said)
    assert missing(said, shown_on(resident.come_back(receipt).text)) == []
    desk = at_desk(chief)
    # Numbers and addresses are covered until somebody asks for them.
    desk.post(reverse("review:reveal", args=[report.pk]), {"reason": "decide"})
    assert missing(said, shown_on(show(desk, report).text)) == []


INJECTIONS = [
    "ana@example.org\nBcc: all@example.org",
    "ana@example.org\r\nSubject: x",
    "ana@example.org%0aBcc:all@example.org",
    "ana@example.org,all@example.org",
    "Ana <ana@example.org>, all@example.org",
    '"a b"@example.org',
    '"\n"@example.org',
    "ana@exämple.org",
    "äna@example.org",
    "ana@example.org\u2028Bcc: all@example.org",
    "ana@[127.0.0.1]",
]


@pytest.mark.parametrize("form", ["person", "contact"])
def test_no_address_reaches_further_than_one_mailbox(receipt: Receipt, form: str) -> None:
    notice = Notice(report=receipt.report, kind=Notice.Kind.RECEIVED)
    person = bound(SECTIONS["person"], ask("naughty", [("person", {})]), {}).fields["email"]
    field: Any = ContactForm().fields["email"] if form == "contact" else person
    taken = [text for text in [*NAUGHTY, *INJECTIONS] if takes(field, text)]
    assert taken
    for text in taken:
        message: Letter = letter(notice, field.clean(text)).message()
        assert len(getaddresses([str(message["To"])])) == 1
        assert {name for name in message if name in {"Bcc", "Cc"}} == set()
        assert not any("\n" in str(value) or "\r" in str(value) for value in (message["To"], message["Subject"]))


def takes(field: Any, text: str) -> bool:
    """Tell whether a field takes a text that is not empty."""
    try:
        return bool(field.clean(text))
    except ValidationError:
        return False
