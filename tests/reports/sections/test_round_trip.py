"""Whatever a form takes comes out again at every end, for each section alike: nothing that was typed is lost."""

import io
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from accounts.models import Role, User
from reports import vault
from reports.models import ReportType
from reports.sections import SECTIONS
from reports.sections.base import document_of
from tests.outputs import exported, file, in_lines, missing, on_the_desk, on_the_paper, printed
from tests.reports.paper.samples import HOSTILE, OTHER_SCRIPTS, SENTENCES
from tests.reports.sections.conftest import CASES, EVERYTHING, ask, case_name
from tests.resident import Resident
from tests.typing_in import Raw, bound, choices_of, fill, gathered, plain, to_be_seen

MOST_ROWS = 3
ZEROS = "0٠۰०০๐០０"
FIXTURES = [HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much, HealthCheck.too_slow]
OFTEN = settings(suppress_health_check=FIXTURES, max_examples=15, deadline=None)
# Each example is a whole report, so a failing one is shown as it was found.
WHOLE = settings(OFTEN, max_examples=5, phases=[Phase.explicit, Phase.reuse, Phase.generate])


# --- What can be typed, told from a field -------------------------------------------
def in_digits(text: str, zero: str) -> str:
    """Return a number written with the digits that begin with `zero`."""
    return "".join(chr(ord(zero) + int(letter)) if letter.isascii() and letter.isdigit() else letter for letter in text)


def written(numbers: st.SearchStrategy[Any], to_text: Callable[[Any], str] = str) -> st.SearchStrategy[str]:
    """Write each with the digits of some script."""
    return st.builds(in_digits, numbers.map(to_text), st.sampled_from(ZEROS))


LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
PHRASES = st.sampled_from([*SENTENCES.values(), *OTHER_SCRIPTS, *HOSTILE, "a\r\nb", "=1+1", "<b>bold</b> &amp;"])


def texts(field: Any) -> st.SearchStrategy[str]:
    """Write anything that fits, in any script."""
    most = min(field.max_length or 200, 200)
    either = st.text(LETTERS, max_size=most) | PHRASES.map(lambda text: text[:most])
    return either.filter(lambda text: takes(field, text))


def takes(field: forms.Field, text: str) -> bool:
    """Tell whether a field by itself has nothing against a text."""
    try:
        field.clean(text)
    except ValidationError:
        return False
    return True


# What a form wants of a field beyond what the field says.
OF_THEIR_OWN = {
    "phone": written(st.from_regex(r"\+?[0-9]{5,15}( ext\. [0-9]{1,4})?", fullmatch=True)),
    "last_digits": written(st.from_regex(r"[*x ]{0,8}[0-9]{1,4}", fullmatch=True)),
    "latitude": written(st.decimals(-90, 90, places=5)),
    "longitude": written(st.decimals(-180, 180, places=5)),
}


ODD_SUMS = ["0", "-0", "007", "1,000.50", "1.000,50"]
SUMS = written(st.decimals(0, Decimal("9999999999.99"), places=2)) | st.sampled_from(ODD_SUMS)
MINUTES = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
# The first that fits counts: a field for sums is one for numbers, too.
KINDS: list[tuple[type[forms.Field], Callable[[Any], st.SearchStrategy[str]]]] = [
    (forms.ChoiceField, lambda field: st.sampled_from([value for value, _label in choices_of(field)])),
    (forms.DateField, lambda field: written(st.dates(date(1950, 1, 1), timezone.localdate()), date.isoformat)),
    (forms.TimeField, lambda field: written(MINUTES, time.isoformat)),
    (forms.DecimalField, lambda field: SUMS),
    (forms.IntegerField, lambda field: written(st.integers(field.min_value, min(field.max_value, 10**9)))),
    (forms.EmailField, lambda field: st.emails().filter(lambda text: takes(field, text))),
    (forms.CharField, texts),
]


def typed_into(name: str, field: Any) -> st.SearchStrategy[str]:
    """Return what one value of a field can be."""
    if name in OF_THEIR_OWN:
        return OF_THEIR_OWN[name]
    return next(make(field) for kind, make in KINDS if isinstance(field, kind))


def answer_to(draw: Callable[[Any], Any], name: str, field: Any) -> list[str]:
    """Draw what is typed into a field: one value, several, or none where none is needed."""
    if isinstance(field, forms.FileField) or (not field.required and draw(st.booleans())):
        return []
    if isinstance(field, forms.BooleanField):
        return ["on"]
    one = typed_into(name, field)
    if isinstance(field, forms.MultipleChoiceField):
        return draw(st.lists(one, min_size=1, max_size=4, unique=True))
    return [draw(one)]


@st.composite
def filled(draw: Any, key: str, report_type: ReportType) -> Raw:
    """Fill a section's form in."""
    rows = draw(st.integers(1, MOST_ROWS))
    return fill(SECTIONS[key], report_type, lambda name, field: answer_to(draw, name, field), rows=rows)


# --- From the form to the lines that every output shows ---------------------------------
@pytest.mark.parametrize("case", CASES, ids=case_name)
@OFTEN
@given(data=st.data())
def test_every_answer_is_sealed_and_shown(db: None, case: tuple[str, dict[str, Any]], data: Any) -> None:
    section = SECTIONS[case[0]]
    report_type = asked_by(case)
    form = bound(section, report_type, data.draw(filled(section.key, report_type)))
    assume(form.is_valid())
    part = document_of(form) | ({"each": []} if section.key == "files" else {})
    key, place = vault.loose_key(), vault.Place("report", "document", "x")
    assert vault.open_sealed(vault.seal(part, key=key, place=place), key=key, place=place) == part
    assert missing(to_be_seen(form), in_lines(list(section.lines(part)))) == []
    assert all(isinstance(term, str) for term in section.terms(part))
    section.columns(part)
    section.facts(part)


COUNTED = (forms.DateField, forms.TimeField, forms.IntegerField)


@pytest.mark.parametrize("case", CASES, ids=case_name)
def test_days_and_numbers_are_understood_in_every_scripts_digits(db: None, case: tuple[str, dict[str, Any]]) -> None:
    report_type, section = asked_by(case), SECTIONS[case[0]]

    def part(zero: str) -> Any:
        def typed(name: str, field: Any) -> list[str]:
            return [in_digits(text, zero) if isinstance(field, COUNTED) else text for text in plain(name, field)]

        form = bound(section, report_type, fill(section, report_type, typed))
        assert form.is_valid(), (zero, form.errors)
        return document_of(form)

    parts = [part(zero) for zero in ZEROS]
    assert parts == parts[:1] * len(ZEROS)


def asked_by(case: tuple[str, dict[str, Any]]) -> ReportType:
    """Return a type that asks the one section; a database that hypothesis has not emptied keeps it."""
    slug = case_name(case).replace("_", "-")
    found = ReportType.objects.filter(slug=f"only-{slug}").first()
    return found or ask(f"only-{slug}", [case])


# --- Through the whole portal -------------------------------------------------------------
@pytest.fixture
def chief(staff: Callable[..., User]) -> User:
    """A supervisor of the whole city."""
    return staff("chief", Role.SUPERVISOR, citywide=True)


@WHOLE
@given(data=st.data())
def test_every_answer_reaches_every_output(everything: ReportType, chief: User, at_desk: Any, data: Any) -> None:
    raws, wanted = {}, []
    for key, section in SECTIONS.items():
        raw = plain_screening(everything) if key == "screening" else data.draw(filled(key, everything), label=key)
        form = bound(section, everything, raw)
        assume(form.is_valid())
        raws[key] = raw
        wanted += to_be_seen(form)
    resident = Resident()
    filed = file(resident, EVERYTHING, raws)
    assert missing(wanted, filed.checked) == []
    assert missing(wanted, on_the_desk(at_desk(chief), filed.report)) == []
    assert missing(printed(wanted), on_the_paper(filed.report)) == []
    assert missing(wanted, [gathered(cell) for cell in exported(filed.report)]) == []
    paper = resident.client.get(resident.url("paper:copy", filed.draft)).content
    assert len(PdfReader(io.BytesIO(paper)).pages) >= 1


def plain_screening(report_type: ReportType) -> Raw:
    """Answer so that nothing stops the report."""
    return {question.key: ["yes"] for question in report_type.screening.all()}
