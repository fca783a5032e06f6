"""The log that cannot be altered unseen."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """Who did what to which thing, when. No foreign keys, no personal text.

    The database itself chains each row to the one before it and refuses to change or remove one
    (the triggers stand in the migration that made the table).
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(_("at"), db_default=Now())
    verb = models.CharField(_("what"), max_length=40, db_index=True)
    actor = models.CharField(_("who"), max_length=40)
    subject = models.CharField(_("of which"), max_length=60, db_index=True)
    details = models.JSONField(_("details"), default=dict)
    link = models.BinaryField(_("link of the chain"), max_length=32, editable=False, default=bytes)

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"
