"""The texts of the catalogue that exist once per language, as columns; English stands in where one is missing."""

from modeltranslation.translator import TranslationOptions, register

from reports.models import Code, ExtraChoice, ExtraQuestion, ReportType, ScreeningQuestion, Stopper


class CatalogueText(TranslationOptions):
    required_languages = ("en",)


@register(Code)
class CodeText(TranslationOptions):
    fields = ("label",)


@register(Stopper)
class StopperText(CatalogueText):
    fields = ("title", "body")


@register(ReportType)
class ReportTypeText(CatalogueText):
    fields = ("name", "summary", "guidance", "warning")
    required_languages = {"en": ("name", "summary"), "default": ()}


@register(ScreeningQuestion)
class ScreeningQuestionText(CatalogueText):
    fields = ("text", "help")
    required_languages = {"en": ("text",), "default": ()}


@register(ExtraQuestion)
class ExtraQuestionText(CatalogueText):
    fields = ("label", "help")
    required_languages = {"en": ("label",), "default": ()}


@register(ExtraChoice)
class ExtraChoiceText(CatalogueText):
    fields = ("label",)
