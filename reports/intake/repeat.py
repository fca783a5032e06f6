"""Adding and removing a row of a formset in what was posted, for pages without JavaScript."""

import re

from reports.intake.walk import Raw

ROW = re.compile(r"^form-(\d+)-(.+)$")
TOTAL = "form-TOTAL_FORMS"
HARD_LIMIT = 50
# What a button takes out of a step without rows, by the button's value.
TOGETHER = {"pin": ("latitude", "longitude", "outside")}


def total(raw: Raw) -> int:
    """Return how many rows the page had; nonsense counts as one."""
    value = raw.get(TOTAL, ["1"])[-1]
    return min(int(value), HARD_LIMIT) if value.isascii() and value.isdigit() else 1


def add_row(raw: Raw) -> None:
    """Let the page come back with one more empty row."""
    raw[TOTAL] = [str(min(total(raw) + 1, HARD_LIMIT))]


def remove_row(raw: Raw, which: str) -> None:
    """Take one row out and close the gap; the last row that is left is emptied instead. Or take out what has a name."""
    for name in TOGETHER.get(which, ()):
        raw.pop(name, None)
    if not which.isascii() or not which.isdigit():
        return
    removed, rows = int(which), {}
    for name in [name for name in raw if ROW.match(name)]:
        position, field = ROW.match(name).groups()  # type: ignore[union-attr]
        values = raw.pop(name)
        if int(position) != removed:
            rows[f"form-{int(position) - (int(position) > removed)}-{field}"] = values
    raw.update(rows)
    raw[TOTAL] = [str(max(total(raw) - 1, 1))]
