"""What all measurements share: the data's folder and size, the settings of production, medians, and kept results."""

import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

BASE_DIR = Path(__file__).resolve().parent.parent
SIZE = int(os.environ.get("SIZE", "10000"))
ALL = Path(os.environ.get("BENCH_DIR") or BASE_DIR / "var" / "bench")
FOLDER = ALL / str(SIZE)
RESULTS = ALL / "results"
WARM_UP = 3
PRODUCTION = {
    "DEBUG": "False",
    "SECURE_COOKIES": "False",
    "SECURE_SSL_REDIRECT": "False",
    "SECURE_HSTS_SECONDS": "0",
    "LOG_LEVEL": "ERROR",
    "LEAST_FILING_SECONDS": "0",
    "ALLOWED_HOSTS": "localhost",
    # Each resident comes from an address of their own, which a proxy names: many from one would be turned away.
    "BEHIND_TLS_PROXY": "True",
}


@dataclass(frozen=True)
class Row:
    """One figure: of which work, how much, the limit measured in the same run, and whether the target is met.

    `slopes` says that the figure may not grow with the number of reports. `typical` is the median where the figure is
    a percentile: what the ratio to the limit, a median too, and the slope are reckoned of, as a busy machine moves it
    least.
    """

    work: str
    figure: float
    unit: str
    limit: float | None = None
    target: str = ""
    is_met: bool | None = None
    slopes: bool = False
    typical: float | None = None


def ready(*, debug: bool = False) -> None:
    """Join this size's servers, started as the product starts them, and set Django up as in production."""
    os.environ["VAR_DIR"] = str(FOLDER)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cors.settings")
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "KEYRING", "DEBUG"):
        os.environ.pop(name, None)
    FOLDER.mkdir(parents=True, exist_ok=True)
    from cors import services

    services.attach()
    if not debug:
        os.environ.update(PRODUCTION, STATIC_ROOT=str(ALL / "static"))
    import django

    django.setup()
    if not debug:
        gather_static()


def gather_static() -> None:
    """Gather the static files once more where the manifest is older than one of them."""
    from django.conf import settings
    from django.core.management import call_command

    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    newest = max(path.stat().st_mtime for path in (BASE_DIR / "static").rglob("*"))
    if not manifest.exists() or manifest.stat().st_mtime < newest:
        call_command("collectstatic", interactive=False, verbosity=0)


# --- Time ---------------------------------------------------------------------------------
def timed(do: Callable[[], Any], *, rounds: int = 21, warm_up: int = WARM_UP) -> list[float]:
    """Return how long each round took, in milliseconds, sorted."""
    times = []
    for number in range(rounds + warm_up):
        start = time.perf_counter()
        do()
        if number >= warm_up:
            times.append((time.perf_counter() - start) * 1000)
    return sorted(times)


def in_turn(*works: Callable[[], Any], rounds: int = 21) -> list[list[float]]:
    """Time several works in turn, so that a busy machine is busy for all of them."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, taken in zip(works, times, strict=True):
            taken.extend(timed(work, rounds=1, warm_up=1))
    return [sorted(taken) for taken in times]


def median(times: list[float]) -> float:
    """Return the median."""
    return statistics.median(times)


def p95(times: list[float]) -> float:
    """Return the 95th percentile: of few rounds that is the slowest but one in twenty."""
    return percentile(times, 95)


def percentile(times: list[float], share: int) -> float:
    """Return a percentile."""
    return sorted(times)[min(len(times) - 1, len(times) * share // 100)]


# --- Statements -----------------------------------------------------------------------------
Statement = tuple[str, Any]


@contextmanager
def watched() -> Any:
    """Give the list in which every statement of this process's connection is noted."""
    from django.db import connection

    asked: list[Statement] = []

    def remember(execute: Any, sql: str, params: Any, many: object, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(remember):
        yield asked


def selects(do: Callable[[], Any]) -> list[Statement]:
    """Return the SELECTs of a call."""
    with watched() as asked:
        do()
    return [
        (sql, params) for sql, params in asked if isinstance(sql, str) and sql.lstrip().startswith(("SELECT", "WITH"))
    ]


def bare(statements: list[Statement]) -> Callable[[], None]:
    """Return what runs statements and fetches their rows, with nothing of ours around them."""
    from django.db import connection

    def run() -> None:
        with connection.cursor() as cursor:
            for sql, params in statements:
                cursor.execute(sql, params)
                if cursor.description:
                    cursor.fetchall()

    return run


# --- Results --------------------------------------------------------------------------------
def at_most(
    work: str, figure: float, most: float, *, unit: str = "ms", limit: float | None = None, slopes: bool = True
) -> Row:
    """Return a figure with its upper bound."""
    return Row(work, figure, unit, limit, f"≤ {most:g} {unit}", figure <= most, slopes)


def nearly_all(work: str, times: list[float], most: float, *, limit: float | None = None) -> Row:
    """Return the 95th percentile of times with its upper bound, and their median."""
    return replace(at_most(work, p95(times), most, limit=limit), typical=median(times))


def at_least(work: str, figure: float, least: float, *, unit: str, limit: float | None = None) -> Row:
    """Return a figure with its lower bound."""
    return Row(work, figure, unit, limit, f"≥ {least:g} {unit}", figure >= least)


def keep(name: str, rows: list[Row]) -> None:
    """Keep a group's rows beside the other sizes', and print them."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    kept = {"machine": machine(), "date": today().isoformat(), "rows": [asdict(row) for row in rows]}
    (RESULTS / f"{name}-{SIZE}.json").write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n")
    for row in rows:
        ratio = f"{(row.typical or row.figure) / row.limit:7.2f}x" if row.limit else " " * 8
        limit = f"{row.limit:10.1f}" if row.limit else " " * 10
        verdict = {True: "met", False: "MISSED", None: ""}[row.is_met]
        print(f"{row.work:60.60} {row.figure:10.1f} {row.unit:6} {limit} {ratio} {row.target:16} {verdict}", flush=True)


def today() -> date:
    """Return this machine's day."""
    return datetime.now().astimezone().date()


def machine() -> str:
    """Return what this ran on: processor, cores, memory, Python."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    name = names[0] if names else platform.processor() or platform.machine()
    return f"{name}, {os.cpu_count()} cores, {memory:.0f} GB, Python {sys.version.split()[0]}"
