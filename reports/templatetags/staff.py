"""What every staff page shows: the way to the work, and a report's age and words at a glance."""

from functools import cache
from typing import Any

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.models import Report
from reports.permissions import may_open
from reports.review import ages, flags, queries, rows, wording
from reports.states import FINAL, State

register = template.Library()

# Page of the table of permissions, address, name, what one does there.
WORK = [
    ("review.queue", "review:queue", _("Reports"), _("Claim, read and decide.")),
    (
        "translating.desk",
        "translating:desk",
        _("Translations"),
        _("Residents' words into English, and ours into theirs."),
    ),
    (
        "hate.due",
        "hate:due",
        _("Classification"),
        _("Hate crime, hate incident or neither: what is due, and the numbers."),
    ),
    ("export.download", "export:exports", _("Export"), _("Reports as a file: CSV, Excel, JSON or PDF.")),
    (
        "dashboard.show",
        "dashboard:show",
        _("Dashboard"),
        _("The backlog, how long things take, who has how much on the desk."),
    ),
    ("workshop", "workshop:choose", _("Report types"), _("Compose them, approve them, say from when they are live.")),
    ("counts.week", "counts:table", _("Counts"), _("What came in, against the weeks and years before.")),
    ("texts.choose", "texts:choose", _("Texts"), _("What residents read, in all languages side by side.")),
    ("feed", "feed:systems", _("Systems"), _("Who pulls approved reports, with which token; webhooks and deliveries.")),
    ("audit", "auditing:log", _("Audit log"), _("Who did what, when: looks, decisions, downloads, settings.")),
]


@register.simple_tag(takes_context=True)
def work(context: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the pages of daily work that this person may open; `here` marks the one being looked at."""
    request = context.get("request")
    if request is None or not hasattr(request, "user"):
        return []
    return [
        {"url": url, "name": name, "lead": lead, "page": page, "here": request.path.startswith(url)}
        for page, url, name, lead in _ways()
        if may_open(request.user, page)
    ]


@cache
def _ways() -> list[tuple[str, str, Promise, Promise]]:
    """Return the table with its addresses, which every page needs."""
    return [(page, reverse(url), name, lead) for page, url, name, lead in WORK]


@register.filter
def which(pages: list[dict[str, Any]]) -> tuple[tuple[str, bool], ...]:
    """Return which pages of the table these are: what their piece of the page is made of."""
    return tuple((page["page"], page["here"]) for page in pages)


@register.simple_tag(takes_context=True)
def to_do(context: dict[str, Any]) -> list[tuple[queries.Tab, int]]:
    """Return the queue's tabs of open reports with their numbers, in one statement."""
    user = context["request"].user
    tabs = queries.tabs(user)
    numbers = queries.counts(user, tabs)
    return [(tab, numbers[tab.key]) for tab in tabs if tab.key in numbers]


@register.filter
def number_of(numbers: dict[str, int], key: str) -> int | None:
    """Return one tab's number, None for a tab that is not counted."""
    return numbers.get(key)


register.filter("age", ages.ago)
register.filter("due", rows.due)
register.filter("flags", flags.of_report)
register.filter("language_words", rows.language)


@register.filter
def is_decided(report: Report) -> bool:
    """Tell whether the report is in a final state."""
    return report.state in FINAL


@register.filter
def state_words(state: str) -> str:
    """Return a state in officers' words."""
    return wording.STATES[State(state)]
