"""What a resident has typed and not sent yet."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reports import codes, vault


class Draft(models.Model):
    """One report in the making. Becomes exactly one Report, however often it is sent."""

    id = models.UUIDField(primary_key=True, default=codes.new_id, editable=False)
    report_type = models.ForeignKey("reports.ReportType", models.PROTECT, related_name="drafts")
    language = models.CharField(_("language"), max_length=10)
    wrapped_key = models.BinaryField()
    wrapped_by = models.CharField(max_length=40)
    # Step key -> base64 of its sealed answers, so that two steps saved at once never undo each other.
    answers = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    # Set when the resident saves to come back: the first half of the code keyed, the second as Argon2id hash.
    resume_term = models.BigIntegerField(null=True, blank=True, db_index=True)
    resume_hash = models.CharField(max_length=200, blank=True, db_default="")
    sealed_email = models.BinaryField(null=True, blank=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def key_place(self) -> vault.Place:
        """Where the draft's data key is bound to."""
        return vault.Place("draft", "wrapped_key", str(self.pk))

    @property
    def email_place(self) -> vault.Place:
        """Where the address for the draft's letters is bound to."""
        return vault.Place("draft", "sealed_email", str(self.pk))

    def step_place(self, step: str) -> vault.Place:
        """Where one step's answers are bound to."""
        return vault.Place("draft", f"answers.{step}", str(self.pk))

    def key(self) -> vault.DataKey:
        """Return the draft's data key."""
        return vault.unwrap(wrapped=self.wrapped_key, wrapped_by=self.wrapped_by, place=self.key_place)
