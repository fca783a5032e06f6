"""What waits at the translation desk, and what a report's readers are shown beside its texts."""

from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reports import vault
from reports.models import Job, Passage, Report, Translation
from reports.permissions import translatable
from reports.translating.passages import translated

PAGE = 30
Stage = Passage.Stage


@dataclass(frozen=True)
class Tab:
    """One list of the desk: which texts, under which name."""

    key: str
    label: str | Promise
    condition: Q
    order: tuple[str, ...]


OLDEST = ("report__priority", "asked_at", "id")
TABS = (
    Tab("waiting", _("To translate"), Q(stage=Stage.WAITING), OLDEST),
    Tab("draft", _("To check"), Q(stage=Stage.DRAFT), OLDEST),
    Tab("done", _("Done"), Q(stage=Stage.DONE), ("-at", "id")),
)


def counts(user: User) -> dict[str, int]:
    """Return how many texts each list holds, in one statement; the last grows without end and is not counted."""
    return translatable(user).aggregate(**{tab.key: Count("pk", filter=tab.condition) for tab in TABS[:-1]})


def page(user: User, tab: Tab, number: str) -> Page[Passage]:
    """Return one page of a list; a number that is none is the first page, one behind the end the last."""
    rows = translatable(user).filter(tab.condition).select_related("report", "message", "by").order_by(*tab.order)
    # The seal and the other text are not for a list.
    return Paginator(rows.defer("message__sealed"), PAGE).get_page(number)


@dataclass(frozen=True)
class Version:
    """One version of a translation with its words."""

    row: Translation
    words: str


def versions(passage: Passage, key: vault.DataKey) -> list[Version]:
    """Return a passage's translations, the one in force first."""
    rows = passage.translations.select_related("by", "passage").order_by("-version")
    return [Version(row, translated(row, key)) for row in rows]


@dataclass(frozen=True)
class Beside:
    """What stands beside a text: how far its translation is, and its words, "" where there are none."""

    passage: Passage
    words: str


def of_report(report: Report) -> dict[UUID | None, Beside]:
    """Return what stands beside each text of a report by the message's id, the narrative's under None."""
    passages = list(Passage.objects.filter(report=report).select_related("by"))
    if not passages:
        return {}
    rows = Translation.objects.filter(passage__report=report).select_related("passage").order_by("version")
    in_force, key = {row.passage_id: row for row in rows}, report.sealing_key.unwrap()
    return {passage.message_id: Beside(passage, _words(passage, in_force, key)) for passage in passages}


def _words(passage: Passage, in_force: dict[UUID, Translation], key: vault.DataKey) -> str:
    shown = passage.pk in in_force and passage.stage != Stage.UNNEEDED
    return translated(in_force[passage.pk], key) if shown else ""


def undrafted() -> QuerySet[Passage]:
    """Return the passages that wait without a job at work for them: asked before there was a service, or parked."""
    open_jobs = Job.objects.filter(kind=Job.Kind.TRANSLATE, done_at=None, parked_at=None).exclude(passage=None)
    return Passage.objects.filter(stage=Stage.WAITING).exclude(pk__in=open_jobs.values("passage"))
