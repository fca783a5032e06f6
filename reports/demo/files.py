"""The few files of demo reports. Their bytes are stored sealed as residents' are; the worker looks into them later."""

from collections.abc import Iterator
from typing import Any

from reports import vault
from reports.demo.draw import Draw, for_report
from reports.demo.making import Made, Plan
from reports.demo.pictures import PICTURES, jpeg
from reports.files import storage
from reports.models import Attachment
from reports.sections.files import said_of

# Only the newest reports have some: a million pictures would teach nobody more.
AMONG_NEWEST = 60
SHARE = 0.2
# Which picture fits which type; the others get a receipt.
FITTING = {"theft-from-vehicle": 1, "hit-and-run": 1, "vandalism": 2, "graffiti": 2}


def files_of(plan: Plan, made: Made, key: vault.DataKey) -> Iterator[Attachment]:
    """Store the files of a made report, and yield their rows (unsaved); `key` is the report's."""
    draw = for_report(plan.seed, made.number, "files")
    is_new = made.number >= plan.reports - AMONG_NEWEST
    if is_new and made.report.decided_at is None and "files" in made.parts and draw.chance(SHARE):
        yield _stored(made, draw, key)


def _stored(made: Made, draw: Draw, key: vault.DataKey) -> Attachment:
    name, about, paint = PICTURES[FITTING.get(made.report.report_type.slug, 0)]
    content, own = jpeg(paint(draw)), vault.loose_key()
    row = Attachment(
        id=draw.identity(made.report.reported_at),
        report=made.report,
        position=1,
        size=len(content),
        kind=Attachment.Kind.JPEG,
        about=about,
        stored=storage.new_name(),
        added_at=made.report.reported_at,
    )
    row.wrapped_key = vault.wrap_under(own, parent=key, place=row.place("wrapped_key")).wrapped
    row.sealed_name = vault.seal(name, key=own, place=row.place("sealed_name"))
    with storage.create(row.stored) as file:
        for sealed in vault.seal_stream([content], key=own, place=row.place("stored")):
            file.write(sealed)
        storage.settle(file)
    return row


def said(rows: list[Attachment], key: vault.DataKey) -> dict[str, Any]:
    """Return the files as they stand in the report's document."""
    return {"each": [said_of(row, key) for row in rows]}
