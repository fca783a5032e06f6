"""What an agency offers: its bureaus and areas, its code tables, and its report types with their questions."""

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Shipped(models.Model):
    """A row that the catalogue folder may have brought, and that the agency may since have edited."""

    # The values as last loaded. A field that still holds its shipped value was not edited, so loading may change it.
    shipped = models.JSONField(default=dict, editable=False)

    class Meta:
        abstract = True


class Bureau(Shipped):
    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=100)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("bureau")
        verbose_name_plural = _("bureaus")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.code


class Area(Shipped):
    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    bureau = models.ForeignKey(Bureau, models.PROTECT, related_name="areas", verbose_name=_("bureau"))
    station_address = models.CharField(_("station address"), max_length=200)
    station_zip = models.CharField(_("station ZIP code"), max_length=20)
    station_phone = models.CharField(_("station phone"), max_length=40, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["number"]

    def __str__(self) -> str:
        return self.name


class CodeTable(models.TextChoices):
    BIAS = "bias", _("bias motivation")
    LOCATION = "location", _("location")
    PROPERTY = "property", _("property description")
    LOSS = "loss", _("property loss")
    OFFENCE = "offence", _("offence")
    # California counts characteristics for which NIBRS has no code (nationality, association).
    CHARACTERISTIC = "characteristic", _("protected characteristic")
    # The headings under which a resident finds the codes of the other tables.
    CATEGORY = "category", _("category heading")


class Code(Shipped):
    """One code of one table: `name` is the official English name, `label` what a resident reads."""

    table = models.CharField(_("table"), max_length=20, choices=CodeTable.choices)
    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("official name"), max_length=100)
    label = models.CharField(_("label for residents"), max_length=150, blank=True)
    category = models.CharField(_("category"), max_length=40, blank=True)
    offered = models.BooleanField(_("offered to residents"), default=False)
    is_exclusive = models.BooleanField(_("excludes the other codes of its table"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        ordering = ["table", "position", "code"]
        constraints = [models.UniqueConstraint(fields=["table", "code"], name="unique_code_in_table")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def wording(self) -> str:
        """What a resident reads: the label in the active language, or else the official name."""
        return self.label or self.name


def fill_placeholders(text: str) -> str:
    """Put the agency's own names and numbers into `{...}`; an unknown placeholder stays as it was written."""
    known = placeholders()
    return PLACEHOLDER.sub(lambda match: known.get(match[1], match[0]), text)


def placeholders() -> dict[str, str]:
    """Return what a text of the catalogue may name, so that no text repeats a phone number."""
    return {
        "emergency_phone": settings.EMERGENCY_PHONE,
        "agency_phone": settings.AGENCY_PHONE,
        "agency_name": settings.AGENCY_NAME,
        "city": settings.AGENCY_CITY,
    }


def validate_placeholders(text: str) -> None:
    """Raise ValidationError for a placeholder that nothing would fill."""
    unknown = sorted(set(PLACEHOLDER.findall(text)) - placeholders().keys())
    if unknown:
        raise ValidationError(_("Unknown placeholder: %(names)s"), params={"names": ", ".join(unknown)})


def validate_key(key: str) -> None:
    """Raise ValidationError for a key that answers keep for themselves: they stand beside the type's number."""
    if key == "type":
        raise ValidationError(_("This key is taken; choose another."))


class Stopper(Shipped):
    """A page that ends the online path and says who will help instead."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=150, validators=[validate_placeholders])
    body = models.TextField(_("text"), validators=[validate_placeholders])
    is_emergency = models.BooleanField(_("shows the emergency number"), default=False)
    phone = models.CharField(_("phone to call"), max_length=40, blank=True, validators=[validate_placeholders])
    shows_stations = models.BooleanField(_("lists the stations"), default=False)
    other_type = models.SlugField(
        _("other report type"), blank=True, help_text=_("The short name of a report type that fits better.")
    )
    callback_type = models.SlugField(
        _("report type of a call back"),
        blank=True,
        help_text=_("The short name of the report type that keeps how to reach a resident who wants to be called."),
    )

    class Meta:
        verbose_name = _("stopper")
        verbose_name_plural = _("stoppers")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key

    def title_for(self) -> str:
        """Return the title in the active language with its placeholders filled."""
        return fill_placeholders(self.title)

    def body_for(self) -> str:
        """Return the text in the active language with its placeholders filled."""
        return fill_placeholders(self.body)

    def phone_for(self) -> str:
        """Return the number to call, or an empty text; `{agency_phone}` is the agency's own."""
        return fill_placeholders(self.phone)


def validate_sections(value: object) -> None:
    """Raise ValidationError unless `value` is a list of `{"key": str, "options": dict}` without a key twice.

    Which keys exist is for the sections to say; the loader and the workshop ask them.
    """
    if not isinstance(value, list) or not value or not all(_is_section(entry) for entry in value):
        raise ValidationError(_('Give a list of sections, each as {"key": "when", "options": {}}.'))
    keys = [entry["key"] for entry in value]
    if len(keys) != len(set(keys)):
        raise ValidationError(_("A section can stand only once in a report type."))


def _is_section(entry: object) -> bool:
    return (
        isinstance(entry, dict)
        and entry.keys() <= {"key", "options"}
        and isinstance(entry.get("key"), str)
        and isinstance(entry.get("options", {}), dict)
    )


class ReportType(Shipped):
    """One version of something that can be reported online. At most one version of a slug is live."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("sent for approval")
        APPROVED = "approved", _("approved")
        # Live in chosen areas first, while the version before it goes on everywhere else.
        TRIAL = "trial", _("live in chosen areas")
        LIVE = "live", _("live")
        RETIRED = "retired", _("retired")

    slug = models.SlugField(_("short name"), max_length=50)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    name = models.CharField(_("name"), max_length=100)
    summary = models.CharField(_("summary"), max_length=300)
    guidance = models.TextField(_("prompts for the narrative"), blank=True)
    warning = models.TextField(_("warning before filing"), blank=True)
    sections = models.JSONField(_("sections"), default=list, validators=[validate_sections])
    group = models.CharField(
        _("group on the start page"),
        max_length=40,
        blank=True,
        help_text=_("The code of a category heading. Without one it comes last."),
    )
    offered = models.BooleanField(
        _("offered on the start page"),
        default=True,
        help_text=_("If not, residents come to it from another page, as they do to a call back."),
    )
    may_be_anonymous = models.BooleanField(_("may be anonymous"), default=False)
    is_hate = models.BooleanField(_("hate incident"), default=False)
    offence = models.ForeignKey(
        Code,
        models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to={"table": CodeTable.OFFENCE},
        related_name="+",
        verbose_name=_("offence"),
    )
    review_target_days = models.PositiveSmallIntegerField(_("review target in working days"), default=5)
    retention_days = models.PositiveIntegerField(_("retention in days"), default=1825)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.DRAFT)
    live_from = models.DateTimeField(_("live from"), null=True, blank=True)
    # Until then in `areas` only.
    everywhere_from = models.DateTimeField(_("live everywhere from"), null=True, blank=True)
    areas = models.ManyToManyField(
        Area, blank=True, related_name="+", verbose_name=_("areas"), help_text=_("None chosen means everywhere.")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("author")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approved by"),
    )
    # Texts whose English was changed after they had been translated: where they stand, as the workshop names them.
    outdated = models.JSONField(default=list, db_default=Value([], models.JSONField()), editable=False)
    # Who changed this version last: not the one who may approve it.
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("edited by")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("report type")
        verbose_name_plural = _("report types")
        ordering = ["position", "slug", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="unique_report_type_version"),
            models.UniqueConstraint(
                fields=["slug"], condition=Q(state="live"), name="one_live_version_per_report_type"
            ),
            models.UniqueConstraint(
                fields=["slug"], condition=Q(state="trial"), name="one_trial_version_per_report_type"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"

    @property
    def section_keys(self) -> list[str]:
        """The keys of the sections in the order in which a resident meets them."""
        return [entry["key"] for entry in self.sections]

    def section_options(self, key: str) -> dict[str, Any]:
        """Return the options of one section, or an empty dict."""
        return next((entry.get("options", {}) for entry in self.sections if entry["key"] == key), {})

    def is_live(self) -> bool:
        """Say whether residents may start a report of this version now."""
        offered = self.state in {self.State.LIVE, self.State.TRIAL}
        return offered and (self.live_from is None or self.live_from <= timezone.now())


def next_version(slug: str) -> int:
    """Return the number that the next version of a report type takes."""
    newest = ReportType.objects.filter(slug=slug).aggregate(newest=models.Max("version"))["newest"]
    return (newest or 0) + 1


class ScreeningQuestion(Shipped):
    """A yes-or-no question asked before anything else; one of its answers ends the online path."""

    report_type = models.ForeignKey(ReportType, models.CASCADE, related_name="screening", verbose_name=_("report type"))
    key = models.SlugField(_("key"), max_length=60, validators=[validate_key])
    text = models.CharField(_("question"), max_length=250, validators=[validate_placeholders])
    help = models.CharField(_("help"), max_length=400, blank=True, validators=[validate_placeholders])
    stops_on = models.BooleanField(_("answer that stops"), default=True, choices=[(True, _("yes")), (False, _("no"))])
    stopper = models.ForeignKey(Stopper, models.PROTECT, related_name="+", verbose_name=_("stopper"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("screening question")
        verbose_name_plural = _("screening questions")
        ordering = ["position", "key"]
        constraints = [models.UniqueConstraint(fields=["report_type", "key"], name="unique_screening_key")]

    def __str__(self) -> str:
        return self.text


class ExtraQuestion(Shipped):
    """A question that only this report type asks, beside its sections."""

    class Kind(models.TextChoices):
        TEXT = "text", _("text")
        CHOICE = "choice", _("choice")
        NUMBER = "number", _("number")
        DATE = "date", _("date")

    report_type = models.ForeignKey(ReportType, models.CASCADE, related_name="questions", verbose_name=_("report type"))
    key = models.SlugField(_("key"), max_length=60, validators=[validate_key])
    label = models.CharField(_("question"), max_length=250, validators=[validate_placeholders])
    help = models.CharField(_("help"), max_length=400, blank=True, validators=[validate_placeholders])
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.TEXT)
    required = models.BooleanField(_("required"), default=False)
    is_personal = models.BooleanField(_("answer is personal data"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("extra question")
        verbose_name_plural = _("extra questions")
        ordering = ["position", "key"]
        constraints = [models.UniqueConstraint(fields=["report_type", "key"], name="unique_question_key")]

    def __str__(self) -> str:
        return self.label


class ExtraChoice(Shipped):
    """One answer offered by a choice question."""

    question = models.ForeignKey(ExtraQuestion, models.CASCADE, related_name="choices", verbose_name=_("question"))
    value = models.SlugField(_("value"), max_length=60)
    label = models.CharField(_("label"), max_length=150)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        ordering = ["position", "value"]
        constraints = [models.UniqueConstraint(fields=["question", "value"], name="unique_choice_value")]

    def __str__(self) -> str:
        return self.label
