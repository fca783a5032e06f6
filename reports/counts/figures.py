"""The rules of a comparison, from the department's 2023 year-end report. A leaf.

The difference is current minus earlier; the change is difference × 100 / earlier, rounded to one decimal, half up, away
from zero; NC where the earlier figure is 0. A figure that is not known is None, and so is what would need it.
"""

from decimal import ROUND_HALF_UP, Decimal

NOT_CALCULABLE = "NC"
_TENTH = Decimal("0.1")


def difference(current: int | None, earlier: int | None) -> int | None:
    """Return how many more there are now than earlier."""
    return None if current is None or earlier is None else current - earlier


def change(current: int | None, earlier: int | None) -> Decimal | None:
    """Return the change in percent with one decimal; None where it is not known or not calculable."""
    if current is None or not earlier:
        return None
    exact = Decimal((current - earlier) * 100) / Decimal(earlier)
    # Adding zero makes -0.0 a plain 0.0.
    return exact.quantize(_TENTH, ROUND_HALF_UP) + 0


def change_words(current: int | None, earlier: int | None) -> str:
    """Return the change as it is printed: "-13.6%", "0.0%", "NC", or nothing where a figure is not known."""
    if current is None or earlier is None:
        return ""
    percent = change(current, earlier)
    return NOT_CALCULABLE if percent is None else f"{percent}%"


def plain(figure: int | None) -> str:
    """Return a figure or difference as it is printed: no plus sign, a hyphen for less, nothing for an unknown one."""
    return "" if figure is None else str(figure)


def per_100_000(figure: int | None, residents: int | None) -> Decimal | None:
    """Return the rate for 100,000 residents with one decimal, None where either is not known."""
    if figure is None or not residents:
        return None
    return (Decimal(figure * 100_000) / Decimal(residents)).quantize(_TENTH, ROUND_HALF_UP)


def total(figures: list[int | None]) -> int | None:
    """Return the sum; None where a part is not known."""
    known = [figure for figure in figures if figure is not None]
    return sum(known) if len(known) == len(figures) else None
