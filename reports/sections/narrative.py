"""What happened, in the resident's own words, kept as they were typed."""

from collections.abc import Iterator

from django import forms

from reports import terms
from reports.models import ReportType
from reports.remembering import gettext_lazy as _
from reports.sections.base import Document, Line, LongText, Section, SectionForm
from reports.sections.composed import Fields

MOST = 20_000


class NarrativeForm(SectionForm):
    """One large box, with the report type's gentle prompts beneath its label."""

    story = LongText(label=_("What happened?"), strip=False, max_length=MOST, rows=10)

    @classmethod
    def compose(cls, fields: Fields, report_type: ReportType) -> None:
        """Say what may be told of such a report."""
        fields["story"].help_text = report_type.guidance

    def clean_story(self) -> str:
        """Refuse a box of blanks only."""
        story: str = self.cleaned_data["story"]
        if not story.strip():
            raise forms.ValidationError(_("Tell us in a few words what happened."))
        return story


def lines(document: Document) -> Iterator[Line]:
    """Show the words as they were typed."""
    yield Line(_("What happened"), document["story"])


def search_terms(document: Document) -> Iterator[str]:
    """Find the report by the words of the narrative, in any script."""
    yield from terms.words(document["story"])


SECTION = Section(
    key="narrative",
    title=_("Tell us what happened"),
    lead=_("Use your own words, in any language. There is no wrong way to tell it."),
    form=NarrativeForm,
    lines=lines,
    terms=search_terms,
)
