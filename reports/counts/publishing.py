"""Published weeks: each week computed once, frozen with checksums, looked at again for later changes."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from reports import audit
from reports.audit import By
from reports.counts import files, paper
from reports.counts.book import open_book
from reports.counts.choices import Choice
from reports.counts.periods import WEEK, last_week_ending
from reports.counts.tables import Table, table
from reports.models import CountLetter, CountSubscription, PublishedFile, PublishedWeek
from reports.permissions import may_open

LAYOUTS = ("week", "28day", "ytd")
ISO_SATURDAY = 6
Changes = list[dict[str, Any]]


class Altered(Exception):
    """A stored file is not what was published any more."""


def publish(*, by: By, now: datetime | None = None) -> list[PublishedWeek]:
    """Publish the weeks that are due and were not published yet, the earliest first, each once; return them.

    Weeks that the scheduler missed are caught up with. Then the last weeks are looked at again for later changes.
    """
    now = now or timezone.now()
    made = [week for ending in missing(now) if (week := _publish(ending, by, now))]
    if made:
        revise(by=by, now=now)
    return made


def missing(now: datetime) -> list[date]:
    """Return the last days of the weeks that are due. Before the first publication that is the last one only."""
    last, ending = PublishedWeek.objects.order_by("ending").values_list("ending", flat=True).last(), due(now)
    weeks = [ending]
    while last and weeks[0] - WEEK > last:
        weeks.insert(0, weeks[0] - WEEK)
    return [week for week in weeks if last is None or week > last]


def due(now: datetime) -> date:
    """Return the last day of the latest week whose moment of publication has passed."""
    ending = last_week_ending(timezone.localdate(now))
    return ending if _moment(ending) <= now else ending - WEEK


def _moment(ending: date) -> datetime:
    """Return when a week is published: the first COUNTS_WEEKDAY after its Saturday, at COUNTS_HOUR."""
    days = (settings.COUNTS_WEEKDAY - ISO_SATURDAY) % 7 or 7
    clock = time(settings.COUNTS_HOUR)
    return datetime.combine(ending + timedelta(days=days), clock, timezone.get_default_timezone())


def _publish(ending: date, by: By, now: datetime) -> PublishedWeek | None:
    made = tables(ending)
    with transaction.atomic():
        _only_one()
        if PublishedWeek.objects.filter(ending=ending).exists():
            return None
        return _publish_first(made, ending, by, now)


def _publish_first(made: list[Table], ending: date, by: By, now: datetime) -> PublishedWeek:
    week = _freeze(made, ending, revision=0, changes=[], now=now)
    users = CountSubscription.objects.values_list("user", flat=True)
    CountLetter.objects.bulk_create(CountLetter(week=week, user_id=user, try_after=now) for user in users)
    audit.record("counts.publish", by=by, subject="counts", ending=ending.isoformat(), sha256=f"x{week.sha256[:16]}")
    return week


def tables(ending: date) -> list[Table]:
    """Return what is published of a week: the week, 28 days and the year so far, by bureau, for every type.

    All three are of one moment, so that they go together whatever happens meanwhile.
    """
    with one_moment():
        book = open_book()
        return [table(Choice(as_of=ending, layout=layout), book=book) for layout in LAYOUTS]


@contextmanager
def one_moment() -> Iterator[None]:
    """Let all statements within read the database as it is at one moment. Within a transaction that is its own matter.

    For reading only: to write in such a transaction fails where another one wrote since (the audit log does).
    """
    is_own = not connection.in_atomic_block
    with transaction.atomic():
        if is_own:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _freeze(made: list[Table], ending: date, *, revision: int, changes: Changes, now: datetime) -> PublishedWeek:
    figures = [files.shape(each) for each in made]
    contents = dict(_files(made, ending, revision, now))
    checksums = {name: digest(content) for name, content in contents.items()}
    frozen = {"ending": ending.isoformat(), "revision": revision, "figures": figures, "files": checksums}
    week = PublishedWeek.objects.create(
        ending=ending,
        revision=revision,
        made_at=now,
        figures=figures,
        changes=changes,
        sha256=digest(canonical(frozen)),
    )
    PublishedFile.objects.bulk_create(
        PublishedFile(week=week, name=name, content=content, sha256=checksums[name])
        for name, content in contents.items()
    )
    return week


def _files(made: list[Table], ending: date, revision: int, now: datetime) -> Iterator[tuple[str, bytes]]:
    name = f"counts-{ending}" + (f"-revision-{revision}" if revision else "")
    note = _("Revision %(number)s") % {"number": revision} if revision else ""
    yield f"{name}.pdf", paper.pdf(made, note=note)
    yield f"{name}.xlsx", files.as_xlsx(made, made_at=now)
    for each in made:
        yield f"{name}-{each.choice.layout}.csv", files.as_csv(each).encode()


def canonical(data: Any) -> bytes:
    """Return data in the one way in which it is summed up."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def digest(content: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def _only_one() -> None:
    """Keep a second publisher out until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('counts.publish'))")


# --- Later changes -----------------------------------------------------------------
def revise(*, by: By, now: datetime | None = None) -> list[PublishedWeek]:
    """Freeze a revision of each of the last COUNTS_REVISED_WEEKS that would be counted otherwise today; return them."""
    endings = PublishedWeek.objects.order_by("-ending").values_list("ending", flat=True).distinct()
    now = now or timezone.now()
    recent = list(endings[: settings.COUNTS_REVISED_WEEKS])
    return [revised for ending in recent if (revised := _revise(ending, by, now))]


def _revise(ending: date, by: By, now: datetime) -> PublishedWeek | None:
    last, made = _last(ending), tables(ending)
    changes = differences(last.figures, [files.shape(each) for each in made]) if last else []
    if last is None or not changes:
        return None
    with transaction.atomic():
        _only_one()
        # Where another one was faster, the next look finds what is left.
        return _add_revision(made, last, changes, by, now) if _last(ending) == last else None


def _last(ending: date) -> PublishedWeek | None:
    return PublishedWeek.objects.filter(ending=ending).order_by("revision").last()


def _add_revision(made: list[Table], last: PublishedWeek, changes: Changes, by: By, now: datetime) -> PublishedWeek:
    ending = last.ending
    week = _freeze(made, ending, revision=last.revision + 1, changes=changes, now=now)
    audit.record(
        "counts.revise", by=by, subject="counts", ending=ending.isoformat(), revision=week.revision, cells=len(changes)
    )
    return week


def since(week: PublishedWeek) -> Changes:
    """Return what would be counted otherwise now."""
    return differences(week.figures, [files.shape(each) for each in tables(week.ending)])


def differences(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Changes:
    """Return each figure that changed: where it stands, what it was, what it is, and the difference."""
    was, now = dict(_figures(before)), dict(_figures(after))
    return [
        {
            "table": place[0],
            "category": place[1],
            "unit": place[2],
            "column": place[3],
            "before": was.get(place),
            "after": now.get(place),
            "difference": _difference(was.get(place), now.get(place)),
        }
        for place in dict.fromkeys([*was, *now])
        # A row or heading of zeros may be left out.
        if (was.get(place) or 0) != (now.get(place) or 0)
    ]


def _difference(before: int | None, after: int | None) -> int:
    return (after or 0) - (before or 0)


def _figures(shapes: list[dict[str, Any]]) -> Iterator[tuple[tuple[str, str, str, str], int | None]]:
    """Yield the counted figures with their places; what is calculated from them follows."""
    for shape in shapes:
        columns = shape["columns"]
        for block in shape["blocks"]:
            for row in [*block["rows"], block["total"]]:
                for at, pair in enumerate(row["figures"]):
                    place = (shape["title"], block["category"], row["unit"])
                    yield (*place, columns[4 * at]), pair["current"]
                    yield (*place, columns[4 * at + 1]), pair["earlier"]


# --- Fetching and subscribing --------------------------------------------------------
@transaction.atomic
def fetch(*, file: PublishedFile, by: By) -> bytes:
    """Return a published file to the byte; the download is recorded. Raises Altered when its checksum is wrong."""
    content = bytes(file.content)
    if digest(content) != file.sha256:
        raise Altered
    audit.record(
        "counts.fetch",
        by=by,
        subject="counts",
        ending=file.week.ending.isoformat(),
        revision=file.week.revision,
        kind=file.name.rpartition(".")[2],
    )
    return content


def is_as_published(week: PublishedWeek) -> bool:
    """Tell whether a week's figures and files are those that were summed up when it was frozen."""
    contents = dict(week.files.values_list("name", "content"))
    checksums = {name: digest(bytes(content)) for name, content in contents.items()}
    frozen = {"ending": week.ending.isoformat(), "revision": week.revision, "figures": week.figures}
    return digest(canonical({**frozen, "files": checksums})) == week.sha256


@transaction.atomic
def subscribe(*, pdf: bool, xlsx: bool, by: User) -> None:
    """Let a person get each published week by e-mail as the files they chose; none means no letter."""
    if pdf or xlsx:
        CountSubscription.objects.update_or_create(user=by, defaults={"pdf": pdf, "xlsx": xlsx})
    else:
        CountSubscription.objects.filter(user=by).delete()
    audit.record("counts.subscribe", by=by, subject=f"user:{by.pk}", pdf=pdf, xlsx=xlsx)


def may_subscribe(user: User) -> bool:
    """Tell whether a person may get the counts at all, today."""
    return user.is_active and may_open(user, "counts.week")
