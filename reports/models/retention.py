"""How long a report is kept, and what stays of it afterwards."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.models.report import Report


class HoldReason(models.TextChoices):
    """Why a report must not be deleted. A list, so that no personal text enters the audit log."""

    CASE = "case", _("an investigation or a case in court")
    CLAIM = "claim", _("a claim or lawsuit against the agency")
    ORDER = "order", _("an order of a court")
    REQUEST = "request", _("an open request for records")
    INQUIRY = "inquiry", _("an inquiry within the agency")


class LegalHold(models.Model):
    """A supervisor's word that a report must be kept. One person asks to lift it, another one lifts it."""

    id = models.BigAutoField(primary_key=True)
    report = models.ForeignKey(Report, models.CASCADE, related_name="holds")
    reason = models.CharField(_("reason"), max_length=10, choices=HoldReason.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["report"], condition=Q(lifted_at=None), name="one_open_hold_per_report"),
            models.CheckConstraint(condition=Q(lifted_at=None) | Q(asked_at__isnull=False), name="lifted_was_asked"),
            models.CheckConstraint(
                condition=Q(lifted_by=None) | Q(asked_by=None) | ~Q(lifted_by=models.F("asked_by")),
                name="two_people_lift",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.report_id}"


class Rule(models.TextChoices):
    """Which period ran out."""

    TYPE = "type", _("the period of its kind of report")
    STATE = "state", _("the period of how it ended")


class Tombstone(models.Model):
    """What says that a report's words and files were deleted: when, by which rule, how many. Nothing of them."""

    report = models.OneToOneField(Report, models.CASCADE, primary_key=True, related_name="tombstone")
    at = models.DateTimeField()
    rule = models.CharField(max_length=5, choices=Rule.choices)
    # The days of the period, counted from the decision.
    days = models.PositiveIntegerField()
    messages = models.PositiveIntegerField()
    files = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.report_id} {self.at}"
