"""What a table of counts is called. English, as is all of the staff side."""

from django.utils.translation import gettext as _

from reports.counts.choices import HISTORY, LAYOUTS, UNITS, Choice
from reports.counts.tables import Table

# Dimensions under whose headings a report may stand more than once.
OVERLAPPING = frozenset({"group", "offence", "bias", HISTORY})


def title(choice: Choice) -> str:
    """Return the table's title: its layout and its last day."""
    day = f"{choice.as_of:%B} {choice.as_of.day}, {choice.as_of.year}"
    return _("%(layout)s until %(day)s") % {"layout": LAYOUTS[choice.layout].name, "day": day}


def lines(table: Table) -> list[str]:
    """Return what a reader must know beside the figures, a sentence each."""
    by_occurrence = table.choice.basis == "occurred"
    said = [
        _("Rows: %(units)s.") % {"units": str(UNITS[table.choice.by]).lower()},
        _("By the day it happened; reports without such a day are not counted.")
        if by_occurrence
        else _("By the day it was reported."),
    ]
    if len(table.blocks) > 1 and table.choice.of in OVERLAPPING:
        said.append(_("A report may count under several headings: they are not to be added up."))
    if any(None in (pair.current, pair.earlier) for block in table.blocks for pair in block.total.pairs):
        said.append(_("An empty cell is not known."))
    if not table.is_whole_city and not table.choice.bureau:
        said.append(_("Only the areas of the person who counted."))
    return said
