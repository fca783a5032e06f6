"""What is counted: the rollup of reports, the agency's groups, history from before the portal, the published weeks."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Basis(models.TextChoices):
    """Which of a report's days counts."""

    REPORTED = "r", _("the day it was reported")
    OCCURRED = "o", _("the day it happened")


class Grain(models.TextChoices):
    """How long a row of the rollup is. Weeks begin on Sunday."""

    DAY = "d", _("day")
    WEEK = "w", _("week")
    MONTH = "m", _("month")


class Cuboid(models.TextChoices):
    """What a row's `value` says of its reports, beside their type and area; see `reports.counts.cells`."""

    CHANNEL = "c", _("channel")
    STATE = "s", _("state")
    LANGUAGE = "l", _("language")
    BIAS = "b", _("biases")
    OFFENCE = "o", _("offences")


class Tally(models.Model):
    """How many reports of one type and area have one value on one day, or in one week or month.

    Only `reports.counts.rollup` writes here. A day that stands in StaleMoment is not to be read from here.
    """

    id = models.BigAutoField(primary_key=True)
    basis = models.CharField(max_length=1, choices=Basis.choices)
    grain = models.CharField(max_length=1, choices=Grain.choices)
    cuboid = models.CharField(max_length=1, choices=Cuboid.choices)
    start = models.DateField()
    # Ids, without a check for each of very many rows: a report's own columns are checked. 0: not placed.
    report_type = models.BigIntegerField()
    area = models.BigIntegerField()
    value = models.CharField(max_length=200)
    reports = models.PositiveIntegerField()
    approved = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["basis", "grain", "cuboid", "start", "report_type", "area", "value"],
                include=["reports", "approved"],
                name="one_tally_per_cell",
            )
        ]

    def __str__(self) -> str:
        return f"{self.cuboid} {self.value} {self.grain} {self.start}"


class StaleMoment(models.Model):
    """A moment on whose day something countable changed. Triggers write it in the transaction of the change itself.

    Never merged with an earlier row: one that is not committed yet must outlive the deletion of the others.
    """

    id = models.BigAutoField(primary_key=True)
    basis = models.CharField(max_length=1, choices=Basis.choices)
    moment = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["basis", "moment"], name="stale_moments")]

    def __str__(self) -> str:
        return f"{self.basis} {self.moment}"


class TallyZone(models.Model):
    """The time zone in whose days the rollup was counted. Without its row nothing of the rollup is read."""

    zone = models.CharField(max_length=60, primary_key=True)

    def __str__(self) -> str:
        return self.zone


class CountGroup(models.Model):
    """A heading of the agency's own for reports of several types or offences. Groups may overlap."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    report_types = ArrayField(
        models.SlugField(max_length=50), verbose_name=_("report types"), default=list, blank=True,
        help_text=_("All reports of these types."),
    )  # fmt: skip
    offences = ArrayField(
        models.CharField(max_length=40), verbose_name=_("offences"), default=list, blank=True,
        help_text=_("And all reports with one of these offences."),
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("group of counts")
        verbose_name_plural = _("groups of counts")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class HistoricCategory(models.Model):
    """What was counted before the portal, by a free name: it need not be a report type."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=100, unique=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class HistoricCount(models.Model):
    """A count from before the portal, or beside it: of one day, or of the year to a day. See `import_counts`."""

    class Span(models.TextChoices):
        """What was counted."""

        DAY = "day", _("that day")
        TO_DATE = "to_date", _("the year to that day")

    id = models.BigAutoField(primary_key=True)
    category = models.ForeignKey(HistoricCategory, models.CASCADE, related_name="counts")
    span = models.CharField(max_length=7, choices=Span.choices)
    day = models.DateField()
    bureau = models.ForeignKey("reports.Bureau", models.PROTECT, null=True, blank=True, related_name="+")
    area = models.ForeignKey("reports.Area", models.PROTECT, null=True, blank=True, related_name="+")
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["category", "span", "day", "bureau", "area"],
                nulls_distinct=False,
                name="one_historic_count_per_cell",
            ),
            models.CheckConstraint(
                condition=models.Q(bureau=None, area__isnull=False) | models.Q(bureau__isnull=False, area=None),
                name="historic_count_of_bureau_or_area",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category_id} {self.span} {self.day}"


class PublishedWeek(models.Model):
    """A week's counts as they were published, or as a later revision found them. Frozen: never changed afterwards."""

    id = models.BigAutoField(primary_key=True)
    ending = models.DateField(_("week ending"))
    # 0 is the publication itself.
    revision = models.PositiveSmallIntegerField(_("revision"), default=0)
    made_at = models.DateTimeField(_("made at"))
    # The tables as `reports.counts.shapes` writes them, and what changed since the one before.
    figures = models.JSONField()
    changes = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("published week")
        verbose_name_plural = _("published weeks")
        ordering = ["-ending", "-revision"]
        constraints = [models.UniqueConstraint(fields=["ending", "revision"], name="one_week_per_revision")]

    def __str__(self) -> str:
        return f"{self.ending} revision {self.revision}"


class PublishedFile(models.Model):
    """One file of a published week, to the byte as it was sent."""

    id = models.BigAutoField(primary_key=True)
    week = models.ForeignKey(PublishedWeek, models.PROTECT, related_name="files")
    name = models.CharField(max_length=60)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["week", "name"], name="one_published_file_per_name")]

    def __str__(self) -> str:
        return self.name


class PublicWeek(models.Model):
    """What the public page shows of one week, as it was counted when the week was over. Frozen for good.

    What is hidden there is not in here either: its place holds null (see `reports.statistics.protecting`).
    """

    id = models.BigAutoField(primary_key=True)
    ending = models.DateField(_("week ending"), unique=True)
    counted_at = models.DateTimeField(_("counted at"))
    # Slugs of the kinds, those of hate among them, and number and name of each area; 0 is "not known".
    types = models.JSONField()
    hate_types = models.JSONField()
    areas = models.JSONField()
    # A list for each kind and one for the totals, in each a figure for each area and the total.
    figures = models.JSONField()
    # From which number on a figure was shown.
    least = models.PositiveSmallIntegerField()
    least_hate = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["-ending"]

    def __str__(self) -> str:
        return f"{self.ending}"


class CountSubscription(models.Model):
    """Who gets the published week by e-mail, as which files."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    pdf = models.BooleanField(_("PDF"), default=True)
    xlsx = models.BooleanField(_("XLSX"), default=True)

    def __str__(self) -> str:
        return str(self.user_id)


class CountLetter(models.Model):
    """A published week on its way to one subscriber: a row first, sent once."""

    id = models.BigAutoField(primary_key=True)
    week = models.ForeignKey(PublishedWeek, models.PROTECT, related_name="letters")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    attempts = models.PositiveSmallIntegerField(default=0)
    try_after = models.DateTimeField()
    # When it went out, or was given up: no address, no permission any more.
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["week", "user"], name="one_letter_per_week_and_subscriber")]

    def __str__(self) -> str:
        return f"{self.week_id} to {self.user_id}"
