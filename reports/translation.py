"""The texts of the catalogue that exist once per language, as columns; English stands in where one is missing."""

from modeltranslation.translator import TranslationOptions, register

from reports.models import (
    Code,
    ExtraChoice,
    ExtraQuestion,
    MessageTemplate,
    Partner,
    RejectReason,
    ReportType,
    ScreeningQuestion,
    Stopper,
    SupportOrganisation,
)


@register(Code)
class CodeText(TranslationOptions):
    fields = ("label",)


@register(Stopper)
class StopperText(TranslationOptions):
    fields = ("title", "body")
    required_languages = ("en",)


@register(SupportOrganisation)
class SupportText(TranslationOptions):
    # The name is the organisation's own, in every language.
    fields = ("description", "hours")


@register(ReportType)
class ReportTypeText(TranslationOptions):
    fields = ("name", "summary", "guidance", "warning")
    required_languages = {"en": ("name", "summary"), "default": ()}


@register(ScreeningQuestion)
class ScreeningQuestionText(TranslationOptions):
    fields = ("text", "help")
    required_languages = {"en": ("text",), "default": ()}


@register(ExtraQuestion)
class ExtraQuestionText(TranslationOptions):
    fields = ("label", "help")
    required_languages = {"en": ("label",), "default": ()}


@register(ExtraChoice)
class ExtraChoiceText(TranslationOptions):
    fields = ("label",)
    required_languages = ("en",)


@register(RejectReason)
class RejectReasonText(TranslationOptions):
    fields = ("text",)
    required_languages = ("en",)


@register(Partner)
class PartnerText(TranslationOptions):
    # The name is the partner's own, in every language.
    fields = ("description",)


@register(MessageTemplate)
class MessageTemplateText(TranslationOptions):
    # The name is for officers.
    fields = ("text",)
    required_languages = ("en",)
