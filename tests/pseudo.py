"""A language that nobody speaks: every text longer, in brackets. What stands outside was never translated."""

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

# What must stand as it is: names to fill in, tags, percent signs.
FIXED = re.compile(r"(%\(\w+\)[a-z]|%[sd%]|\{\w*\}|</?[a-z][^>]*>)")
LONGER = str.maketrans({"a": "àà", "e": "éé", "i": "îî", "o": "öö", "u": "ûû", "A": "Â", "E": "Ê", "O": "Ô"})
BRACKETED = re.compile(r"⟦[^⟦⟧]*⟧")


def pseudo(text: str) -> str:
    """Return a text about half as long again, in brackets, with the same edges."""
    words = text.strip()
    long = "".join(part if at % 2 else part.translate(LONGER) for at, part in enumerate(FIXED.split(words)))
    return text.replace(words, f"⟦{long}⟧") if words else text


def write_pseudo(source: Path, folder: Path, locale: str) -> None:
    """Write the compiled catalogue of the texts of `source` (a .po) into `folder` as that of `locale`."""
    with source.open("rb") as file:
        texts = read_po(file)
    spoken = Catalog(locale=locale)
    for message in texts:
        if message.id:
            forms = message.id if isinstance(message.id, tuple) else (message.id,)
            said = [pseudo(forms[-1])] * spoken.num_plurals if message.pluralizable else pseudo(forms[0])
            spoken.add(message.id, said, context=message.context)
    target = folder / locale / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, spoken)


def outside(text: str) -> str:
    """Return what of a shown text stands outside of all brackets; brackets may stand in brackets."""
    while (less := BRACKETED.sub(" ", text)) != text:
        text = less
    return text
