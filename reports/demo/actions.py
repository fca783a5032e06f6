"""Filling the portal with demo reports."""

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from django.db import Error, OperationalError, connection

from accounts.models import User
from reports.demo import found, indexes
from reports.demo.apart import write_share
from reports.demo.copying import write
from reports.demo.draw import MOST_REPORTS
from reports.demo.joined import join
from reports.demo.making import Maker, Plan
from reports.demo.rows import TABLES
from reports.models import Report

# From here on it pays to build the indexes at the end.
MANY = 20_000
# Less than this is written sooner than another process has started.
WORTH_A_PROCESS = 5_000
ONE_RUN_AT_A_TIME = "demo_data"
Tell = Callable[[int], None]


class Refused(Exception):
    """The run cannot be made; the text is one sentence for a person."""


def fill(plan: Plan, *, processes: int = 1, tell: Tell = lambda count: None) -> None:
    """Write the plan's reports; `tell` hears how many were written since it heard last. Raises Refused.

    First repair what a run that was cut off left, then refuse what is there already, then set indexes aside when many
    reports come into an empty portal, write in chunks of their own transactions, and build the indexes again.
    """
    found.forget()
    with only_one():
        indexes.put_back()
        refuse_what_is_there(plan)
        with indexes_aside(plan):
            if processes > 1 and plan.reports >= WORTH_A_PROCESS:
                write_in_processes(plan, processes, tell)
            else:
                write_here(plan, tell)
        join(plan)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE " + ", ".join(table.name for table in TABLES.values()))


def staff() -> dict[str, int]:
    """Return the ids of the demo's officer, supervisor and translator, as far as they have accounts."""
    names = ["officer", "supervisor", "translator"]
    found_accounts = User.objects.filter(username__in=names).values_list("username", "pk")
    return dict(found_accounts)


@contextmanager
def only_one() -> Iterator[None]:
    """Keep a second run out for as long as this one lasts: by a transaction of its own, which a pooler keeps whole."""
    apart = connection.copy()
    try:
        apart.set_autocommit(False)
        with apart.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", [ONE_RUN_AT_A_TIME])
            if not cursor.fetchone()[0]:
                raise Refused("Demo data is being made already: wait until that is done.")
        yield
    finally:
        apart.close()


def refuse_what_is_there(plan: Plan) -> None:
    """Raise Refused for a seed that was used before, in whole or in part."""
    if not 0 < plan.reports <= MOST_REPORTS:
        raise Refused(f"Between 1 and {MOST_REPORTS} reports can be made.")
    maker = Maker(plan)
    if not maker.choices.types:
        raise Refused("There is no live report type: run load_catalogue first.")
    ends = [0, plan.reports - 1]
    theirs = {"reference__in": [maker.numbers.reference(number) for number in ends]}
    if Report.objects.filter(**theirs).exists():
        raise Refused(f"The demo reports of seed {plan.seed} are already there: choose another seed.")


@contextmanager
def indexes_aside(plan: Plan) -> Iterator[None]:
    """Do without secondary indexes meanwhile, when the portal is empty and many reports come; else change nothing."""
    if plan.reports < MANY or Report.objects.exists():
        yield
        return
    try:
        indexes.set_aside(table.name for table in TABLES.values())
    except OperationalError:
        raise Refused("The portal is in use: stop it, or make fewer reports at a time.") from None
    try:
        yield
    finally:
        indexes.put_back()


def write_here(plan: Plan, tell: Tell) -> None:
    """Write in this process. Raises Refused when the database refuses."""
    try:
        write(plan, share=0, of=1, tell=tell)
    except Error as error:
        # The first line only: those that follow quote rows.
        hear(str(error).partition("\n")[0], tell)


def write_in_processes(plan: Plan, processes: int, tell: Tell) -> None:
    """Let processes write a share each, and hear from them until all are done. Raises Refused when one fails."""
    context = multiprocessing.get_context("spawn")
    workers: dict[Connection, BaseProcess] = {}
    try:
        for share in range(processes):
            here, there = context.Pipe(duplex=False)
            of_share = (asdict(plan), share, processes, connection.settings_dict["NAME"], there)
            workers[here] = context.Process(target=write_share, args=of_share)
            workers[here].start()
            there.close()
        listen(workers, tell)
    finally:
        for worker in workers.values():
            worker.terminate()
            worker.join()


def listen(workers: dict[Connection, BaseProcess], tell: Tell) -> None:
    """Pass on what the processes say until the last has ended. Raises Refused for one that ends badly."""
    talking = dict(workers)
    while talking:
        ready = set(wait(list(talking)))
        for channel in [channel for channel in talking if channel in ready]:
            try:
                hear(channel.recv(), tell)
            except EOFError:
                ended(talking.pop(channel))


def hear(said: int | str, tell: Tell) -> None:
    """Take a number of written reports, or the error of a process."""
    if isinstance(said, str):
        raise Refused(f"The database refused: {said}")
    tell(said)


def ended(worker: BaseProcess) -> None:
    """Wait for a process that has nothing more to say. Raises Refused when it did not come to its end."""
    worker.join()
    if worker.exitcode:
        raise Refused("A process of the demo ended early: empty the portal and run the command again.")
