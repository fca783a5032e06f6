"""Who helps besides the police: organisations that a resident is told of where they fit."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from reports.models.catalogue import Area, ReportType, Shipped, fill_placeholders, validate_placeholders


class Need(models.TextChoices):
    """What somebody may need. The labels are what residents read."""

    EMERGENCY = "emergency", _("Help in danger")
    VICTIM_SERVICES = "victim_services", _("Help for victims of crime")
    COUNSELLING = "counselling", _("Someone to talk to")
    LEGAL = "legal", _("Legal help")
    ANONYMOUS = "anonymous", _("Telling it without the police and without your name")
    COMMUNITY = "community", _("Communities and places of worship")
    LGBTQ = "lgbtq", _("LGBTQ people")
    DISABILITY = "disability", _("People with a disability")
    IMMIGRANT = "immigrant", _("Immigrants")
    SCHOOL = "school", _("Schools and students")


class SupportOrganisation(Shipped):
    """One organisation. What is left empty of areas, languages and report types means: all of them."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=150, validators=[validate_placeholders])
    description = models.TextField(_("description"), blank=True, validators=[validate_placeholders])
    needs = ArrayField(models.CharField(max_length=20, choices=Need.choices), verbose_name=_("needs"))
    phone = models.CharField(_("phone"), max_length=40, blank=True, validators=[validate_placeholders])
    text_line = models.CharField(
        _("number for text messages"), max_length=40, blank=True, validators=[validate_placeholders]
    )
    url = models.URLField(_("website"), blank=True)
    hours = models.CharField(_("hours"), max_length=150, blank=True)
    languages = ArrayField(
        models.CharField(max_length=10), verbose_name=_("languages"), default=list, blank=True,
        help_text=_("None chosen means all, or not known."),
    )  # fmt: skip
    areas = models.ManyToManyField(
        Area, blank=True, related_name="+", verbose_name=_("areas"), help_text=_("None chosen means everywhere.")
    )
    hate_only = models.BooleanField(_("only for hate incidents"), default=False)
    report_types = ArrayField(
        models.SlugField(max_length=50), verbose_name=_("report types"), default=list, blank=True,
        help_text=_("Short names of report types, separated by commas. None means all."),
    )  # fmt: skip
    is_active = models.BooleanField(_("active"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("support organisation")
        verbose_name_plural = _("support organisations")
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.key

    def fits(self, report_type: ReportType, area_id: int | None, language: str) -> bool:
        """Tell whether the organisation helps with such a report, there and in that language."""
        areas = {area.pk for area in self.areas.all()}
        return (
            (report_type.is_hate or not self.hate_only)
            and (not self.report_types or report_type.slug in self.report_types)
            and (not areas or area_id in areas)
            and (not self.languages or language in self.languages)
        )

    def name_for(self) -> str:
        """Return the name with its placeholders filled."""
        return fill_placeholders(self.name)

    def description_for(self) -> str:
        """Return the description in the active language with its placeholders filled."""
        return fill_placeholders(self.description)

    def phone_for(self) -> str:
        """Return the number to call, or an empty text."""
        return fill_placeholders(self.phone)

    def text_line_for(self) -> str:
        """Return the number to send a text message to, or an empty text."""
        return fill_placeholders(self.text_line)

    def needs_for(self) -> list[str]:
        """Return what the organisation helps with, in the active language."""
        return [str(Need(need).label) for need in self.needs]

    def languages_for(self) -> list[str]:
        """Return the names of its languages, each in itself."""
        known = dict(settings.LANGUAGES)
        return [get_language_info(code)["name_local"] for code in self.languages if code in known]
