"""Files that leave the portal: what was asked for, how far it is, which reports were in it, and choices of columns."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from reports import codes, vault
from reports.models.report import Report
from reports.reasons import ExportReason


class Export(models.Model):
    """One file that somebody asked for. It is made in steps, each remembered here, and expires after EXPORT_DAYS.

    The row stays when the file is gone: it says who exported what, and why.
    """

    class Format(models.TextChoices):
        """What the file is."""

        CSV = "csv", _("CSV")
        XLSX = "xlsx", _("Excel workbook (XLSX)")
        JSONL = "jsonl", _("JSON Lines")
        PDFS = "pdfs", _("PDF, a file for each report (ZIP)")
        PDF = "pdf", _("PDF, all in one")

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("not made")
        CANCELLED = "cancelled", _("cancelled")
        EXPIRED = "expired", _("expired")

    class Why(models.TextChoices):
        """Why one could not be made."""

        REFUSED = "refused", _("You may not export this any more.")
        REACH = "reach", _("Your areas or roles changed while it was made.")
        TOO_MANY = "too_many", _("There are more reports than one file of this kind holds.")
        ERROR = "error", _("Something went wrong again and again. The administrators can see what in the log.")

    id = models.UUIDField(primary_key=True, default=codes.new_id, editable=False)
    requester = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="exports")
    # As `reports.export.wanted` writes and reads it: filters of the queue, days of decision, or reports by their ids.
    wanted = models.JSONField(default=dict)
    columns = ArrayField(models.CharField(max_length=60), default=list)
    format = models.CharField(max_length=5, choices=Format.choices)
    with_bom = models.BooleanField(default=False)
    personal = models.BooleanField(default=False)
    reason = models.CharField(max_length=20, choices=ExportReason.choices)

    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    why = models.CharField(max_length=10, choices=Why.choices, blank=True, default="")
    asked_at = models.DateTimeField(db_default=Now())
    # Up to where the primary's log reached then: whatever its requester had written is in it, wherever it is read.
    written = models.CharField(max_length=20, blank=True, default="", db_default="")
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    downloaded_at = models.DateTimeField(null=True, blank=True)

    # How many there were when it began, and the checkpoint: how many are stored, and which was the last of them.
    total = models.PositiveIntegerField(null=True, blank=True)
    rows = models.PositiveIntegerField(default=0)
    misfits = models.PositiveIntegerField(default=0)
    after = models.UUIDField(null=True, blank=True)
    # Who works on it until when; how often it was begun since it last got further; when it last had its turn.
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    turn_at = models.DateTimeField(db_default=Now())
    # The class of the last error; its text could quote a resident.
    last_error = models.CharField(max_length=100, blank=True, default="")
    # What the requester could reach when it was made, as a digest.
    reach = models.CharField(max_length=64, blank=True, default="")

    # Of the whole file, in bytes and as SHA-256 in hexadecimal. Only a file that is complete has them.
    size = models.PositiveBigIntegerField(null=True, blank=True)
    checksum = models.CharField(max_length=64, blank=True, default="")
    wrapped = models.BinaryField()
    wrapped_by = models.CharField(max_length=40, db_index=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="ready") | models.Q(size__isnull=False, ended_at__isnull=False),
                name="ready_export_is_whole",
            )
        ]
        indexes = [
            models.Index(
                fields=["turn_at"], condition=models.Q(state__in=["waiting", "running"]), name="exports_to_make"
            )
        ]

    def __str__(self) -> str:
        return f"{self.format} {self.pk}"

    def place(self, column: str) -> vault.Place:
        """Where something sealed of this export is bound to."""
        return vault.Place("export", column, str(self.pk))

    def key(self) -> vault.DataKey:
        """Return the data key of its files."""
        return vault.unwrap(wrapped=self.wrapped, wrapped_by=self.wrapped_by, place=self.place("wrapped"))

    @property
    def is_at_work(self) -> bool:
        """Tell whether it is still to be made."""
        return self.state in {self.State.WAITING, self.State.RUNNING}

    @property
    def percent(self) -> int:
        """How much of it is stored, 0 to 100."""
        return min(100, self.rows * 100 // self.total) if self.total else 0


class ExportPart(models.Model):
    """A piece of the file, or of the list of what does not fit, sealed in the file store."""

    class Kind(models.TextChoices):
        """What it is a piece of."""

        ROWS = "rows", _("the file")
        MISFITS = "misfits", _("what does not fit")

    id = models.BigAutoField(primary_key=True)
    export = models.ForeignKey(Export, models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    position = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    stored = models.CharField(max_length=32, unique=True)

    class Meta:
        ordering = ["kind", "position"]
        constraints = [
            models.UniqueConstraint(fields=["export", "kind", "position"], name="one_part_for_each_position")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.position} of {self.export_id}"

    @property
    def column(self) -> str:
        """What its bytes are bound to, within the export."""
        return f"{self.kind}.{self.position}"


class ExportLine(models.Model):
    """That a report was in an export. A report deleted by its retention takes its lines along."""

    id = models.BigAutoField(primary_key=True)
    # Looked up by the constraint's index: one less to write for each of a million lines.
    export = models.ForeignKey(Export, models.CASCADE, related_name="lines", db_index=False)
    # A constraint would lock the row of each report that leaves, which writes every page of a million reports.
    report = models.ForeignKey(Report, models.CASCADE, related_name="export_lines", db_constraint=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["export", "report"], name="one_line_for_each_report")]

    def __str__(self) -> str:
        return f"{self.report_id} in {self.export_id}"


class ExportPreset(models.Model):
    """Columns under a name, one's own or shared. Those that the portal brings are in `reports.export.presets`."""

    id = models.BigAutoField(primary_key=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="export_presets")
    name = models.CharField(_("name"), max_length=60)
    columns = ArrayField(models.CharField(max_length=60))
    shared = models.BooleanField(_("shared"), default=False)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="one_export_preset_per_name")]

    def __str__(self) -> str:
        return self.name
