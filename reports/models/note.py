"""What the staff say among themselves about a report."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports import codes, vault
from reports.models.report import Report


class Note(models.Model):
    """Words of a member of staff for colleagues, sealed with the report's key. No resident and no export has them."""

    id = models.UUIDField(primary_key=True, default=codes.new_id, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    sealed = models.BinaryField()
    at = models.DateTimeField(_("at"))
    # Colleagues for whom the report existed when the note was written.
    mentioned = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", blank=True, verbose_name=_("mentioned")
    )

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def place(self) -> vault.Place:
        """Where its words are bound to."""
        return vault.Place("note", "sealed", str(self.pk))
