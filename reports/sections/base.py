"""What every building block of a report has in common."""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from crispy_forms.helper import FormHelper
from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import normalize_newlines

from reports.models import Area, Code, CodedFact, Draft, ReportType
from reports.remembering import gettext_lazy as _
from reports.remembering import once, said
from reports.sections import pieces
from reports.sections.composed import Fields, composed
from reports.vault import DataKey

Document = dict[str, Any]
Text = str | Promise


class Line(NamedTuple):
    """One answer as it is shown. `personal` says that officers see it masked."""

    label: Text
    value: str
    personal: bool = False


class PageForm(forms.Form):
    """A form on a page of ours: we say what is missing, in the page's language, and the page owns the form tag."""

    use_required_attribute = False

    def draw(self, name: str) -> str:
        """Return the markup of one field."""
        return pieces.draw(self, name)

    @property
    def drawn(self) -> SafeString:
        """The markup of all that it asks, in order, under what is wrong with the whole."""
        errors = render_to_string("bootstrap5/errors.html", {"form": self}) if self.non_field_errors() else ""
        return mark_safe(errors + "".join(map(self.draw, self.fields)))  # noqa: S308 (each is rendered with escaping)

    @property
    def helper(self) -> FormHelper:
        """Return crispy's settings: the page owns the form tag, the token and the buttons."""
        return page_helper(self)


class CodeField(forms.CharField):
    """A code or reference copied from paper: nothing is completed, corrected or written small."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"})


class LongText(forms.CharField):
    """A box for several lines, in any script."""

    def __init__(self, *, rows: int, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}), **kwargs)

    def to_python(self, value: Any) -> str:
        """Keep each line's end as one character, as browsers count them for `maxlength`; they send two."""
        return super().to_python(normalize_newlines(value) if value else value)


class SectionForm(PageForm):
    """One step's form. Built for a report type, so that a section may ask less or more by its options."""

    # Fields of which one or another is needed: neither required alone nor to be called optional.
    needed_together: tuple[str, ...] = ()

    def __init__(self, *args: Any, report_type: ReportType, **kwargs: Any) -> None:
        self.report_type = report_type
        own = type(self)
        self.base_fields = composed(own, report_type, lambda: own.fields_for(report_type))
        super().__init__(*args, **kwargs)

    def blank(self, *, prefix: str | None, initial: dict[str, Any]) -> "SectionForm":
        """Return such a form for the same type in which nobody typed anything."""
        return type(self)(report_type=self.report_type, prefix=prefix, initial=initial)

    @classmethod
    def fields_for(cls, report_type: ReportType) -> Fields:
        """Return new fields, fit to a type."""
        fields: Fields = copy.deepcopy(cls.base_fields)
        cls.compose(fields, report_type)
        return fields

    @classmethod
    def compose(cls, fields: Fields, report_type: ReportType) -> None:
        """Fit new fields to a type: leave out, add, fill in choices. Those of a form are shared and stay as made."""
        for name in cls.needed_together:
            fields[name].needed_together = True


class RepeatedForm(SectionForm):
    """One of several: an item, a vehicle. An empty one is no answer and no mistake, except the first."""


class RepeatedFormSet(BaseFormSet):
    """Several forms of one kind, added and removed by buttons that need no script."""

    deletion_widget = forms.HiddenInput
    default_error_messages = {
        **BaseFormSet.default_error_messages,
        "missing_management_form": _("Part of this page did not reach us. Please check it and try once more."),
    }

    # The section's key, by which a report type may say that none of them is needed: {"optional": true}.
    key = ""

    def __init__(self, *args: Any, report_type: ReportType, **kwargs: Any) -> None:
        self.report_type = report_type
        super().__init__(*args, form_kwargs={"report_type": report_type}, **kwargs)
        if report_type.section_options(self.key).get("optional"):
            self.min_num, self.validate_min, self.extra = 0, False, 1

    @property
    def documents(self) -> list[dict[str, Any]]:
        """Return the cleaned answers of the forms that were filled in and not removed."""
        kept = (form for form in self.forms if form not in self.deleted_forms)
        return [jsonable(form.cleaned_data) for form in kept if form.has_changed()]


def repeated(form: type[RepeatedForm], *, key: str, least: int, most: int) -> type[RepeatedFormSet]:
    """Return the formset class for `form` with its limits and their messages; `key` is the section's."""
    formset = formset_factory(
        form,
        formset=RepeatedFormSet,
        extra=1 if least == 0 else 0,
        min_num=least,
        max_num=most,
        absolute_max=most + 1,
        validate_min=least > 0,
        validate_max=True,
    )
    formset.key = key
    return formset


def page_helper(form: forms.Form) -> FormHelper:
    """Return crispy settings for a form inside the page's own form tag."""
    helper = FormHelper(form)
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


def jsonable(cleaned: dict[str, Any]) -> dict[str, Any]:
    """Return cleaned answers as JSON can hold them, without what was left empty. Nought is an answer."""
    plain = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in cleaned.items()}
    plain = {name: amount(value) if isinstance(value, Decimal) else value for name, value in plain.items()}
    return {name: value for name, value in plain.items() if value is not False and value not in (None, "", [])}


def amount(value: Decimal) -> str:
    """Return a sum of money in plain digits: neither 1E+5 nor -0."""
    return f"{value + 0:f}"


def document_of(form: SectionForm | RepeatedFormSet) -> Document:
    """Return a valid form's answers as they go into the sealed document."""
    if isinstance(form, RepeatedFormSet):
        return {"each": form.documents}
    return jsonable(form.cleaned_data)


def nothing(document: Document) -> Any:
    """Return nothing: the section has no part of this kind."""
    return ()


def nothing_kept(draft: Draft, key: DataKey) -> Document:
    """Return nothing: all of the section's part is typed."""
    return {}


@dataclass(frozen=True)
class Section:
    """One building block of a report: how it is asked, kept, counted, found and shown.

    `row_title` names one of a repeated section's forms. `lines` and `terms` read the section's part of the sealed
    document; `columns` gives the plain columns of the report, `facts` its counted codes (unsaved).
    """

    key: str
    title: Text
    lead: Text
    form: Callable[..., Any]
    lines: Callable[[Document], Iterator[Line]]
    columns: Callable[[Document], dict[str, Any]] = lambda document: {}
    facts: Callable[[Document], list[CodedFact]] = nothing
    terms: Callable[[Document], Iterator[str]] = nothing
    row_title: Text = ""
    # So few answers are possible that its parts are alike in many reports: no free words among them.
    is_alike: bool = False
    # May be left out altogether: nobody has to come by.
    is_optional: bool = False
    # What a report type may switch on, by `section_options`; the workshop has the words for it.
    options: tuple[str, ...] = ()
    # What of its part is kept in rows of their own instead of among the typed answers.
    kept: Callable[[Draft, DataKey], Document] = nothing_kept


def numbered(label: Text, position: int) -> str:
    """Return a heading such as "Item 2"."""
    return said(_("%(what)s %(number)d")) % {"what": said(label), "number": position}


def worded(code: Code | None) -> str:
    """Return the wording of a code in the active language, "" for none."""
    return once(_wording, code) if code else ""


def area_name(area: Area | None) -> str:
    """Return an area's name in the active language, "" for none."""
    return once(_name, area) if area else ""


def _name(area: Area) -> str:
    return area.name


def _wording(code: Code) -> str:
    return code.wording


def yes_no(value: object) -> str:
    """Return the word for a ticked or empty box."""
    return said(_("Yes") if value else _("No"))
