"""What the resident believes a hate incident was about. An officer, never the filer, decides what it is in law."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.db import models

from reports import terms
from reports.catalogue import live
from reports.models import CodedFact, CodeTable, ReportType
from reports.remembering import gettext_lazy as _
from reports.remembering import said
from reports.sections.base import Document, Line, LongText, Section, SectionForm, worded
from reports.sections.composed import Fields


class Act(models.TextChoices):
    """What was done. A suggested list; several may be chosen."""

    WORDS = "words", _("Insults or slurs")
    GESTURE = "gesture", _("A gesture or sign")
    FLYER = "flyer", _("A flyer, poster or sticker")
    ONLINE = "online", _("Something posted online")
    CALL = "call", _("A call or message")
    REFUSAL = "refusal", _("Being refused service")
    FOLLOWING = "following", _("Being followed or watched")
    GRAFFITI = "graffiti", _("Writing or drawing on a wall or thing")
    OTHER = "other", _("Something else")


class Target(models.TextChoices):
    """Whom or what it was aimed at."""

    ME = "me", _("Me")
    PERSON = "person", _("Another person")
    GROUP = "group", _("A group of people")
    PLACE = "place", _("A place, like a temple, school or shop")


class BiasForm(SectionForm):
    """Which people it was aimed at, what was done, to whom, and the words or signs used."""

    motivations = forms.MultipleChoiceField(
        label=_("Who do you think it was aimed at?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose all that fit. If you are not sure, choose what feels closest."),
    )
    acts = forms.MultipleChoiceField(
        label=_("What was done?"),
        choices=Act.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose all that fit."),
    )
    target = forms.ChoiceField(label=_("Who or what was the target?"), choices=Target.choices, widget=forms.RadioSelect)
    words = LongText(
        label=_("Which words or signs were used?"),
        required=False,
        max_length=2000,
        rows=3,
        help_text=_("You do not have to repeat them. Write only what you want to."),
    )

    @classmethod
    def compose(cls, fields: Fields, report_type: ReportType) -> None:
        """Offer the groups."""
        fields["motivations"].choices = _grouped(live.codes(CodeTable.BIAS, offered_only=True))

    def clean_motivations(self) -> list[str]:
        """Refuse "not sure" together with a choice: each of the two says the other is wrong."""
        chosen = self.cleaned_data["motivations"]
        codes = [live.code(CodeTable.BIAS, code) for code in chosen]
        if len(codes) > 1 and any(code.is_exclusive for code in codes if code):
            raise forms.ValidationError(_("Choose either “not sure” or the groups that fit, not both."))
        return chosen


def _grouped(codes: list[Any]) -> list[tuple[Any, list[tuple[str, str]]]]:
    """Return choices under the heading of their category, in the catalogue's order."""
    groups = []
    for category, members in groupby(codes, key=lambda code: code.category):
        heading = live.code(CodeTable.CATEGORY, category)
        groups.append((heading.wording if heading else category, [(code.code, code.wording) for code in members]))
    return groups


def facts(document: Document) -> list[CodedFact]:
    """Return one counted bias for each choice."""
    return [CodedFact(kind=CodedFact.Kind.BIAS, code=code) for code in document["motivations"]]


def lines(document: Document) -> Iterator[Line]:
    """Show the choices in words, and the words used."""
    codes = (live.code(CodeTable.BIAS, code) for code in document["motivations"])
    yield Line(_("Aimed at"), ", ".join(worded(code) for code in codes if code))
    yield Line(_("What was done"), ", ".join(said(Act(act).label) for act in document["acts"]))
    yield Line(_("Target"), said(Target(document["target"]).label))
    if "words" in document:
        yield Line(_("Words or signs used"), document["words"])


def search_terms(document: Document) -> Iterator[str]:
    """Find the report by the words that were used."""
    yield from terms.words(document.get("words", ""))


SECTION = Section(
    key="bias",
    title=_("What was this about?"),
    lead=_("You do not have to decide if it was a crime. We will look at that."),
    form=BiasForm,
    lines=lines,
    facts=facts,
    terms=search_terms,
)
