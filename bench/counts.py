"""How long counts and the queue's numbers take at a million reports: `.venv/bin/python bench/counts.py [ytd ...]`.

Fills servers of its own under var/bench with plain rows (no sealed documents), once; a later run finds them there.
Prints medians as a table for bench/RESULTS.md. What matters are the ratios: the machine may be busy.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

BASE_DIR = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BASE_DIR))
os.environ.setdefault("VAR_DIR", str(BASE_DIR / "var" / "bench"))
os.environ.setdefault("LOCAL_FSYNC", "False")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cors.settings")

REPORTS, OPEN, DAYS, ROUNDS = 1_000_000, 103_000, 2920, 21
AS_OF = date(2026, 11, 21)
# Kinds and areas as uneven as in life; the latest reports are open; one in five is in another language.
FILL = """
INSERT INTO reports_report (
    id, reference, draft_id, access_code_hash, report_type_id, area_id, language, is_anonymous, premise, occurred_from,
    reported_at, due_at, state, state_since, decided_at, priority, possible_hate, has_email, held, held_for, unanswered,
    dr_number, reject_reason
)
SELECT gen_random_uuid(), 'B' || n, gen_random_uuid(), '', types[1 + floor(array_length(types, 1) * random() ^ 2)::int],
    CASE WHEN random() < 0.97 THEN areas[1 + floor(array_length(areas, 1) * random() ^ 1.3)::int] END,
    CASE WHEN random() < 0.8 THEN 'en' ELSE (ARRAY['es', 'ko', 'hy', 'fa'])[1 + floor(4 * random())::int] END,
    random() < 0.1, '', at - random() * interval '9 days', at, at + interval '5 days',
    CASE WHEN n > %(open)s
        THEN (ARRAY['approved', 'approved', 'approved', 'rejected', 'referred', 'withdrawn'])[1 + n %% 6]
        ELSE (ARRAY['queued', 'queued', 'queued', 'in_review', 'waiting'])[1 + n %% 5] END,
    at, CASE WHEN n > %(open)s THEN at + interval '2 days' END, 1 + n %% 3, n %% 50 = 0, n %% 3 > 0, n %% 40 = 0, '',
    false, CASE WHEN n > %(open)s AND n %% 6 < 3 THEN 'B' || n ELSE '' END,
    CASE WHEN n > %(open)s AND n %% 6 = 3 THEN 'other' ELSE '' END
FROM (SELECT n, timestamptz '2026-11-28 12:00-08' - interval '1 second' * (n * 86400.0 * %(days)s / %(reports)s) AS at
    FROM generate_series(1, %(reports)s) AS n) AS numbered,
    (SELECT array_agg(id ORDER BY position, slug) AS types FROM reports_reporttype WHERE state = 'live') AS t,
    (SELECT array_agg(id ORDER BY number) AS areas FROM reports_area) AS a
"""
BIASES = """
INSERT INTO reports_codedfact (report_id, kind, code, loss, quantity) SELECT r.id, 'bias', '12', '', 1
FROM reports_report r JOIN reports_reporttype t ON t.id = r.report_type_id WHERE t.is_hate
"""
PASSAGES = """
INSERT INTO reports_passage (id, report_id, source, target, stage, asked_at, version, origin)
SELECT gen_random_uuid(), id, language, 'en', CASE WHEN decided_at IS NULL THEN 'waiting' ELSE 'done' END,
    reported_at, 0, '' FROM reports_report WHERE language <> 'en'
"""
TABLES = ["reports_report", "reports_codedfact"]


def main() -> None:
    """Fill where it is empty, then measure."""
    from cors import services

    services.attach()
    import django

    django.setup()
    from django.core.management import call_command

    from reports.models import Report

    call_command("migrate", verbosity=0)
    call_command("load_catalogue", verbosity=0)
    if Report.objects.count() < REPORTS:
        fill()
    measure()


def fill() -> None:
    """Write a million reports without triggers and with their indexes built afterwards, then count them all."""
    from django.db import connection, transaction

    from reports.audit import SYSTEM
    from reports.counts import checking
    from reports.demo import indexes

    start = time.perf_counter()
    indexes.put_back()
    indexes.set_aside(["reports_report"])
    with transaction.atomic(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("SELECT setseed(0.5)")
        cursor.execute(FILL, {"reports": REPORTS, "open": OPEN, "days": DAYS})
        cursor.execute(BIASES)
        cursor.execute(PASSAGES)
        # The references are looked at before the tables are altered again.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    indexes.put_back()
    print(f"{REPORTS} reports written: {time.perf_counter() - start:.0f} s", flush=True)
    start = time.perf_counter()
    days = checking.rebuild(by=SYSTEM)
    print(f"rollup of {days} days: {time.perf_counter() - start:.0f} s", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def median(do: Callable[[], Any]) -> float:
    """Return the median of many rounds in milliseconds, after two to warm up."""
    times = []
    for number in range(ROUNDS + 2):
        start = time.perf_counter()
        do()
        if number > 1:
            times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def statements(do: Callable[[], Any]) -> tuple[Callable[[], None], int]:
    """Return what runs the statements of a call bare, without anything of ours around them, and how many they are."""
    from django.db import connection

    asked: list[tuple[str, Any]] = []

    def remember(execute: Any, sql: str, params: Any, many: object, context: Any) -> Any:
        if sql.lstrip().startswith(("SELECT", "WITH")):
            asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(remember):
        do()

    def bare() -> None:
        with connection.cursor() as cursor:
            for sql, params in asked:
                cursor.execute(sql, params)
                cursor.fetchall()

    return bare, len(asked)


def measure() -> None:
    """Print a line for each thing that is waited for."""
    from accounts.models import Role, User
    from reports.counts import charts
    from reports.counts.book import open_book
    from reports.counts.choices import Choice
    from reports.counts.scope import CITY
    from reports.counts.tables import table
    from reports.review import queries
    from reports.statistics import publishing

    book = open_book()
    sue, _ = User.objects.get_or_create(
        username="bench", defaults={"is_staff": True, "roles": [Role.SUPERVISOR], "citywide": True}
    )
    calls: dict[str, Callable[[], Any]] = {
        f"table: {layout}, {what} by {by}": (
            lambda layout=layout, what=what, by=by: table(
                Choice(as_of=AS_OF, layout=layout, what=what, by=by), book=book
            )
        )
        for layout, what, by in [
            ("ytd", "type", "bureau"),
            ("week", "type", "bureau"),
            ("28day", "type", "bureau"),
            ("ytd", "all", "area"),
            ("ytd", "group", "bureau"),
            ("ytd", "offence", "area"),
            ("ytd", "bias", "bureau"),
            ("ytd", "state", "area"),
        ]
    }
    calls["table: ytd against two years, type by area"] = lambda: table(
        Choice(as_of=AS_OF, layout="ytd", compare=(2025, 2019), by="area"), book=book
    )
    calls["drawing: weeks of two years"] = lambda: charts.lines(Choice(as_of=AS_OF), "", CITY, book)
    calls["the catalogue's names"] = open_book
    calls["public page: one week"] = lambda: publishing.count(AS_OF)
    calls["queue: numbers on the tabs"] = lambda: queries.counts(sue, queries.tabs(sue))
    print(f"| {'what':58} | ms | its SELECTs alone, ms | ratio | SELECTs |")
    print("|---|--:|--:|--:|--:|")
    chosen = {name: do for name, do in calls.items() if all(word in name for word in sys.argv[1:])}
    for name, do in chosen.items():
        bare, number = statements(do)
        ours, alone = median(do), median(bare)
        print(f"| {name:58} | {ours:.1f} | {alone:.1f} | {ours / alone:.2f} | {number} |", flush=True)


if __name__ == "__main__":
    main()
