"""A report's PDF from its sealed document, in Persian and Chinese; never the same twice, as typst remembers."""

import time
from typing import Any

from bench.frame import Row, keep, nearly_all, ready

MOST, ROUNDS = 300, 24
LANGUAGES = {"fa": "Persian", "zh-hans": "Chinese"}


def main() -> None:
    """Measure the resident's copy in each language."""
    ready()
    from reports.paper.typeset import fonts

    begun = time.perf_counter()
    fonts()
    loaded = (time.perf_counter() - begun) * 1000
    rows = [paper(language, name) for language, name in LANGUAGES.items()]
    keep("papers", [*rows, Row("PDF: its fonts, once for each process", loaded, "ms")])


def paper(language: str, name: str) -> Row:
    """Measure the copies of reports that were filed in a language."""
    from django.utils import translation

    from reports.models import Report
    from reports.paper import sheets
    from reports.paper.typeset import pdf

    rows = Report.objects.select_related("report_type", "area__bureau", "sealing_key", "document")
    reports: list[Any] = list(rows.filter(language=language).order_by("-pk")[: ROUNDS + 2])
    times = []
    with translation.override(language):
        for report in reports:
            begun = time.perf_counter()
            pdf(sheets.copy(report))
            times.append((time.perf_counter() - begun) * 1000)
    return nearly_all(f"PDF of a report, {name}: p95", times[2:], MOST)


if __name__ == "__main__":
    main()
