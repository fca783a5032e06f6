"""What leaves through the feed: who may pull what, what changed in which order, what was acknowledged and told."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports import codes, vault
from reports.models.catalogue import Area
from reports.models.report import Report


class FeedScope(models.Model):
    """Which approved reports exist for a system outside; `permissions.fed` reads it. Made once, never widened."""

    citywide = models.BooleanField(_("whole city"), default=False)
    areas = models.ManyToManyField(Area, blank=True, related_name="+", verbose_name=_("areas"))
    every_type = models.BooleanField(_("every report type"), default=False)
    # Short names, which all versions of a type share.
    types = ArrayField(models.CharField(max_length=50), verbose_name=_("report types"), default=list, blank=True)

    class Meta:
        abstract = True

    @property
    def area_ids(self) -> list[int]:
        """The ids of the areas, asked once for each object."""
        if "known_areas" not in self.__dict__:
            self.__dict__["known_areas"] = sorted(self.areas.values_list("pk", flat=True))
        known: list[int] = self.__dict__["known_areas"]
        return known


class FeedToken(FeedScope):
    """What one system outside may pull. The token itself is shown once; here is only its hash."""

    class Files(models.TextChoices):
        """Which files go along."""

        NONE = "none", _("no files")
        COPIES = "copies", _("plain copies of pictures")
        ORIGINALS = "originals", _("plain copies and the files as they were sent")

    class Reason(models.TextChoices):
        """Why personal data leaves. A list, so that no personal text enters the log."""

        RECORDS = "records", _("to enter the reports into the records system")
        INVESTIGATION = "investigation", _("for investigations")

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(_("system"), max_length=60)
    # The part of the token by which it is recognised.
    prefix = models.CharField(_("begins with"), max_length=20, unique=True)
    digest = models.BinaryField()
    columns = ArrayField(models.CharField(max_length=40), verbose_name=_("columns"), default=list, blank=True)
    files = models.CharField(_("files"), max_length=10, choices=Files.choices, default=Files.NONE)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices, blank=True, default="")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        verbose_name = _("feed token")
        verbose_name_plural = _("feed tokens")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.prefix

    @property
    def is_valid(self) -> bool:
        """Whether it opens anything now."""
        return self.revoked_at is None and self.expires_at > timezone.now()


class FeedEntry(models.Model):
    """Something about an approved report changed: look at it again. Written by the database's triggers only.

    None is ever changed but for its number, which it gets once it is committed (see `reports.feed.entries`), and none
    is deleted: a cursor points at one. The report may be gone.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.BigIntegerField(null=True, unique=True)
    # Tells a cursor of this database from one of a database that was restored from a backup.
    mark = models.UUIDField(default=uuid4)
    report_id = models.UUIDField()
    reference = models.CharField(max_length=12)
    # Where the report was, before or after the change, and which type it had: whom this concerns.
    area = models.BigIntegerField(null=True)
    type = models.CharField(max_length=50)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=Q(number=None), name="feed_unnumbered"),
            models.Index(fields=["report_id", "number"], name="feed_by_report"),
            models.Index(fields=["area", "number"], name="feed_by_area"),
        ]

    def __str__(self) -> str:
        return f"{self.number or '-'} {self.reference}"


class FeedReceipt(models.Model):
    """A records system has the report, under its own number. A later row is in force; none is changed or removed."""

    id = models.BigAutoField(primary_key=True)
    report = models.ForeignKey(Report, models.CASCADE, related_name="receipts")
    token = models.ForeignKey(FeedToken, models.PROTECT, related_name="receipts")
    number = models.CharField(_("number there"), max_length=40)
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["report", "token", "-id"], name="receipts_of_report")]

    def __str__(self) -> str:
        return f"{self.number} {self.report_id}"


class Webhook(FeedScope):
    """An address that is told when there is something to pull. It is told which report, never what is in it."""

    id = models.UUIDField(primary_key=True, default=codes.new_id, editable=False)
    name = models.CharField(_("system"), max_length=60)
    url = models.CharField(_("address"), max_length=300)
    wrapped_key = models.BinaryField()
    wrapped_by = models.CharField(max_length=40, db_index=True)
    # Sealed; the one before signs too for a while, so that the other side can change over.
    secret = models.BinaryField()
    secret_before = models.BinaryField(null=True)
    before_until = models.DateTimeField(_("old secret until"), null=True, blank=True)
    active = models.BooleanField(_("on"), default=True)
    # The number of the last entry of the feed that deliveries were made of.
    position = models.BigIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def key_place(self) -> vault.Place:
        """Where its data key is bound to."""
        return vault.Place("webhook", "wrapped_key", str(self.pk))

    @property
    def place(self) -> vault.Place:
        """Where its secrets are bound to."""
        return vault.Place("webhook", "secret", str(self.pk))

    def key(self) -> vault.DataKey:
        """Return its data key."""
        return vault.unwrap(wrapped=self.wrapped_key, wrapped_by=self.wrapped_by, place=self.key_place)


class WebhookDelivery(models.Model):
    """One word to one webhook, about one report. Its job sends it, again and again where it must."""

    class Event(models.TextChoices):
        """What is told."""

        AVAILABLE = "report.available", _("approved or changed")
        GONE = "report.gone", _("not available any more")

    id = models.UUIDField(primary_key=True, default=codes.new_id, editable=False)
    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    number = models.BigIntegerField()
    report_id = models.UUIDField()
    reference = models.CharField(_("reference"), max_length=12)
    event = models.CharField(_("event"), max_length=20, choices=Event.choices)
    made_at = models.DateTimeField(_("since"))
    # The HTTP status of the last answer, none where there was no answer.
    answer = models.PositiveSmallIntegerField(_("last answer"), null=True, blank=True)
    tried_at = models.DateTimeField(_("last try"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["webhook", "number"], name="one_delivery_per_entry")]

    def __str__(self) -> str:
        return f"{self.event} {self.reference}"
