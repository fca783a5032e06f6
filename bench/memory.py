"""What the web processes and the worker hold after their first thousand requests, and after ten thousand."""

import asyncio
import os
import time

from bench import load, server
from bench.frame import Row, at_most, keep, ready
from bench.pages import begun
from bench.submissions import prepared

MOST, REQUESTS, FLAT = 150, int(os.environ.get("REQUESTS", "10000")), 1.1
REPORTS = 400


def main() -> None:
    """Measure both."""
    ready()
    keep("memory", [*web(), *worker()])


def web() -> list[Row]:
    """Ask for residents' pages in every language and an officer's pages, ten thousand in all."""
    from django.conf import settings

    from reports.catalogue import live

    with server.web() as (port, pid):
        _path, step, cookies = asyncio.run(begun(port, live.type_named("theft-from-vehicle").pk))  # type: ignore[union-attr]
        steps = [step.replace("screening", name) for name in ("screening", "where", "items", "person")]
        languages = [code for code, _name in settings.LANGUAGES]
        paths = [path.replace("/en/", f"/{code}/") for code in languages for path in ("/en/", "/en/status/", *steps)]
        asked(port, paths, cookies, REQUESTS // 10)
        first = held(pid)
        asked(port, paths, cookies, REQUESTS - REQUESTS // 10)
        last, whole = held(pid), max(server.resident(pid).values())
    return grown("a web process", first, last, whole, f"{REQUESTS} requests")


def asked(port: int, paths: list[str], cookies: dict[str, str], count: int) -> None:
    """Ask for the pages in turn by 16 at once."""
    numbers = iter(range(count))

    async def resident() -> None:
        browser = load.Browser(port, dict(cookies))
        for number in numbers:
            answer = await browser.get(paths[number % len(paths)])
            if answer.status != 200:
                raise RuntimeError(f"a page answered {answer.status}")
        await browser.close()

    async def all_of_them() -> None:
        await asyncio.gather(*(resident() for _ in range(16)))

    asyncio.run(all_of_them())


def worker() -> list[Row]:
    """Let the worker process reports twice, and compare."""
    with server.worker() as pid:
        processed(REPORTS)
        first = held(pid)
        processed(2 * REPORTS)
        last, whole = held(pid), max(server.resident(pid).values())
    return grown("a worker process", first, last, whole, f"{3 * REPORTS} reports")


def processed(count: int) -> None:
    """Send reports and wait until their jobs are done."""
    from reports.audit import RESIDENT
    from reports.intake import actions
    from reports.models import Job

    ids = [actions.submit(draft_id=draft, language="en", by=RESIDENT).report.pk for draft in prepared(count)]
    open_jobs = Job.objects.filter(report__in=ids, done_at=None, parked_at=None)
    end = time.monotonic() + 180
    while open_jobs.filter(kind=Job.Kind.ENQUEUE).exists() and time.monotonic() < end:
        time.sleep(0.5)


def held(pid: int) -> float:
    """Return what the largest process of a server holds: what it has alone, and its share of what several use (PSS)."""
    return max(server.megabytes(pid).values())


def grown(name: str, first: float, last: float, whole: float, after: str) -> list[Row]:
    """Return the memory and its growth; `whole` counts what is shared in each, as most tools show it (RSS)."""
    return [
        at_most(f"memory of {name} after {after}", last, MOST, unit="MB"),
        Row(f"memory of {name}, with all that it shares", whole, "MB"),
        at_most(f"memory of {name}: growth after the first tenth or third", last / first, FLAT, unit="x", slopes=False),
    ]


if __name__ == "__main__":
    main()
