"""Ready words in every language that supervisors keep: why a report is closed, what is written with a step."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.catalogue import PLACEHOLDER, Shipped, fill_placeholders, placeholders, validate_placeholders


class RejectReason(Shipped):
    """Why a report is closed without approval. Reports keep the key, so a key stays for ever."""

    key = models.SlugField(_("key"), max_length=20, unique=True)
    text = models.CharField(_("what the resident reads"), max_length=300, validators=[validate_placeholders])
    is_active = models.BooleanField(_("active"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("reason to reject")
        verbose_name_plural = _("reasons to reject")
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.key

    def text_for(self) -> str:
        """Return the reason in the active language with its placeholders filled."""
        return fill_placeholders(self.text)


class MessageTemplate(Shipped):
    """A text that stands ready for a step. Messages keep its key and the words as they were sent."""

    class Kind(models.TextChoices):
        ASK = "ask", _("question to the resident")
        APPROVE = "approve", _("with an approval")
        REJECT = "reject", _("with a rejection")
        REFER = "refer", _("with a referral")
        INFORM = "inform", _("any other word to the resident")

    key = models.SlugField(_("key"), max_length=40, unique=True)
    kind = models.CharField(_("used for"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name in the officers' list"), max_length=80)
    text = models.TextField(_("what the resident reads"), max_length=2000)
    is_active = models.BooleanField(_("active"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("message template")
        verbose_name_plural = _("message templates")
        ordering = ["kind", "position", "key"]

    def __str__(self) -> str:
        return self.name

    def check_text(self, text: str) -> None:
        """Raise ValidationError for a placeholder that this kind cannot fill, and for one that it must name."""
        check_template(Kind(self.kind), text)

    def clean(self) -> None:
        """Hold the English to what its kind may and must name; the others are held to the English, at Texts."""
        super().clean()
        if self.kind in Kind.values:
            try:
                self.check_text(getattr(self, "text_en", "") or "")
            except ValidationError as error:
                raise ValidationError({"text_en": error.messages}) from None


Kind = MessageTemplate.Kind
# What a report in hand fills in, whatever the kind; the rest the agency's settings fill.
OF_REPORT = frozenset({"reference", "station", "station_address", "station_phone"})
OF_KIND = {
    Kind.ASK: frozenset({"answer_by"}),
    Kind.APPROVE: frozenset({"dr_number"}),
    Kind.REFER: frozenset({"partner", "partner_phone", "partner_address"}),
}
# A word on a referral that does not say to whom would leave the resident guessing.
REQUIRED = {Kind.REFER: frozenset({"partner"})}


def allowed(kind: Kind) -> frozenset[str]:
    """Return what a template of this kind may name."""
    return frozenset(placeholders()) | OF_REPORT | OF_KIND.get(kind, frozenset())


def check_template(kind: Kind, text: str) -> None:
    """Raise ValidationError for a name that nothing would fill, and for a missing one that is required."""
    named = set(PLACEHOLDER.findall(text))
    if unknown := sorted(named - allowed(kind)):
        raise ValidationError(_("Nothing would fill in: %(names)s"), params={"names": _braced(unknown)})
    if missing := sorted(REQUIRED.get(kind, frozenset()) - named):
        raise ValidationError(
            _("These names to fill in have to stand here: %(names)s"), params={"names": _braced(missing)}
        )


def _braced(names: list[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)
