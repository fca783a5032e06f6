"""Whole submissions by 16 residents at once, beside the same rows put in by psycopg; how soon officers see them."""

import asyncio
import os
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from bench import load, server
from bench.frame import Row, Statement, at_least, at_most, keep, median, nearly_all, percentile, ready, watched

SLUG, AT_ONCE, ROUNDS, SECONDS = "theft-from-vehicle", 16, 3, 4.0
# Where the rows of the limit go: among the reports they would be some that no key opens.
ASIDE = "bench"
MOST_STATEMENTS, MOST_IN_LAST = 40, 15
# Sent to the queue: so many a second, for so long.
RATE, ARRIVING_SECONDS = 50, float(os.environ.get("ARRIVING_SECONDS", "20"))


def main() -> None:
    """Measure submitting, then arriving."""
    ready()
    keep("submissions", [*counted(), *submitted()])
    keep("arriving", arriving())


def steps() -> list[tuple[str, dict[str, Any]]]:
    """Return every step of a report with valid answers."""
    from tests.resident import ANSWERS, SCREENING, with_area

    answers = {"screening": SCREENING[SLUG]} | ANSWERS[SLUG]
    return [(step, with_area(each)) for step, each in answers.items()]


# --- Statements ---------------------------------------------------------------------------------
def counted() -> Iterator[Row]:
    """Count the statements of the pages from the first to the thank-you page, each asked for and posted."""
    from tests.resident import Resident

    resident = Resident(Host="localhost")
    with watched() as asked:
        draft = resident.begin(SLUG)
        for step, answers in steps():
            resident.client.get(resident.url("intake:step", draft, step))
            resident.fill(draft, step, answers)
        resident.client.get(resident.url("intake:check", draft))
    with watched() as last:
        resident.submit(draft)
    with watched() as thanks:
        resident.client.get(resident.url("intake:sent", draft))
    posts = statements_of_posts()
    yield at_most("whole submission: statements of all posts", posts + len(last), MOST_STATEMENTS, unit="")
    yield Row("whole submission: statements with every page shown", len(asked) + len(last) + len(thanks), "")
    yield at_most("whole submission: statements of the last step", len(last), MOST_IN_LAST, unit="")


def statements_of_posts() -> int:
    """Return how many statements beginning and all steps take, without showing their pages."""
    from tests.resident import Resident

    resident = Resident(Host="localhost")
    resident.begin(SLUG)  # what a process asks once
    with watched() as asked:
        draft = resident.begin(SLUG)
        for step, answers in steps():
            resident.fill(draft, step, answers)
    return len([sql for sql, _ in asked if "reports_reporttype" not in sql and "reports_area" not in sql])


# --- Submitting ---------------------------------------------------------------------------------
def submitted() -> Iterator[Row]:
    """Drive whole submissions and their limit in turn."""
    paths = addresses()
    rates, limits, lasts = [], [], []
    insert = inserting()
    with server.web() as (port, _), aside(insert):
        for number in range(ROUNDS + 1):
            run, last = submissions(port, paths)
            limit = inserted(insert)
            if number:  # the first is to warm up
                rates.append(len(last) / run)
                limits.append(limit)
                lasts += last
    yield at_least("whole submission, 16 at once", median(rates), 60, unit="/s", limit=median(limits))
    yield nearly_all("whole submission: last step, p95", lasts, 150)
    yield Row("whole submission: last step, p99", percentile(lasts, 99), "ms", slopes=True)


def addresses() -> dict[str, Any]:
    """Return what a resident asks, with the draft's id left open."""
    from django.urls import reverse
    from django.utils import translation

    from reports.catalogue import live

    report_type = live.type_named(SLUG)
    with translation.override("en"):
        begin = reverse("intake:begin", args=[report_type.pk if report_type else 0])
    return {"begin": begin, "steps": steps()}


def submissions(port: int, paths: dict[str, Any]) -> tuple[float, list[float]]:
    """Let 16 residents file again and again; return the seconds and the milliseconds of every last step."""
    lasts: list[float] = []

    async def file() -> None:
        browser = load.Browser(port)
        await browser.get(paths["begin"])
        begun = await browser.post(paths["begin"], {})
        base = begun.location.rpartition("/step/")[0]
        for step, answers in paths["steps"]:
            answer = await browser.post(f"{base}/step/{step}/", {**answers, "go": "next"})
            if answer.status != 302:
                raise RuntimeError(f"step {step} answered {answer.status}")
        last = await browser.post(f"{base}/submit/", {"truth": "on"})
        if last.status != 302 or not last.location.endswith("/sent/"):
            raise RuntimeError(f"sending answered {last.status} {last.location}")
        lasts.append(last.milliseconds)
        await browser.close()

    async def all_of_them() -> float:
        begun = time.perf_counter()

        async def resident() -> None:
            while time.perf_counter() < begun + SECONDS:
                await file()

        await asyncio.gather(*(resident() for _ in range(AT_ONCE)))
        return time.perf_counter() - begun

    return asyncio.run(all_of_them()), lasts


def inserting() -> list[Statement]:
    """Return the INSERTs of one submission."""
    from tests.resident import Resident

    resident = Resident(Host="localhost")
    draft = resident.begin(SLUG)
    for step, answers in steps():
        resident.fill(draft, step, answers)
    with watched() as asked:
        resident.submit(draft)
    return [(sql, params) for sql, params in asked if sql.startswith("INSERT")]


@contextmanager
def aside(statements: list[Statement]) -> Iterator[None]:
    """Keep empty tables of the same names, columns and indexes in a schema of their own; no triggers, no references."""
    import psycopg

    tables = {re.match(r'INSERT INTO "(\w+)"', sql)[1] for sql, _ in statements}  # type: ignore[index]
    drop = f"DROP SCHEMA IF EXISTS {ASIDE} CASCADE"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as link:
        link.execute(drop)
        link.execute(f"CREATE SCHEMA {ASIDE}")
        for table in tables:
            link.execute(f"CREATE TABLE {ASIDE}.{table} (LIKE public.{table} INCLUDING ALL)")
        yield
        link.execute(drop)


def inserted(statements: list[Statement]) -> float:
    """Insert the same rows under new ids on 16 connections, one commit for each report; return how many a second."""
    notice, begun = notice_of(statements), time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = sum(pool.map(lambda _: insert_until(begun + SECONDS, statements, notice), range(AT_ONCE)))
    return done / (time.perf_counter() - begun)


def insert_until(end: float, statements: list[Statement], notice: int) -> int:
    """Insert report after report; return how many."""
    import psycopg

    count = 0
    with psycopg.connect(os.environ["DATABASE_URL"], options=f"-c search_path={ASIDE},public") as link:
        while time.perf_counter() < end:
            names: dict[Any, Any] = {}
            with link.transaction():
                for sql, params in statements:
                    cursor = link.execute(sql, [fresh(value, names) for value in params])
                    if "reports_notice" in sql and cursor.description:
                        names[notice] = cursor.fetchone()[0]  # type: ignore[index]
            count += 1
    return count


def fresh(value: Any, names: dict[Any, Any]) -> Any:
    """Return what stands for a value in another report: another id, reference or number, the same for the same."""
    from reports import codes

    if isinstance(value, UUID):
        return names.setdefault(value, codes.new_id())
    if isinstance(value, str) and value.startswith("R-"):
        return names.setdefault(value, codes.new_reference())
    if isinstance(value, str) and value.startswith("report:"):
        return f"report:{names.setdefault(UUID(value.partition(':')[2]), codes.new_id())}"
    return names.get(value, value) if type(value) is int else value


def notice_of(statements: list[Statement]) -> int:
    """Return the number of the notice that was stored with the report, which its job names."""
    from reports.models import Notice

    report = next(value for value in statements[0][1] if isinstance(value, UUID))
    return Notice.objects.filter(report=report).values_list("pk", flat=True).first() or -1


# --- Arriving -----------------------------------------------------------------------------------
def arriving() -> list[Row]:
    """Send 50 reports a second past one worker of two processes, and ask when each was put into the queue."""
    from django.utils import timezone

    from reports.audit import RESIDENT
    from reports.intake import actions
    from reports.models import Job

    # What was sent while no worker ran is not this worker's to do first.
    Job.objects.filter(done_at=None, parked_at=None).update(done_at=timezone.now())
    drafts = prepared(int(RATE * ARRIVING_SECONDS) + 1)
    with server.worker():
        first, *drafts = drafts
        # The first one shows that the worker is there.
        waited([actions.submit(draft_id=first, language="en", by=RESIDENT).report.pk])
        begun = time.perf_counter()
        sent: list[UUID] = []

        def send(number: int) -> None:
            delay = begun + number / RATE - time.perf_counter()
            time.sleep(max(0.0, delay))
            done = actions.submit(draft_id=drafts[number], language="en", by=RESIDENT)
            sent.append(done.report.pk)

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(send, range(len(drafts))))
        took = time.perf_counter() - begun
        times = waited(sent)
    print(f"  {len(sent)} reports sent in {took:.0f} s, {len(times)} queued", flush=True)
    return [
        Row("sent past the worker, by this one process", len(sent) / took, "/s"),
        nearly_all("sent → in the queue: p95", times, 1000),
    ]


def prepared(count: int) -> list[UUID]:
    """Return drafts whose every step is answered."""
    from reports.audit import RESIDENT
    from reports.catalogue import live
    from reports.intake import actions
    from reports.intake.walk import Walk

    report_type, answered = live.type_named(SLUG), steps()
    assert report_type  # noqa: S101
    drafts = []
    for _ in range(count):
        draft = actions.begin(report_type=report_type, language="en", by=RESIDENT)
        walk = Walk(draft)
        sealed = {step: walk.seal(step, raw_of(answers)) for step, answers in answered}
        type(draft).objects.filter(pk=draft.pk).update(answers=sealed)
        drafts.append(draft.pk)
    return drafts


def raw_of(answers: dict[str, Any]) -> dict[str, list[str]]:
    """Return answers as a form posts them."""
    return {name: value if isinstance(value, list) else [value] for name, value in answers.items()}


def waited(sent: list[UUID]) -> list[float]:
    """Return the milliseconds from the acknowledgement to the queue, once all are there or a minute is over."""
    from django.db import connection

    end = time.monotonic() + 60
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT extract(epoch FROM m.at - r.reported_at) * 1000 FROM reports_move m"
                " JOIN reports_report r ON r.id = m.report_id WHERE m.action = 'queue' AND r.id = ANY(%s)",
                [sent],
            )
            times = [float(row[0]) for row in cursor.fetchall()]
        if len(times) == len(sent) or time.monotonic() > end:
            return times + [60_000.0] * (len(sent) - len(times))
        time.sleep(0.5)


if __name__ == "__main__":
    main()
