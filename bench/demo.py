"""Demo data, beside COPY of the same bytes: into a database of its own on the same server, thrown away afterwards."""

import os
import subprocess
import sys
import time

from bench.frame import BASE_DIR, at_least, keep, ready

REPORTS, LEAST = 20_000, 2_000
NAME = "bench_demo"


def main() -> None:
    """Measure the command, then copy what it wrote out and in again."""
    ready()
    import psycopg

    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as link:
        link.execute(f"DROP DATABASE IF EXISTS {NAME}")
        link.execute(f"CREATE DATABASE {NAME}")
        try:
            rate, limit = made(f"{server}/{NAME}"), copied(f"{server}/{NAME}")
        finally:
            link.execute(f"DROP DATABASE {NAME} WITH (FORCE)")
    keep("demo", [at_least("demo data, two processes", rate, LEAST, unit="/s", limit=limit)])


def made(url: str) -> float:
    """Return how many reports a second the command makes, from its start to its end."""
    environment = os.environ | {"DATABASE_URL": url, "DEBUG": "True"}

    def manage(*command: str) -> float:
        begun = time.perf_counter()
        subprocess.run([sys.executable, "manage.py", *command, "-v0"], cwd=BASE_DIR, env=environment, check=True)
        return time.perf_counter() - begun

    for command in ("migrate", "load_catalogue", "demo_accounts"):
        manage(command)
    return REPORTS / manage("demo_data", f"--reports={REPORTS}")


def copied(url: str) -> float:
    """Return how many reports a second COPY writes into tables without indexes, triggers or checks."""
    import psycopg

    from reports.demo.rows import TABLES

    with psycopg.connect(url) as link:
        held = {}
        for table in TABLES.values():
            with link.cursor().copy(f"COPY {table.name} TO STDOUT (FORMAT binary)") as copy:
                held[table.name] = b"".join(bytes(chunk) for chunk in copy)
        begun = time.perf_counter()
        for name, data in held.items():
            link.execute(f"CREATE TABLE bare_{name} AS TABLE {name} WITH NO DATA")
            with link.cursor().copy(f"COPY bare_{name} FROM STDIN (FORMAT binary)") as copy:
                copy.write(data)
        link.commit()
        return REPORTS / (time.perf_counter() - begun)


if __name__ == "__main__":
    main()
