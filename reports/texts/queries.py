"""Which texts the catalogue has, and which languages each lacks."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname

from reports.models import ExtraChoice, ExtraQuestion, ReportType, ScreeningQuestion

SOURCE = settings.LANGUAGE_CODE
TARGETS = [code for code, _name in settings.LANGUAGES if code != SOURCE]
# Retired versions of a report type are not shown to residents any more.
VERSION = {
    ReportType: "state",
    ScreeningQuestion: "report_type__state",
    ExtraQuestion: "report_type__state",
    ExtraChoice: "question__report_type__state",
}

# Where the rows of a report type's version name it.
OF_TYPE: dict[type[Model], str] = {
    ReportType: "pk",
    ScreeningQuestion: "report_type",
    ExtraQuestion: "report_type",
    ExtraChoice: "question__report_type",
}


@dataclass(frozen=True)
class Text:
    """One text: where it stands, its English, and the languages in which English stands in for it."""

    model: str
    kind: str
    pk: int
    field: str
    name: str
    english: str
    missing: tuple[str, ...]


def models() -> dict[str, type[Model]]:
    """Return the models that have texts, by their short names."""
    return {str(model._meta.model_name): model for model in translator.get_registered_models()}


def fields(model: type[Model]) -> list[str]:
    """Return the names of a model's translated fields."""
    return list(translator.get_options_for_model(model).get_field_names())


def column(name: str, code: str) -> str:
    """Return the name of the column that holds a text in one language."""
    return str(build_localized_fieldname(name, code))


def field_name(model: type[Model], field: str) -> str:
    """Return what a translated field is called."""
    return str(getattr(model._meta.get_field(field), "verbose_name", field))


def shown(model: type[Model]) -> QuerySet[Any]:
    """Return a model's rows that residents may meet."""
    rows = model._default_manager.order_by("pk")
    return rows.exclude(**{VERSION[model]: ReportType.State.RETIRED}) if model in VERSION else rows


def texts(*, kind: str = "", lacking: str = "", words: str = "", of: int | None = None) -> list[Text]:
    """Return all texts that have English words, a query a model: of one kind, lacking a language, with some words.

    `of` is a version of a report type: only its own texts and those of its questions.
    """
    chosen = [models()[kind]] if kind in models() else list(models().values())
    found = (text for model in chosen if of is None or model in OF_TYPE for text in _texts(model, of))
    return [
        text
        for text in found
        if (not lacking or lacking in text.missing or (lacking == "any" and text.missing))
        and words.casefold() in text.english.casefold()
    ]


def version_of(row: Model) -> ReportType | None:
    """Return the version of a report type to which a row belongs, or None for a row that is everybody's."""
    if isinstance(row, ReportType):
        return row
    if isinstance(row, ExtraChoice):
        return row.question.report_type
    return row.report_type if isinstance(row, ScreeningQuestion | ExtraQuestion) else None


def is_settled(row: Model) -> bool:
    """Tell whether the English of a row stays: its version was sent for approval, and a change needs a new one."""
    version = version_of(row)
    return version is not None and version.state != ReportType.State.DRAFT


def _texts(model: type[Model], of: int | None) -> Iterator[Text]:
    names, rows = fields(model), shown(model)
    if of is not None:
        rows = rows.filter(**{OF_TYPE[model]: of})
    columns = {name: {code: build_localized_fieldname(name, code) for code in (SOURCE, *TARGETS)} for name in names}
    for row in rows.values("pk", *(column for each in columns.values() for column in each.values())):
        for name in names:
            if english := row[columns[name][SOURCE]]:
                missing = tuple(code for code in TARGETS if not row[columns[name][code]])
                yield Text(
                    model=str(model._meta.model_name),
                    kind=str(model._meta.verbose_name),
                    pk=row["pk"],
                    field=name,
                    name=field_name(model, name),
                    english=english,
                    missing=missing,
                )
