"""What the scanner finds and what is no hole: each with the reason why. Anything else that it finds fails the scan."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

# The names under which the scanner tells what it finds.
KINDS = ("vulnerabilities", "anomalies", "additionals")


@dataclass(frozen=True)
class Accepted:
    """A finding of one kind, on paths and with words that match, and why it may stand."""

    kind: str
    path: str
    info: str
    reason: str

    def covers(self, kind: str, path: str, info: str) -> bool:
        """Tell whether this is it."""
        return kind == self.kind and bool(re.fullmatch(self.path, path) and re.search(self.info, info))


ACCEPTED = (
    Accepted(
        "HTTP Methods",
        path=r"/.*",
        info=r"\(using OPTIONS\) on \S+: OPTIONS \((200|405)\)$",
        reason="Asked with OPTIONS, a page names the methods that it takes and does nothing; no other method is named.",
    ),
    Accepted(
        "HTTP Methods",
        path=r"/.*",
        info=r"\(using heuristics\) on \S+: $",
        reason="The scanner tried every method and names none that was answered otherwise than it should be.",
    ),
)


def findings(told: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what the scanner's own report holds, each with its kind."""
    for group in KINDS:
        for kind, found in told[group].items():
            yield from ((kind, each) for each in found)


def open_findings(told: dict[str, Any]) -> list[str]:
    """Return in a line each what was found and is not accepted."""
    return sorted(
        {
            f"{kind}: {each['method']} {each['path']} {each['parameter']}: {each['info']}"
            for kind, each in findings(told)
            if not any(known.covers(kind, each["path"], each["info"]) for known in ACCEPTED)
        }
    )
