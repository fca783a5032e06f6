"""To whom reports are passed on, and how residents say yes to that."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.catalogue import Shipped, fill_placeholders, validate_placeholders


class Partner(Shipped):
    """Somebody a report can be passed on to: another agency, or an organisation."""

    class Kind(models.TextChoices):
        AGENCY = "agency", _("agency")
        ORGANISATION = "organisation", _("organization")

    key = models.SlugField(_("key"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.AGENCY)
    name = models.CharField(_("name"), max_length=150)
    description = models.TextField(_("what they do"), blank=True, validators=[validate_placeholders])
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    url = models.URLField(_("website"), blank=True)
    named_in_letters = models.BooleanField(
        _("named in letters"),
        default=True,
        help_text=_("Off where the name would tell others what was reported. The status page names it in any case."),
    )
    is_active = models.BooleanField(_("active"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.name

    def description_for(self) -> str:
        """Return what they do in the active language, with its placeholders filled."""
        return fill_placeholders(self.description)


class Consent(models.TextChoices):
    """How the resident said that personal data may go along."""

    ANSWER = "answer", _("in an answer on the status page")
    PHONE = "phone", _("on the phone")
    PRESENT = "present", _("in person")
    WRITING = "writing", _("in a letter or an e-mail")
