"""What somebody typed into the search box, understood: which terms would have to stand with a report.

The typed text is taken apart into units: an e-mail address, a number written with blanks, a word. Each unit may be
meant in several ways; a report has to fit one way of every unit. Nothing here reads or stores anything.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.conf import settings

from reports import codes, terms

MOST_UNITS = 12
EMAIL = re.compile(r"[^\s@]+@\S+")
# A number with whatever people put between its digits. Shorter ones are words.
NUMBER = re.compile(r"[+(]?\d[\d\s().\-/]{5,}\d")
LEAST_DIGITS, MOST_DIGITS = 7, 15
IDENTIFIERS = ("plate", "vin", "serial", "report")
# By the first part of a term: what it is.
KINDS = {"e": "email", "p": "phone", "n": "name", "w": "word"} | {kind: kind for kind in IDENTIFIERS}
EXACT = frozenset({"email", "phone", *IDENTIFIERS})
LONGEST_PLATE, LEAST_VIN, LONGEST_VIN, LEAST_SERIAL = 10, 11, 17, 4


def kind_of(term: str) -> str:
    """Return what a term is: word, name, phone and so on."""
    return KINDS[term.partition(":")[0]]


@dataclass(frozen=True)
class Unit:
    """One thing that was typed: the ways it may be meant, each a set of terms that all have to be there."""

    ways: tuple[frozenset[str], ...]

    def of_kind(self, *kinds: str) -> list[frozenset[str]]:
        """Return the ways of some kinds."""
        return [way for way in self.ways if {kind_of(term) for term in way} <= set(kinds)]


@dataclass(frozen=True)
class Query:
    """What is looked for. `whole` are the ways that all of it together may be meant.

    `references` are what may be one, `written` those of them that were written as such.
    """

    units: tuple[Unit, ...] = ()
    whole: frozenset[str] = frozenset()
    references: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    words: int = field(default=0)

    def __bool__(self) -> bool:
        """Tell whether there is anything to look for."""
        return bool(self.units)

    @property
    def shapes(self) -> list[str]:
        """Return what it looks like, as the audit log may say it."""
        ways = [way for unit in self.units for way in unit.ways]
        found = {kind_of(term) for way in ways for term in way} & {"email", "phone"}
        found |= {"number"} if self.numbers else set()
        return sorted(found | ({"word"} if self.words else set()))


def understand(text: str) -> Query:
    """Return what is looked for with `text`; nothing for a text without letters and digits."""
    folded = terms.fold(text)
    pieces = [folded, *folded.split()]
    units = tuple(unit for part in _split(folded) if (unit := _unit(part)).ways)[:MOST_UNITS]
    return Query(
        units=units,
        whole=frozenset(_identifiers(folded)) | frozenset(_phones(folded) if _is_number(folded) else ()),
        references=frozenset(_references(pieces)),
        written=frozenset(_references(filter(codes.is_written_as_reference, pieces))),
        numbers=frozenset(_numbers([folded, *NUMBER.findall(folded), *folded.split()])),
        words=sum(1 for unit in units if unit.of_kind("word")),
    )


def _split(folded: str) -> Iterator[str]:
    """Yield the parts of the text: addresses, numbers with their blanks, and what blanks part from each other."""
    left = folded
    for pattern in (EMAIL, NUMBER):
        for found in pattern.findall(left):
            if pattern is EMAIL or _is_number(found):
                yield found
                left = left.replace(found, " ", 1)
    yield from left.split()


def _unit(part: str) -> Unit:
    """Return the ways in which one part may be meant."""
    words, name = frozenset(terms.sought(part)), frozenset(terms.sought_name(part))
    ways = [way for way in (words, name) if way]
    exact = [*_identifiers(part), *(_phones(part) if _is_number(part) else ())]
    exact += terms.email(part) if EMAIL.fullmatch(part) else ()
    return Unit((*ways, *(frozenset({term}) for term in exact)))


def _identifiers(part: str) -> Iterator[str]:
    """Yield the plates, VINs, serial numbers and references of reports that it may be."""
    (bare,) = [term.partition(":")[2] for term in terms.identifier("plate", part)] or [""]
    fits = {
        "plate": 1 < len(bare) <= LONGEST_PLATE,
        "vin": LEAST_VIN <= len(bare) <= LONGEST_VIN,
        "serial": len(bare) >= LEAST_SERIAL and any(letter.isdigit() for letter in bare),
        "report": codes.REFERENCE_LENGTH <= len(bare) <= LONGEST_PLATE,
    }
    yield from (f"{kind}:{bare}" for kind, may_be in fits.items() if may_be)


def _phones(part: str) -> Iterator[str]:
    """Yield the numbers that it may be: as dialled here, or in full without its plus."""
    digits = re.sub(r"\D", "", part)
    yield from {*terms.phone(part), f"p:{digits}", f"p:{digits.removeprefix('00')}"}


def _is_number(part: str) -> bool:
    digits = re.sub(r"\D", "", part)
    return LEAST_DIGITS <= len(digits) <= MOST_DIGITS and not re.search(r"[^\d\s()+.\-/]", part)


def _references(pieces: Iterable[str]) -> Iterator[str]:
    """Yield what may be a reference: one in twenty has no digit, so a word of eight letters may be one too."""
    return filter(None, map(codes.understand_reference, pieces))


def _numbers(pieces: Iterable[str]) -> Iterator[str]:
    """Yield what has the shape of the agency's own number of a report, blanks and hyphens aside."""
    for piece in pieces:
        bare = re.sub(r"[\s-]", "", piece).upper()
        if re.fullmatch(settings.DR_NUMBER_PATTERN, bare):
            yield bare
