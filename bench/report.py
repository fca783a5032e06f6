"""The kept results of all sizes as one table: bench/RESULTS.md."""

import json
from typing import Any

from bench.frame import BASE_DIR, RESULTS

SIZES = [10_000, 100_000, 1_000_000]
NAMES = {10_000: "10 thousand", 100_000: "100 thousand", 1_000_000: "1 million"}
GROUPS = {
    "pages": "Residents' pages",
    "submissions": "Whole submissions",
    "arriving": "From sent to the queue",
    "queue": "The queue: p95 of a whole page, beside the bare scan for its ids",
    "report": "A report's page",
    "search": "The search: p95 of a whole page, beside the bare scan of the index of terms",
    "counts": "Counts: p95, beside their bare SELECTs",
    "exports": "Exports",
    "papers": "Papers",
    "demo": "Demo data",
    "memory": "Memory",
}
SLOPE = 1.2
# Below this much a slope says more of the clock than of the data.
MATTERS = 5.0
INTRO = """# Results

Made by `make bench` (see [README.md](README.md)); every limit was measured in the same run, in turn with ours. A cell
is our figure, then in brackets the limit's and how many times of it ours is. Beside a percentile stands its median, and
ratio and slope are the median's. *Slope* is the figure of the largest size over that of the smallest; it should be at
most {slope}.
"""


def main() -> None:
    """Write the table."""
    kept = {(name, size): content for name in GROUPS for size in SIZES if (content := read(name, size))}
    sizes = [size for size in SIZES if any(key[1] == size for key in kept)]
    lines = [INTRO.format(slope=SLOPE)]
    for machine in sorted({content["machine"] for content in kept.values()}):
        days = sorted({content["date"] for content in kept.values() if content["machine"] == machine})
        lines.append(f"{machine}; {' to '.join(dict.fromkeys([days[0], days[-1]]))}.\n")
    for name, title in GROUPS.items():
        groups = {size: kept[name, size]["rows"] for size in sizes if (name, size) in kept}
        if groups:
            lines += [f"## {title}\n", *table(groups, sizes)]
    (BASE_DIR / "bench" / "RESULTS.md").write_text("\n".join(lines))
    print(f"bench/RESULTS.md is written for {', '.join(NAMES[size] for size in sizes)} reports.")


def read(name: str, size: int) -> Any:
    """Return a group's kept results, or None."""
    path = RESULTS / f"{name}-{size}.json"
    return json.loads(path.read_text()) if path.exists() else None


def table(groups: dict[int, list[dict[str, Any]]], sizes: list[int]) -> list[str]:
    """Return the lines of one group's table."""
    found: dict[str, dict[int, dict[str, Any]]] = {}
    for size, rows in groups.items():
        for row in rows:
            found.setdefault(row["work"], {})[size] = row
    heads = ["work", *(NAMES[size] for size in sizes), "target", "slope", ""]
    lines = [f"| {' | '.join(heads)} |", "|---|" + "--:|" * len(sizes) + "---|--:|---|"]
    for work, by_size in found.items():
        last = by_size[max(by_size)]
        cells = [work, *(cell(by_size.get(size)) for size in sizes), last["target"], slope(by_size), verdict(by_size)]
        lines.append(f"| {' | '.join(cells)} |")
    return [*lines, ""]


def cell(row: dict[str, Any] | None) -> str:
    """Return one figure with its limit."""
    if row is None:
        return "–"
    figure, limit, usual = f"{number(row['figure'])} {row['unit']}".strip(), row["limit"], row.get("typical")
    figure += f", median {number(usual)}" if usual else ""
    return f"{figure} ({number(limit)}; {number(typical(row) / limit)}×)" if limit else figure


def typical(row: dict[str, Any]) -> float:
    """Return the median of a figure that is a percentile, any other figure as it is."""
    return float(row.get("typical") or row["figure"])


def number(value: float) -> str:
    """Return a number with as many digits as mean something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def slope(by_size: dict[int, dict[str, Any]]) -> str:
    """Return how the figure grew, where it may not and is large enough to tell."""
    first, last = by_size[min(by_size)], by_size[max(by_size)]
    if len(by_size) < 2 or not last["slopes"]:
        return ""
    return f"{typical(last) / typical(first):.2f}" if last["figure"] > MATTERS and first["figure"] else "flat"


def verdict(by_size: dict[int, dict[str, Any]]) -> str:
    """Return whether the target is met at every size."""
    met = [row["is_met"] for row in by_size.values() if row["is_met"] is not None]
    return "" if not met else "met" if all(met) else "**missed**"


if __name__ == "__main__":
    main()
