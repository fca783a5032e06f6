"""A file that a resident added: a photo, a video, a recording, a document."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports import vault
from reports.models.draft import Draft
from reports.models.report import Report


class Attachment(models.Model):
    """One file of a draft, and after sending of the report. Its bytes lie sealed in the file store.

    What comes with an answer or addition belongs to its message; until that is sent, to the reply in the making.

    It has a data key of its own, wrapped by the key of the draft or report it belongs to: destroying that one
    shreds the file, and sending wraps this one anew without touching the bytes.
    """

    class Kind(models.TextChoices):
        """What the content is, as the content says; the file's name has no say."""

        JPEG = "jpeg", _("JPEG picture")
        PNG = "png", _("PNG picture")
        HEIC = "heic", _("HEIC picture")
        WEBP = "webp", _("WebP picture")
        PDF = "pdf", _("PDF document")
        MP4 = "mp4", _("MP4 video")
        MOV = "mov", _("MOV video")
        WAV = "wav", _("WAV recording")
        MP3 = "mp3", _("MP3 recording")

    class About(models.TextChoices):
        """What the resident says that it shows."""

        RECEIPT = "receipt", _("A receipt or proof of purchase")
        THING = "thing", _("The thing itself, before it was lost, stolen or damaged")
        DAMAGE = "damage", _("The damage")
        EVENT = "event", _("What happened, or who did it")
        MESSAGE = "message", _("A message, post or call")
        OTHER = "other", _("Something else")

    class Scan(models.TextChoices):
        """What the scan found. FAILED: a picture that could not be read as one."""

        UNSCANNED = "unscanned", _("not scanned")
        CLEAN = "clean", _("clean")
        INFECTED = "infected", _("infected")
        FAILED = "failed", _("not readable")

    id = models.UUIDField(primary_key=True, editable=False)
    draft = models.ForeignKey(Draft, models.CASCADE, null=True, blank=True, related_name="attachments")
    report = models.ForeignKey(Report, models.CASCADE, null=True, blank=True, related_name="attachments")
    message = models.ForeignKey("reports.Message", models.CASCADE, null=True, blank=True, related_name="attachments")
    # A page's own random id, while what is written there is not sent: two tabs never mix.
    reply = models.UUIDField(null=True, blank=True, db_index=True)
    position = models.PositiveSmallIntegerField()
    size = models.PositiveIntegerField()
    kind = models.CharField(max_length=4, choices=Kind.choices)
    about = models.CharField(max_length=10, choices=About.choices, blank=True)
    scan = models.CharField(max_length=10, choices=Scan.choices, default=Scan.UNSCANNED)
    # Names in the file store: of the sealed original, and of the sealed copy for viewing once there is one.
    stored = models.CharField(max_length=32, unique=True)
    copy = models.CharField(max_length=32, blank=True, db_index=True)
    wrapped_key = models.BinaryField()
    sealed_name = models.BinaryField()
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(draft__isnull=True, report__isnull=False) | Q(draft__isnull=False, report__isnull=True),
                name="attachment_of_draft_or_report",
            ),
            models.CheckConstraint(
                condition=Q(reply=None) | Q(report__isnull=False, message=None), name="reply_is_not_sent_yet"
            ),
            models.CheckConstraint(condition=Q(message=None) | Q(report__isnull=False), name="message_has_report"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def place(self, column: str) -> vault.Place:
        """Where something sealed of this file is bound to: the same in the draft and in the report."""
        return vault.Place("attachment", column, str(self.pk))

    def key(self, parent: vault.DataKey) -> vault.DataKey:
        """Return the file's data key; `parent` is the key of its draft or report."""
        return vault.unwrap_under(bytes(self.wrapped_key), parent=parent, place=self.place("wrapped_key"))

    def name(self, parent: vault.DataKey) -> str:
        """Return the name that the file had with the resident."""
        name: str = vault.open_sealed(self.sealed_name, key=self.key(parent), place=self.place("sealed_name"))
        return name
