"""Language catalogues are compiled where needed, and only there."""

import gettext
import os
from pathlib import Path

import pytest
from babel.messages.pofile import PoFileError

from cors.catalogues import compile_catalogues

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a Spanish catalogue with one good and one doubtful text."""
    path = tmp_path / "es" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(f'{HEAD}msgid "Yes"\nmsgstr "Sí"\n\n#, fuzzy\nmsgid "No"\nmsgstr "Nunca"\n')
    return path


def test_what_changed_is_compiled_once(source: Path, tmp_path: Path) -> None:
    assert compile_catalogues(tmp_path) == [source]
    assert compile_catalogues(tmp_path) == []
    later = source.stat().st_mtime + 10
    os.utime(source, (later, later))
    assert compile_catalogues(tmp_path) == [source]


def test_doubtful_texts_are_left_out(source: Path, tmp_path: Path) -> None:
    compile_catalogues(tmp_path)
    with source.with_suffix(".mo").open("rb") as file:
        spanish = gettext.GNUTranslations(file)
    assert spanish.gettext("Yes") == "Sí"
    assert spanish.gettext("No") == "No"


def test_a_broken_catalogue_is_refused_and_nothing_is_left(source: Path, tmp_path: Path) -> None:
    source.write_text(HEAD + "no catalogue at all\n")
    with pytest.raises(PoFileError):
        compile_catalogues(tmp_path)
    assert [path.name for path in source.parent.iterdir()] == ["django.po"]
