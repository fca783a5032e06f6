"""A report: plain columns for what is counted, filtered and routed; everything personal in one sealed document."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports import codes, vault
from reports.states import FINAL, State


class Priority(models.IntegerChoices):
    """How soon a report should be read; lower first."""

    HIGH = 1, _("high")
    NORMAL = 2, _("normal")
    LOW = 3, _("low")


class HeldFor(models.TextChoices):
    """Which quiet check held a report for a look; it was accepted all the same."""

    TRAP = "trap", _("a field that no person sees was filled in")
    HASTE = "haste", _("sent faster than a person can write")
    BROWSER = "browser", _("many reports from one browser")
    ADDRESS = "address", _("many reports from one connection")
    PROOF = "proof", _("the browser's proof of work is missing or wrong")
    FLOOD = "flood", _("many reports at the same time from everywhere")


# Held and in nobody's hands: it stands apart from the queue until somebody lets it in, claims it or rejects it.
HELD_BACK = models.Q(held=True, state__in=[State.QUEUED, State.RECEIVED])
# The same of what belongs to a report.
HELD_BACK_THERE = models.Q(report__held=True, report__state__in=[State.QUEUED, State.RECEIVED])


class News(models.TextChoices):
    """What a resident sent that its officer has not looked at yet."""

    ANSWERED = "answered", _("answered")
    ADDED = "added", _("added something")


class Verdict(models.TextChoices):
    """What an officer found a hate report to be. California counts both of the first two, apart."""

    CRIME = "crime", _("hate crime")
    INCIDENT = "incident", _("hate incident, not a crime")
    NEITHER = "neither", _("neither")


class Report(models.Model):
    """One report that was acknowledged to a resident. Never deleted by anyone's decision on it."""

    id = models.UUIDField(primary_key=True, default=codes.new_id, editable=False)
    reference = models.CharField(_("reference"), max_length=12, unique=True, default=codes.new_reference)
    # The draft it came from: the unique column that makes a second submit harmless.
    draft_id = models.UUIDField(unique=True, editable=False)
    access_code_hash = models.CharField(max_length=200)
    # What nearly all wrong codes fail by before Argon2id is asked, see `reports.proofs`; None of reports from before.
    access_mark = models.PositiveIntegerField(null=True, editable=False)

    report_type = models.ForeignKey(
        "reports.ReportType", models.PROTECT, related_name="reports", verbose_name=_("type")
    )
    area = models.ForeignKey(
        "reports.Area", models.PROTECT, null=True, blank=True, related_name="reports", verbose_name=_("area")
    )
    language = models.CharField(_("language"), max_length=10)
    is_anonymous = models.BooleanField(_("anonymous"), default=False)
    premise = models.CharField(_("premise"), max_length=2, blank=True)
    occurred_from = models.DateTimeField(_("occurred from"), null=True, blank=True)
    occurred_until = models.DateTimeField(_("occurred until"), null=True, blank=True)
    reported_at = models.DateTimeField(_("reported at"), db_index=True)
    due_at = models.DateTimeField(_("to be read by"))

    # Only `workflow` writes these.
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.RECEIVED)
    state_since = models.DateTimeField(_("in this state since"))
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("claimed by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority.choices, default=Priority.NORMAL)
    possible_hate = models.BooleanField(_("possible hate crime"), default=False)
    # The classification in force, as `reports.hate` found it.
    hate_verdict = models.CharField(
        _("classified as"), max_length=8, choices=Verdict.choices, blank=True, default="", db_default=""
    )
    has_email = models.BooleanField(_("can be reached by e-mail"), default=False)
    wants_texts = models.BooleanField(_("wishes text messages"), default=False, db_default=False)
    held = models.BooleanField(_("held for a look"), default=False)
    held_for = models.CharField(
        _("held because"), max_length=10, choices=HeldFor.choices, blank=True, default="", db_default=""
    )
    # What it has in common with others that are held: a name drawn at random for what came from one browser or
    # connection within a day, and a keyed sketch of the story. Both go when it is let in, or purged.
    held_from = models.CharField(max_length=16, blank=True, default="", db_default="", editable=False)
    held_like = models.CharField(max_length=16, blank=True, default="", db_default="", editable=False)
    # While a question waits for its answer; `workflow` writes both.
    answer_due_at = models.DateTimeField(_("answer awaited until"), null=True, blank=True)
    unanswered = models.BooleanField(_("no answer came"), default=False, db_default=False)
    contact_corrected_at = models.DateTimeField(_("contact corrected by the resident"), null=True, blank=True)
    # Set by the resident's answer or addition, cleared when its officer looks.
    news = models.CharField(_("unread"), max_length=10, choices=News.choices, blank=True, default="", db_default="")
    news_at = models.DateTimeField(_("unread since"), null=True, blank=True)
    dr_number = models.CharField(_("agency's report number"), max_length=20, blank=True)
    # The key of a row of RejectReason, whose words supervisors may better.
    reject_reason = models.CharField(_("reason"), max_length=20, blank=True)
    # The report that this one was joined with; that one is joined with none.
    duplicate_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="duplicates", verbose_name=_("joined with")
    )

    # Since when what the resident told and was told is gone; `retention` writes it.
    purged_at = models.DateTimeField(_("deleted at"), null=True, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(
                fields=["dr_number"], condition=~models.Q(dr_number=""), name="one_report_per_dr_number"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.APPROVED) | ~models.Q(dr_number=""), name="approved_has_dr_number"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.REJECTED) | ~models.Q(reject_reason=""), name="rejected_has_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(FINAL), decided_at__isnull=False)
                | models.Q(~models.Q(state__in=sorted(FINAL)), decided_at__isnull=True),
                name="decided_when_final",
            ),
            models.CheckConstraint(condition=~models.Q(duplicate_of=models.F("pk")), name="no_duplicate_of_itself"),
            models.CheckConstraint(
                condition=models.Q(duplicate_of=None) | models.Q(state=State.DUPLICATE), name="joined_is_duplicate"
            ),
        ]
        indexes = [
            # The queue: open reports by priority, then age.
            models.Index(
                fields=["priority", "reported_at", "id"], condition=~models.Q(state__in=sorted(FINAL)), name="queue"
            ),
            models.Index(
                fields=["area", "priority", "reported_at", "id"],
                condition=~models.Q(state__in=sorted(FINAL)),
                name="queue_by_area",
            ),
            # The numbers on its tabs: every column that `review.queries.tabs` asks for, without the rows themselves.
            models.Index(
                fields=["area"],
                include=["id", "state", "claimed_by", "due_at", "possible_hate", "held"],
                condition=~models.Q(state__in=sorted(FINAL)),
                name="queue_numbers",
            ),
            # What is held, in groups.
            models.Index(
                fields=["area", "reported_at"],
                include=["held_for", "held_from", "held_like", "possible_hate", "report_type"],
                condition=HELD_BACK,
                name="held_back",
            ),
            # Whose work is open: not what they decided in all their years.
            models.Index(fields=["claimed_by"], condition=~models.Q(state__in=sorted(FINAL)), name="open_claims"),
            # Its other orders, each read from either end.
            models.Index(fields=["due_at", "id"], condition=~models.Q(state__in=sorted(FINAL)), name="queue_by_due"),
            models.Index(
                fields=["reported_at", "id"], condition=~models.Q(state__in=sorted(FINAL)), name="queue_by_age"
            ),
            models.Index(
                fields=["state_since", "id"], condition=~models.Q(state__in=sorted(FINAL)), name="queue_by_step"
            ),
            models.Index(fields=["decided_at", "id"], condition=models.Q(state__in=sorted(FINAL)), name="decided"),
            models.Index(
                fields=["answer_due_at"], condition=models.Q(answer_due_at__isnull=False), name="answers_awaited"
            ),
            models.Index(
                fields=["occurred_from"], condition=models.Q(occurred_from__isnull=False), name="by_day_of_occurrence"
            ),
            models.Index(fields=["decided_at", "id"], condition=models.Q(state=State.APPROVED), name="approved"),
            # What a purge looks through.
            models.Index(
                fields=["decided_at", "id"],
                condition=models.Q(state__in=sorted(FINAL), purged_at=None),
                name="to_be_purged",
            ),
            # What of the same kind happened in the same area at about the same time.
            models.Index(fields=["area", "report_type", "occurred_from"], name="alike_near_in_time"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_held_back(self) -> bool:
        """Tell the same as HELD_BACK of one report in hand."""
        return self.held and self.state in {State.QUEUED, State.RECEIVED}

    def place(self, column: str) -> vault.Place:
        """Where something sealed of this report is bound to."""
        return vault.Place("report", column, str(self.pk))


class ReportKey(models.Model):
    """The report's wrapped data key. Deleting this row shreds all that was sealed with it."""

    report = models.OneToOneField(Report, models.CASCADE, primary_key=True, related_name="sealing_key")
    wrapped = models.BinaryField()
    wrapped_by = models.CharField(max_length=40, db_index=True)

    def __str__(self) -> str:
        return f"{self.report_id} by {self.wrapped_by}"

    @property
    def place(self) -> vault.Place:
        """Where the data key is bound to."""
        return vault.Place("report", "wrapped_key", str(self.report_id))

    def unwrap(self) -> vault.DataKey:
        """Return the data key itself."""
        return vault.unwrap(wrapped=self.wrapped, wrapped_by=self.wrapped_by, place=self.place)


class Document(models.Model):
    """The one sealed document of a report, and the keyed terms by which it is found."""

    report = models.OneToOneField(Report, models.CASCADE, primary_key=True, related_name="document")
    version = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()
    terms = ArrayField(models.BigIntegerField(), default=list)
    # Which search key made the terms, "" for one from before keys had names; and what the search knew by then.
    terms_key = models.CharField(max_length=8, default="", db_default="")
    terms_edition = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        indexes = [GinIndex(fields=["terms"], name="document_terms")]

    def __str__(self) -> str:
        return f"{self.report_id} version {self.version}"


class DocumentVersion(models.Model):
    """The sealed document as it was before a correction. Opens in a place of its own, never in the document's."""

    id = models.BigAutoField(primary_key=True)
    report = models.ForeignKey(Report, models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    sealed = models.BinaryField()
    replaced_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "version"], name="one_row_per_version")]

    def __str__(self) -> str:
        return f"{self.report_id} version {self.version}"

    @property
    def place(self) -> vault.Place:
        """Where this version is bound to."""
        return self.report.place(f"document.{self.version}")


class CodedFact(models.Model):
    """A counted code of a report: a bias, a kind of property with its loss, an offence."""

    class Kind(models.TextChoices):
        """Which code table the fact belongs to."""

        BIAS = "bias", _("bias")
        PROPERTY = "property", _("property")
        OFFENCE = "offence", _("offence")

    id = models.BigAutoField(primary_key=True)
    report = models.ForeignKey(Report, models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    code = models.CharField(max_length=4)
    loss = models.CharField(max_length=8, blank=True)
    quantity = models.PositiveIntegerField(default=1)
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "code"], name="facts_by_code")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
