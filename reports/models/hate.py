"""What staff say about hate: that a report may be a hate crime, and what it is. Never the resident's to read.

Rows are added, never written over: who, when and on which basis stays as it was.
"""

from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports import codes, vault
from reports.models.report import Report, Verdict


class Sign(models.TextChoices):
    """What makes a report look like a hate crime."""

    THREAT = "threat", _("A threat of force")
    CONTACT = "contact", _("Physical contact")
    INJURY = "injury", _("Somebody was hurt")
    WEAPON = "weapon", _("A weapon")
    DAMAGE = "damage", _("Property was damaged")
    STALKING = "stalking", _("Following or stalking")
    PATTERN = "pattern", _("A pattern: it happened before")
    SYMBOLS = "symbols", _("Slurs, signs or symbols with an act against the law")


class Ground(models.TextChoices):
    """What a classification rests on."""

    WORDS = "words", _("Words or gestures")
    SYMBOLS = "symbols", _("Symbols, drawings or graffiti")
    TARGET = "target", _("Who or what was chosen as a target")
    PATTERN = "pattern", _("Earlier or similar events")
    STATEMENTS = "statements", _("Statements of victims or witnesses")
    SUSPECT = "suspect", _("What a suspect said or did")
    EVIDENCE = "evidence", _("Photos, recordings or other evidence")
    NO_CRIME = "no_crime", _("No act against the law")
    NO_BIAS = "no_bias", _("No sign of bias")


class HateEscalation(models.Model):
    """Somebody thinks that a report may be a hate crime. It is open until it is classified."""

    id = models.UUIDField(primary_key=True, default=codes.new_id, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="escalations")
    signs = ArrayField(models.CharField(max_length=10, choices=Sign.choices), default=list)
    # Codes of the table of protected characteristics.
    characteristics = ArrayField(models.CharField(max_length=40), default=list)
    sealed_note = models.BinaryField(null=True)
    # Nobody: the resident's own answers did.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    due_at = models.DateTimeField(_("to be classified by"))
    priority_before = models.PositiveSmallIntegerField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=models.Q(settled_at=None), name="one_open_escalation_per_report"
            )
        ]
        indexes = [models.Index(fields=["due_at", "id"], condition=models.Q(settled_at=None), name="escalations_open")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def place(self) -> vault.Place:
        """Where its note is bound to."""
        return note_place(self.pk)


class HateClassification(models.Model):
    """What a coordinator or supervisor found; the highest version is in force. For the state's statistics."""

    id = models.UUIDField(primary_key=True, default=codes.new_id, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="classifications")
    version = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    # Codes of the catalogue: the offence of a crime, biases as NIBRS counts them, characteristics as California does.
    offence = models.CharField(max_length=10, blank=True, default="")
    biases = ArrayField(models.CharField(max_length=4), default=list)
    characteristics = ArrayField(models.CharField(max_length=40), default=list)
    basis = ArrayField(models.CharField(max_length=10, choices=Ground.choices), default=list)
    sealed_note = models.BinaryField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["report", "version"], name="one_classification_per_version"),
            models.CheckConstraint(
                condition=models.Q(verdict=Verdict.CRIME) & ~models.Q(offence="")
                | ~models.Q(verdict=Verdict.CRIME) & models.Q(offence=""),
                name="a_crime_has_an_offence",
            ),
            models.CheckConstraint(
                condition=models.Q(verdict=Verdict.NEITHER, biases=[], characteristics=[])
                | ~models.Q(verdict=Verdict.NEITHER) & ~models.Q(biases=[]) & ~models.Q(characteristics=[]),
                name="hate_has_its_biases",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {self.version}"

    @property
    def place(self) -> vault.Place:
        """Where its note is bound to."""
        return note_place(self.pk)


def note_place(row_id: UUID) -> vault.Place:
    """Where the note of a row is bound to."""
    return vault.Place("hate", "note", str(row_id))
