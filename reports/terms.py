"""The words by which a sealed report can be found: normalised identifiers, and a text's words in any script.

Only `vault.keyed` turns them into what is stored. Imports nothing of ours.
"""

import re
import unicodedata
from collections.abc import Iterator

import phonenumbers

# Written without spaces between words: cut into pairs of letters instead.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"  # kana and Han
)
LONGEST_WORD = 40


def fold(text: str) -> str:
    """Return `text` without case, accents and width; every script's digits become 0-9."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(str(unicodedata.digit(letter, letter)) for letter in decomposed if not _is_accent(letter)).casefold()


def _is_accent(letter: str) -> bool:
    """Tell a mark that only decorates: vowel signs of Indic and Southeast Asian scripts carry meaning and stay."""
    return unicodedata.combining(letter) != 0 and letter < "\u0900"


def _parts(folded: str) -> list[str]:
    """Return the words of folded text. A vowel sign is part of its word, which a pattern's \\w would not know."""
    return "".join(letter if letter.isalnum() or _is_mark(letter) else " " for letter in folded).split()


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter).startswith("M")


def words(text: str) -> Iterator[str]:
    """Yield the search words of free text: words as they stand, unspaced scripts as pairs of letters."""
    folded = fold(text)
    for run in UNSPACED.findall(folded):
        yield from (f"w:{run[at : at + 2]}" for at in range(max(1, len(run) - 1)))
    for word in _parts(UNSPACED.sub(" ", folded)):
        yield f"w:{word[:LONGEST_WORD]}"


def name(text: str) -> Iterator[str]:
    """Yield a person's name part by part."""
    yield from (f"n:{part[:LONGEST_WORD]}" for part in _parts(fold(text)))


def email(text: str) -> Iterator[str]:
    """Yield the address, folded."""
    if folded := fold(text).strip():
        yield f"e:{folded}"


def phone(text: str, region: str = "US") -> Iterator[str]:
    """Yield the number in full international form where it is one, else its bare digits."""
    digits = re.sub(r"\D", "", fold(text))
    if not digits:
        return
    try:
        parsed = phonenumbers.parse(fold(text), region)
    except phonenumbers.NumberParseException:
        yield f"p:{digits}"
        return
    yield f"p:{parsed.country_code}{parsed.national_number}"


def identifier(kind: str, text: str) -> Iterator[str]:
    """Yield a plate, VIN or serial number: letters and digits only, O and 0, I and 1 held equal."""
    if letters := "".join(_parts(fold(text))):
        yield f"{kind}:{letters.translate(str.maketrans('oil', '011'))}"
