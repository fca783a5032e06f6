"""What residents write and choose: the story, a bias, screening, extra questions."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports import terms
from reports.models import ExtraQuestion, ReportType, ScreeningQuestion
from reports.sections import SECTIONS, sections_of
from reports.sections.base import document_of
from reports.sections.screening import stopper_for
from tests.reports.sections.conftest import ANONYMOUS, PLAIN, kind, many, shown
from tests.resident import ANSWERS, SCREENING, STORY

BIAS = {"motivations": ["14"], "acts": ["words"], "target": "me"}
TYPED = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"), min_size=1, max_size=80)


# --- The story -------------------------------------------------------------------
def test_a_story_is_kept_as_it_was_typed(document) -> None:
    story = f"  {STORY}\n\n\tسرقت سيارتي — ឡានខ្ញុំ\n"
    part = document("narrative", story=story)
    assert part == {"story": story}
    assert shown("narrative", part) == [("What happened", story, False)]
    assert list(SECTIONS["narrative"].terms(part)) == list(terms.words(story))


@pytest.mark.parametrize("story", ["", "   ", "\n\t\n"])
def test_a_story_needs_words(errors, story: str) -> None:
    assert list(errors("narrative", story=story)) == ["story"]


def test_a_story_has_room(errors) -> None:
    assert errors("narrative", story="x" * 20_000) == {}
    assert list(errors("narrative", story="x" * 20_001)) == ["story"]


def test_a_line_end_counts_as_one_letter_as_the_browser_counts_it(document, errors) -> None:
    """A browser lets 20,000 letters be typed, counts a line's end as one and sends it as two."""
    assert errors("narrative", story="x\r\n" * 10_000) == {}
    assert document("narrative", story=" a\r\n\r\nb\rc\n") == {"story": " a\n\nb\nc\n"}


def test_the_types_prompts_stand_beside_the_box(form) -> None:
    assert form("narrative").fields["story"].help_text == kind(PLAIN).guidance


# --- A bias -------------------------------------------------------------------------
def test_each_group_is_counted(document) -> None:
    part = document("bias", ANONYMOUS, **(BIAS | {"motivations": ["14", "21"], "words": "a slur"}))
    assert [(fact.kind, fact.code) for fact in SECTIONS["bias"].facts(part)] == [("bias", "14"), ("bias", "21")]
    assert list(SECTIONS["bias"].terms(part)) == list(terms.words("a slur"))
    assert [label for label, _value, _personal in shown("bias", part)] == [
        "Aimed at",
        "What was done",
        "Target",
        "Words or signs used",
    ]


def test_not_sure_stands_alone(errors) -> None:
    assert errors("bias", ANONYMOUS, **(BIAS | {"motivations": ["99"]})) == {}
    assert errors("bias", ANONYMOUS, **(BIAS | {"motivations": ["99", "14"]})) == {
        "motivations": ["Choose either “not sure” or the groups that fit, not both."]
    }


@pytest.mark.parametrize("missing", ["motivations", "acts", "target"])
def test_all_but_the_words_is_needed(errors, missing: str) -> None:
    typed = {name: value for name, value in BIAS.items() if name != missing}
    assert list(errors("bias", ANONYMOUS, **typed)) == [missing]


@pytest.mark.parametrize(("field", "value"), [("motivations", ["1"]), ("acts", ["dancing"]), ("target", "moon")])
def test_what_is_not_on_the_list_is_refused(errors, field: str, value: Any) -> None:
    assert list(errors("bias", ANONYMOUS, **(BIAS | {field: value}))) == [field]


# --- Screening ---------------------------------------------------------------------
@pytest.mark.parametrize("slug", SCREENING)
def test_each_stopping_answer_stops_and_no_other(db: None, slug: str) -> None:
    report_type = kind(slug)
    assert stopper_for(report_type, SCREENING[slug]) is None
    for question in ScreeningQuestion.objects.filter(report_type=report_type):
        stopping = "yes" if question.stops_on else "no"
        assert SCREENING[slug][question.key] != stopping
        assert stopper_for(report_type, SCREENING[slug] | {question.key: stopping}) == question.stopper


def test_the_first_stopping_answer_counts(db: None) -> None:
    answers = SCREENING[PLAIN] | {"firearm": "yes", "happening-now": "yes"}
    assert stopper_for(kind(PLAIN), answers).key == "emergency"


def test_every_question_needs_an_answer(errors) -> None:
    assert list(errors("screening")) == list(SCREENING[PLAIN])
    assert list(errors("screening", **(SCREENING[PLAIN] | {"firearm": "maybe"}))) == ["firearm"]


def test_screening_is_shown_question_by_question(document) -> None:
    lines = shown("screening", document("screening", **SCREENING[PLAIN]))
    assert [value for _label, value, _personal in lines] == ["No", "Yes", "No", "No", "No", "No", "No"]
    assert lines[1][0] == "Did it happen in Los Angeles?"


# --- Extra questions --------------------------------------------------------------
@pytest.fixture
def asking(db: None) -> ReportType:
    """A type that asks one question of each kind."""
    report_type = ReportType.objects.create(slug="asking", name="Asking", summary="x", sections=[{"key": "narrative"}])
    for position, each in enumerate(ExtraQuestion.Kind):
        question = ExtraQuestion.objects.create(
            report_type=report_type,
            key=f"a-{each}",
            label=f"Which {each}?",
            kind=each,
            position=position,
            required=each == ExtraQuestion.Kind.NUMBER,
            is_personal=each == ExtraQuestion.Kind.TEXT,
        )
        if each == ExtraQuestion.Kind.CHOICE:
            question.choices.create(value="red", label="Red one")
    return report_type


def questions(report_type: ReportType, **typed: str) -> Any:
    return SECTIONS["questions"].form(many(typed), report_type=report_type)


def test_each_kind_of_answer_is_kept_and_shown(asking: ReportType) -> None:
    typed = {"a-text": "left", "a-choice": "red", "a-number": "7", "a-date": "2026-03-02"}
    filled = questions(asking, **typed)
    assert filled.is_valid(), filled.errors
    part = document_of(filled)
    assert part == {"type": asking.pk, "a-text": "left", "a-choice": "red", "a-number": 7, "a-date": "2026-03-02"}
    assert shown("questions", part) == [
        ("Which text?", "left", True),
        ("Which choice?", "Red one", False),
        ("Which number?", "7", False),
        ("Which date?", "March 2, 2026", False),
    ]


def test_zero_is_an_answer(asking: ReportType) -> None:
    filled = questions(asking, **{"a-number": "0"})
    assert filled.is_valid()
    assert document_of(filled) == {"type": asking.pk, "a-number": 0}
    assert shown("questions", document_of(filled)) == [("Which number?", "0", False)]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "a-number"),
        ({"a-number": "-1"}, "a-number"),
        ({"a-number": "many"}, "a-number"),
        ({"a-number": "1", "a-choice": "blue"}, "a-choice"),
        ({"a-number": "1", "a-date": "soon"}, "a-date"),
        ({"a-number": "1", "a-text": "x" * 2001}, "a-text"),
    ],
)
def test_nonsense_is_named_beside_its_question(asking: ReportType, typed: dict[str, str], field: str) -> None:
    assert list(questions(asking, **typed).errors) == [field]


def test_answers_outlive_their_type_as_personal_lines(asking: ReportType) -> None:
    assert shown("questions", {"type": 10**9, "a-text": "left"}) == [("a-text", "left", True)]


# --- The steps of a type -------------------------------------------------------------
def test_the_steps_of_each_type_stand_in_its_order(db: None) -> None:
    for slug, answers in ANSWERS.items():
        assert [section.key for section in sections_of(kind(slug))] == ["screening", *answers]


def test_questions_come_before_the_story_and_screening_first(asking: ReportType) -> None:
    assert [section.key for section in sections_of(asking)] == ["questions", "narrative"]


def test_an_unknown_section_of_a_type_is_passed_over(asking: ReportType) -> None:
    asking.sections = [{"key": "crystal-ball"}, {"key": "narrative"}]
    assert [section.key for section in sections_of(asking)] == ["questions", "narrative"]


def test_every_section_has_words_for_its_page(db: None) -> None:
    for key, section in SECTIONS.items():
        assert section.key == key
        assert str(section.title)
        assert str(section.lead).endswith((".", "?")), key


def test_a_step_asks_the_catalogue_from_memory(form) -> None:
    report_type = form("where").report_type
    with CaptureQueriesContext(connection) as captured:
        SECTIONS["bias"].form(report_type=report_type)
        SECTIONS["where"].form(report_type=report_type)
    assert len(captured) == 0


# --- Nothing typed is lost -------------------------------------------------------------
HERE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)


@HERE
@given(TYPED.filter(str.strip))
def test_every_story_comes_back(document, story: str) -> None:
    assert shown("narrative", document("narrative", story=story)) == [("What happened", story, False)]


@HERE
@given(TYPED.filter(str.strip), TYPED.filter(str.strip))
def test_every_address_comes_back(document, address: str, detail: str) -> None:
    lines = shown("where", document("where", address=address, detail=detail))
    assert [value for _label, value, _personal in lines][:2] == [address.strip(), detail.strip()]


@HERE
@given(TYPED.filter(str.strip), TYPED.filter(str.strip))
def test_every_name_comes_back(document, name: str, times: str) -> None:
    part = document("person", part="myself", name=name, email="ana@example.org", safe_times=times)
    values = {label: value for label, value, _personal in shown("person", part)}
    assert (values["Your name"], values["Safe times"]) == (name.strip(), times.strip())
