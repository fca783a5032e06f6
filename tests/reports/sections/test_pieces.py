"""Fields that are made once and drawn from pieces: what a resident meets is what the template would have rendered."""

import copy
from typing import Any

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test.html import parse_html
from django.utils import translation

from reports.catalogue import live
from reports.models import Code, CodeTable, ReportType
from reports.sections import SECTIONS, composed
from tests.reports.sections.conftest import CASES, ask, case_name, kind
from tests.resident import rows
from tests.typing_in import bound, choices_of, fill, forms_of

TYPED = "<b>\"x\"</b> & 'y' {{ z }} \r\n\u0633\u0644\u0627\u0645 \uf8ffvalue\uf8ff"


def fitting(_name: str, field: forms.Field) -> list[str]:
    if isinstance(field, forms.MultipleChoiceField):
        return [value for value, _label in choices_of(field)[:2]]
    if isinstance(field, forms.ChoiceField):
        return [choices_of(field)[-1][0]]
    return ["on"] if isinstance(field, forms.BooleanField) else ["34" if field.widget.is_hidden else TYPED]


def unfit(_name: str, field: forms.Field) -> list[str]:
    return ["<nonsense>", "more"] if isinstance(field, forms.MultipleChoiceField) else ["<nonsense>"]


def nothing(_name: str, _field: forms.Field) -> list[str]:
    return []


def drawn(section: str, report_type: ReportType, raw: dict[str, list[str]]) -> list[Any]:
    return [parse_html(form.drawn) for form in forms_of(bound(SECTIONS[section], report_type, raw))]


@pytest.mark.parametrize("case", CASES, ids=case_name)
def test_a_field_from_a_piece_is_the_field_from_its_template(db: None, case: tuple[str, dict[str, Any]]) -> None:
    section, report_type = case[0], ask("pieces", [case])
    # Of a type that is none of the catalogue's nothing is remembered.
    anew = copy.copy(report_type)
    for language in ("en", "fa"):
        with translation.override(language):
            for answer in (nothing, fitting, unfit, fitting):
                raw = fill(SECTIONS[section], report_type, answer, rows=2)
                assert drawn(section, report_type, raw) == drawn(section, anew, raw)


def test_a_list_is_rendered_once_whatever_is_chosen(form) -> None:
    shown = {premise: form("where", address="x", premise=premise).drawn for premise in ("13", "18", "99")}
    assert '<option value="13" selected>' in shown["13"]
    assert [each.count(" selected") for each in shown.values()] == [2, 2, 1]  # the area is "I do not know"
    # One for what is right, one for what is wrong.
    assert len([key for key in form("where").base_fields.pieces if key[0] == "premise"]) == 2


def test_no_piece_holds_what_was_typed(form) -> None:
    filled = form("items", **rows({"kind": "75", "brand": "Secret", "quantity": "Secret"}))
    assert "Secret" in filled.forms[0].drawn
    assert "Secret" not in repr(filled.forms[0].base_fields.pieces)


def test_forms_share_their_fields_and_not_which_of_them_they_ask(form) -> None:
    one, other = form("person"), form("person")
    assert one.fields["name"] is other.fields["name"]
    del one.fields["name"]
    assert "name" in other.fields
    with translation.override("ko"):
        assert form("person").fields["email"] is not other.fields["email"]


def test_a_type_that_was_changed_by_hand_shares_nothing(form) -> None:
    changed = copy.copy(kind("lost-property"))
    changed.may_be_anonymous = not changed.may_be_anonymous
    assert "anonymous" not in form("person", "lost-property").fields
    assert "anonymous" in SECTIONS["person"].form(report_type=changed).fields


def test_an_edit_of_the_catalogue_is_in_the_next_form(form) -> None:
    assert "Talking machines" not in form("items", **rows({})).forms[0].drawn
    Code.objects.filter(table=CodeTable.PROPERTY, code="75").update(label_en="Talking machines")
    live.clear()
    assert "Talking machines" in form("items", **rows({})).forms[0].drawn


def test_it_does_not_grow_without_end(form, monkeypatch) -> None:
    monkeypatch.setattr(composed, "MOST", 2)
    for section in ("when", "where", "person", "narrative"):
        form(section)
    assert len(composed._known) <= 2


def test_a_widget_is_drawn_with_classes_and_stays_as_it_is(form) -> None:
    wrong = form("when", date="never")
    text = render_to_string("bootstrap5/field.html", {"field": wrong["date"], "form_show_labels": True})
    assert 'class="dateinput form-control is-invalid"' in text
    assert wrong.fields["date"].widget.attrs == {}
