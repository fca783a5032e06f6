"""What somebody saw of a report when a form was made, and what has changed since: so that no step is taken blindly.

A form carries the stamp of its page. The step that it asks for is taken inside `unchanged`, which locks the report and
raises Overtaken where something happened meanwhile. The page then tells what and by whom, keeps what was typed and
carries a fresh stamp: to press again means to do it in spite of that.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.db.models import Count, IntegerField, Max, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.models import User
from reports import workflow
from reports.models import Correction, HateClassification, HateEscalation, Message, Move, Note, Report
from reports.review import wording
from reports.states import Action

# What is only ever added to: by the highest id, or, where ids do not rise, by how many there are.
ADDED: dict[str, tuple[type[Model], type[Max] | type[Count]]] = {
    "seen_moves": (Move, Max),
    "seen_corrections": (Correction, Max),
    "seen_messages": (Message, Count),
    "seen_notes": (Note, Count),
    "seen_escalations": (HateEscalation, Count),
    "seen_verdicts": (HateClassification, Count),
}
# Steps that words may go with: the resident's, and ours.
SPEAKS = frozenset(
    {
        Action.ANSWER,
        Action.ASK,
        Action.REJECT,
        Action.REFER,
        Action.JOIN,
        Action.APPROVE,
        Action.WITHDRAW,
        Action.REOPEN,
    }
)


class Overtaken(Exception):
    """Something happened since the page was made; `report` is how it stands, `changes` tell what and by whom."""

    def __init__(self, report: Report, changes: list[str]) -> None:
        self.report, self.changes = report, changes
        super().__init__(f"{len(changes)} changes since the page was made")

    def words(self) -> str:
        """Return what a page says."""
        told = " ".join(self.changes)
        return _("Something happened while this page was open. %(told)s Look again, then press again.") % {"told": told}


def with_stamp(rows: QuerySet[Report]) -> QuerySet[Report]:
    """Let the rows bring along what a stamp is made of, in the same statement."""
    return rows.annotate(**{name: _counted(model, how) for name, (model, how) in ADDED.items()})


def _counted(model: type[Model], how: type[Max] | type[Count]) -> Coalesce:
    of_report = model._default_manager.filter(report=OuterRef("pk")).order_by().values("report")
    number = Subquery(of_report.annotate(number=how("pk")).values("number"), output_field=IntegerField())
    return Coalesce(number, 0)


def stamp(report: Report) -> str:
    """Return what was seen of a report that came by `with_stamp`, as a form carries it."""
    return "-".join(map(str, _numbers(report)))


def _numbers(report: Report) -> list[int]:
    return [*(getattr(report, name) for name in ADDED), report.document.version]


@contextmanager
def unchanged(report_id: UUID, then: str, *, by: User) -> Iterator[None]:
    """Hold the report as it was seen: what is done inside is done to that, in one transaction. Raises Overtaken.

    `then` is the stamp of the form; without one, as from a list, nothing was seen that could have changed.
    """
    with transaction.atomic():
        report = workflow.locked(report_id)
        if changes := since(report, then, by=by):
            raise Overtaken(report, changes)
        yield


def since(report: Report, then: str, *, by: User) -> list[str]:
    """Return what happened to a report after a stamp, a sentence each; nothing for what is no stamp."""
    seen = _read(then)
    if seen is None:
        return []
    now = with_stamp(Report.objects.select_related("document")).get(pk=report.pk)
    if _numbers(now) == seen:
        return []
    moves, corrections, messages, notes, escalations, verdicts, version = seen
    steps = list(report.moves.select_related("by").filter(pk__gt=moves))
    # Words that came with a step are told by it.
    told = {step.action != Action.ANSWER for step in steps if step.action in SPEAKS}
    return [
        *(_moved(step, by) for step in steps),
        *(_corrected(row, by) for row in report.corrections.select_related("by").filter(pk__gt=corrections)),
        *(_said(row, by) for row in report.messages.select_related("by")[messages:] if row.from_agency not in told),
        *(_noted(row, by) for row in Note.objects.filter(report=report).select_related("by")[notes:]),
        *(_escalated(row, by) for row in report.escalations.select_related("by").order_by("at")[escalations:]),
        *(_classified(row, by) for row in report.classifications.select_related("by").order_by("version")[verdicts:]),
        *([_("The resident corrected how to reach them.")] if now.document.version != version else []),
    ]


def _read(then: str) -> list[int] | None:
    parts = then.split("-")
    are_numbers = all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts)
    return list(map(int, parts)) if are_numbers and len(parts) == len(ADDED) + 1 else None


def name_of(person: User | None, by: User) -> str:
    """Return who did something, for `by` to read."""
    if person is None:
        return _("Somebody")
    return _("You") if person == by else person.get_full_name() or person.get_username()


def _moved(move: Move, by: User) -> str:
    done = wording.DONE[Action(move.action)]
    return f"{name_of(move.by, by)}: {done}." if move.by else f"{done}."


def _corrected(row: Correction, by: User) -> str:
    return _("%(who)s: corrected the %(what)s.") % {"who": name_of(row.by, by), "what": row.get_of_display()}


def _said(message: Message, by: User) -> str:
    if not message.from_agency:
        return _("The resident wrote something.")
    return _("%(who)s: wrote to the resident.") % {"who": name_of(message.by, by)}


def _noted(note: Note, by: User) -> str:
    return _("%(who)s: wrote a note.") % {"who": name_of(note.by, by)}


def _escalated(row: HateEscalation, by: User) -> str:
    return _("%(who)s: escalated it as a possible hate crime.") % {"who": name_of(row.by, by)}


def _classified(row: HateClassification, by: User) -> str:
    return _("%(who)s: classified it.") % {"who": name_of(row.by, by)}
