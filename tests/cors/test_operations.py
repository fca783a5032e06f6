"""What is written for those who run the portal holds."""

import ast
import re
import subprocess
import sys
from importlib.metadata import packages_distributions

import pytest

from tests.cors.conftest import BASE_DIR

ROW = re.compile(r"^\| ([A-Z][A-Z0-9_]+)( °)? \|", re.MULTILINE)
READ = re.compile(r'env\.(text|flag|number|words|(?:printed_)?secret|address|days|networks)\(\s*"([A-Z_]+)"')
FILES = ("settings.py", "sign_on.py", "retention.py", "outside.py", "databases.py", "look.py", "files.py")
# Read before the settings, by the commands and the local servers.
READ_ELSEWHERE = {"HOST", "LOCAL_FSYNC", "KEYRING_COMMAND", "KEYRING_SECONDS"}


def documented() -> dict[str, bool]:
    """Return the documented variables, and whether each may come from a file."""
    text = (BASE_DIR / "docs" / "operations.md").read_text(encoding="utf-8")
    return {name: bool(file) for name, file in ROW.findall(text)}


def read() -> dict[str, bool]:
    """Return the variables that the settings read, and whether each may come from a file."""
    text = "".join((BASE_DIR / "cors" / name).read_text(encoding="utf-8") for name in FILES)
    return {name: kind.endswith("secret") for kind, name in READ.findall(text)}


def test_every_variable_is_documented_and_no_other() -> None:
    assert documented() == read() | dict.fromkeys(READ_ELSEWHERE, False)


def test_the_embedded_servers_are_not_in_production() -> None:
    production = (BASE_DIR / "requirements.txt").read_text(encoding="utf-8")
    assert not re.search(r"^(embedded|valkey)", production, re.MULTILINE)
    assert "requirements-" not in (BASE_DIR / "Dockerfile").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["requirements", "requirements-local", "requirements-dev", "requirements-scan"])
def test_the_locks_name_no_index_and_hash_every_package(name: str) -> None:
    text = (BASE_DIR / f"{name}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    pinned = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE | re.IGNORECASE)[1:]
    assert pinned
    assert all("--hash=sha256:" in package for package in pinned)


def test_the_compose_file_is_valid() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"],
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def imported() -> set[str]:
    """Return the first names of what the product imports and does not bring itself."""
    found: set[str] = set()
    for folder in ("cors", "accounts", "reports"):
        # The wheel is built elsewhere, and never served from.
        for path in set((BASE_DIR / folder).rglob("*.py")) - {BASE_DIR / "cors" / "building.py"}:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    found |= {name.name.split(".")[0] for name in node.names}
                elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                    found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - {"cors", "accounts", "reports"}


def test_every_import_is_locked_for_production() -> None:
    locked = re.findall(r"^([\w.-]+)==", (BASE_DIR / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
    known = packages_distributions()
    lacking = {
        name
        for name in imported()
        if not {found.lower().replace("_", "-") for found in known.get(name, [])} & set(locked)
    }
    assert not lacking
