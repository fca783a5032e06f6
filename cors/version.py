"""Which release this is: the newest heading of CHANGELOG.md, and nothing beside it says so. Imports nothing of ours."""

import re
from importlib import metadata
from pathlib import Path

CHANGELOG = Path(__file__).resolve().parent.parent / "CHANGELOG.md"
HEADING = re.compile(r"^## (\d+\.\d+\.\d+)\b", re.MULTILINE)


def version() -> str:
    """Return the number, such as "0.1.0"; where the portal is installed, that of the package."""
    if CHANGELOG.exists() and (found := HEADING.search(CHANGELOG.read_text(encoding="utf-8"))):
        return found[1]
    return metadata.version("cors-portal")


VERSION = version()
