"""Seeded draws: the same seed gives the same report, in whichever process it is made."""

from bisect import bisect
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar
from uuid import UUID
from zlib import crc32

from reports import codes

T = TypeVar("T")

BITS = 40
# Where the letters of a reference stand in its number.
SHIFTS = range(BITS - 5, -1, -5)
FACTORS = (0x9E3779B97F | 1, 0xC2B2AE3D27 | 1)
MOST_REPORTS = 10_000_000
NUMBERS_OF_A_SEED = 1_000_000


class Draw(Random):
    """Random numbers with the few questions that the demo asks."""

    def chance(self, share: float) -> bool:
        """Say yes in `share` (0 to 1) of the cases."""
        return self.random() < share

    def pick(self, among: Sequence[T]) -> T:
        """Return one of `among`, each as likely."""
        return among[int(self.random() * len(among))]

    def between(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + int(self.random() * (high - low + 1))

    def digits(self, count: int) -> str:
        """Return so many decimal digits."""
        return f"{int(self.random() * 10**count):0{count}d}"

    def letters(self, count: int, alphabet: str = "ABCDEFGHJKLMNPRSTUVWXYZ") -> str:
        """Return so many letters, without those that a VIN or a serial number avoids."""
        return "".join(alphabet[int(self.random() * len(alphabet))] for _ in range(count))

    def identity(self, at: datetime) -> UUID:
        """Return a UUID of version 7 for the moment `at` (aware), laid out as codes.new_id does."""
        value = int(at.timestamp() * 1000) << 80 | self.getrandbits(80)
        value = value & ~(0xF << 76) | 7 << 76
        return UUID(int=value & ~(0x3 << 62) | 2 << 62)


def for_report(seed: int, number: int, purpose: str) -> Draw:
    """Return the draws for one purpose of one report: neither other reports nor other purposes change them."""
    return Draw(seed << 96 | (number + 1) << 32 | crc32(purpose.encode()))


class Weighted(Generic[T]):
    """Things of unlike likelihood."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self.things = list(weights)
        self.sums = list(accumulate(weights.values()))

    def pick(self, draw: Draw) -> T:
        """Return one of the things."""
        return self.things[bisect(self.sums, draw.random() * self.sums[-1])]


class Numbers:
    """References and report numbers of one seed: scattered, and no two alike, which drawing could not promise."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    @cached_property
    def start(self) -> int:
        """Where the seed's references begin among 2**40."""
        return int.from_bytes(sha256(f"demo references:{self.seed}".encode()).digest()[:5], "big")

    def reference(self, number: int) -> str:
        """Return the reference of a report, in the form of codes.new_reference."""
        value = _scatter((self.start + number) % 2**BITS)
        return codes.format_reference("".join(codes.ALPHABET[value >> shift & 31] for shift in SHIFTS))

    def number(self, reference: str) -> int:
        """Return the number of the report that has this reference, whatever seed it came from."""
        letters = reference.removeprefix("R-").replace("-", "")
        value = sum(codes.ALPHABET.index(letter) << shift for letter, shift in zip(letters, SHIFTS, strict=True))
        return (_gather(value) - self.start) % (1 << BITS)

    def dr_number(self, number: int) -> str:
        """Return nine digits that begin with 99: a year that no agency will write for a long time."""
        at = (self.seed * NUMBERS_OF_A_SEED + number) % MOST_REPORTS
        return f"99{at * 6_180_339 % MOST_REPORTS:07d}"


def _scatter(value: int) -> int:
    """Map each of 2**40 numbers to another one, and no two to the same: every step can be undone."""
    for factor in FACTORS:
        value = value * factor % 2**BITS
        value ^= value >> 19
    return value


def _gather(value: int) -> int:
    """Undo `_scatter`."""
    for factor in reversed(FACTORS):
        value ^= value >> 19 ^ value >> 38
        value = value * pow(factor, -1, 1 << BITS) % (1 << BITS)
    return value
