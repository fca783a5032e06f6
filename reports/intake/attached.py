"""The step of files: what came with a request is added, described or removed at once; the rows know the rest."""

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.http import HttpRequest

from reports.audit import RESIDENT
from reports.files import actions
from reports.files.kinds import PICTURES
from reports.files.limits import MOST_FILES, Refused
from reports.files.upload import Incoming
from reports.intake.walk import Walk
from reports.models import Attachment

FILES = "files"
ABOUT = "about-"


@dataclass(frozen=True)
class Attached:
    """One file as its resident sees it in the list."""

    row: Attachment
    name: str

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture rather than a document or recording."""
        return self.row.kind in PICTURES

    @property
    def about_field(self) -> str:
        """The name of its choice in the page's form."""
        return f"{ABOUT}{self.row.pk}"


def attached(walk: Walk) -> dict[str, object]:
    """Return what the page shows of the files added so far."""
    each = [Attached(row, row.name(walk.key)) for row in walk.draft.attachments.all()]
    return {"each": each, "left": MOST_FILES - len(each), "about": Attachment.About.choices}


def receive(request: HttpRequest, walk: Walk) -> list[str]:
    """Remove, describe and add what the request says; return what is to be said of files that were not taken."""
    if gone := as_uuid(request.POST.get("remove", "")):
        actions.remove(draft=walk.draft, attachment_id=gone, by=RESIDENT)
    actions.describe(draft=walk.draft, about=about(request), by=RESIDENT)
    said = []
    for incoming in cast("list[Incoming]", request.FILES.getlist(FILES)):
        try:
            actions.attach(draft_id=walk.draft.pk, incoming=incoming, by=RESIDENT)
        except Refused as refused:
            said.append(refused.words())
    return said


def about(request: HttpRequest) -> dict[UUID, str]:
    """Return what was chosen for each file of the list."""
    chosen = {as_uuid(name.removeprefix(ABOUT)): request.POST[name] for name in request.POST if name.startswith(ABOUT)}
    return {key: value for key, value in chosen.items() if key}


def as_uuid(text: str) -> UUID | None:
    """Return the id that a field or button names, or None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None
