"""What is typed to compose a report type. Texts in English; the other languages stand side by side at Texts."""

from datetime import date, datetime, time
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from reports.models import Area, ExtraQuestion, ReportType, ScreeningQuestion
from reports.models.catalogue import PLACEHOLDER, validate_placeholders
from reports.sections.base import LongText, PageForm, page_helper
from reports.sections.fields import ClockField, DayField
from reports.workshop import queries

MOST_CHOICES = 30


class ComposeForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form over a row that an action will set: nothing is saved here."""

    use_required_attribute = False

    @property
    def helper(self) -> FormHelper:
        """Return crispy's settings: the page owns the form tag, the token and the buttons."""
        return page_helper(self)


def no_placeholders(text: str) -> None:
    """Raise ValidationError for a name to fill in where nothing fills it."""
    if PLACEHOLDER.search(text):
        raise ValidationError(_("Names in braces are not filled in here."))


class MakeForm(ComposeForm):
    """What a new type begins with."""

    class Meta:
        model = ReportType
        fields = ["name_en", "summary_en", "slug"]
        labels = {"name_en": _("Name"), "summary_en": _("Summary"), "slug": _("Short name")}
        help_texts = {
            "name_en": _("What residents choose on the start page. For example: Stolen bicycle."),
            "summary_en": _("One sentence under the name."),
            "slug": _("For lists, files and links. Leave it empty to take it from the name. It stays for ever."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        for name in ("name_en", "summary_en"):
            self.fields[name].validators.append(no_placeholders)

    def clean(self) -> dict[str, Any]:
        """Take the short name from the name where none is given; refuse one that another type has."""
        cleaned: dict[str, Any] = super().clean() or {}
        slug = cleaned.get("slug") or slugify(cleaned.get("name_en", ""))[:50].strip("-")
        if "slug" in self.errors or "name_en" in self.errors:
            return cleaned
        if not slug:
            self.add_error("slug", _("Give a short name of letters without accents, digits and hyphens."))
        elif ReportType.objects.filter(slug=slug).exists():
            self.add_error("slug", _("Another report type has this short name. Begin a new version of it instead."))
        return cleaned | {"slug": slug}


class DescribeForm(ComposeForm):
    """Texts and rules of a version."""

    guidance_en = LongText(
        label=_("Prompts for the story"),
        required=False,
        rows=4,
        help_text=_("One question a line."),
    )
    warning_en = LongText(
        label=_("Warning before filing"),
        required=False,
        rows=3,
        help_text=_("Shown at the start and the end."),
    )
    group = forms.ChoiceField(label=_("Heading on the start page"), required=False)

    class Meta:
        model = ReportType
        fields = [
            "name_en",
            "summary_en",
            "guidance_en",
            "warning_en",
            "group",
            "position",
            "offered",
            "may_be_anonymous",
            "is_hate",
            "offence",
            "review_target_days",
            "retention_days",
        ]
        labels = {
            "name_en": _("Name"),
            "summary_en": _("Summary"),
            "position": _("Place in the list"),
            "offered": _("Offered on the start page"),
            "may_be_anonymous": _("May be filed without a name"),
            "is_hate": _("Counts as a hate incident"),
            "offence": _("Offence"),
            "review_target_days": _("Read within, in working days"),
            "retention_days": _("Kept for, in days"),
        }
        help_texts = {
            "position": _("Lower numbers come first."),
            "offered": _("If not, residents come to it from another page, as they do to a call back."),
            "is_hate": _("Read first, and by the hate-crime coordinators too."),
            "retention_days": _("After that files and personal data are deleted; the counts stay."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [("", _("None: comes last")), *queries.headings()]
        for name in ("name_en", "summary_en", "guidance_en"):
            self.fields[name].validators.append(no_placeholders)
        self.fields["warning_en"].validators.append(validate_placeholders)
        self.fields["retention_days"].validators.append(MinValueValidator(1))


class ScreenForm(ComposeForm):
    """A yes-or-no question before anything else, and whom the resident is sent to."""

    class Meta:
        model = ScreeningQuestion
        fields = ["text_en", "help_en", "stops_on", "stopper"]
        labels = {
            "text_en": _("Question"),
            "help_en": _("Hint under it"),
            "stops_on": _("The answer that ends the way online"),
            "stopper": _("Page that is shown then"),
        }
        widgets = {"stops_on": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stops_on"].choices = [(True, _("Yes")), (False, _("No"))]
        self.fields["stopper"].label_from_instance = lambda stopper: stopper.title_for()


class AskForm(ComposeForm):
    """A question that only this type asks."""

    class Meta:
        model = ExtraQuestion
        fields = ["label_en", "help_en", "kind", "required", "is_personal"]
        labels = {
            "label_en": _("Question"),
            "help_en": _("Hint under it"),
            "kind": _("Kind of answer"),
            "required": _("Has to be answered"),
            "is_personal": _("The answer is personal data"),
        }
        help_texts = {"is_personal": _("Officers then see it only after giving a reason.")}
        widgets = {"kind": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            ExtraQuestion.Kind.TEXT: _("Text"),
            ExtraQuestion.Kind.CHOICE: _("One of the answers below"),
            ExtraQuestion.Kind.NUMBER: _("Number"),
            ExtraQuestion.Kind.DATE: _("Day"),
        }
        self.fields["kind"].choices = list(words.items())


class ChoiceForm(PageForm):
    """One answer to choose; `value` knows the row that was there before."""

    value = forms.SlugField(required=False, widget=forms.HiddenInput)
    label_en = forms.CharField(label=_("Answer"), max_length=150, required=False)


ChoiceFormSet = formset_factory(ChoiceForm, extra=0, max_num=MOST_CHOICES)


def choice_rows(formset: BaseFormSet) -> list[dict[str, str]]:
    """Return what stands in the rows, valid or not, with the empty ones."""
    return [{"value": form["value"].value() or "", "label_en": form["label_en"].value() or ""} for form in formset]


class NoteForm(PageForm):
    """A word to the colleagues."""

    note = LongText(label=_("What should be changed, or why"), required=False, max_length=1000, rows=2)


class ApproveForm(PageForm):
    """What a second person says with the approval."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=60)
    english_stands_in = forms.BooleanField(
        label=_("English may stand in where a language lacks a text."), required=False
    )


class PublishForm(PageForm):
    """From when, and where."""

    EVERYWHERE, CHOSEN = "everywhere", "chosen"

    day = DayField(label=_("From this day"), required=False, help_text=_("Empty means at once."))
    clock = ClockField(label=_("At"), required=False, help_text=_("Empty means midnight."))
    where = forms.ChoiceField(
        label=_("Where"),
        choices=[(EVERYWHERE, _("Everywhere")), (CHOSEN, _("In chosen areas first"))],
        widget=forms.RadioSelect,
        initial=EVERYWHERE,
    )
    areas = forms.ModelMultipleChoiceField(
        label=_("Areas"), queryset=Area.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    everywhere_day = DayField(
        label=_("Everywhere from"), required=False, help_text=_("Empty means: stay with the chosen areas for now.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].queryset = Area.objects.filter(is_active=True)

    @classmethod
    def planned(cls, version: ReportType, **kwargs: Any) -> "PublishForm":
        """Return the form as the version's date and areas stand now."""
        areas, later = list(version.areas.all()), version.everywhere_from
        begins = timezone.localtime(version.live_from) if version.live_from else None
        # What has begun already is no date to set.
        coming = begins if version.state == ReportType.State.APPROVED else None
        initial = {
            "day": coming and coming.date(),
            "clock": coming and coming.time().replace(second=0, microsecond=0),
            "where": cls.CHOSEN if areas else cls.EVERYWHERE,
            "areas": areas,
            "everywhere_day": later and timezone.localtime(later).date(),
        }
        return cls(initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Put days and time together, in the agency's time zone; ask for areas where they are to be chosen."""
        cleaned: dict[str, Any] = super().clean() or {}
        chosen = cleaned.get("where") == self.CHOSEN
        if chosen and not cleaned.get("areas") and "areas" not in self.errors:
            self.add_error("areas", _("Choose at least one area."))
        cleaned["live_from"] = self._begins(cleaned)
        cleaned["everywhere_from"] = midnight(cleaned.get("everywhere_day")) if chosen else None
        if not chosen:
            cleaned["areas"] = []
        self._check_order(cleaned)
        return cleaned

    def _begins(self, cleaned: dict[str, Any]) -> datetime | None:
        day, clock = cleaned.get("day"), cleaned.get("clock")
        if day is None:
            if clock:
                self.add_error("day", _("Give the day, too."))
            return None
        begins = at(day, clock or time.min)
        if begins < midnight(timezone.localdate()):
            self.add_error("day", _("This day has passed."))
        return begins

    def _check_order(self, cleaned: dict[str, Any]) -> None:
        later = cleaned["everywhere_from"]
        if later and later <= (cleaned["live_from"] or timezone.now()):
            self.add_error("everywhere_day", _("This is not later than the start in the chosen areas."))


def at(day: date, clock: time) -> datetime:
    """Return a moment of the agency's time zone."""
    return datetime.combine(day, clock, timezone.get_default_timezone())


def midnight(day: date | None) -> datetime | None:
    """Return the first moment of a day, or None for none."""
    return at(day, time.min) if day else None
