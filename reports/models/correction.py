"""What officers put right in how a report is filed. The resident's own words are never touched."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.report import Report


class Correction(models.Model):
    """One value of a report as it was before and as it is since. None is changed or removed."""

    class Of(models.TextChoices):
        """What was put right."""

        AREA = "area", _("area")
        TYPE = "type", _("type")
        OFFENCE = "offence", _("offence code")
        BIAS = "bias", _("bias codes")
        PROPERTY = "property", _("property codes")
        PREMISE = "premise", _("kind of place")
        PRIORITY = "priority", _("priority")

    class Reason(models.TextChoices):
        """Why. A list, so that no personal text enters a column that everybody may read."""

        WORDS = "words", _("the report's own words say so")
        TOLD = "told", _("the resident told us")
        CHOICE = "choice", _("the resident chose the nearest they found")
        PLACE = "place", _("that area serves this place or matter")
        FOUND = "found", _("found out by looking into it")
        MISTAKE = "mistake", _("an earlier correction was wrong")

    id = models.BigAutoField(primary_key=True)
    report = models.ForeignKey(Report, models.CASCADE, related_name="corrections")
    of = models.CharField(_("what"), max_length=10, choices=Of.choices)
    # Ids and codes as the tables of the catalogue have them; never words of anybody.
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.of} of {self.report_id}"
