"""With every text in brackets, no page shows a word outside of them that is not a name or what the resident typed."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from django.utils.translation import get_language_info

from reports import locales
from reports.catalogue import live
from reports.models import Area, Bureau, SupportOrganisation
from reports.statistics.files import COLUMNS
from tests.pseudo import outside, pseudo, write_pseudo
from tests.resident import ANSWERS, STORY
from tests.test_languages import LOCALE, pages, words_of

WORD = re.compile(r"[A-Za-z]{3,}")
# A reference, an access code, a resume code.
CODES = re.compile(r"\b(?:R-)?[0-9A-Z]{4}(?:-[0-9A-Z]{4}){1,3}\b")
# Stands in for the language of which the columns and addresses are there.
SPOKEN = "es"
# Names, and marks that are the same in every language.
NAMES = {"LAPD", "Los Angeles", "example.org", "R-7K4M-93QX", "PDF", "DR", "CSV", "JSON", *COLUMNS}


@pytest.fixture
def pseudo_language(db: None, tmp_path: Path) -> Iterator[str]:
    """Let Spanish speak in brackets, its texts in the catalogue's columns too."""
    write_pseudo(LOCALE / "es" / "LC_MESSAGES" / "django.po", tmp_path, SPOKEN)
    with override_settings(LOCALE_PATHS=[tmp_path]):
        call_command("load_catalogue", verbosity=0)
        live.clear()
        yield SPOKEN


def typed(value: Any) -> Iterator[str]:
    """Yield all texts of the answers that the test's resident gives."""
    if isinstance(value, dict):
        for each in value.values():
            yield from typed(each)
    elif isinstance(value, str):
        yield value


def known_names() -> list[str]:
    """Return what is no text of ours, the longest first: names, addresses, and what the resident typed."""
    names = {settings.AGENCY_NAME, settings.AGENCY_CITY, STORY, *NAMES, *typed(ANSWERS)}
    # Months come from the tables of Unicode, not from the catalogue.
    names |= set(locales.locale_of(SPOKEN).months["format"]["wide"].values())
    names |= {get_language_info(code)["name_local"] for code, _name in settings.LANGUAGES}
    for model, fields in (
        (Area, ["name", "station_address"]),
        (Bureau, ["name"]),
        (SupportOrganisation, ["name", "url"]),
    ):
        names |= {str(value) for row in model.objects.values_list(*fields) for value in row}
    return sorted(filter(None, names), key=len, reverse=True)


def english_of(shown: str, names: list[str]) -> list[str]:
    """Return the words that were shown outside of brackets and are no names."""
    rest = CODES.sub(" ", outside(shown))
    for name in names:
        rest = rest.replace(name, " ")
    return WORD.findall(rest)


def test_a_pseudo_text_keeps_its_names_and_edges() -> None:
    assert pseudo(" Call %(phone)s or {agency}. ") == " ⟦Cààll %(phone)s öör {agency}.⟧ "
    assert outside("a ⟦b ⟦c⟧ d⟧ e").split() == ["a", "e"]


def test_a_word_outside_of_brackets_is_found() -> None:
    assert english_of("⟦Cààll⟧ Los Angeles now", ["Los Angeles"]) == ["now"]


def test_every_word_on_every_page_can_be_translated(pseudo_language: str) -> None:
    names = known_names()
    left = {}
    for name, response in pages(pseudo_language):
        if found := english_of(words_of(response), names):
            left[name] = found
    assert sorted({(word, name) for name, found in left.items() for word in found}) == []
