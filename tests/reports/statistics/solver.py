"""A reader who wants to know the hidden figures. Knows nothing of how they were chosen, only what stands there.

What stands there: the figures that are shown, that each row and each column adds up to its total, and that no figure is
below 0. `ranges` says how low and how high each hidden figure can be as far as the sums tell, one after the other and
combined, in exact fractions; `possible` tries every table there is.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

Shown = Sequence[Sequence[int | None]]
Cell = tuple[int, int]
Equation = tuple[dict[Cell, Fraction], Fraction]
Range = tuple[Fraction, Fraction | None]


def equations(shown: Shown) -> Iterator[Equation]:
    """Yield every sum as an equation of its hidden figures: their factors, and what they add up to."""
    height, width = len(shown), len(shown[0])
    lines = [[(row, column) for column in range(width)] for row in range(height)]
    lines += [[(row, column) for row in range(height)] for column in range(width)]
    for *parts, total in lines:
        factors, rest = {}, Fraction(0)
        for cell, sign in [*((part, 1) for part in parts), (total, -1)]:
            figure = shown[cell[0]][cell[1]]
            if figure is None:
                factors[cell] = Fraction(sign)
            else:
                rest -= sign * figure
        if factors:
            yield factors, rest


def solved(given: list[Equation]) -> list[Equation]:
    """Return the equations solved for as many figures as they can be: Gauss and Jordan, in fractions."""
    done: list[Equation] = []
    for equation in given:
        factors, rest = equation
        for known, value in done:
            factor = factors.get(next(iter(known)), Fraction(0))
            factors, rest = minus(factors, known, factor), rest - factor * value
        if not factors:
            assert rest == 0, "the sums contradict each other"
            continue
        lead = min(factors)
        factor = factors[lead]
        new = (
            {lead: Fraction(1)} | {cell: each / factor for cell, each in factors.items() if cell != lead},
            rest / factor,
        )
        done = [
            (minus(old, new[0], old[lead]), value - old[lead] * new[1]) if lead in old else (old, value)
            for old, value in done
        ]
        done.append(new)
    return done


def minus(one: dict[Cell, Fraction], other: dict[Cell, Fraction], factor: Fraction) -> dict[Cell, Fraction]:
    """Return one set of factors less another one so many times; the first figure of `one` stays the first."""
    cells = dict.fromkeys([*one, *other])
    left = {cell: one.get(cell, Fraction(0)) - factor * other.get(cell, Fraction(0)) for cell in cells}
    return {cell: each for cell, each in left.items() if each}


def ranges(shown: Shown) -> dict[Cell, Range]:
    """Return how low and how high each hidden figure can be, by the sums as they stand and as they were solved."""
    given = list(equations(shown))
    found: dict[Cell, Range] = {cell: (Fraction(0), None) for factors, _ in given for cell in factors}
    everything, changed = [*given, *solved(given)], True
    while changed:
        changed = False
        for factors, rest in everything:
            for cell in factors:
                narrower = meet(found[cell], implied(cell, factors, rest, found))
                if narrower != found[cell]:
                    found[cell], changed = narrower, True
    return found


def implied(cell: Cell, factors: dict[Cell, Fraction], rest: Fraction, found: dict[Cell, Range]) -> Range:
    """Return what one equation says of one figure, by what is known of its others."""
    low: Fraction | None = rest / factors[cell]
    high = low
    for other, factor in factors.items():
        if other != cell:
            at_least, at_most = found[other]
            share = factor / factors[cell]
            most, least = (at_most, at_least) if share > 0 else (at_least, at_most)
            low = None if low is None or most is None else low - share * most
            high = None if high is None or least is None else high - share * least
    return (Fraction(0) if low is None else max(low, Fraction(0)), high)


def meet(one: Range, other: Range) -> Range:
    """Return what two ranges have in common."""
    highs = [high for high in (one[1], other[1]) if high is not None]
    return max(one[0], other[0]), min(highs, default=None)


def possible(shown: Shown, most: int) -> dict[Cell, set[int]]:
    """Return every value that a hidden figure can have, by trying all tables whose figures are `most` or less."""
    height, width = len(shown) - 1, len(shown[0]) - 1
    inner = [(row, column) for row in range(height) for column in range(width)]
    choices = [range(most + 1) if shown[r][c] is None else [shown[r][c]] for r, c in inner]
    found: dict[Cell, set[int]] = {}
    for figures in product(*choices):
        rows = [list(figures[at * width : (at + 1) * width]) for at in range(height)]
        rows = [[*row, sum(row)] for row in rows]
        rows.append([sum(column) for column in zip(*rows, strict=True)])
        pairs = [((r, c), rows[r][c], shown[r][c]) for r in range(height + 1) for c in range(width + 1)]
        if all(told in (None, figure) for _, figure, told in pairs):
            for cell, figure, told in pairs:
                if told is None:
                    found.setdefault(cell, set()).add(figure)
    return found
