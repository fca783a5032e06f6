"""Writing the shipped catalogue's texts where gettext finds them: one module for each file of the folder."""

import json
import re
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from reports.catalogue.folder import Text
from reports.catalogue.reader import read

HERE = Path(__file__).resolve().parent
SHIPPED = HERE / "los_angeles"
TEXTS = HERE / "texts"

HEAD = '''"""The texts of {file}. Written by `manage.py makemessages`: edit that file."""

from django.utils.translation import gettext_noop

'''


def modules() -> dict[str, str]:
    """Return the modules that should stand in `texts/`: file name to content."""
    texts = sorted(read(SHIPPED).all_texts(), key=_file_of)
    found = {f"{_module_name(file)}.py": _module(file, group) for file, group in groupby(texts, key=_file_of)}
    return {"__init__.py": '"""Generated, see `reports.catalogue.extract`."""\n', **found}


def write() -> None:
    """Bring `texts/` up to date, without touching what already is."""
    TEXTS.mkdir(exist_ok=True)
    wanted = modules()
    for path in TEXTS.glob("*.py"):
        if path.name not in wanted:
            path.unlink()
    for name, content in wanted.items():
        (TEXTS / name).write_text(content, encoding="utf-8")


def _file_of(text: Text) -> str:
    return text.place.split(",")[0]


def _module_name(file: str) -> str:
    return re.sub(r"\W", "_", file.rsplit(".", 1)[0])


def _module(file: str, texts: Iterable[Text]) -> str:
    calls = "".join(_call(text, paragraph) for text in texts for paragraph in text.paragraphs)
    return HEAD.format(file=file) + calls


def _call(text: Text, paragraph: str) -> str:
    # JSON's string is also Python's. Long ones are cut at a space, as a line of code has its limit.
    parts = re.findall(r".{1,90}(?:\s|$)|\S+", paragraph, re.DOTALL)
    quoted = "".join(f"    {json.dumps(part, ensure_ascii=False)}\n" for part in parts)
    # gettext takes the comment that stands right before the string.
    return f"gettext_noop(\n    # Translators: {text.place}\n{quoted})\n"
