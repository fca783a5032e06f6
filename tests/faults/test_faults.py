"""Whatever breaks, an acknowledged report is stored once, and all that follows from it happens once.

The short run is part of every change; `make faults` asks for more references of each fault, and prints the table.
"""

import io
import os
import re
import shutil
import signal
import threading
import time
from collections.abc import Iterator

import pytest
from PIL import Image

from cors import queues
from tests.faults.driver import Driver, Filer
from tests.faults.portal import COMPILER, Portal, may_mount
from tests.faults.run import (
    DRAINED,
    PARKED,
    Row,
    endure,
    judge_stored,
    judge_times,
    newest_job,
    open_jobs,
    printed,
    wait_until,
)
from tests.faults.servers import kill, processes_below
from tests.faults.table import FAULTS, WEB
from tests.product import wait_for

pytestmark = [pytest.mark.faults, pytest.mark.skipif(not may_mount(), reason="small volumes can be made by root only")]

# How many references each fault is to outlive: few in the short run, 500 in the full one.
REFERENCES = int(os.environ.get("FAULTS", "0")) or 12
IS_FULL = REFERENCES >= 100
ONLY = os.environ.get("FAULT", "")
# In the short run the portal's parts show more often that they live, so that one that is missing is missed sooner, and
# one that was killed again and again is started again after two seconds instead of thirty.
SETTINGS = {} if IS_FULL else {"HEARTBEAT_SECONDS": "4", "LONGEST_PAUSE": "2"}
CHOSEN = [
    fault
    for fault in FAULTS
    if (IS_FULL or not fault.is_long) and (fault.name == "nothing" or re.search(ONLY, fault.name))
]
if COMPILER is None and not os.environ.get("CI"):
    CHOSEN = [fault for fault in CHOSEN if not fault.needs_clock]
POISONED = """
SELECT j.attempts, j.last_error, j.parked_at IS NOT NULL, r.state, a.scan, a.copy
FROM reports_job j JOIN reports_report r ON r.id = j.report_id JOIN reports_attachment a ON a.id = j.attachment_id
WHERE j.kind = 'scan' AND r.draft_id = %s
"""
JUDGED = "from django.core.management import call_command as do; do('check_counts'); do('verify_audit')"
AT_ONCE = "UPDATE reports_job SET run_after = now() WHERE kind = 'scan' AND run_after > now() RETURNING id"


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    served = Portal(**SETTINGS)
    try:
        yield served.start()
    finally:
        if keep := os.environ.get("KEEP_FAULTS_LOG"):
            shutil.copy(served.folder / "portal.log", keep)
        served.stop()


@pytest.fixture(scope="module")
def driver(portal: Portal) -> Iterator[Driver]:
    several = Driver(portal)
    yield several
    several.close()


def test_every_acknowledged_report_outlives_every_fault(portal: Portal, driver: Driver, capsys) -> None:
    rows: list[Row] = []
    for fault in CHOSEN:
        assert COMPILER or not fault.needs_clock, "install gcc: the clock is set by a library made from clock.c"
        rows.append(endure(portal, driver, fault, references=REFERENCES, drains=IS_FULL))
        judge_times(rows[-1], usual=rows[0].most_sends)
        with capsys.disabled():
            print("\n" * (len(rows) == 1) + printed(rows[-1:]).splitlines()[-1], *rows[-1].wrong, sep="\n  !! ")
    back = time.monotonic()
    last = newest_job(portal)
    wait_until(lambda: open_jobs(portal, last) == 0, "all to be drained")
    drained = time.monotonic() - back
    for row in rows:
        judge_stored(portal, row)
    with capsys.disabled():
        print(f"\n{printed(rows)}\n")
    assert {row.fault.name: row.wrong for row in rows if row.wrong} == {}
    assert drained <= DRAINED
    assert portal.database.ask(PARKED) == []
    unread = [draft for row in rows for draft in row.record.unread]
    acknowledged = [filed.draft for row in rows for filed in row.record.filed]
    (stored,) = portal.database.ask("SELECT array_agg(draft_id) FROM reports_report")[0]
    assert sorted(set(stored) - set(driver.apart)) == sorted(acknowledged + unread)
    sent = portal.database.ask("SELECT count(*) FROM reports_notice WHERE sent_at IS NOT NULL")
    assert sent == [(len(portal.mail.letters),)]
    portal.manage("shell", "-v", "0", "-c", JUDGED)


def test_a_web_process_that_dies_between_commit_and_answer_gives_the_same_reference(
    portal: Portal, driver: Driver
) -> None:
    resident = Filer(driver, "en")
    draft = resident.begin_and_answer("hate-incident")
    driver.apart.append(draft)
    # The nudge after the commit waits for a broker that says nothing: long enough to be killed in.
    portal.broker.signal(signal.SIGSTOP)
    answered: list[int] = []
    sender = threading.Thread(target=lambda: answered.append(resident.try_to_send(draft)))
    try:
        sender.start()
        stored = "SELECT reference FROM reports_report WHERE draft_id = %s"
        reference = wait_for(lambda: portal.database.ask(stored, draft), seconds=20)[0][0]
        kill(portal.pids(holding=WEB, children=True))
        sender.join(30)
    finally:
        portal.broker.signal(signal.SIGCONT)
    assert answered == [0]
    filed = resident.send(draft, writes=False, has_file=False)
    assert filed
    assert filed.reference == reference
    assert portal.database.ask("SELECT count(*) FROM reports_report WHERE draft_id = %s", draft) == [(1,)]


def test_a_picture_that_kills_its_reader_is_given_up_and_harms_nothing_else(portal: Portal, driver: Driver) -> None:
    content, done = io.BytesIO(), threading.Event()
    Image.new("RGB", (8, 8)).save(content, "WEBP")

    def poison() -> None:
        """Kill, as a broken library would, every process that reads a picture of this kind."""
        while not done.wait(0.01):
            kill(pid for pid, line in processes_below(portal.process.pid).items() if line.endswith("picture.py WEBP "))

    killer = threading.Thread(target=poison)
    killer.start()
    try:
        resident = Filer(driver, "es")
        draft = resident.begin_and_answer("lost-property", picture=content.getvalue())
        driver.apart.append(draft)
        filed = resident.send(draft, writes=True, has_file=True)
        begun = time.monotonic()

        def given_up() -> bool:
            # Its pauses add up to four minutes, which nobody waits for here, nor for the sweep.
            if portal.database.ask(AT_ONCE):
                portal.broker.send("reports.work", queues.FILES, queue=queues.FILES)
            return bool(portal.database.ask(POISONED, draft)[0][2])

        wait_for(given_up, seconds=120, what="the picture to be given up")
    finally:
        done.set()
        killer.join()
    assert filed
    assert portal.database.ask(POISONED, draft) == [(8, "Broken", True, "queued", "unscanned", "")]
    assert portal.showed("jobs", begun) is not None
    portal.database.ask("DELETE FROM reports_job WHERE parked_at IS NOT NULL")
    wait_for(portal.is_well, seconds=60, what="readiness to be well again")
