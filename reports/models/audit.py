"""The log that cannot be altered unseen."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """Who did what to which thing, when. No foreign keys, no personal text.

    The database itself numbers the rows without gaps, chains each to the one before it and refuses to change or
    remove one (the triggers stand in the migrations `audit_chain` and `audit_numbers`).
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(_("at"), db_default=Now())
    verb = models.CharField(_("what"), max_length=40)
    actor = models.CharField(_("who"), max_length=40)
    subject = models.CharField(_("of which"), max_length=60)
    details = models.JSONField(_("details"), default=dict)
    link = models.BinaryField(_("link of the chain"), max_length=32, editable=False, default=bytes)

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        # The auditor's page, newest first, whatever it is narrowed to.
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_by_age"),
            models.Index(fields=["verb", "-at", "-id"], name="audit_by_verb"),
            models.Index(fields=["actor", "-at", "-id"], name="audit_by_actor"),
            models.Index(fields=["subject", "-at", "-id"], name="audit_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"


class AuditCheckpoint(models.Model):
    """Up to which event the beginning of the log was removed when its time was over. Rows are only ever added.

    The database lets an event be removed only behind one of these; its seal needs the keyring.
    """

    id = models.BigAutoField(primary_key=True)
    # The last event that was removed, its link, how many were removed in all, and when the last one happened.
    event = models.BigIntegerField(unique=True)
    link = models.BinaryField()
    count = models.BigIntegerField()
    until = models.DateTimeField()
    made_at = models.DateTimeField()
    seal = models.BinaryField()

    class Meta:
        ordering = ["event"]

    def __str__(self) -> str:
        return f"up to event {self.event}"


class WatchedSetting(models.Model):
    """What a setting was when a process last looked, as a keyed digest: so that a change can be told, not a value."""

    id = models.BigAutoField(primary_key=True)
    process = models.CharField(max_length=10)
    name = models.CharField(max_length=60)
    digest = models.BinaryField()
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "name"], name="one_row_per_setting")]

    def __str__(self) -> str:
        return f"{self.process} {self.name}"
