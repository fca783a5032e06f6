"""The staff of the agency: what they are, which areas are theirs, and how their log-in stands."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils import timezone
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

    # When the last invitation was asked for; an earlier one's link is void.
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True, editable=False)
    # Failed log-ins since the last good one, no more than lock the account.
    failed_at = ArrayField(models.DateTimeField(), default=list, blank=True, editable=False)
    locked_at = models.DateTimeField(_("locked"), null=True, blank=True, editable=False)
    # Since when the account is on: what "unused" is counted from for who never logged in, or was enabled again.
    active_since = models.DateTimeField(_("on since"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("staff account")
        verbose_name_plural = _("staff accounts")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email=""),
                name="one_account_per_email",
                violation_error_message=_("Another account has this e-mail address."),
            ),
            models.UniqueConstraint(
                Lower("username"),
                name="one_account_per_name",
                violation_error_message=_("Another account has this username."),
            ),
        ]

    def has_role(self, *roles: str) -> bool:
        """Tell whether the person has one of `roles`."""
        return self.is_active and bool(set(roles) & set(self.roles))

    # Rights come from roles alone: what Django's own tables say, or its superuser flag, counts for nothing.
    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Return False."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        """Return False."""
        return False


class Letter(models.Model):
    """One e-mail to a member of staff. Stored with what causes it, sent by the worker, tried again while it fails."""

    class Kind(models.TextChoices):
        """What is said; `templates/accounts/letters/` says how."""

        INVITATION = "invitation", _("invitation")
        RESET = "reset", _("new password asked for")
        RENEWED = "renewed", _("second factor reset")
        CHANGED = "changed", _("log-in changed")
        MOVED = "moved", _("e-mail address changed")

    user = models.ForeignKey(User, models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # Where the letter goes when not to the person's address of today: the one before it.
    address = models.EmailField(blank=True)
    asked_at = models.DateTimeField(db_default=Now())
    run_after = models.DateTimeField(db_default=Now())
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["run_after"], condition=models.Q(sent_at=None), name="waiting_letters")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
