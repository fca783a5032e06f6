"""The bill of materials of a release, as CycloneDX 1.6: `python -m cors.sbom > sbom.json`, in a checkout.

It lists what requirements.txt locks, with hashes, and what lies in the repository from others. Standard library only.
"""

import json
import re
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

from cors.version import VERSION

CHECKOUT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^([\w.-]+)(?:\[[^\]]*\])?==([^\s\\;]+)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
ROW = re.compile(r"^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \| ([\w.-]+) \| `([^`]+)` \|", re.MULTILINE)


def main() -> None:
    """Print the bill."""
    json.dump(bill(), sys.stdout, indent=1)
    sys.stdout.write("\n")


def bill() -> dict[str, Any]:
    """Return the whole document; the same for the same checkout."""
    own = {"type": "application", "bom-ref": "cors-portal", "name": "cors-portal", "version": VERSION}
    components = [*packages(), *vendored()]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": own | licence("Apache-2.0")},
        "components": components,
        "dependencies": [{"ref": "cors-portal", "dependsOn": [each["bom-ref"] for each in components]}],
    }


def packages() -> list[dict[str, Any]]:
    """Return the locked packages of production."""
    text = (CHECKOUT / "requirements.txt").read_text(encoding="utf-8")
    starts = [(found, found.start()) for found in PINNED.finditer(text)]
    ends = [start for _found, start in starts[1:]] + [len(text)]
    return [package(found[1], found[2], text[start:end]) for (found, start), end in zip(starts, ends, strict=True)]


def package(name: str, version: str, lines: str) -> dict[str, Any]:
    """Return one package with its hashes and, where it is installed here, its licence."""
    purl = f"pkg:pypi/{name.lower().replace('_', '-')}@{version}"
    hashes = [{"alg": "SHA-256", "content": each} for each in HASH.findall(lines)]
    return {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "purl": purl,
        "hashes": hashes,
    } | licence(licence_of(name))


def licence_of(name: str) -> str:
    """Return the licence that an installed package names as an SPDX expression, "" for none."""
    try:
        return str(metadata.metadata(name).json.get("license_expression", ""))
    except metadata.PackageNotFoundError:
        return ""


def licence(expression: str) -> dict[str, Any]:
    """Return a component's field for a licence, none where it is not known."""
    return {"licenses": [{"expression": expression}]} if expression else {}


def vendored() -> list[dict[str, Any]]:
    """Return what docs/licences.md lists: copies from others in the repository."""
    page = (CHECKOUT / "docs" / "licences.md").read_text(encoding="utf-8")
    return [
        {
            "type": "data" if "table" in what else "library",
            "bom-ref": f"vendored:{folder}",
            "name": what.strip(),
            "version": version.strip(),
            "description": f"vendored in {folder}",
        }
        | licence(spdx)
        for folder, what, version, spdx, _text in ROW.findall(page)
    ]


if __name__ == "__main__":
    main()
