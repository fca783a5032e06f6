"""The scanner's command line: what is attacked, with which of its modules, and for how long."""

import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.product import BASE_DIR
from tests.scan.outside import Outside

WAPITI = BASE_DIR / ".scan" / "bin" / "wapiti"
# Scanned for this many times as long: SCAN=4 for an evening.
LONGER = float(os.environ.get("SCAN", "1"))
CRAWL_SECONDS, MODULE_SECONDS = 240, 60

MODULES = (
    "backup",
    "cookieflags",
    "crlf",
    "csp",
    "csrf",
    "exec",
    "file",
    "htaccess",
    "http_headers",
    "ldap",
    "methods",
    "permanentxss",
    "redirect",
    "shellshock",
    "sql",
    "ssrf",
    "timesql",
    "upload",
    "xss",
    "xxe",
)
LEFT_OUT = {
    "brute_login_form": "tries words for passwords, which locks the account: tests/accounts/test_lockout.py",
    "buster": "looks for a thousand common folders; which addresses there are stands in tests/audiences.py",
    "cms": "looks for WordPress and its kin",
    "htp": "fetches a database of fingerprints from outside",
    "https_redirect": "asks a port for both protocols, and TLS has one of its own: tests/cors/test_proxy.py",
    "log4shell": "needs a name server of its own, and looks for Java",
    "network_device": "looks for routers and the like",
    "nikto": "fetches a database of old holes from outside",
    "spring4shell": "looks for Java",
    "ssl": "judges a certificate, which is the agency's; protocols: tests/cors/test_proxy.py",
    "takeover": "looks at an agency's other names in DNS",
    "wapp": "fetches a database of fingerprints from outside",
    "wp_enum": "looks for WordPress",
}


@dataclass(frozen=True)
class Side:
    """One walk: where it begins, who walks (a demonstration's log-in, "" for anybody), where it does not go.

    It has to have found `least` pages and forms, or it was no scan of that side.
    """

    name: str
    start: str
    least: int
    login: str = ""
    never: tuple[str, ...] = ()
    # Parameters that say by which list one came: left out of links, since each would make a page of every page again.
    came_by: tuple[str, ...] = ()


# Leaves at once, and shows nothing to this browser from then on.
LEAVING = ("/*/leave/*",)
# Would end the session that scans, or take its second factor away.
OWN_ACCOUNT = ("/admin/logout/*", "/admin/account/*", "/admin/password_change/*")
LISTS = ("tab", "after", "before")
SIDES = (
    Side("residents", "/en/", 40, never=LEAVING),
    Side("residents-right-to-left", "/ar/", 40, never=LEAVING),
    Side("log-in", "/admin/", 2),
    Side("officer", "/admin/", 60, "officer", OWN_ACCOUNT, LISTS),
    Side("supervisor", "/admin/", 60, "supervisor", OWN_ACCOUNT, LISTS),
    Side("administrator", "/admin/", 20, "administrator", OWN_ACCOUNT, LISTS),
)


def command(side: Side, *, base: str, outside: str, folder: Path) -> list[str]:
    """Return the command that scans one side and writes what it found into `folder`."""
    words = [str(WAPITI), "--url", base + side.start, "--scope", "folder", "--module", ",".join(MODULES)]
    words += ["--max-scan-time", str(CRAWL_SECONDS * LONGER), "--max-attack-time", str(MODULE_SECONDS * LONGER)]
    words += ["--max-links-per-page", "40", "--max-files-per-dir", "12", "--max-parameters", "40", "--depth", "6"]
    words += ["--scan-force", "polite", "--tasks", "2", "--timeout", "20", "--verify-ssl", "0"]
    words += ["--endpoint", outside, "--no-bugreport", "--flush-session"]
    words += ["--store-session", str(folder / "session"), "--store-config", str(folder / "config")]
    words += ["--format", "json", "--output", str(report(side, folder)), "--verbose", "1"]
    words += [word for path in side.never for word in ("--exclude", base + path)]
    words += [word for name in side.came_by for word in ("--remove", name)]
    return words + (["--cookie", str(folder / "cookies.json")] if side.login else [])


def report(side: Side, folder: Path) -> Path:
    """Return where one side's findings lie."""
    return folder / f"{side.name}.json"


def cut_off(side: Side, folder: Path) -> list[str]:
    """Return the modules that had not tried everything when their time was over."""
    said = (folder / f"{side.name}.log").read_text(errors="replace")
    return re.findall(r"Max attack time was reached for module (\w+)", said)


def scan(side: Side, *, base: str, outside: Outside, folder: Path) -> dict[str, Any]:
    """Scan one side and return what was found, as the scanner writes it. Raises OSError when it wrote nothing."""
    report(side, folder).unlink(missing_ok=True)
    with (folder / f"{side.name}.log").open("wb") as log:
        words = command(side, base=base, outside=outside.url, folder=folder)
        subprocess.run(words, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False)
    found: dict[str, Any] = json.loads(report(side, folder).read_text())
    return found
