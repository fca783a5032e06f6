"""One fault after another under residents who go on filing, and what became of every acknowledged report."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import quantiles

from tests.faults.driver import Driver, Filed, Record
from tests.faults.portal import Portal
from tests.faults.table import Fault
from tests.product import wait_for

# What the issue grants, in seconds.
QUICK, TURNED_AWAY, SHOWN, DRAINED = 2.0, 5.0, 60.0, 120.0
PATIENCE = 300.0
TICK = 0.1
OPEN_JOBS = "SELECT count(*) FROM reports_job WHERE done_at IS NULL AND parked_at IS NULL AND kind <> 'expiring'"
PARKED = "SELECT kind, last_error, count(*) FROM reports_job WHERE parked_at IS NOT NULL GROUP BY 1, 2"
# Each acknowledged report with how often each of its effects is in the database.
EFFECTS = """
SELECT r.reference, r.draft_id,
  (SELECT count(*) FROM reports_move m WHERE m.report_id = r.id AND m.action = 'queue'),
  (SELECT count(*) FROM reports_auditevent e WHERE e.subject = 'report:' || r.id AND e.verb = 'intake.submit'),
  (SELECT count(*) FROM reports_auditevent e WHERE e.subject = 'report:' || r.id AND e.verb = 'processing.enqueue'),
  (SELECT count(*) FROM reports_notice n WHERE n.report_id = r.id AND n.sent_at IS NOT NULL),
  (SELECT count(*) FROM reports_auditevent e WHERE e.subject = 'report:' || r.id AND e.verb = 'notices.send'),
  (SELECT count(*) FROM reports_attachment a WHERE a.report_id = r.id AND a.scan = 'clean' AND a.copy <> ''),
  (SELECT count(*) FROM reports_auditevent e WHERE e.subject = 'report:' || r.id AND e.verb = 'files.scan')
FROM reports_report r WHERE r.reference = ANY(%s)
"""


@dataclass
class Row:
    """What came of one fault. Times in seconds."""

    fault: Fault
    record: Record
    stored: int = 0
    doubled: int = 0
    shown: float | None = None
    well: float | None = None
    drained: float | None = None
    wrong: list[str] = field(default_factory=list)

    @property
    def most_sends(self) -> float:
        """The 95th percentile of the answers to Send."""
        return quantiles(self.record.sends, n=20)[-1] if len(self.record.sends) > 1 else 0.0

    @property
    def slowest(self) -> float:
        """The slowest answer to Send, or page that turned somebody away."""
        return max([*self.record.sends, *self.record.turned_away], default=0.0)

    def cells(self) -> list[str]:
        """Return the row as it is printed."""
        seconds = ["–" if each is None else f"{each:.0f} s" for each in (self.shown, self.well, self.drained)]
        counts = [len(self.record.filed), self.stored, self.doubled, len(self.record.turned_away)]
        return [self.fault.name, *map(str, counts), f"{self.slowest:.1f} s", *seconds]


HEADINGS = [
    "fault",
    "acknowledged",
    "stored",
    "doubled",
    "turned away",
    "slowest answer",
    "shown after",
    "well after",
    "drained after",
]


def printed(rows: list[Row]) -> str:
    """Return the table, as Markdown."""
    lines = [HEADINGS, ["---"] * len(HEADINGS), *(row.cells() for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def endure(portal: Portal, driver: Driver, fault: Fault, *, references: int, drains: bool) -> Row:
    """Let residents file before, during and after a fault until so many reports are acknowledged, and judge."""
    row = Row(fault, driver.begin())
    filed = row.record.filed
    wait_until(lambda: len(filed) >= references // 3, f"residents to file before: {fault.name}")
    row.shown = break_it(portal, fault, lambda: not fault.takes or len(filed) >= 2 * references // 3)
    if wrong := amiss_meanwhile(portal, fault):
        row.wrong.append(wrong)
    fault.recover(portal)
    back, last = time.monotonic(), None
    while len(filed) < references or row.well is None or (drains and row.drained is None):
        if row.well is None and portal.looks[-1][0] > back and not set(portal.amiss()) - {"jobs"}:
            row.well = portal.looks[-1][0] - back
            last = newest_job(portal)
        if last is not None and row.drained is None and drains and not open_jobs(portal, last):
            row.drained = time.monotonic() - back
        if row.well is not None and len(filed) >= references:
            # What is drained is not filled at the other end for ever.
            driver.pause()
        if time.monotonic() - back > PATIENCE:
            row.wrong.append(f"not over {PATIENCE:.0f} s after it was put right: {portal.amiss()}")
            break
        time.sleep(TICK)
    driver.pause()
    wait_until(driver.is_idle, f"residents to end after: {fault.name}")
    return row


def amiss_meanwhile(portal: Portal, fault: Fault) -> str:
    """Return what is still wrong after a while, or "": on a busy machine a worker comes to it a little later."""
    begun = time.monotonic()
    while (wrong := fault.meanwhile(portal)) and time.monotonic() - begun < SHOWN:
        time.sleep(TICK)
    return wrong


def break_it(portal: Portal, fault: Fault, has_filed: Callable[[], bool]) -> float | None:
    """Break it, again and again where it would heal, until it shows and enough was filed; return when it showed."""
    begun, acted, shown = time.monotonic(), float("-inf"), None
    while True:
        now = time.monotonic()
        if acted == float("-inf") or (fault.every and now - acted >= fault.every):
            fault.inject(portal)
            acted = now
        shown = portal.showed(fault.line, begun) if fault.line and shown is None else shown
        is_seen = shown is not None or not fault.line
        if now - begun >= fault.seconds and is_seen and has_filed():
            return shown
        if now - begun > max(SHOWN, fault.seconds) and (not is_seen or now - begun > PATIENCE):
            return shown
        time.sleep(TICK)


def wait_until(condition: Callable[[], bool], what: str) -> None:
    """Wait, with much patience."""
    wait_for(condition, seconds=PATIENCE, what=what)


def newest_job(portal: Portal) -> int:
    """Return the number of the job that was asked for last."""
    return int(portal.database.ask("SELECT coalesce(max(id), 0) FROM reports_job")[0][0])


def open_jobs(portal: Portal, until: int) -> int:
    """Return how many jobs up to a number are still open."""
    return int(portal.database.ask(f"{OPEN_JOBS} AND id <= %s", until)[0][0])


def judge_times(row: Row, usual: float = 0.0) -> None:
    """Compare the times with what the issue grants; what Send takes on this machine as it is now is not the fault's."""
    fault, record = row.fault, row.record
    row.wrong += sorted(set(record.complaints))
    if fault.line and row.shown is None:
        row.wrong.append(f"the line {fault.line} did not show it within {SHOWN:.0f} s")
    if row.well is not None and row.well > SHOWN:
        row.wrong.append(f"readiness was well again only after {row.well:.0f} s")
    if row.drained is not None and row.drained > DRAINED:
        row.wrong.append(f"drained only after {row.drained:.0f} s")
    if fault.is_quick and row.most_sends > QUICK + usual:
        row.wrong.append(f"the 95th percentile of Send took {row.most_sends:.1f} s, without a fault {usual:.1f} s")
    if record.turned_away and max(record.turned_away) > TURNED_AWAY:
        row.wrong.append(f"who was turned away waited {max(record.turned_away):.1f} s")


def judge_stored(portal: Portal, row: Row) -> None:
    """Look up every acknowledged reference and each of its effects; call it when all is drained."""
    filed = {each.reference: each for each in row.record.filed}
    found = portal.database.ask(EFFECTS, list(filed))
    row.stored = len(found)
    if missing := len(filed) - len(found):
        row.wrong.append(f"{missing} acknowledged reports are not stored")
    wanted = {each.draft for each in row.record.filed}
    row.doubled = len(row.record.filed) - len(filed) + len(found) - len({draft for _r, draft, *_more in found} & wanted)
    if row.doubled:
        row.wrong.append(f"{row.doubled} are doubled")
    for reference, _draft, *effects in found:
        if effects not in (possible := possible_effects(filed[reference])):
            row.wrong.append(f"effects {effects} instead of {possible}")
            break


def possible_effects(filed: Filed) -> list[list[int]]:
    """Return how often each effect may be there: once, or not at all.

    A picture that was sent again, as its answer was lost after it was kept, is there twice, where its resident sees it.
    """
    letters = int(filed.writes)
    most = range(1, filed.sent_file + 1) if filed.has_file else [0]
    return [[1, 1, 1, letters, letters, files, files] for files in most]
