"""The words by which a sealed report can be found: normalised identifiers, and a text's words in any script.

Only `vault.keyed` turns them into what is stored. Imports nothing of ours.
"""

import re
import unicodedata
from collections.abc import Iterator

import phonenumbers

# Written without spaces between words, or with endings grown onto them: cut into pairs of letters instead.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\uac00-\ud7a3"  # Hangul
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"  # kana and Han
)
# One of these alone can be a word.
WORD_SIGNS = re.compile("[\uac00-\ud7a3\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
JAMO = re.compile("[\u1100-\u11ff]+")
# Joiners, marks of direction, soft hyphens, the Arabic stretching sign, variants of emoji: nobody types them to search.
UNSEEN = re.compile("[\u00ad\u0640\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]")
# Letters that keyboards of one script's languages write differently, and Latin ones that no accent is taken from.
VARIANTS = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ہ": "ه", "ھ": "ه"}
    | {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
LONGEST_WORD = 40


def fold(text: str) -> str:
    """Return `text` without case, accents, width and unseen marks; every script's digits become 0-9."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(str(unicodedata.digit(letter, letter)) for letter in decomposed if not _is_accent(letter))
    plain = UNSEEN.sub("", plain.casefold()).translate(VARIANTS)
    return JAMO.sub(lambda found: unicodedata.normalize("NFC", found[0]), plain)


def _is_accent(letter: str) -> bool:
    """Tell a mark that only decorates: vowel signs of Indic and Southeast Asian scripts carry meaning and stay."""
    return unicodedata.combining(letter) != 0 and letter < "\u0900"


def parts(folded: str) -> list[str]:
    """Return the words of folded text. A vowel sign is part of its word, which a pattern's \\w would not know."""
    return "".join(letter if letter.isalnum() or _is_mark(letter) else " " for letter in folded).split()


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter).startswith("M")


def pairs(run: str) -> list[str]:
    """Return a run of letters cut into overlapping pairs; a single letter stays itself."""
    return [run[at : at + 2] for at in range(max(1, len(run) - 1))]


def words(text: str) -> Iterator[str]:
    """Yield the search words of free text: words as they stand, unspaced scripts as pairs and single signs."""
    folded = fold(text)
    for run in UNSPACED.findall(folded):
        yield from (f"w:{pair}" for pair in pairs(run))
        if len(run) > 1:
            yield from (f"w:{sign}" for sign in WORD_SIGNS.findall(run))
    for word in parts(UNSPACED.sub(" ", folded)):
        yield f"w:{word[:LONGEST_WORD]}"


def sought(text: str) -> Iterator[str]:
    """Yield those of the words of `text` that a search for it asks for: of unspaced scripts the pairs alone."""
    folded = fold(text)
    for run in UNSPACED.findall(folded):
        yield from (f"w:{pair}" for pair in pairs(run))
    for word in parts(UNSPACED.sub(" ", folded)):
        yield f"w:{word[:LONGEST_WORD]}"


def name(text: str) -> Iterator[str]:
    """Yield a person's name part by part; one in an unspaced script in pairs, too, as one would be asked for."""
    found = parts(fold(text))
    yield from (f"n:{part[:LONGEST_WORD]}" for part in found)
    if (joined := "".join(found)) and UNSPACED.fullmatch(joined):
        yield from (f"n:{pair}" for pair in pairs(joined))


def sought_name(text: str) -> Iterator[str]:
    """Yield the parts of a name that a search for it asks for."""
    for part in parts(fold(text)):
        unspaced = UNSPACED.fullmatch(part)
        yield from (f"n:{pair}" for pair in pairs(part)) if unspaced else (f"n:{part[:LONGEST_WORD]}",)


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


def own(reference: str) -> str:
    """Return the term of a report's own reference, written as `codes.understand_reference` returns it."""
    return f"own:{reference}"


def identifier(kind: str, text: str) -> Iterator[str]:
    """Yield a plate, VIN or serial number: letters and digits only, O and 0, I and 1 held equal."""
    if letters := "".join(parts(fold(text))):
        yield f"{kind}:{letters.translate(str.maketrans('oil', '011'))}"
