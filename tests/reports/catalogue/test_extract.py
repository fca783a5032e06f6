"""The modules from which gettext takes the catalogue's texts."""

import ast
from pathlib import Path

from reports.catalogue import extract
from reports.catalogue.reader import read


def test_it_is_up_to_date() -> None:
    """If this fails, run `manage.py makemessages --texts-only`."""
    assert {path.name: path.read_text(encoding="utf-8") for path in extract.TEXTS.glob("*.py")} == extract.modules()


def test_it_hands_over_every_paragraph_word_by_word() -> None:
    handed = {
        node.args[0].value
        for content in extract.modules().values()
        for node in ast.walk(ast.parse(content))
        if isinstance(node, ast.Call)
    }
    wanted = {paragraph for text in read(extract.SHIPPED).all_texts() for paragraph in text.paragraphs}
    assert handed == wanted


def test_it_keeps_a_long_word_and_odd_spaces_whole() -> None:
    for paragraph in ("x" * 300 + " y", "two  spaces " * 20, 'quote " and \\ and é'):
        text = extract.Text((paragraph,), {}, "a.csv, 1")
        assert ast.literal_eval(extract._call(text, paragraph).removeprefix("gettext_noop")) == paragraph


def test_it_removes_the_texts_of_a_file_that_is_gone(tmp_path: Path, monkeypatch: object) -> None:
    monkeypatch.setattr(extract, "TEXTS", tmp_path)
    (tmp_path / "codes_gone.py").write_text("")
    extract.write()
    assert {path.name for path in tmp_path.iterdir()} == set(extract.modules())
