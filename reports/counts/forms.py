"""What to count, and in which rows. The same choice as that of `manage.py counts`."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.counts.book import Book
from reports.counts.categories import DIMENSIONS
from reports.counts.choices import HISTORY, LAYOUTS, UNITS, CannotCount, Choice, check
from reports.counts.history import fold
from reports.models import HistoricCategory
from reports.sections.base import PageForm
from reports.sections.fields import DayField
from reports.sections.when import ANY_DAY

YEARS = re.compile(r"[,;\s]*(?:\d{4}(?:[,;\s]+\d{4}){0,3}\s*)?")


class CountForm(PageForm):
    """A table of counts."""

    what = forms.ChoiceField(label=_("What"))
    by = forms.ChoiceField(label=_("Rows"), choices=list(UNITS.items()))
    layout = forms.ChoiceField(label=_("Compare"), choices=[(key, layout.name) for key, layout in LAYOUTS.items()])
    as_of = DayField(label=_("Until"), validators=ANY_DAY)
    compare = forms.CharField(
        label=_("With the years"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    basis = forms.ChoiceField(
        label=_("By the day"), choices=[("reported", _("it was reported")), ("occurred", _("it happened"))]
    )
    bureau = forms.ChoiceField(label=_("Where"), required=False)

    def __init__(self, data: Any, book: Book) -> None:
        super().__init__({name: words for name, words in Choice().words().items() if name not in data} | data.dict())
        self.book = book
        self.fields["what"].choices = headings(book)
        self.fields["bureau"].choices = [("", _("Everywhere")), *((each.code, each.code) for each in book.bureaus)]

    def clean_compare(self) -> tuple[int, ...]:
        """Read up to four years, separated by commas or blanks."""
        typed = self.cleaned_data["compare"]
        if not YEARS.fullmatch(typed):
            raise forms.ValidationError(_("Give up to four years, such as 2025, 2019."))
        return tuple(dict.fromkeys(map(int, re.findall(r"\d{4}", typed))))

    def clean(self) -> dict[str, Any]:
        """Say what does not go together."""
        cleaned = super().clean()
        if not self.errors:
            try:
                check(self.choice, self.book)
            except CannotCount as why:
                self.add_error("as_of" if cleaned["layout"] == "week" and "Saturday" in str(why) else None, str(why))
        return cleaned

    @property
    def choice(self) -> Choice:
        """The choice, once the form is valid."""
        return Choice(**self.cleaned_data)


def headings(book: Book) -> list[Any]:
    """Return what can be counted: the dimensions as a whole, then each with its headings."""
    past = [category.name for category in HistoricCategory.objects.all()]
    whole = [(key, dimension.label) for key, dimension in DIMENSIONS.items() if key != "group" or book.groups]
    if past:
        whole.append((HISTORY, _("What was counted before the portal")))
    single: list[Any] = [
        (dimension.label, sorted_by_name(key, dimension.headings(book)))
        for key, dimension in DIMENSIONS.items()
        if key != "all" and dimension.headings(book)
    ]
    if past:
        single.append((_("Before the portal"), [(f"{HISTORY}:{name}", name) for name in sorted(past, key=fold)]))
    return [(_("All headings"), whole), *single]


def sorted_by_name(key: str, names: dict[str, str]) -> list[tuple[str, str]]:
    """Return a dimension's headings as choices in its own order."""
    return [(f"{key}:{own}", name) for own, name in names.items()]


class SubscriptionForm(PageForm):
    """As which files a person gets each published week."""

    pdf = forms.BooleanField(label=_("As PDF"), required=False)
    xlsx = forms.BooleanField(label=_("As XLSX, for a spreadsheet"), required=False)
