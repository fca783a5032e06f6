"""The table of all columns by key, in their groups, and the choices of them that the portal brings."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from reports.export import city, nibrs
from reports.export.columns import PLAIN, WORDS, Column, Text
from reports.export.section_columns import OF_SECTIONS
from reports.sections import SECTIONS

COLUMNS: dict[str, Column] = {
    column.key: column for column in (*PLAIN, *WORDS, *OF_SECTIONS, *nibrs.COLUMNS, *city.COLUMNS)
}
GROUPS: dict[str, Text] = {
    "filed": _("How it is filed"),
    "words": _("What was said"),
    **{key: section.title for key, section in SECTIONS.items() if key != "narrative"},
    nibrs.GROUP: _("NIBRS"),
    city.GROUP: _("Open data of the city"),
}


@dataclass(frozen=True)
class Shipped:
    """A choice of columns that the portal brings."""

    key: str
    name: Text
    lead: Text
    columns: tuple[str, ...]


def _keys(columns: Iterable[Column]) -> tuple[str, ...]:
    return tuple(column.key for column in columns)


STANDARD = tuple(
    column.key
    for column in PLAIN
    if column.key not in {"state", "priority", "possible_hate", "hate_verdict", "decided_at"}
)
PRESETS = {
    preset.key: preset
    for preset in (
        Shipped("standard", _("Standard"), _("What it is, where and when; nothing personal."), STANDARD),
        Shipped(
            "translations",
            _("With the words"),
            _("Standard, with the narrative as it was written and in English, each labelled."),
            (*STANDARD, "narrative_language", "narrative_original", "narrative_english", "narrative_english_by"),
        ),
        Shipped(
            "everything",
            _("Everything in words"),
            _("All that was filed and said, section by section, for a records system."),
            (
                *_keys(PLAIN),
                *_keys(WORDS),
                "latitude",
                "longitude",
                *(f"section_{key}" for key in SECTIONS if key != "narrative"),
            ),
        ),
        Shipped(
            "nibrs",
            _("NIBRS codes"),
            _("Elements of the FBI's NIBRS. What does not fit is listed beside it, not guessed."),
            _keys(nibrs.COLUMNS),
        ),
        Shipped(
            "city",
            _("Open data of the city"),
            _("The layout of the city's crime data, addresses cut to the hundred block."),
            _keys(city.COLUMNS),
        ),
    )
}


def chosen(keys: Iterable[str]) -> list[Column]:
    """Return columns by their keys, in the order of the table; one that there is no more falls away."""
    wanted = set(keys)
    return [column for key, column in COLUMNS.items() if key in wanted]


def columns(*, personal: bool) -> list[Column]:
    """Return the columns of the standard choice, with those of everything behind them if personal ones may leave."""
    if not personal:
        return chosen(PRESETS["standard"].columns)
    plain = set(PRESETS["standard"].columns)
    further = [column for column in chosen(PRESETS["everything"].columns) if column.personal]
    return [*chosen(plain), *further]
