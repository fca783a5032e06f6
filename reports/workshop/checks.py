"""What has to be right about a version before anyone approves it, in words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.catalogue import live
from reports.models import ExtraQuestion, ReportType
from reports.sections import unknown_parts
from reports.texts import queries as texts
from reports.workshop import outdated

# Sections that say what happened in their own way, with days of their own or those of an earlier report.
WITH_DAYS = frozenset({"when", "contacts", "accounts", "original"})
FEWEST_CHOICES = 2


@dataclass(frozen=True)
class Finding:
    """One thing to put right, or (not `blocks`) to think about. `where` is the part of the type's page it is about."""

    words: str | Promise
    where: str
    blocks: bool = True


def findings(version: ReportType) -> list[Finding]:
    """Return all that is wrong or doubtful about a version, what blocks first."""
    found = [finding for rule in RULES for finding in rule(version)]
    return sorted(found, key=lambda finding: not finding.blocks)


def lacking_languages(report_type_id: int) -> dict[str, int]:
    """Return the languages that lack texts of a version, each with how many; English stands in for them."""
    lacking: dict[str, int] = {}
    for text in texts.texts(of=report_type_id):
        for code in text.missing:
            lacking[code] = lacking.get(code, 0) + 1
    return {code: lacking[code] for code in texts.TARGETS if code in lacking}


def _words(version: ReportType) -> Iterator[Finding]:
    if not version.name or not version.summary:
        yield Finding(_("Name and summary are what residents choose by; give both."), "basics")


def _sections(version: ReportType) -> Iterator[Finding]:
    keys = set(version.section_keys)
    calls_back = bool(version.section_options("person").get("call_back"))
    if unknown := unknown_parts(version.sections):
        yield Finding(_("The portal has no such section any more: %s") % ", ".join(unknown), "sections")
    if "where" not in keys:
        yield Finding(_("Nothing asks where it happened, so no officer's queue would get the report."), "sections")
    if "narrative" not in keys and not calls_back:
        yield Finding(_("Nothing asks what happened: add “Tell us what happened”."), "sections")
    if "person" not in keys:
        yield Finding(_("Nothing asks who files and how to reach them: add “About you”."), "sections")
    if not keys & WITH_DAYS and not calls_back:
        yield Finding(_("Nothing asks when it happened."), "sections", blocks=False)
    if "files" not in keys and not calls_back:
        yield Finding(_("Residents can add no photos or documents."), "sections", blocks=False)


def _choices(version: ReportType) -> Iterator[Finding]:
    for question in version.questions.prefetch_related("choices"):
        if question.kind == ExtraQuestion.Kind.CHOICE and len(question.choices.all()) < FEWEST_CHOICES:
            yield Finding(_("“%s” needs at least two answers to choose from.") % question.label, "questions")


def _screening(version: ReportType) -> Iterator[Finding]:
    rows = list(version.screening.select_related("stopper"))
    if not rows:
        yield Finding(
            _("No question sends those to the phone who should call, such as when it is happening now."),
            "screening",
            blocks=False,
        )
    for row in rows:
        slugs = {row.stopper.other_type, row.stopper.callback_type} - {""}
        for slug in sorted(slug for slug in slugs if live.type_named(slug) is None):
            told = {"question": row.text, "slug": slug}
            yield Finding(
                _("“%(question)s” leads to a page that names %(slug)s, which is not live.") % told,
                "screening",
                blocks=False,
            )


def _hate(version: ReportType) -> Iterator[Finding]:
    if version.is_hate and "bias" not in version.section_keys:
        yield Finding(_("It counts as a hate incident, but nothing asks what it was about."), "sections", blocks=False)


def _offence(version: ReportType) -> Iterator[Finding]:
    if version.offence_id is None:
        yield Finding(
            _("No offence is named: officers choose one for each report they approve."), "basics", blocks=False
        )


def _outdated(version: ReportType) -> Iterator[Finding]:
    for text in outdated.texts(version):
        words = _("Changed in English after it had been translated: “%s”") % text.english
        yield Finding(words, "languages", blocks=False)


RULES: list[Callable[[ReportType], Iterator[Finding]]] = [
    _words,
    _sections,
    _choices,
    _screening,
    _hate,
    _offence,
    _outdated,
]
