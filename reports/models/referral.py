"""To whom a report was passed on, with what, and by which consent. A row is never changed."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.models.catalogue import Area
from reports.models.partner import Consent, Partner
from reports.models.report import Report


class Along(models.TextChoices):
    """What goes along with a referral. The labels are what residents read."""

    FACTS = "facts", _("what kind of report it is, when it happened and in which part of the city, without your name")
    STORY = "story", _("what you wrote")
    PERSON = "person", _("your name and how to reach you")
    FILES = "files", _("your photos and documents")


class Referral(models.Model):
    """One passing on: to a partner, or to one of the agency's own stations."""

    id = models.BigAutoField(primary_key=True)
    report = models.ForeignKey(Report, models.CASCADE, related_name="referrals")
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, related_name="+")
    station = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    along = ArrayField(models.CharField(max_length=10, choices=Along.choices))
    consent = models.CharField(max_length=10, choices=Consent.choices, blank=True)
    consent_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(partner__isnull=False, station__isnull=True)
                | Q(partner__isnull=True, station__isnull=False),
                name="referred_to_one",
            ),
            models.CheckConstraint(
                condition=Q(along__contained_by=[Along.FACTS.value]) | ~Q(consent=""), name="personal_needs_consent"
            ),
            models.CheckConstraint(
                condition=Q(consent="", consent_on__isnull=True) | Q(~Q(consent=""), consent_on__isnull=False),
                name="consent_has_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def name(self) -> str:
        """Whom it went to, as the agency names them."""
        return self.partner.name if self.partner else self.station.name if self.station else ""
