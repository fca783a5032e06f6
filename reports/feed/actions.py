"""What a system outside does with a token: pull, look, fetch a file, acknowledge. Each leaves its trace."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from reports import audit
from reports.feed import entries
from reports.feed.columns import fields_of, loaded
from reports.files.actions import copy_of, original
from reports.files.kinds import CONTENT_TYPES
from reports.models import Attachment, FeedReceipt, FeedToken, Report
from reports.permissions import fed, fed_files

APPROVED, GONE = "approved", "gone"
Files = FeedToken.Files


@dataclass(frozen=True)
class Pulled:
    """What a pull found: items as JSON can hold them, the cursor to go on from, and whether there is more now."""

    items: list[dict[str, Any]]
    following: str
    more: bool
    # The reports that are told of, as the log names them.
    looked_at: list[UUID]


def find(*, token: FeedToken, cursor: str, most: int) -> Pulled:
    """Return what changed behind a cursor, "" for the beginning. Nothing is recorded. Raises entries.UnknownCursor."""
    page = entries.page(token, after=cursor, most=most)
    wanted = [entry.report_id for entry in page.entries]
    found = {report.pk: report for report in _whole(fed(token).filter(pk__in=wanted), token)}
    items = [
        _item(found[entry.report_id], token)
        if entry.report_id in found
        else {"id": str(entry.report_id), "reference": entry.reference, "status": GONE}
        for entry in page.entries
    ]
    return Pulled(items, page.following, page.more, [pk for pk in wanted if pk in found])


@transaction.atomic
def pull(*, by: FeedToken, looked_at: Iterable[UUID]) -> None:
    """Leave a trace of a pull: a look at each report that it told of."""
    for report_id in looked_at:
        audit.record("feed.pull", by=by, subject=f"report:{report_id}", token=by.prefix)


def one(*, token: FeedToken, report_id: UUID) -> dict[str, Any]:
    """Return one report as JSON can hold it. Nothing is recorded. Raises Report.DoesNotExist outside the scope."""
    return _item(_whole(fed(token).filter(pk=report_id), token).get(), token)


def look(*, report_id: UUID, by: FeedToken) -> None:
    """Leave a trace of a look at one report."""
    audit.record("feed.look", by=by, subject=f"report:{report_id}", token=by.prefix)


def may_fetch(token: FeedToken, form: str) -> bool:
    """Tell whether a system may have files in this form: "copy" or "original"."""
    return token.files == Files.ORIGINALS or (token.files == Files.COPIES and form == "copy")


def fetch(*, report_id: UUID, attachment_id: UUID, form: str, by: FeedToken) -> tuple[Iterator[bytes], str, int | None]:
    """Leave a trace, then return a clean file's bytes, chunk by chunk, its content type, and its size where known.

    Raises Attachment.DoesNotExist for what is outside the scope, not clean, or not for this token in this form.
    """
    row = fed_files(by).select_related("report").get(pk=attachment_id, report_id=report_id)
    if not may_fetch(by, form) or (form == "copy" and not row.copy):
        raise Attachment.DoesNotExist
    content = READERS[form](row)
    audit.record("feed.fetch", by=by, subject=f"report:{report_id}", token=by.prefix, file=row.position, of=form)
    if form == "copy":
        return content, "image/jpeg", None
    return content, CONTENT_TYPES[Attachment.Kind(row.kind)], row.size


READERS: Mapping[str, Callable[[Attachment], Iterator[bytes]]] = {"copy": copy_of, "original": original}


@transaction.atomic
def acknowledge(*, report_id: UUID, number: str, by: FeedToken) -> FeedReceipt:
    """Keep under which number the system has the report; to say the same again changes nothing.

    Raises Report.DoesNotExist outside the scope.
    """
    report = fed(by).select_for_update(of=("self",)).get(pk=report_id)
    last = FeedReceipt.objects.filter(report=report, token=by).order_by("-id").first()
    if last and last.number == number:
        return last
    receipt = FeedReceipt.objects.create(report=report, token=by, number=number, at=timezone.now())
    again = {"again": True} if last else {}
    audit.record("feed.acknowledge", by=by, subject=f"report:{report.pk}", token=by.prefix, **again)
    return receipt


def _whole(reports: QuerySet[Report], token: FeedToken) -> QuerySet[Report]:
    """Return the reports with all that an item needs, in a number of statements that does not grow with them."""
    receipts = FeedReceipt.objects.filter(token=token).order_by("id")
    rows = loaded(reports, token.columns).prefetch_related(Prefetch("receipts", receipts))
    if token.files == Files.NONE:
        return rows
    clean = fed_files(token).order_by("position")
    return rows.prefetch_related(Prefetch("attachments", clean, to_attr="clean_files"))


def _item(report: Report, token: FeedToken) -> dict[str, Any]:
    receipts = list(report.receipts.all())
    item: dict[str, Any] = {
        "id": str(report.pk),
        "reference": report.reference,
        "status": APPROVED,
        "acknowledged_as": receipts[-1].number if receipts else None,
        "fields": fields_of(report, token.columns),
    }
    if token.files != Files.NONE:
        item["files"] = [_file(row, token) for row in report.clean_files]  # type: ignore[attr-defined]
    return item


def _file(row: Attachment, token: FeedToken) -> dict[str, Any]:
    forms = [form for form in READERS if may_fetch(token, form) and (form != "copy" or row.copy)]
    return {
        "id": str(row.pk),
        "position": row.position,
        "content_type": CONTENT_TYPES[Attachment.Kind(row.kind)],
        "size": row.size,
        "about": row.about or None,
        "forms": forms,
    }
