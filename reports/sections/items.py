"""Things that were lost, stolen or damaged."""

from collections.abc import Iterator
from decimal import Decimal

from django import forms

from reports import locales, terms
from reports.catalogue import live
from reports.models import CodedFact, CodeTable, ReportType
from reports.remembering import gettext_lazy as _
from reports.remembering import said
from reports.sections.base import Document, Line, RepeatedForm, Section, numbered, repeated, worded
from reports.sections.composed import Fields
from reports.sections.fields import CountField, MoneyField

MOST = 20
OTHER_PROPERTY = "77"
# How the thing was lost, by report type. Lost property has no NIBRS code, so this value is the portal's own.
LOST = "lost"
STOLEN = "7"


class ItemForm(RepeatedForm):
    """One thing: what it is, how it can be known again, what it is worth."""

    kind = forms.ChoiceField(label=_("What is it?"))
    description = forms.CharField(
        label=_("Describe it"), required=False, max_length=500, help_text=_("For example: colour, size, marks.")
    )
    brand = forms.CharField(label=_("Brand or model"), required=False, max_length=100)
    serial = forms.CharField(
        label=_("Serial number"), required=False, max_length=100, help_text=_("If you have it. It helps to find it.")
    )
    quantity = CountField(label=_("How many?"), required=False, min_value=1, max_value=9999)
    value = MoneyField(
        label=_("About how much is it worth, in dollars?"),
        required=False,
        help_text=_("A rough figure is fine."),
    )

    @classmethod
    def compose(cls, fields: Fields, report_type: ReportType) -> None:
        """Offer the kinds of things."""
        offered = live.codes(CodeTable.PROPERTY, offered_only=True)
        fields["kind"].choices = [("", _("Choose")), *((code.code, code.wording) for code in offered)]


def facts(document: Document) -> list[CodedFact]:
    """Return one counted fact for each item."""
    return [
        CodedFact(
            kind=CodedFact.Kind.PROPERTY,
            code=item.get("kind", OTHER_PROPERTY),
            quantity=item.get("quantity", 1),
            value=Decimal(item["value"]) if "value" in item else None,
        )
        for item in document["each"]
    ]


def lines(document: Document) -> Iterator[Line]:
    """Show each item as one line of its known facts, the serial number apart because it is personal."""
    if not document["each"]:
        yield Line(_("Things"), said(_("None named")))
    for position, item in enumerate(document["each"], start=1):
        kind = live.code(CodeTable.PROPERTY, item.get("kind", ""))
        known = [worded(kind), item.get("brand", ""), item.get("description", "")]
        known += [
            f"× {item['quantity']}" if "quantity" in item else "",
            locales.dollars(item["value"]) if "value" in item else "",
        ]
        yield Line(numbered(_("Item"), position), ", ".join(filter(None, known)))
        if "serial" in item:
            yield Line(_("Serial number"), item["serial"], personal=True)


def search_terms(document: Document) -> Iterator[str]:
    """Find the report by serial number, brand and words of the description."""
    for item in document["each"]:
        yield from terms.identifier("serial", item.get("serial", ""))
        yield from terms.words(f"{item.get('brand', '')} {item.get('description', '')}")


SECTION = Section(
    key="items",
    title=_("What things are missing or damaged?"),
    lead=_("Add one thing at a time. You can add up to 20."),
    form=repeated(ItemForm, key="items", least=1, most=MOST),
    lines=lines,
    row_title=_("Item"),
    facts=facts,
    terms=search_terms,
    options=("optional",),
)
