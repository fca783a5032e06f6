"""`make scan`: serve the product, scan every side of it, and fail on any finding that is not accepted."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import django

from cors import services

FOLDER = Path(tempfile.mkdtemp(prefix="scan-", dir="/tmp"))
FOLDER.chmod(0o755)
os.environ.update({"VAR_DIR": str(FOLDER / "servers"), "LOCAL_FSYNC": "False"})
# Servers of its own, held up by this process and gone with it.
services.attach()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cors.settings")
django.setup()

from tests.product import BASE_DIR  # noqa: E402 (the servers first, then the settings)
from tests.scan.accepted import ACCEPTED, open_findings  # noqa: E402
from tests.scan.outside import Outside  # noqa: E402
from tests.scan.scanner import SIDES, Side, cut_off, scan  # noqa: E402
from tests.scan.served import Served  # noqa: E402
from tests.scan.staff import Desk  # noqa: E402

FOUND = BASE_DIR / "var" / "scan"


def main(names: list[str]) -> int:
    """Scan the sides that are named, or all; return the exit code."""
    FOUND.mkdir(parents=True, exist_ok=True)
    outside, served = Outside(), Served(FOLDER)
    try:
        served.start()
        chosen = [side for side in SIDES if not names or side.name in names]
        amiss = [line for side in chosen for line in look_at(side, served, outside)]
    finally:
        served.stop()
        outside.close()
        shutil.copy(served.log, FOUND)
        shutil.rmtree(FOLDER, ignore_errors=True)
    print(f"\n{len(amiss)} left open. What was found: {FOUND}")
    return 1 if amiss else 0


def look_at(side: Side, served: Served, outside: Outside) -> list[str]:
    """Scan one side; print and return what is amiss there."""
    print(f"\n== {side.name}: {side.start}", flush=True)
    desk = Desk(served.url, served.trust())
    if side.login:
        desk.log_in(side.login)
        desk.write(FOUND / "cookies.json")
    try:
        told = scan(side, base=served.url, outside=outside, folder=FOUND)
    except OSError:
        print(broken := f"no scan: the scanner broke off, see {side.name}.log", flush=True)
        return [broken]
    finally:
        (FOUND / "cookies.json").unlink(missing_ok=True)
    unknown = {known.kind for known in ACCEPTED} - told["classifications"].keys()
    assert not unknown, f"the scanner knows no such kind of finding: {unknown}"
    pages = told["infos"]["crawled_pages_nbr"]
    amiss = [*open_findings(told), *(f"the portal asked outside: {path}" for path in outside.asked)]
    outside.asked.clear()
    if pages < side.least:
        amiss.append(f"no scan: only {pages} pages and forms were found")
    if side.login and not desk.is_in():
        amiss.append("no scan: its session had ended")
    hurried = ", ".join(cut_off(side, FOUND)) or "none"
    print("\n".join([f"{pages} pages and forms; cut off: {hurried}", *amiss]), flush=True)
    return amiss


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
