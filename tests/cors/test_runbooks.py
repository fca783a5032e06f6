"""docs/operations.md can be followed: its install chapter is shell that parses, and every fault has its line."""

import re
import subprocess

import pytest

from tests.cors.conftest import BASE_DIR
from tests.cors.test_operations import documented
from tests.faults.table import FAULTS

PAGE = (BASE_DIR / "docs" / "operations.md").read_text(encoding="utf-8")


def chapter(title: str) -> str:
    """Return a chapter of the page."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## )", PAGE, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


INSTALL = re.findall(r"```sh\n(.*?)```", chapter("Install on a server"), re.DOTALL)


def test_every_fault_has_its_line_of_what_to_do() -> None:
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", chapter("When something breaks"), re.MULTILINE)
    told = {name.strip(): (sign.strip(), act.strip()) for name, sign, act in rows}
    assert {fault.name for fault in FAULTS} - {"nothing"} == set(told) - {"what breaks", "---"}
    assert [name for name, words in told.items() if not all(words)] == []


@pytest.mark.parametrize("block", INSTALL)
def test_the_install_chapter_is_shell(block: str) -> None:
    said = subprocess.run(["bash", "-n"], input=block, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (0, "")


def test_the_settings_it_writes_are_documented() -> None:
    written = set(re.findall(r"^([A-Z_]+)=", "\n".join(INSTALL), re.MULTILINE))
    assert {"SECRET_KEY", "KEYRING", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL", "BEHIND_TLS_PROXY"} <= written
    assert written - set(documented()) == set()


def test_it_starts_what_the_containers_start() -> None:
    text = "\n".join(INSTALL)
    started = ("gunicorn cors.wsgi", "celery --quiet -A cors worker", "celery --quiet -A cors beat")
    assert [words for words in started if words not in text] == []
    assert "cors/proxy/portal.conf.template" in text
