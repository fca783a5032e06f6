"""Who reports, and how to reach them. Never asks about immigration status."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.db import models

from reports import terms
from reports.models import ReportType
from reports.phones import textable
from reports.remembering import gettext_lazy as _
from reports.remembering import said
from reports.sections.base import Document, Line, Section, SectionForm, yes_no
from reports.sections.composed import Fields

FEWEST_DIGITS = 5


class Part(models.TextChoices):
    """What the filer has to do with it."""

    MYSELF = "myself", _("It happened to me")
    WITNESS = "witness", _("I saw it or know about it")
    FAMILY = "family", _("I am filing for someone in my family")
    FOR_SOMEONE = "for_someone", _("I am filing for someone else")
    COMMUNITY = "community", _("I am filing for a community group, school or place of worship")
    BUSINESS = "business", _("I am filing for a business")


class Contact(models.TextChoices):
    """How the filer would like to be reached."""

    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone call")
    TEXT = "text", _("Text message")


NO_TEXTS = _("To get text messages, give a mobile number with its area code, without an extension.")
# What a call back needs: the option {"call_back": true}.
FOR_CALL_BACK = ("name", "phone", "email", "speaks", "safe_times")


class PersonForm(SectionForm):
    """Name and a way to reach the person, or, where the type allows it, neither."""

    needed_together = (
        "name",
        "email",
        "phone",
    )

    part = forms.ChoiceField(label=_("What is your part in this?"), choices=Part.choices, widget=forms.RadioSelect)
    anonymous = forms.BooleanField(
        label=_("I do not want to give my name"),
        required=False,
        help_text=_(
            "You can leave all the boxes below empty. We may be able to do less, but we will read your report."
        ),
    )
    name = forms.CharField(
        label=_("Your name"), required=False, max_length=200, help_text=_("One name is enough, in any script.")
    )
    for_whom = forms.CharField(
        label=_("Name of the person, group or business you are filing for"), required=False, max_length=200
    )
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "tel"}),
        help_text=_("With the country code if it is not from the United States."),
    )
    texts = forms.BooleanField(
        label=_("Send me a text message when there is news"),
        required=False,
        help_text=_("It says only that there is news about a report. Your phone company may charge for it."),
    )
    contact = forms.ChoiceField(
        label=_("How should we reach you?"), required=False, choices=Contact.choices, widget=forms.RadioSelect
    )
    safe_times = forms.CharField(
        label=_("When is it safe to reach you?"),
        required=False,
        max_length=300,
        help_text=_("For example: mornings only. Leave empty if any time is fine."),
    )
    interpreter = forms.BooleanField(label=_("I would like an interpreter"), required=False)
    speaks = forms.CharField(
        label=_("Which language should we speak with you?"),
        required=False,
        max_length=100,
        help_text=_("Any language, also sign language. An interpreter costs you nothing."),
    )

    def __init__(self, *args: Any, report_type: ReportType, **kwargs: Any) -> None:
        self.is_call_back = calls_back(report_type)
        super().__init__(*args, report_type=report_type, **kwargs)

    @classmethod
    def compose(cls, fields: Fields, report_type: ReportType) -> None:
        """Leave out what the type, or the agency, does not ask."""
        super().compose(fields, report_type)
        asked = FOR_CALL_BACK if calls_back(report_type) else [name for name in fields if name != "speaks"]
        left_out = {"texts"} if not settings.SMS_BACKEND else set()
        left_out |= {"anonymous"} if not report_type.may_be_anonymous else set()
        kept = {name: fields[name] for name in asked if name not in left_out}
        fields.clear()
        fields.update(kept)
        if calls_back(report_type):
            fields["name"].needed_together = False

    def clean_phone(self) -> str:
        """Accept any way of writing a number, with extension or country code, that has digits in it."""
        phone: str = self.cleaned_data["phone"]
        if phone and len(re.findall(r"\d", phone)) < FEWEST_DIGITS:
            raise forms.ValidationError(_("This does not look like a phone number. Check the digits."))
        return phone

    def clean(self) -> dict[str, Any]:
        """Ask for a name and one way to reach the person, unless they stay unnamed."""
        cleaned = super().clean()
        if cleaned.get("anonymous"):
            kept = ("part", "anonymous", "interpreter")
            # What is set aside cannot be wrong.
            for name in self.errors.keys() - set(kept):
                del self.errors[name]
            return {name: cleaned[name] for name in kept if name in cleaned}
        if not (cleaned.get("name") or self.is_call_back or "name" in self.errors):
            self.add_error("name", _("Give a name we can call you by."))
        if not (cleaned.get("email") or cleaned.get("phone") or {"email", "phone"} & set(self.errors)):
            first = "phone" if self.is_call_back else "email"
            self.add_error(first, _("Give an e-mail or a phone number, so that we can reach you."))
        if cleaned.get("texts") and "phone" not in self.errors and not textable(cleaned.get("phone", "")):
            self.add_error("phone", NO_TEXTS)
        return cleaned


def calls_back(report_type: ReportType) -> bool:
    """Tell whether the type is the wish for a call back."""
    return bool(report_type.section_options("person").get("call_back"))


def columns(document: Document) -> dict[str, Any]:
    """Say whether the report is anonymous, whether letters are possible, and text messages possible and wished for."""
    return {
        "is_anonymous": bool(document.get("anonymous")),
        "has_email": "email" in document,
        "wants_texts": bool(document.get("texts") and textable(document.get("phone", ""))),
    }


def lines(document: Document) -> Iterator[Line]:
    """Show who files and how to reach them; all but the part they have is personal."""
    if "part" in document:
        yield Line(_("Your part in this"), said(Part(document["part"]).label))
    if document.get("anonymous"):
        yield Line(_("Your name"), said(_("Not given")))
    shown = [
        (_("Your name"), "name"),
        (_("Filing for"), "for_whom"),
        (_("E-mail"), "email"),
        (_("Phone"), "phone"),
        (_("Language to speak"), "speaks"),
        (_("Safe times"), "safe_times"),
    ]
    yield from (Line(label, document[name], personal=True) for label, name in shown if name in document)
    if "contact" in document:
        yield Line(_("Reach you by"), said(Contact(document["contact"]).label))
    if "texts" in document:
        yield Line(_("Text messages about news"), yes_no(document["texts"]))
    if "part" in document:
        yield Line(_("Interpreter"), yes_no(bool(document.get("interpreter"))))


def search_terms(document: Document) -> Iterator[str]:
    """Find the report by name, e-mail and phone."""
    yield from terms.name(f"{document.get('name', '')} {document.get('for_whom', '')}")
    yield from terms.email(document.get("email", ""))
    yield from terms.phone(document.get("phone", ""))


SECTION = Section(
    key="person",
    title=_("About you"),
    lead=_("We never ask about immigration status. An officer may contact you about this report."),
    form=PersonForm,
    lines=lines,
    columns=columns,
    terms=search_terms,
    options=("call_back",),
)
