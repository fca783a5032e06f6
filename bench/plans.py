"""How PostgreSQL answers every hot statement: kept in bench/plans/, and refused where it reads a big table as a whole.

The plans of the largest size that was run are the ones to keep: a small table is rightly read from end to end.
"""

import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

from bench.frame import BASE_DIR, SIZE, Statement, ready, selects

PLANS = BASE_DIR / "bench" / "plans"
# A table of this many rows is big.
BIG = 50_000
SCAN = re.compile(r"Seq Scan on (\w+)")
# Filled in by each run: it would change every line of the kept plans.
IDENTITY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00")
NUMBERS = re.compile(r"'\{-?\d{6,}[^']*\}'")


def main() -> None:
    """Explain, keep, and end with 1 where a big table is read as a whole."""
    ready()
    PLANS.mkdir(exist_ok=True)
    for old in PLANS.glob("*.txt"):
        old.unlink()
    wrong = []
    big = big_tables()
    for name, do in hot():
        plans = [explained(statement) for statement in selects(do)]
        scanned = {table for plan in plans for table in SCAN.findall(plan)} & big
        wrong += [f"{name}: {table}" for table in sorted(scanned)]
        head = f"{name}, at {SIZE} reports"
        (PLANS / f"{re.sub(r'[^a-z0-9]+', '-', name.lower())}.txt").write_text("\n\n".join([head, *plans]) + "\n")
    print(f"{len(list(PLANS.glob('*.txt')))} plans kept; read as a whole: {', '.join(wrong) or 'no big table'}")
    sys.exit(bool(wrong))


def big_tables() -> set[str]:
    """Return the names of the big tables."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples >= %s", [BIG])
        return {name for (name,) in cursor.fetchall()}


def explained(statement: Statement) -> str:
    """Return a statement's plan without costs and without what it was asked about."""
    from django.db import connection

    sql, params = statement
    with connection.cursor() as cursor:
        # As the search's own statements are run.
        cursor.execute("SELECT set_config('enable_seqscan', %s, false)", ["off" if "WITH found" in sql else "on"])
        cursor.execute(f"EXPLAIN (COSTS OFF) {sql}", params)
        lines = [line for (line,) in cursor.fetchall()]
        cursor.execute("RESET enable_seqscan")
    plan = "\n".join(lines)
    return NUMBERS.sub("'{terms}'", MOMENT.sub("moment", IDENTITY.sub("id", plan)))


def hot() -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield what people wait for: the queue by every tab and order from both ends and the middle, filters, a report,
    the search, the counts, and the residents' pages.
    """
    from django.urls import reverse

    from bench import counts, desk
    from reports.models import Report
    from reports.review import queries

    user, client = desk.officer()
    for tab in queries.tabs(user):
        for sort in tab.sorts:
            for place in ("first", "last"):
                yield f"queue {tab.key} {sort.key} {place}", listing(user, f"tab={tab.key}&sort={sort.key}", place)
    for address in desk.filters(user):
        yield f"queue filter {address.partition('&')[2].partition('=')[0]}", listing(user, address, "first")
    yield "queue numbers", lambda: queries.counts(user, queries.tabs(user))
    pk = Report.objects.order_by("-pk").values_list("pk", flat=True)[100]
    yield "report page", lambda: desk.get(client, reverse("review:show", args=[pk]))
    for name, text in desk.words().items():
        yield f"search {name}", found(user, text)
    for name, do in counts.calls().items():
        if name != "the page":
            yield f"counts {name}", do


def listing(user: Any, address: str, place: str) -> Callable[[], Any]:
    """Return what lists one page of the queue."""
    from django.http import QueryDict

    from reports.review import queries
    from reports.review.ordering import Place

    selected = queries.selection(QueryDict(address), queries.tabs(user))
    return lambda: queries.listing(user, selected, Place(end=place == "last"))


def found(user: Any, text: str) -> Callable[[], Any]:
    """Return what searches."""
    from reports.review import search_queries
    from reports.review.search_terms import understand

    query = understand(text)
    return lambda: search_queries.page(user, query, search_queries.find(user, query))


if __name__ == "__main__":
    main()
