"""What pages have in common that take files before something is sent: they are added, described and removed at once."""

from dataclasses import dataclass
from typing import Protocol, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest

from reports.audit import RESIDENT, By
from reports.files import actions
from reports.files.kinds import PICTURES
from reports.files.limits import Refused
from reports.files.upload import Incoming
from reports.models import Attachment
from reports.vault import DataKey

FILES = "files"
ABOUT = "about-"


class Basket(Protocol):
    """Where files lie until they are sent: a draft, or a reply in the making."""

    def files(self) -> QuerySet[Attachment]:
        """Return what lies in it, in its order."""

    def key(self) -> DataKey:
        """Return the key under which the keys of its files are wrapped."""

    def attach(self, *, incoming: Incoming, by: By) -> Attachment:
        """Put one more in. Raises Refused."""


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


def attached(basket: Basket) -> dict[str, object]:
    """Return what the page shows of the files added so far."""
    rows = list(basket.files())
    key = basket.key() if rows else None
    return {"each": [Attached(row, row.name(key)) for row in rows if key], "about": Attachment.About.choices}


def receive(request: HttpRequest, basket: Basket) -> list[str]:
    """Remove, describe and add what the request says; return what is to be said of files that were not taken."""
    if gone := as_uuid(request.POST.get("remove", "")):
        actions.remove(among=basket.files(), attachment_id=gone, by=RESIDENT)
    actions.describe(among=basket.files(), about=about(request), by=RESIDENT)
    said = []
    for incoming in cast("list[Incoming]", request.FILES.getlist(FILES)):
        try:
            basket.attach(incoming=incoming, by=RESIDENT)
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
