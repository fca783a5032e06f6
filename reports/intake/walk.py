"""A draft as a walk through its steps: what was typed, what is valid, where to go next."""

import base64
from functools import cached_property
from typing import Any

from django.utils.datastructures import MultiValueDict

from reports import vault
from reports.catalogue import live
from reports.models import Area, Draft, ReportType, Stopper
from reports.sections import sections_of
from reports.sections.base import Document, Line, Section, document_of
from reports.sections.screening import stopper_for

Raw = dict[str, list[str]]
# Steps about things that a photo or receipt can show.
SHOWN_BY_RECEIPTS = frozenset({"items", "damage"})
# The step that asks for the area.
WHERE = "where"


class Walk:
    """The steps of one draft. Answers are kept as they were posted, so that nothing typed is ever lost."""

    # Whether the report is to be read as a possible hate crime from the first moment.
    possible_hate = False

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.report_type = live.report_type(draft.report_type_id)
        self.sections = sections_of(self.report_type)
        self.keys = [section.key for section in self.sections]
        # What was found valid or not by now, so that a step is judged once however often it is asked for.
        self._judged: dict[str, Document | None] = {}

    @cached_property
    def key(self) -> vault.DataKey:
        """The draft's data key, unwrapped once."""
        return self.draft.key()

    def section(self, step: str) -> Section:
        """Return the step's section. Raises ValueError for a step that the type does not have."""
        return self.sections[self.keys.index(step)]

    def raw(self, step: str) -> Raw | None:
        """Return what was posted for a step, or None when it was never sent."""
        sealed = self.draft.answers.get(step)
        if sealed is None:
            return {} if self.section(step).is_optional else None
        raw: Raw = vault.open_sealed(base64.b64decode(sealed), key=self.key, place=self.draft.step_place(step))
        return raw

    def seal(self, step: str, raw: Raw) -> str:
        """Return a step's answers as they are stored, and hold them for this walk too."""
        sealed = vault.seal(raw, key=self.key, place=self.draft.step_place(step))
        text = base64.b64encode(sealed).decode()
        self.draft.answers[step] = text
        self._judged.pop(step, None)
        return text

    def form(self, step: str) -> Any:
        """Return the step's form or formset, bound to what was typed."""
        raw = self.raw(step)
        data = None if raw is None else MultiValueDict(raw)
        return self.section(step).form(data, report_type=self.report_type)

    def document(self, step: str) -> Document | None:
        """Return the step's part of the sealed document, or None while it is not valid."""
        if step not in self._judged:
            self._judged[step] = self._judge(step)
        return self._judged[step]

    def _judge(self, step: str) -> Document | None:
        form = self.form(step)
        if not (form.is_bound and form.is_valid()):
            return None
        return document_of(form) | self.section(step).kept(self.draft, self.key)

    def first_open(self) -> str | None:
        """Return the first step that is unanswered or no longer valid, or None when all are."""
        return next((step for step in self.keys if self.document(step) is None), None)

    def stopper(self) -> Stopper | None:
        """Return the page that ends this walk because of a screening answer, or None."""
        raw = self.raw("screening") if "screening" in self.keys else None
        return stopper_for(self.report_type, {name: values[-1] for name, values in raw.items()}) if raw else None

    def elsewhere(self) -> Area | None:
        """Return the area that was chosen where this type is not filed online yet, or None."""
        if self.report_type.state != ReportType.State.TRIAL or WHERE not in self.keys:
            return None
        area = live.area((self.document(WHERE) or {}).get("area"))
        return area if area and live.version_in(self.report_type.slug, area.pk) is None else None

    def before(self, step: str) -> str | None:
        """Return the step before, or None at the first."""
        at = self.keys.index(step)
        return self.keys[at - 1] if at else None

    def after(self, step: str) -> str | None:
        """Return the step after, or None at the last."""
        at = self.keys.index(step) + 1
        return self.keys[at] if at < len(self.keys) else None

    def documents(self) -> dict[str, Document]:
        """Return every valid step's part, keyed by section: the body of the sealed document."""
        parts = {step: self.document(step) for step in self.keys}
        return {step: part for step, part in parts.items() if part is not None}

    def shown(self) -> list[tuple[str, Section, list[Line]]]:
        """Return each valid step with its lines, for the check page."""
        return [
            (step, self.section(step), list(self.section(step).lines(part))) for step, part in self.documents().items()
        ]


def takes_files_later(step: str, keys: list[str]) -> bool:
    """Tell whether a step is about things whose photos can be added on a later page."""
    return step in SHOWN_BY_RECEIPTS and "files" in keys
