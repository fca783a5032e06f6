"""Everything that happened to a report, in words: from its rows, and from the log where no row tells it.

One statement finds it all, a second one the names of those who did it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from reports.audit import RESIDENT
from reports.models import (
    Attachment,
    AuditEvent,
    Correction,
    ExportLine,
    FeedReceipt,
    Message,
    Move,
    Note,
    Notice,
    Report,
    Translation,
)
from reports.review.seen import SPEAKS, name_of
from reports.review.telling import DRAWINGS, EVENTS, SOURCES
from reports.statements import Statement
from reports.states import BY_RESIDENT

# Looks and the like are told from the newest on; nobody reads a thousand of them.
MOST_EVENTS = 400
# What a page shows before the rest folds.
OPEN = 12
# Words that come with a step are stored a moment before it.
AT_ONCE = timedelta(seconds=10)
# Stands for the report in a statement that is made once.
NOBODY = UUID(int=0)
COLUMNS = ("row_source", "row_at", "row_what", "row_actor", "row_who", "row_details")


@dataclass
class Entry:
    """One thing that happened. `kind` names its drawing."""

    at: datetime
    kind: str
    words: str
    who: int | None = None
    to: int | None = None
    is_residents: bool = False
    # Whether words may have gone with it, and where on the page they stand.
    speaks: bool = False
    anchor: str = ""
    times: int = 1
    name: str = ""
    to_name: str = ""


Row = dict[str, Any]


def rows_of(report: Report) -> list[Row]:
    """Return what happened as rows of one shape, the newest first."""
    rows = _statement().ask({NOBODY: report.pk, f"report:{NOBODY}": f"report:{report.pk}"})
    return [dict(zip(COLUMNS, (*row, json.loads(details)), strict=True)) for *row, details in rows]


@cache
def _statement() -> Statement:
    report = Report(pk=NOBODY)
    first, *others = (
        _shaped(Move.objects.filter(report=report), "move", what="action", to="to_id", reason="reason"),
        _shaped(
            Correction.objects.filter(report=report),
            "correction",
            what="of",
            reason="reason",
            before="before",
            after="after",
        ),
        _shaped(Message.objects.filter(report=report), "message", what="question", from_agency="from_agency", id="pk"),
        _shaped(Note.objects.filter(report=report), "note", id="pk"),
        _shaped(
            Translation.objects.filter(passage__report=report),
            "translation",
            what="origin",
            version="version",
        ),
        _shaped(
            Attachment.objects.filter(report=report, reply=None),
            "file",
            at="added_at",
            who=None,
            what="kind",
            file="position",
        ),
        _shaped(
            Notice.objects.filter(report=report),
            "notice",
            at="created_at",
            who=None,
            what="kind",
            channel="channel",
            sent_at="sent_at",
        ),
        _shaped(
            ExportLine.objects.filter(report=report, export__size__isnull=False),
            "export",
            at="export__ended_at",
            who="export__requester_id",
            what="export__format",
            personal="export__personal",
            reason="export__reason",
        ),
        _shaped(FeedReceipt.objects.filter(report=report), "receipt", who=None, what="number", system="token__name"),
        _events(report),
    )
    return Statement.of(first.union(*others, all=True).order_by("-row_at"))


def _shaped(
    rows: QuerySet[Any], source: str, *, at: str = "at", who: str | None = "by_id", what: str = "", **details: str
) -> Any:
    """Return rows of any model in the shape that all of them have in common."""
    return (
        rows.order_by()
        .annotate(
            row_source=Value(source, output_field=TextField()),
            row_at=F(at),
            row_what=Cast(what, TextField()) if what else Value("", output_field=TextField()),
            row_actor=Value("", output_field=TextField()),
            row_who=Cast(who, BigIntegerField()) if who else Value(None, output_field=BigIntegerField()),
            row_details=JSONObject(**details),
        )
        .values(*COLUMNS)
    )


def _events(report: Report) -> Any:
    """Return the newest events of the log that no row tells."""
    told = [verb for verb, telling in EVENTS.items() if telling]
    return (
        AuditEvent.objects.filter(subject=f"report:{report.pk}", verb__in=told)
        .order_by("-id")
        .annotate(
            row_source=Value("event", output_field=TextField()),
            row_at=F("at"),
            row_what=Cast("verb", TextField()),
            row_actor=Cast("actor", TextField()),
            row_who=Value(None, output_field=BigIntegerField()),
            row_details=F("details"),
        )
        .values(*COLUMNS)[:MOST_EVENTS]
    )


def of_report(report: Report) -> list[Entry]:
    """Return what happened, the newest first, without names: looks of one person on one day are one entry."""
    entries = [_entry(row) for row in rows_of(report)]
    entries.append(Entry(report.reported_at, "start", _("Received from the resident")))
    entries.sort(key=lambda entry: entry.at, reverse=True)
    return list(_folded(_joined(entries)))


def _entry(row: Row) -> Entry:
    source, what, details = str(row["row_source"]), str(row["row_what"] or ""), row["row_details"]
    actor, who = row["row_actor"], row["row_who"]
    if actor.startswith("user:"):
        who = int(actor.removeprefix("user:"))
    entry = Entry(row["row_at"], DRAWINGS.get(what, source), SOURCES[source](what, details), who)
    entry.to = details.get("to") if source == "move" else None
    entry.is_residents = actor == RESIDENT.value or source == "file" or _is_residents(source, what, details)
    if source in {"message", "note"}:
        entry.anchor = f"{source}-{details['id']}"
    entry.speaks = source == "move" and what in SPEAKS
    return entry


def _is_residents(source: str, what: str, details: Mapping[str, Any]) -> bool:
    return (source == "message" and not details["from_agency"]) or (source == "move" and what in BY_RESIDENT)


def _joined(entries: list[Entry]) -> Iterator[Entry]:
    """Let a step tell of the words that came with it: leave their own entry out, and lead to them from the step."""
    step: Entry | None = None
    for entry in entries:
        if entry.kind == "message" and step and step.at - entry.at < AT_ONCE:
            step.anchor, step = entry.anchor, None
            continue
        step = entry if entry.speaks else step
        yield entry


def _folded(entries: Iterable[Entry]) -> Iterator[Entry]:
    last: Entry | None = None
    for entry in entries:
        if last and _is_same(last, entry):
            last.times += 1
            continue
        if last:
            yield last
        last = entry
    if last:
        yield last


def _is_same(last: Entry, entry: Entry) -> bool:
    alike = (last.kind, last.words, last.who) == (entry.kind, entry.words, entry.who) and last.kind == "look"
    return alike and timezone.localdate(last.at) == timezone.localdate(entry.at)


def name(entries: Iterable[Entry], people: Mapping[int, User], *, by: User) -> None:
    """Put the names of who did what into the entries, as `by` reads them."""
    for entry in entries:
        entry.name = _name(entry, people, by)
        entry.to_name = name_of(people.get(entry.to), by) if entry.to else ""


def _name(entry: Entry, people: Mapping[int, User], by: User) -> str:
    if entry.who:
        return name_of(people.get(entry.who), by)
    return _("The resident") if entry.is_residents else ""


def whom(entries: Iterable[Entry]) -> set[int]:
    """Return the ids of the staff whose names the entries need."""
    return {pk for entry in entries for pk in (entry.who, entry.to) if pk}
