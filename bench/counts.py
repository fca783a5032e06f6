"""Counts beside the bare SELECTs of their rollup, and the queue's numbers."""

from collections.abc import Callable
from typing import Any

from bench.frame import Row, bare, in_turn, keep, median, nearly_all, ready, selects

MOST = 50


def main() -> None:
    """Measure every table of the counts page, its drawing, and the public page."""
    ready()
    from reports.counts import rollup

    rollup.refresh()
    keep("counts", [measured(name, do) for name, do in calls().items()])


def measured(name: str, do: Callable[[], Any]) -> Row:
    """Measure one call beside its statements alone."""
    ours, limit = in_turn(do, bare(selects(do)))
    return nearly_all(f"counts, {name}", ours, MOST, limit=median(limit))


def calls() -> dict[str, Callable[[], Any]]:
    """Return what is waited for."""
    from bench.desk import get, officer
    from reports.counts import charts
    from reports.counts.book import open_book
    from reports.counts.choices import Choice
    from reports.counts.periods import last_week_ending
    from reports.counts.scope import CITY
    from reports.counts.tables import table
    from reports.statistics import publishing

    book, last = open_book(), last_week_ending()
    year = last.year

    def shown(**chosen: Any) -> Callable[[], Any]:
        return lambda: table(Choice(as_of=last, **chosen), book=book)

    _user, client = officer()
    return {
        "the page": lambda: get(client, "/admin/counts/"),
        "YTD by type and bureau": shown(layout="ytd", what="type", by="bureau"),
        "YTD, all by area": shown(layout="ytd", what="all", by="area"),
        "YTD, offence by area": shown(layout="ytd", what="offence", by="area"),
        "YTD, bias by bureau": shown(layout="ytd", what="bias", by="bureau"),
        "YTD, state by area": shown(layout="ytd", what="state", by="area"),
        "YTD against two years": shown(layout="ytd", compare=(year - 1, year - 2), by="area"),
        "a week by type": shown(layout="week", what="type", by="bureau"),
        "28 days by type": shown(layout="28day", what="type", by="bureau"),
        "drawing of two years": lambda: charts.lines(Choice(as_of=last), "", CITY, book),
        "public page, one week": lambda: publishing.count(last),
    }


if __name__ == "__main__":
    main()
