"""What a member of staff is told: a row first, mailed once. No personal data: which report, what kind, by whom."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.export import Export
from reports.models.report import Report


class AlertKind(models.TextChoices):
    """What it is about; `reports.alerts.kinds` says who is told, and how."""

    PRIORITY = "priority", _("New report of high priority")
    ESCALATED = "escalated", _("Possible hate crime")
    CLASSIFIED = "classified", _("A report was classified")
    UNCLASSIFIED = "unclassified", _("Classification overdue")
    ANSWERED = "answered", _("The resident wrote")
    RETURNED = "returned", _("No answer came in time")
    OVERDUE = "overdue", _("Report overdue")
    ASSIGNED = "assigned", _("Assigned to you")
    STOLEN = "stolen", _("Taken over by a colleague")
    MENTIONED = "mentioned", _("You are mentioned in a note")
    TRANSLATED = "translated", _("A translation is ready")
    COUNTS = "counts", _("Counts were not right")
    EXPORTED = "exported", _("An export is ready, or could not be made")


class Way(models.TextChoices):
    """How somebody wants to be told."""

    NOW = "now", _("E-mail at once")
    DAILY = "daily", _("E-mail once a day")
    HERE = "here", _("Only here")
    NEVER = "never", _("Not at all")


class AlertChoice(models.Model):
    """How a person wants to be told of one kind; without a row the kind's own way holds."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="alert_choices")
    kind = models.CharField(max_length=12, choices=AlertKind.choices)
    way = models.CharField(max_length=5, choices=Way.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="one_choice_per_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.way}"


class AlertMail(models.Model):
    """One e-mail to a person: of one alert, or the digest of a day."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="alert_mails")
    # The day of a digest, in the agency's time zone; none for what goes at once.
    day = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="one_digest_a_day")]

    def __str__(self) -> str:
        return f"{self.pk} {self.day or ''}"


class Alert(models.Model):
    """One thing one person is told."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="alerts")
    kind = models.CharField(max_length=12, choices=AlertKind.choices)
    report = models.ForeignKey(Report, models.CASCADE, null=True, blank=True, related_name="alerts")
    export = models.ForeignKey(Export, models.CASCADE, null=True, blank=True, related_name="alerts")
    # Who caused it, if it was a member of staff.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    way = models.CharField(max_length=5, choices=Way.choices)
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    mail = models.ForeignKey(AlertMail, models.SET_NULL, null=True, blank=True, related_name="alerts")

    class Meta:
        indexes = [
            models.Index(fields=["user", "-id"], name="alerts_of_person"),
            models.Index(fields=["user"], condition=models.Q(seen_at=None), name="alerts_unseen"),
            models.Index(fields=["user"], condition=models.Q(way=Way.DAILY, mail=None), name="alerts_for_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Passing(models.Model):
    """A moment by which something was due and that has passed: the row that keeps a second word about it away."""

    id = models.BigAutoField(primary_key=True)
    report = models.ForeignKey(Report, models.CASCADE, related_name="passings")
    kind = models.CharField(max_length=12, choices=AlertKind.choices)
    due_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "kind", "due_at"], name="one_passing")]

    def __str__(self) -> str:
        return f"{self.kind} {self.report_id}"
