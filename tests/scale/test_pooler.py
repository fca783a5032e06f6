"""PgBouncer pooling by transaction: no two statements outside a transaction need meet the same session."""

import ast
import re
from collections.abc import Iterator

import psycopg
import pytest

from reports.backups import programs
from tests import databases
from tests.desk import DR_NUMBER, at_once
from tests.product import HELD_FOR_NOTHING, Product, wait_for
from tests.remote import RemoteResident, known
from tests.scale.inside import call
from tests.scale.pooler import PROGRAM, Pooler
from tests.scale.staff_client import StaffClient
from tests.sources import modules, nodes

SERVERS = 2
RESIDENTS = 10
# What a statement would leave behind in its session: in the next moment that session is somebody else's.
STATEFUL = re.compile(
    r"pg_(try_)?advisory_lock|\bLISTEN\b|\bUNLISTEN\b|\bNOTIFY \w|CREATE (LOCAL |GLOBAL )?TEMP|^\s*PREPARE |WITH HOLD"
    r"|^\s*SET (?!LOCAL |TRANSACTION |CONSTRAINTS )(SESSION )?\w+ *(=|TO )|set_config\([^)]*, *false\)",
    re.MULTILINE,
)
NAME = databases.named("through_pooler")
# Rows read by the thousand: by Django's `iterator` they would all stand in memory where no cursor may stay open.
FEW = {"reports/export/parts.py", "reports/demo/joined.py"}


def test_no_statement_leaves_anything_in_its_session() -> None:
    found = {
        (name, node.value)
        for name in modules()
        for node in nodes(name)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and STATEFUL.search(node.value)
    }
    assert found == set()


def test_no_long_list_is_read_by_a_cursor_that_stays_open() -> None:
    def reads(node: ast.AST) -> bool:
        return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "iterator"

    assert {name for name in modules() if any(map(reads, nodes(name)))} == FEW


def test_programs_of_postgresql_go_around_the_pooler(settings, db) -> None:
    settings.DATABASE_POOLER = "transaction"
    with pytest.raises(programs.ProgramFailed, match="DATABASE_DIRECT_URL"):
        programs.environment()
    settings.DATABASE_DIRECT = {"HOST": "elsewhere", "NAME": "direct"}
    assert (programs.environment()["PGHOST"], programs.environment()["PGDATABASE"]) == ("elsewhere", "direct")


@pytest.fixture(scope="module")
def pooler() -> Iterator[Pooler]:
    if PROGRAM is None:
        pytest.skip("no PgBouncer on this machine: install it to try it")
    served = Pooler(servers=SERVERS)
    yield served
    served.close()


@pytest.fixture(scope="module")
def product(pooler: Pooler) -> Iterator[Product]:
    """Two web processes of four threads, a worker of two processes and the schedule, all through the pooler."""
    databases.copy_to(NAME)
    served = Product(
        DATABASE_URL=pooler.address(NAME),
        DATABASE_DIRECT_URL=databases.address(NAME),
        DATABASE_POOLER="transaction",
        **HELD_FOR_NOTHING,
    )
    try:
        yield served.start("--reports", "3")
    finally:
        served.stop()
        databases.drop(NAME)


def test_the_whole_life_of_reports_fits_through_two_connections(product: Product, pooler: Pooler) -> None:
    known(product)
    residents = [RemoteResident(product, language) for language in ["en", "es", "fa", "ko", "zh-hant"] * 2]
    receipts = at_once(*(lambda one=one: one.file("lost-property") for one in residents))
    assert [error for error in receipts if isinstance(error, Exception)] == []
    references = {receipt.reference for receipt in receipts}
    assert len(references) == RESIDENTS
    queued = f"Report.objects.filter(reference__in={sorted(references)}, state='queued').count()"
    wait_for(lambda: product.ask(queued) == str(RESIDENTS), what="all reports to be queued")

    report = product.ask(f"Report.objects.get(reference='{receipts[0].reference}').pk")
    officer = StaffClient(product, "officer")
    assert receipts[0].reference in officer.see("review:queue").text
    officer.press("review:claim", report)
    officer.see("review:show", report)
    officer.press("review:decide", report, "approve", **{"approve-dr_number": DR_NUMBER})
    wait_for(lambda: product.ask(f"Report.objects.get(pk='{report}').state") == "approved", what="the decision")
    assert residents[0].come_back(receipts[0]).status_code == 302

    supervisor, auditor = StaffClient(product, "supervisor"), StaffClient(product, "auditor")
    export = product.ask(call("ask_export", "supervisor"))
    wait_for(lambda: product.ask(f"Export.objects.get(pk='{export}').state") == "ready", what="the export")
    file = supervisor.press("export:download", export, reason="records").text
    assert references <= set(re.findall(r"R-\w{4}-\w{4}", file))
    supervisor.see("counts:table")
    log = auditor.press("auditing:download", reason="review").text
    assert log.count("intake.submit") >= RESIDENTS

    assert "holds" in product.manage("backup", str(product.var / "all.backup"))
    assert product.ask("first_broken()") == "None"
    assert left_behind() == []
    assert len([each for each in pooler.show("SERVERS") if each["database"] == NAME]) <= SERVERS
    clients = [each for each in pooler.show("CLIENTS") if each["database"] == NAME]
    assert len(clients) > SERVERS


def left_behind() -> list[tuple[object, ...]]:
    """Return locks that outlive their statements, as the database itself sees them."""
    with psycopg.connect(databases.address(NAME)) as link:
        locks = "SELECT objid FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE locktype = 'advisory'"
        return link.execute(f"{locks} AND a.datname = current_database() AND a.state = 'idle'").fetchall()
