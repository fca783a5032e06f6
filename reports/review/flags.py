"""What makes a report unlike the others, in words, in the order in which a page says it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.models import News, Priority, Report, Verdict
from reports.review.ages import ago

Text = str | Promise


@dataclass(frozen=True)
class Flag:
    """One of them: how it looks (`kind`), an icon, and in smaller words why."""

    words: Text
    kind: str = ""
    icon: str = ""
    why: str = ""


# Told by one column or annotation alone.
FIRST = {"purged_at": Flag(gettext_lazy("Details deleted"), "quiet")}
LAST = {
    "awaits_translation": Flag(gettext_lazy("To be translated")),
    "unanswered": Flag(gettext_lazy("No answer came")),
    "contact_corrected_at": Flag(gettext_lazy("Contact corrected"), "quiet"),
    "is_anonymous": Flag(gettext_lazy("Anonymous")),
    "with_files": Flag(gettext_lazy("Files"), "quiet", "clip"),
    "with_notes": Flag(gettext_lazy("Notes"), "quiet"),
}


def of_report(report: Report) -> list[Flag]:
    """Return the flags of a report; what only a list asks of its rows is told there alone."""
    return [
        *_told(report, FIRST),
        *_news(report),
        *_priority(report),
        *_hate(report),
        *_held(report),
        *_told(report, LAST),
    ]


def _told(report: Report, flags: dict[str, Flag]) -> Iterable[Flag]:
    return (flag for name, flag in flags.items() if getattr(report, name, None))


def _news(report: Report) -> Iterable[Flag]:
    if report.news:
        words = _("Answered") if report.news == News.ANSWERED else _("Added something")
        yield Flag(words, "news", "letter", _("%(age)s ago") % {"age": _age(report.news_at)})


def _age(moment: Any) -> str:
    return ago(moment) if moment else ""


def _priority(report: Report) -> Iterable[Flag]:
    if report.priority == Priority.HIGH:
        yield Flag(_("High priority"), "high", "alert", _reason(report))
    elif report.priority == Priority.LOW:
        yield Flag(_("Low priority"), "quiet")


def _reason(report: Report) -> str:
    if report.report_type.is_hate:
        return _("hate report")
    return _("escalated") if report.possible_hate else _("set by an officer")


def _hate(report: Report) -> Iterable[Flag]:
    if report.possible_hate:
        is_crime = report.hate_verdict == Verdict.CRIME
        yield Flag(_("Hate crime") if is_crime else _("Possible hate crime"), "hate")
    elif report.hate_verdict == Verdict.INCIDENT:
        yield Flag(_("Hate incident"))


def _held(report: Report) -> Iterable[Flag]:
    if report.held:
        yield Flag(_("Held for a look"), "held", why=report.get_held_for_display() if report.held_for else "")
