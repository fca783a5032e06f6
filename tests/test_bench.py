"""What is kept of the bench: no hot statement reads a big table as a whole, and the table says what was measured."""

import json
import re
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parent.parent / "bench"
# They grow with the years. What is small, such as the catalogue, is rightly read from end to end.
BIG = re.compile(
    r"Seq Scan on reports_"
    r"(report|document|reportkey|codedfact|move|message|passage|translation|notice|job|auditevent)\b"
)
PLANS = sorted(BENCH.glob("plans/*.txt"))


def test_no_hot_statement_reads_a_big_table_as_a_whole() -> None:
    assert len(PLANS) > 100
    assert [plan.name for plan in PLANS if BIG.search(plan.read_text())] == []


def test_a_scan_of_a_big_table_would_be_seen() -> None:
    assert BIG.search("  ->  Seq Scan on reports_report u0")
    assert not BIG.search("  ->  Seq Scan on reports_reporttype")


def test_the_plans_hold_nothing_of_what_was_searched() -> None:
    assert not [plan.name for plan in PLANS if re.search(r"'\{-?\d{6,}|[0-9a-f]{8}-[0-9a-f]{4}-7", plan.read_text())]


def test_the_table_puts_sizes_beside_each_other_with_limit_and_slope(tmp_path, monkeypatch) -> None:
    from bench import report

    monkeypatch.setattr(report, "RESULTS", tmp_path)
    monkeypatch.setattr(report, "BASE_DIR", tmp_path)
    (tmp_path / "bench").mkdir()
    row = {"work": "report page", "unit": "ms", "limit": 4.0, "target": "≤ 100 ms", "slopes": True}
    for size, figure in ((10_000, 40.0), (1_000_000, 120.0)):
        kept = {
            "machine": "a machine",
            "date": "2026-11-28",
            "rows": [row | {"figure": figure, "is_met": figure < 100}],
        }
        (tmp_path / f"report-{size}.json").write_text(json.dumps(kept))
    report.main()
    written = (tmp_path / "bench" / "RESULTS.md").read_text()
    assert "| report page | 40.0 ms (4.00; 10.0×) | 120 ms (4.00; 30.0×) | ≤ 100 ms | 3.00 | **missed** |" in written
    assert "a machine; 2026-11-28" in written


def test_beside_a_percentile_stands_its_median_of_which_ratio_and_slope_are() -> None:
    from bench.report import cell, slope

    small = {"figure": 60.0, "typical": 40.0, "unit": "ms", "limit": 4.0, "slopes": True}
    large = small | {"figure": 50.0, "typical": 44.0}
    assert cell(small) == "60.0 ms, median 40.0 (4.00; 10.0×)"
    assert slope({10_000: small, 1_000_000: large}) == "1.10"


@pytest.mark.parametrize(("share", "expected"), [(50, 3), (95, 5), (99, 5)])
def test_a_percentile_is_one_of_the_times(share: int, expected: float) -> None:
    from bench.frame import percentile

    assert percentile([5.0, 1.0, 2.0, 3.0, 4.0], share) == expected
