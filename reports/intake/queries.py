"""What the resident's browser may still see of a report that it sent."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from reports.models import Report

# How long after sending the reference, the code and the copy can be seen again in the same browser.
SHOWN_FOR = timedelta(minutes=30)


def just_sent(draft_id: UUID) -> Report | None:
    """Return the report that a draft became within the last half hour, ready to be opened, or None."""
    rows = Report.objects.select_related("report_type", "sealing_key", "document")
    return rows.filter(draft_id=draft_id, reported_at__gt=timezone.now() - SHOWN_FOR).first()
