"""How far a language is: its file of messages, and the texts of the catalogue as they stand in the database."""

from pathlib import Path
from typing import NamedTuple

from babel.messages.pofile import read_po
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname


class Coverage(NamedTuple):
    """Texts in all, those without a whole translation, doubtful ones, and the words of the translation.

    Words are counted by the blanks between them, so there are few in Thai, Khmer, Chinese and Japanese.
    """

    texts: int
    missing: int
    doubtful: int
    words: int


def coverage(source: Path) -> Coverage:
    """Return how far the .po file is; raises babel's PoFileError for a broken file."""
    with source.open("rb") as file:
        messages = [message for message in read_po(file, abort_invalid=True) if message.id]
    said = [[message.string] if isinstance(message.string, str) else list(message.string or ()) for message in messages]
    return Coverage(
        texts=len(messages),
        missing=sum(not all(forms) for forms in said),
        doubtful=sum(bool(message.fuzzy) for message in messages),
        words=sum(len(forms[-1].split()) for forms in said),
    )


class Missing(NamedTuple):
    """A text that stands in English only."""

    model: str
    pk: int
    field: str
    english: str


def missing_texts(language: str) -> list[Missing]:
    """Return every catalogue text that has English words and none in `language`, one query a model."""
    return [
        Missing(model.__name__, row["pk"], field, row[english])
        for model in translator.get_registered_models()
        for field in translator.get_options_for_model(model).get_field_names()
        for english, column in [[build_localized_fieldname(field, code) for code in ("en", language)]]
        for row in model._default_manager.values("pk", english, column)
        if row[english] and not row[column]
    ]
