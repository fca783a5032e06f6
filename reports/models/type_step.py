"""What happened to a version of a report type, and what may happen to it next."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.catalogue import ReportType

DRAFT, SUBMITTED, APPROVED, TRIAL, LIVE, RETIRED = ReportType.State


class TypeStep(models.Model):
    """One step in the life of a version of a report type. Written by `workshop.life` only."""

    class Kind(models.TextChoices):
        """What was done."""

        MAKE = "make", _("begun")
        COPY = "copy", _("begun as a new version")
        COMPOSE = "compose", _("changed")
        SUBMIT = "submit", _("sent for approval")
        SEND_BACK = "send_back", _("sent back")
        APPROVE = "approve", _("approved")
        PUBLISH = "publish", _("given a date")
        LAUNCH = "launch", _("gone live")
        RETIRE = "retire", _("retired")
        DISCARD = "discard", _("thrown away")

    id = models.BigAutoField(primary_key=True)
    report_type = models.ForeignKey(ReportType, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    # What a colleague wrote about it.
    note = models.TextField(blank=True)
    # Dates, area numbers, languages: never words.
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.report_type_id}"


@dataclass(frozen=True)
class Stage:
    """From which states a step may be taken, and the state it leads to; None where that depends or nothing changes."""

    sources: frozenset[str]
    target: str | None = None


LIFE = {
    TypeStep.Kind.COPY: Stage(frozenset({TRIAL, LIVE, RETIRED})),
    TypeStep.Kind.COMPOSE: Stage(frozenset({DRAFT})),
    TypeStep.Kind.SUBMIT: Stage(frozenset({DRAFT}), SUBMITTED),
    TypeStep.Kind.SEND_BACK: Stage(frozenset({SUBMITTED, APPROVED}), DRAFT),
    TypeStep.Kind.APPROVE: Stage(frozenset({SUBMITTED}), APPROVED),
    TypeStep.Kind.PUBLISH: Stage(frozenset({APPROVED, TRIAL})),
    TypeStep.Kind.LAUNCH: Stage(frozenset({APPROVED, TRIAL})),
    TypeStep.Kind.RETIRE: Stage(frozenset({TRIAL, LIVE}), RETIRED),
    TypeStep.Kind.DISCARD: Stage(frozenset({DRAFT})),
}
