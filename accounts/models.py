"""The staff of the agency: what they are and which areas are theirs."""

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person does for the agency. One may have several; `reports.permissions` says what each may do."""

    OFFICER = "officer", _("officer")
    COORDINATOR = "coordinator", _("hate-crime coordinator")
    TRANSLATOR = "translator", _("translator")
    CLERK = "clerk", _("records clerk")
    SUPERVISOR = "supervisor", _("supervisor")
    ADMINISTRATOR = "administrator", _("administrator")
    AUDITOR = "auditor", _("auditor")


class User(AbstractUser):
    """One member of staff. Residents never have an account."""

    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices), default=list, blank=True)
    areas = models.ManyToManyField("reports.Area", blank=True, related_name="staff", verbose_name=_("areas"))
    bureaus = models.ManyToManyField("reports.Bureau", blank=True, related_name="staff", verbose_name=_("bureaus"))
    citywide = models.BooleanField(
        _("whole city"), default=False, help_text=_("Also sees reports whose area is not known.")
    )

    # No choices here: which languages there are is a setting.
    languages = ArrayField(
        models.CharField(max_length=10),
        verbose_name=_("languages"),
        default=list,
        blank=True,
        help_text=_("A translator sees the texts in these languages, of the whole city."),
    )

    class Meta:
        verbose_name = _("staff account")
        verbose_name_plural = _("staff accounts")

    def has_role(self, *roles: str) -> bool:
        """Tell whether the person has one of `roles`."""
        return self.is_active and bool(set(roles) & set(self.roles))
