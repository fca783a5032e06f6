"""The short way that a stopper may offer instead of a report: how to reach the resident, and nothing more."""

from functools import cached_property
from typing import Any

from reports.catalogue import live
from reports.intake.walk import Raw, Walk
from reports.models import Draft, ReportType
from reports.sections import SECTIONS, sections_of

SCREENING = "screening"
# All of it is typed on one page and kept as one step beside those of the report that was begun.
KEPT = "call-back"


class NoCallBack(Exception):
    """No answer of this draft leads to a call back."""


class CallBack(Walk):
    """A stopped draft as a walk through the sections of the call back's own report type.

    The answers that stopped it go along, so that nobody has to say again what happened.
    """

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self.stopped_type = self.report_type
        self.report_type = self._type()
        self.possible_hate = self.report_type.is_hate
        self.asked = [section for section in sections_of(self.report_type) if section.key != SCREENING]
        self.asked_keys = [section.key for section in self.asked]
        self.sections = [SECTIONS[SCREENING], *self.asked]
        self.keys = [section.key for section in self.sections]

    def _type(self) -> ReportType:
        stopper = super().stopper()
        found = live.type_named(stopper.callback_type) if stopper else None
        if found is None:
            raise NoCallBack
        return found

    def raw(self, step: str) -> Raw | None:
        """Return the answers that stopped the draft, or what was typed on the page of the call back."""
        if step == SCREENING:
            return super().raw(SCREENING)
        return super().raw(KEPT) if KEPT in self.draft.answers else None

    def form(self, step: str) -> Any:
        """Return a section's form; the screening's is that of the report that was begun."""
        if step == SCREENING:
            return Walk(self.draft).form(SCREENING)
        return super().form(step)

    @cached_property
    def forms(self) -> list[Any]:
        """The forms of the page, in order."""
        return [self.form(section.key) for section in self.asked]

    def stopper(self) -> None:
        """Nothing stops a call back."""
        return
