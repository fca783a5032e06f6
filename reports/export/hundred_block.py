"""An address cut to its hundred block, as the city publishes it. What does not read as an address is not published."""

import re

from reports import terms

DIRECTIONS = {"n": "N", "north": "N", "s": "S", "south": "S", "e": "E", "east": "E", "w": "W", "west": "W"}
KINDS = {
    "st": "ST", "street": "ST", "av": "AV", "ave": "AV", "avenue": "AV", "bl": "BL", "blvd": "BL", "boulevard": "BL",
    "dr": "DR", "drive": "DR", "rd": "RD", "road": "RD", "ln": "LN", "lane": "LN", "pl": "PL", "place": "PL",
    "ct": "CT", "court": "CT", "wy": "WY", "way": "WY", "ter": "TER", "terrace": "TER", "cir": "CIR", "circle": "CIR",
    "hwy": "HWY", "highway": "HWY", "pkwy": "PKWY", "parkway": "PKWY", "wk": "WK", "walk": "WK",
}  # fmt: skip
ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)")
NAME = re.compile(r"[a-z][a-z'.]{0,24}")
NUMBER = re.compile(r"(\d{1,5})(?: 1/2|[a-z])?")
# Blanks are read from their first one on only, else a long row of them would be read again from each.
CROSSING = re.compile(r"(?<!\s)\s+(?:and|y|at|&|/|@)\s+|(?:(?<!\s)\s+)?[&/]\s*")
MOST_NAMES = 4


def street(text: str) -> str:
    """Return a street in the city's spelling, "" for what is no street: a kind of street or an ordinal must be in it.

    What follows the kind of street (a flat, a name, a note) is cut off with the rest.
    """
    words = [word.rstrip(".,") for word in re.split(r"[\s,]+", text.strip()) if word.strip(".,")]
    told = [DIRECTIONS[words.pop(0)]] if words and words[0] in DIRECTIONS else []
    for position, word in enumerate(words[: MOST_NAMES + 1]):
        if position and word in KINDS:
            return " ".join([*told, KINDS[word]])
        if ORDINAL.fullmatch(word):
            kind = next((KINDS[after] for after in words[position + 1 : position + 2] if after in KINDS), "")
            return " ".join(filter(None, [*told, word.upper(), kind]))
        if not NAME.fullmatch(word):
            return ""
        told.append(word.upper())
    return ""


def cut(address: str) -> tuple[str, str]:
    """Return the hundred block and the cross street of an address, both "" for what is not surely one.

    "1358 N Wilcox Ave Apt 4" is "1300 N WILCOX AV"; "6th and Main" is "6TH" and "MAIN", as one of them is a street.
    """
    folded = terms.fold(address).strip()
    first, _blank, rest = folded.partition(" ")
    house = NUMBER.fullmatch(first)
    if house and (named := street(rest)):
        return f"{int(house[1]) // 100 * 100} {named}", ""
    sides = CROSSING.split(folded)
    if len(sides) != 2:
        return "", ""
    one, other = street(sides[0]), street(sides[1])
    if one and other:
        return one, other
    return (one, _bare(sides[1])) if one and _bare(sides[1]) else (_bare(sides[0]), other) if other else ("", "")


def _bare(text: str) -> str:
    """Return a street's name without its kind, as crossings are often told; one word only."""
    word = text.strip().rstrip(".,")
    return word.upper() if NAME.fullmatch(word) else ""
