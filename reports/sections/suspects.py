"""People who were seen and may have done it. Asked about with respect: what was seen, never what someone "is"."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db import models

from reports import terms
from reports.remembering import gettext_lazy as _
from reports.remembering import said
from reports.sections.base import Document, Line, LongText, RepeatedForm, Section, numbered, repeated

MOST = 5


class Met(models.TextChoices):
    """Whether the filer had met the person before."""

    NEVER = "never", _("No, never")
    SEEN = "seen", _("Yes, I have seen this person before")
    UNSURE = "unsure", _("I am not sure")


class Sex(models.TextChoices):
    """What the person seemed to be, by the looks of it."""

    MAN = "M", _("A man or boy")
    WOMAN = "F", _("A woman or girl")
    UNKNOWN = "U", _("I could not tell")


class Age(models.TextChoices):
    """About how old the person seemed."""

    CHILD = "0-12", _("A child, up to 12")
    TEEN = "13-17", _("13 to 17")
    YOUNG = "18-29", _("18 to 29")
    MIDDLE = "30-44", _("30 to 44")
    OLDER = "45-64", _("45 to 64")
    OLD = "65-", _("65 or older")


class Build(models.TextChoices):
    """How the person was built."""

    THIN = "thin", _("Thin")
    MEDIUM = "medium", _("Medium")
    HEAVY = "heavy", _("Heavy")
    MUSCULAR = "muscular", _("Muscular")


def _pick(label: Any, choices: type[models.TextChoices]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", _("I do not know")), *choices.choices])


class SuspectForm(RepeatedForm):
    """One person, as far as someone saw them. Every box may stay empty."""

    looks = LongText(
        label=_("What did they look like?"),
        required=False,
        max_length=1000,
        rows=3,
        help_text=_("Write only what you saw yourself. For example: hair, tattoos, glasses, how they spoke."),
    )
    clothes = forms.CharField(label=_("What did they wear?"), required=False, max_length=300)
    met = forms.ChoiceField(
        label=_("Had you seen this person before?"), required=False, choices=Met.choices, widget=forms.RadioSelect
    )
    sex = _pick(_("Who did it seem to be?"), Sex)
    age = _pick(_("About how old?"), Age)
    height = forms.CharField(
        label=_("About how tall?"), required=False, max_length=60, help_text=_("For example: taller than me, or 5'8\".")
    )
    build = _pick(_("Build"), Build)
    name = forms.CharField(
        label=_("A name or nickname, if you heard one"),
        required=False,
        max_length=200,
    )
    vehicle = forms.CharField(
        label=_("How did they come or leave?"),
        required=False,
        max_length=300,
        help_text=_("For example: on foot, on a red bicycle, in a white van."),
    )


PICKED = (("sex", Sex), ("age", Age), ("build", Build))


def lines(document: Document) -> Iterator[Line]:
    """Show each person's looks in one line, then how they moved, and the name, which is personal."""
    if not document["each"]:
        yield Line(_("People you saw"), said(_("Nobody described")))
    for position, person in enumerate(document["each"], start=1):
        facts = [said(choices(person[name]).label) for name, choices in PICKED if name in person]
        facts += [person[name] for name in ("height", "looks", "clothes") if name in person]
        yield Line(numbered(_("Person"), position), ", ".join(facts) or said(_("Not described")))
        if "met" in person:
            yield Line(_("Seen before"), said(Met(person["met"]).label))
        if "vehicle" in person:
            yield Line(_("Came or left"), person["vehicle"])
        if "name" in person:
            yield Line(_("Name or nickname"), person["name"], personal=True)


def search_terms(document: Document) -> Iterator[str]:
    """Find the report by a person's name, looks, clothes and way of moving."""
    for person in document["each"]:
        yield from terms.name(person.get("name", ""))
        yield from terms.words(" ".join(person.get(name, "") for name in ("looks", "clothes", "vehicle")))


SECTION = Section(
    key="suspects",
    title=_("Did you see anyone?"),
    lead=_("If you saw nobody, leave this empty and go on. Please do not look for the person yourself."),
    form=repeated(SuspectForm, key="suspects", least=0, most=MOST),
    lines=lines,
    row_title=_("Person"),
    terms=search_terms,
)
