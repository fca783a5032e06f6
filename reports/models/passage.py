"""What was said in one language and must be read in another."""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports import codes, vault
from reports.models.history import Message
from reports.models.report import Report


class Origin(models.TextChoices):
    """Who wrote a translation, or found that none is needed."""

    MACHINE = "machine", _("machine")
    PERSON = "person", _("person")


def translation_place(passage_id: UUID, version: int) -> vault.Place:
    """Where the words of one version are bound to."""
    return vault.Place("translation", f"sealed.{version}", str(passage_id))


class Passage(models.Model):
    """One text of a report that its reader may not understand: the narrative, or a message.

    Its words stay where they are, sealed; this row says from which language into which, and how far it is.
    """

    class Stage(models.TextChoices):
        """How far the translation is."""

        WAITING = "waiting", _("to be translated")
        DRAFT = "draft", _("drafted by the machine, to be checked")
        DONE = "done", _("translated by a person")
        UNNEEDED = "unneeded", _("needs no translation")

    id = models.UUIDField(primary_key=True, default=codes.new_id, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="passages")
    # None: the narrative.
    message = models.OneToOneField(Message, models.CASCADE, null=True, blank=True, related_name="passage")
    source = models.CharField(_("written in"), max_length=10)
    target = models.CharField(_("to be read in"), max_length=10)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices, default=Stage.WAITING)
    asked_at = models.DateTimeField(_("asked for"))
    # Who said by hand which language it is: then no machine is asked about that.
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    # Of the translation that is in force, or of the finding that none is needed.
    version = models.PositiveIntegerField(default=0)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("at"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=models.Q(message=None), name="one_passage_for_the_narrative"
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at", "id"], condition=models.Q(stage__in=["draft", "waiting"]), name="passages_to_do"
            ),
            models.Index(fields=["report"], condition=models.Q(stage="waiting"), name="passages_waiting"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_to_resident(self) -> bool:
        """Tell whether the resident is who will read the translation."""
        return self.target != settings.LANGUAGE_CODE

    @property
    def foreign(self) -> str:
        """Return the language of the two that is not English."""
        return self.target if self.is_to_resident else self.source

    def place(self, version: int) -> vault.Place:
        """Where the words of one version are bound to."""
        return translation_place(self.pk, version)


class Translation(models.Model):
    """One version of a passage's translation. Corrections add versions; none is changed or removed."""

    id = models.BigAutoField(primary_key=True)
    passage = models.ForeignKey(Passage, models.CASCADE, related_name="translations")
    version = models.PositiveIntegerField()
    sealed = models.BinaryField()
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["passage", "version"], name="one_translation_per_version"),
        ]

    def __str__(self) -> str:
        return f"{self.passage_id} version {self.version}"
