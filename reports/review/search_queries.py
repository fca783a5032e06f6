"""Finding reports by what was typed: keyed terms only, within the person's reach, best first.

Two ways, so that every search is quick at any number of reports. The index of terms gives all reports that fit, up to
MOST. Where there are more, the words are so common that the newest reports hold enough of them: these are searched in
windows of time, which are the ranges of their ids (`codes.new_id`), until there is enough to show.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction

from accounts.models import User
from reports import terms, vault
from reports.models import Report
from reports.permissions import visible
from reports.review.search_terms import EXACT, Query, Unit, kind_of

PAGE = 30
# Reports of one statement that the index of terms may name before their words count as common.
MOST = 5_000
# How many of the newest reports are searched for common words, in steps. The first step is below MOST.
WINDOWS = (4_000, 20_000, 100_000)
# Reports that are shown in all.
SHOWN = 300
NAMED, EXACTLY, BY_NAME, BY_WORDS = range(4)
LATEST = UUID(int=2**128 - 1)

# Parts of a statement, and what is filled into them.
Sql = tuple[str, list[Any]]


@dataclass(frozen=True)
class Found:
    """The reports that fit, best first, at most SHOWN; how many there are; since when it was looked for them, if not
    from the beginning.
    """

    ids: list[UUID]
    total: int
    since: datetime | None = None


@dataclass(frozen=True)
class Row:
    """A report that fits: how well, how old; how many fit in reach; how many the index named. No id: none fits."""

    id: UUID | None
    rank: int
    at: datetime
    total: int
    named: int


@dataclass(frozen=True)
class Hit:
    """A report on the page, and why it is there."""

    report: Report
    why: list[str]


def find(user: User, query: Query) -> Found:
    """Return the reports in the person's reach that fit.

    Those whose number was typed come first, then by exact identifiers, by names, by words; among equals the newest.
    """
    if not query:
        return Found([], 0)
    try:
        sql, filled = visible(user).values_list("pk", "reported_at").query.sql_with_params()
    except EmptyResultSet:
        return Found([], 0)
    reach: Sql = (sql, list(filled))
    with transaction.atomic(), connection.cursor() as cursor:
        # The index of terms is the only way that is quick whatever the statistics say.
        cursor.execute("SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)")
        rows = _rows(cursor, query, reach)
        if rows[0].named <= MOST:
            return Found(_ids(rows), rows[0].total)
        return _among_newest(cursor, query, reach, [row for row in rows if row.rank == NAMED])


def _among_newest(cursor: Any, query: Query, reach: Sql, hits: list[Row]) -> Found:
    """Return what fits among the newest reports, searched window by window."""
    before, since, size = LATEST, None, 0
    for until in WINDOWS:
        cursor.execute(
            "SELECT id, reported_at FROM reports_report WHERE id < %s ORDER BY id DESC OFFSET %s LIMIT 1",
            [before, until - size - 1],
        )
        begin = cursor.fetchone()
        rows = _rows(cursor, query, reach, (begin[0] if begin else UUID(int=0), before))
        if rows[0].named > MOST or begin is None:
            break
        hits = [*hits, *(row for row in rows if row.id and row.rank != NAMED)]
        (before, since), size = begin, until
        if len(hits) >= SHOWN:
            break
    ids = _ids(sorted(hits, key=lambda row: (row.rank, -row.at.timestamp())))
    return Found(ids[:SHOWN], len(ids), since)


def _ids(rows: list[Row]) -> list[UUID]:
    return list(dict.fromkeys(row.id for row in rows if row.id))


def page(user: User, query: Query, found: Found, after: str = "") -> tuple[list[Hit], str]:
    """Return one page of what was found with the reason for each, and the cursor of the next page."""
    texts = [str(pk) for pk in found.ids]
    begin = texts.index(after) + 1 if after in texts else 0
    ids = found.ids[begin : begin + PAGE]
    rows = visible(user).filter(pk__in=ids).select_related("report_type", "area__bureau", "claimed_by", "document")
    reports = {report.pk: report for report in rows.defer("document__sealed")}
    hits = [Hit(reports[pk], why(query, reports[pk])) for pk in ids if pk in reports]
    return hits, texts[begin + PAGE - 1] if len(texts) > begin + PAGE else ""


def why(query: Query, report: Report) -> list[str]:
    """Return the kinds of what fits in a report: reference, phone, word and so on."""
    kinds = {"reference"} if report.reference in query.references else set()
    kinds |= {"dr_number"} if report.dr_number and report.dr_number in query.numbers else set()
    if report.purged_at:  # by its numbers alone
        return sorted(kinds, key=ORDER.index)
    stored = set(report.document.terms)
    ways = [way for unit in query.units for way in unit.ways] + [frozenset({term}) for term in query.whole]
    key = vault.made_with(report.document.terms_key)
    fitting = (way for way in ways if stored.issuperset(vault.keyed(way, by=key)))
    return sorted(kinds | {kind_of(term) for way in fitting for term in way}, key=ORDER.index)


ORDER = ["reference", "dr_number", "phone", "email", "plate", "vin", "serial", "report", "name", "word"]


# --- The statements --------------------------------------------------------------------
def _rows(cursor: Any, query: Query, reach: Sql, window: tuple[UUID, UUID] | None = None) -> list[Row]:
    """Return what fits in reach, at most SHOWN: best first; at least one row.

    First all that the index of terms names, up to one more than MOST, then those of them in reach; where it names too
    many only what was named by its number. A reference without its hyphen may be a name, so that only its keyed term is
    asked for, which a purged report has no more.
    """
    fits, rank, own = _fits(query), _rank(query), _any_of(map(terms.own, query.references))
    within = ("AND d.report_id >= %s AND d.report_id < %s", list(window)) if window else ("", [])
    sql = (
        f"WITH found AS MATERIALIZED (SELECT d.report_id AS id, {rank[0]} AS rank FROM reports_document d"  # noqa: S608
        f" WHERE {fits[0]} {within[0]} LIMIT {MOST + 1}),"
        " number AS MATERIALIZED (SELECT count(*) AS found FROM found),"
        " named AS (SELECT id FROM reports_report WHERE reference = ANY(%s)"
        f" UNION SELECT d.report_id FROM reports_document d WHERE {own[0]}"
        " UNION SELECT id FROM reports_report WHERE dr_number = ANY(%s) AND dr_number <> ''),"
        f" hits AS (SELECT id, min(rank) AS rank FROM (SELECT id, {NAMED} AS rank FROM named UNION ALL"
        f" SELECT id, rank FROM found WHERE (SELECT found FROM number) <= {MOST}) a GROUP BY id)"
        f" SELECT x.id, coalesce(x.rank, {BY_WORDS}), coalesce(x.at, now()), count(x.id) OVER (), number.found"
        " FROM number LEFT JOIN"
        f" (SELECT h.id, h.rank, r.at FROM hits h JOIN ({reach[0]}) r (id, at) ON r.id = h.id) x ON true"
        f" ORDER BY x.rank, x.at DESC, x.id LIMIT {SHOWN}"
    )
    numbers = [sorted(query.written), *own[1], sorted(query.numbers)]
    cursor.execute(sql, [*rank[1], *fits[1], *within[1], *numbers, *reach[1]])
    return [Row(*row) for row in cursor.fetchall()]


def _fits(query: Query) -> Sql:
    """Return the condition that every unit fits in one of its ways, or all of it together in one."""
    each = _joined(" AND ", (_one_of(unit.ways) for unit in query.units))
    if not query.whole:
        return each
    return _joined(" OR ", [each, _any_of(query.whole)])


def _rank(query: Query) -> Sql:
    """Return how good a report that fits is, by what of it fits."""
    exact = {term for unit in query.units for way in unit.ways for term in way if kind_of(term) in EXACT}
    exactly, names = _any_of(exact | query.whole), _names(query.units)
    return (
        f"CASE WHEN {exactly[0]} THEN {EXACTLY} WHEN {names[0]} THEN {BY_NAME} ELSE {BY_WORDS} END",
        [*exactly[1], *names[1]],
    )


def _names(units: Iterable[Unit]) -> Sql:
    """Return the condition that every unit is part of a name."""
    ways = [unit.of_kind("name") for unit in units]
    whole = {term for way in ways for each in way for term in each}
    return _all_of(whole) if all(ways) else ("false", [])


def _one_of(ways: Iterable[frozenset[str]]) -> Sql:
    """Return the condition that one of the ways fits; those of a single term are asked for together."""
    ways = list(ways)
    single = {term for way in ways if len(way) == 1 for term in way}
    longer = [_all_of(way) for way in ways if len(way) > 1]
    return _joined(" OR ", [*([_any_of(single)] if single else []), *longer])


def _any_of(wanted: Iterable[str]) -> Sql:
    return _by_each_key("d.terms && %s::bigint[]", set(wanted))


def _all_of(wanted: Iterable[str]) -> Sql:
    return _by_each_key("d.terms @> %s::bigint[]", set(wanted))


def _by_each_key(condition: str, wanted: set[str]) -> Sql:
    """Return a condition of terms. While the search key is changed a document has them all by the one or the other."""
    return _joined(" OR ", [(condition, [vault.keyed(wanted, by=key)]) for key in vault.search_keys()])


def _joined(word: str, conditions: Iterable[Sql]) -> Sql:
    listed = list(conditions)
    sql = word.join(sql for sql, _filled in listed)
    return f"({sql})", [value for _sql, filled in listed for value in filled]
