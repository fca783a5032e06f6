"""What happened to a report, and what was said about it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.report import Report
from reports.states import Action, State


class Move(models.Model):
    """One step of a report from state to state. Written by `workflow` only."""

    id = models.BigAutoField(primary_key=True)
    report = models.ForeignKey(Report, models.CASCADE, related_name="moves")
    action = models.CharField(max_length=10, choices=Action.choices)
    source = models.CharField(max_length=12, choices=State.choices)
    target = models.CharField(max_length=12, choices=State.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    # Who got the report by an assignment; why it was taken over, a token out of a list.
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=20, blank=True, default="", db_default="")

    class Meta:
        ordering = ["id"]
        # What happened in a period: first looks, questions, answers that did not come.
        indexes = [models.Index(fields=["action", "at"], name="moves_by_action")]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class Message(models.Model):
    """Words between the agency and the resident, sealed with the report's key."""

    id = models.UUIDField(primary_key=True, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="messages")
    from_agency = models.BooleanField(_("from the agency"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    # The key of a message template, and its words in every language as they were sent, sealed. A message from before
    # templates were rows has the key alone. What the sender wrote besides, perhaps nothing, is sealed too.
    question = models.CharField(_("message template"), max_length=40, blank=True, default="", db_default="")
    sealed_ready = models.BinaryField(null=True)
    sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def file_count(self) -> int:
        """How many files came with it, where `documents.read_messages` counted them."""
        return int(self.__dict__.get("files_counted", 0))

    @property
    def ready_in(self) -> dict[str, str]:
        """The words of its template by language as they were sent, where `documents.read_messages` opened them."""
        return dict(self.__dict__.get("ready_opened", {}))


class Notice(models.Model):
    """A letter or text message about a report: a row first, sent once. The address stays in the sealed document."""

    class Kind(models.TextChoices):
        """What the letter is about; one template each."""

        RECEIVED = "received", _("received")
        QUESTION = "question", _("question")
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")
        REMINDER = "reminder", _("reminder of a question")
        WITHDRAWN = "withdrawn", _("withdrawn")
        CONTACT = "contact", _("contact corrected")
        MOVED = "moved", _("contact corrected, to the old address")
        REFERRED = "referred", _("passed on")
        JOINED = "joined", _("joined with another report")
        TAKEN_BACK = "taken_back", _("withdrawn by an officer as the resident asked")
        REOPENED = "reopened", _("reopened")
        MESSAGE = "message", _("message of an officer")

    class Channel(models.TextChoices):
        """The way it goes."""

        EMAIL = "email", _("e-mail")
        SMS = "sms", _("text message")

    id = models.BigAutoField(primary_key=True)
    report = models.ForeignKey(Report, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    channel = models.CharField(max_length=5, choices=Channel.choices, default=Channel.EMAIL, db_default=Channel.EMAIL)
    # The version of the document whose address it goes to; none means the one in force.
    version = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.report_id}"
