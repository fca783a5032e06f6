"""Accounts and cards that someone misused. Never a whole number: whoever reads it could use it again."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.utils import timezone

from reports import locales, terms
from reports.remembering import gettext_lazy as _
from reports.remembering import said
from reports.sections.base import Document, Line, LongText, RepeatedForm, Section, numbered, repeated
from reports.sections.fields import DayField, MoneyField

MOST = 10
# Seven digits in one piece, or a card's 12 to 19 in groups. A telephone number in its usual groups has fewer.
LONG_NUMBER = re.compile(r"\d{7,}|(?:\d[ \-.]?){11,18}\d")


class Kind(models.TextChoices):
    """What was misused."""

    CREDIT = "credit", _("Credit card")
    DEBIT = "debit", _("Debit or bank card")
    BENEFITS = "benefits", _("Benefits card (for example EBT)")
    BANK = "bank", _("Bank account or checks")
    LOAN = "loan", _("Loan or credit that I did not ask for")
    PHONE = "phone", _("Phone, power or internet contract")
    TAX = "tax", _("Taxes, job or public benefits in my name")
    ONLINE = "online", _("Online shop, payment app or e-mail account")
    OTHER = "other", _("Something else")


def refuse_whole_number(text: str) -> None:
    """Raise ValidationError for what looks like a whole card or account number."""
    if LONG_NUMBER.search(terms.fold(text)):
        raise forms.ValidationError(
            _("This looks like a whole card or account number. To keep it safe, leave only the last 4 digits.")
        )


class AccountForm(RepeatedForm):
    """One account or card."""

    kind = forms.ChoiceField(label=_("What was used?"), choices=[("", _("Choose")), *Kind.choices])
    institution = forms.CharField(
        label=_("Which bank or company is it with?"),
        required=False,
        max_length=200,
        validators=[refuse_whole_number],
    )
    last_digits = forms.CharField(
        label=_("Last 4 digits of the card or account"),
        required=False,
        max_length=40,
        help_text=_("Only the last 4. Please never type a whole card, account or Social Security number here."),
    )
    is_new = forms.BooleanField(label=_("Someone opened it in my name"), required=False)
    first_date = DayField(
        label=_("When was it used for the first time?"),
        required=False,
        help_text=_("Leave it empty if you do not know."),
    )
    found_date = DayField(label=_("When did you find out?"), required=False)
    loss = MoneyField(
        label=_("About how many dollars are gone?"),
        required=False,
        help_text=_("Count it also if the bank paid it back. Leave it empty if you do not know."),
    )
    note = LongText(
        label=_("What was it used for?"),
        required=False,
        max_length=1000,
        validators=[refuse_whole_number],
        rows=3,
        help_text=_("For example: shops, places, names that you do not know."),
    )

    def clean_last_digits(self) -> str:
        """Accept up to four digits, also behind stars or with blanks."""
        digits = re.sub(r"\D", "", terms.fold(self.cleaned_data["last_digits"]))
        if len(digits) > 4:
            raise forms.ValidationError(_("Type only the last 4 digits, so that nobody can use the whole number."))
        return digits

    def clean(self) -> dict[str, Any]:
        """Check that the days have passed."""
        cleaned: dict[str, Any] = super().clean()
        for name in ("first_date", "found_date"):
            if cleaned.get(name) and cleaned[name] > timezone.localdate():
                self.add_error(name, _("This is in the future. Give a day that has passed."))
        return cleaned


def lines(document: Document) -> Iterator[Line]:
    """Show each account in one line, its last digits apart because they are personal, then days and use."""
    for position, each in enumerate(document["each"], start=1):
        known = [said(Kind(each["kind"]).label), each.get("institution", "")]
        known += [
            said(_("opened in my name")) if each.get("is_new") else "",
            locales.dollars(each["loss"]) if "loss" in each else "",
        ]
        yield Line(numbered(_("Account"), position), ", ".join(filter(None, known)))
        if "last_digits" in each:
            yield Line(_("Last 4 digits"), each["last_digits"], personal=True)
        for name, label in (("first_date", _("First used")), ("found_date", _("Found out"))):
            if name in each:
                yield Line(label, locales.day(date.fromisoformat(each[name])))
        if "note" in each:
            yield Line(_("Used for"), each["note"])


def search_terms(document: Document) -> Iterator[str]:
    """Find the report by bank or company and by what the account was used for."""
    for each in document["each"]:
        yield from terms.words(f"{each.get('institution', '')} {each.get('note', '')}")


SECTION = Section(
    key="accounts",
    title=_("Which accounts or cards were used?"),
    lead=_("Add one at a time. You can add up to 10. Never type a whole number: the last 4 digits are enough."),
    form=repeated(AccountForm, key="accounts", least=1, most=MOST),
    lines=lines,
    row_title=_("Account"),
    terms=search_terms,
    options=("optional",),
)
