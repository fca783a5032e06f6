"""Drawings of the figures: only numbers here, the templates draw. Beside each stands a table with the same figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

WIDTH, HEIGHT = 600, 180
STEPS = 4


@dataclass(frozen=True)
class Bit:
    """A part of a bar: where it begins and how long it is in hundredths of the longest bar, and its class."""

    start: float
    length: float
    kind: str


def bar(parts: Sequence[tuple[str, float]], longest: float) -> list[Bit]:
    """Return a bar of several parts, one behind the other."""
    bits, start = [], 0.0
    for kind, figure in parts:
        length = figure * 100 / longest if longest else 0.0
        bits.append(Bit(round(start, 2), round(length, 2), kind))
        start += length
    return [bit for bit in bits if bit.length]


@dataclass(frozen=True)
class Course:
    """Lines over the days of a period: each its class and its points, and the scale's marks from the top."""

    lines: list[tuple[str, str]]
    marks: list[int]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def levels(self) -> list[float]:
        """Where the scale's marks stand."""
        return [round(self.height * (1 - mark / self.marks[0]), 1) for mark in self.marks]


def course(series: Sequence[tuple[str, Sequence[int]]]) -> Course:
    """Return the lines of several series of the same length over one scale."""
    marks = scale(max((figure for _kind, figures in series for figure in figures), default=0))
    return Course([(kind, _points(figures, marks[0])) for kind, figures in series], marks)


def _points(figures: Sequence[int], top: int) -> str:
    step = WIDTH / max(len(figures) - 1, 1)
    return " ".join(f"{at * step:.1f},{HEIGHT - figure * HEIGHT / top:.1f}" for at, figure in enumerate(figures))


def scale(highest: int) -> list[int]:
    """Return round marks from the top down to 0, the first no lower than the highest figure."""
    rough = max(ceil(highest / STEPS), 1)
    size: int = 10 ** (len(str(rough)) - 1)
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough)
    return [step * at for at in range(max(ceil(highest / step), 1), -1, -1)]
