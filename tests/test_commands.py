"""Every command of ours: examples beneath its help; the long ones show a terminal how far they are, a pipe nothing."""

import io
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command, load_command_class
from django.core.management.base import BaseCommand
from django.db import connection
from tqdm import tqdm

from reports.models import Report
from tests.sources import BASE_DIR

COMMANDS = {
    path.stem: app
    for app in ("accounts", "cors", "reports")
    for path in sorted((BASE_DIR / app / "management" / "commands").glob("*.py"))
    if path.stem != "__init__"
}
# What may take minutes: how it is called, given a folder, and in which unit its bar counts.
SEEDS = count(7001)
LONG: dict[str, tuple[Callable[[Path], list[str]], str]] = {
    "rotate_keys": (lambda folder: [], "rows"),
    "renew_search": (lambda folder: [], "reports"),
    "purge": (lambda folder: [], "reports"),
    "check_counts": (lambda folder: ["--rebuild"], "days"),
    "verify_audit": (lambda folder: ["--heads", str(folder / "heads.log")], "events"),
    "import_counts": (lambda folder: [str(history(folder))], "lines"),
    "demo_data": (lambda folder: ["--reports", "3", "--processes", "1", "--seed", str(next(SEEDS))], "reports"),
    "export_reports": (
        lambda folder: ["--from", "2026-01-01", "--until", "2027-12-31", "--output", str(folder / "out.csv")],
        "reports",
    ),
}
# As long, and shown to a terminal and killed by tests of their own, which start the real programs.
ELSEWHERE = {"backup": "tests/reports/backups", "restore": "tests/reports/backups"}
# Done in a moment, whatever the size of the city; or, like `up`, they say what they do line by line.
SHORT = {
    "compile_catalogues",
    "proxy_pages",
    "counts",
    "demo_accounts",
    "draft_translations",
    "import_areas",
    "languages",
    "load_catalogue",
    "make_administrator",
    "makemessages",
    "scan_files",
    "up",
}


def history(folder: Path) -> Path:
    """Write a small file of earlier counts."""
    file = folder / "history.csv"
    file.write_text("as_of,unit,category,count\n2019-11-21,OCB,Theft,1243\n2019-11-21,OSB,Theft,987\n")
    return file


def command(name: str) -> BaseCommand:
    """Return one of our commands."""
    return load_command_class(COMMANDS[name], name)


def test_every_command_has_its_row() -> None:
    assert set(COMMANDS) - {"makemessages"} <= set(LONG) | set(ELSEWHERE) | SHORT
    assert [name for name, folder in ELSEWHERE.items() if not (BASE_DIR / folder).is_dir()] == []


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "makemessages"])
def test_its_help_says_what_it_does_and_shows_examples(name: str) -> None:
    told = command(name).create_parser("manage.py", name).format_help()
    assert len(command(name).help.split()) > 5
    _usage, _options, examples = told.partition("\nexamples")
    lines = [line.strip() for line in examples.splitlines()]
    assert [line for line in lines if line == name or line.startswith(f"{name} ")], told


class Terminal(io.StringIO):
    """What a person looks at."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def shown(db: None, settings: Any, tmp_path: Path) -> Callable[..., str]:
    """Run a command and return what stood on its error stream meanwhile."""
    settings.DEBUG, settings.AUDIT_HEAD_FILE = True, str(tmp_path / "heads.log")
    # Other tests need to empty the log.
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reports_auditevent ENABLE TRIGGER audit_no_truncate")

    def run(name: str, stream: io.StringIO) -> str:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("sys.stderr", stream)
            call_command(name, *LONG[name][0](tmp_path), stdout=io.StringIO())
        return stream.getvalue()

    return run


@pytest.mark.django_db
@pytest.mark.parametrize("name", LONG)
def test_it_shows_a_terminal_how_far_it_is_and_a_pipe_nothing(queued: Report, shown: Any, name: str) -> None:
    unit = LONG[name][1]
    assert unit in shown(name, Terminal())
    assert shown(name, io.StringIO()) == ""


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in LONG if name != "demo_data"])
def test_interrupted_at_its_first_step_it_can_be_run_again(
    queued: Report, shown: Any, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:

        def interrupted(*_about: Any) -> None:
            raise KeyboardInterrupt

        patch.setattr(tqdm, "update", interrupted)
        with suppress(KeyboardInterrupt):
            shown(name, Terminal())
    shown(name, io.StringIO())
    before = Report.objects.get(pk=queued.pk)
    shown(name, io.StringIO())
    assert vars(Report.objects.get(pk=queued.pk)) | {"_state": None} == vars(before) | {"_state": None}
