"""A draft's files, for the page that takes them."""

from dataclasses import dataclass

from django.db.models import QuerySet

from reports.audit import By
from reports.files.actions import attach
from reports.files.upload import Incoming
from reports.intake.walk import Walk
from reports.models import Attachment
from reports.vault import DataKey


@dataclass(frozen=True)
class DraftFiles:
    """The files of the draft that is walked through."""

    walk: Walk

    def files(self) -> QuerySet[Attachment]:
        """Return what was added so far, in its order."""
        return self.walk.draft.attachments.all()

    def key(self) -> DataKey:
        """Return the draft's key."""
        return self.walk.key

    def attach(self, *, incoming: Incoming, by: By) -> Attachment:
        """Add one more. Raises Refused."""
        return attach(draft_id=self.walk.draft.pk, incoming=incoming, by=by)
