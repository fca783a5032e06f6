"""The queue of record: what is to be done with a report, remembered by PostgreSQL, hurried by Celery."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from reports.models.draft import Draft
from reports.models.report import Report


class Job(models.Model):
    """One effect that must happen once. Committed together with what asks for it."""

    class Kind(models.TextChoices):
        """What is to be done; `reports.processing.actions.EFFECTS` says how."""

        ENQUEUE = "enqueue", _("put the report into the queue")
        NOTIFY = "notify", _("send a notice")
        SAVED = "saved", _("tell where to go on with a draft")
        EXPIRING = "expiring", _("tell that a draft is deleted soon")
        SCAN = "scan", _("look into a file")
        TRANSLATE = "translate", _("draft a translation")
        ALERT = "alert", _("mail what staff are told")
        WEBHOOK = "webhook", _("tell a webhook")

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    report = models.ForeignKey(Report, models.CASCADE, null=True, blank=True, related_name="jobs")
    # A job of a draft ends with it: a draft that was sent or deleted gets no letter any more.
    draft = models.ForeignKey(Draft, models.CASCADE, null=True, blank=True, related_name="jobs")
    notice = models.OneToOneField("reports.Notice", models.CASCADE, null=True, blank=True, related_name="job")
    attachment = models.ForeignKey("reports.Attachment", models.CASCADE, null=True, blank=True, related_name="jobs")
    passage = models.ForeignKey("reports.Passage", models.CASCADE, null=True, blank=True, related_name="jobs")
    # What staff are told may be about many reports, and then names none.
    alert_mail = models.OneToOneField("reports.AlertMail", models.CASCADE, null=True, blank=True, related_name="job")
    asked_at = models.DateTimeField(db_default=Now())
    # A webhook may be told of a report that is gone.
    delivery = models.OneToOneField(
        "reports.WebhookDelivery", models.CASCADE, null=True, blank=True, related_name="job"
    )
    run_after = models.DateTimeField(db_default=Now())
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    parked_at = models.DateTimeField(null=True, blank=True)
    # The class of the last error; its text could quote a resident.
    last_error = models.CharField(max_length=100, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["run_after", "id"], condition=models.Q(done_at=None, parked_at=None), name="waiting_jobs"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(report=None, draft__isnull=False, alert_mail=None, delivery=None)
                | models.Q(report__isnull=False, draft=None, alert_mail=None, delivery=None)
                | models.Q(report=None, draft=None, alert_mail__isnull=False, delivery=None)
                | models.Q(report=None, draft=None, alert_mail=None, delivery__isnull=False),
                name="job_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
